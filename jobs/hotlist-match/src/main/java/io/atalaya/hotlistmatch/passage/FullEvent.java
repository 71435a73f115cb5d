package io.atalaya.hotlistmatch.passage;

import io.atalaya.hotlistmatch.score.Trust;
import io.atalaya.hotlistmatch.secondopinion.OpinionFormat;
import io.atalaya.plate.PlateReadFormat;
import io.atalaya.rfid.RfidReadFormat;
import io.atalaya.serde.Binary;

import org.apache.flink.core.memory.DataInputView;

import java.io.IOException;

/** What versions 1 to 4 of {@link PlateEventFormat} wrote: every field in full. */
final class FullEvent {
    private FullEvent() {}

    static Sighting sighting(boolean hasTrust, boolean hasOpinion, DataInputView in)
            throws IOException {
        return new Sighting(
                Binary.readString(in),
                in.readLong(),
                in.readBoolean(),
                hasTrust ? new Trust(in.readFloat(), Binary.readVarInt(in)) : Trust.UNKNOWN,
                PlateReadFormat.INSTANCE.read(1, in),
                hasOpinion ? OpinionFormat.read(in) : null);
    }

    static Gone gone(boolean isCounted, DataInputView in) throws IOException {
        return new Gone(
                Binary.readString(in),
                Binary.readString(in),
                in.readLong(),
                in.readBoolean(),
                isCounted ? Binary.readVarInt(in) : 0);
    }

    static Tagged tagged(boolean isCounted, DataInputView in) throws IOException {
        return new Tagged(
                Binary.readString(in),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                RfidReadFormat.INSTANCE.read(1, in),
                Binary.readString(in),
                in.readLong(),
                isCounted ? Binary.readVarInt(in) : 0);
    }
}
