package io.atalaya.hotlistmatch.passage;

import io.atalaya.hotlistmatch.score.Trust;
import io.atalaya.hotlistmatch.secondopinion.Opinion;
import io.atalaya.hotlistmatch.secondopinion.OpinionFormat;
import io.atalaya.plate.PlateReadFormat;
import io.atalaya.rfid.RfidReadFormat;
import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Binary form of {@link PlateEvent}s. Version 1 had no tags and no trust, version 2 did not count
 * what was told of a tag, version 3 had no opinions. They are read as they were: the kinds tell.
 */
public final class PlateEventFormat implements BinaryFormat<PlateEvent> {
    public static final PlateEventFormat INSTANCE = new PlateEventFormat();

    private static final int SIGHTING_V1 = 1;
    private static final int GONE = 2;
    private static final int TAGGED_V2 = 3;
    private static final int SIGHTING = 4;
    private static final int TAGGED = 5;
    private static final int TAG_GONE = 6;
    private static final int SIGHTING_WITH_OPINION = 7;

    @Override
    public int version() {
        return 4;
    }

    @Override
    public Class<PlateEvent> type() {
        return PlateEvent.class;
    }

    @Override
    public void write(PlateEvent event, DataOutputView out) throws IOException {
        if (event instanceof Sighting sighting) {
            Opinion opinion = sighting.opinion();
            out.writeByte(opinion == null ? SIGHTING : SIGHTING_WITH_OPINION);
            Binary.writeString(sighting.passageId(), out);
            out.writeLong(sighting.arrival());
            out.writeBoolean(sighting.clockSuspect());
            out.writeFloat(sighting.trust().rank());
            Binary.writeVarInt(sighting.trust().reads(), out);
            PlateReadFormat.INSTANCE.write(sighting.read(), out);
            if (opinion != null) {
                OpinionFormat.write(opinion, out);
            }
        } else if (event instanceof Gone gone) {
            out.writeByte(gone.told() == 0 ? GONE : TAG_GONE);
            Binary.writeString(gone.passageId(), out);
            Binary.writeString(gone.readKey(), out);
            out.writeLong(gone.at());
            out.writeBoolean(gone.revised());
            if (gone.told() != 0) {
                Binary.writeVarInt(gone.told(), out);
            }
        } else if (event instanceof Tagged tagged) {
            out.writeByte(TAGGED);
            Binary.writeString(tagged.passageId(), out);
            out.writeLong(tagged.arrival());
            out.writeLong(tagged.at());
            out.writeBoolean(tagged.clockSuspect());
            RfidReadFormat.INSTANCE.write(tagged.tag(), out);
            Binary.writeString(tagged.plateReadId(), out);
            out.writeLong(tagged.plate());
            Binary.writeVarInt(tagged.told(), out);
        } else {
            throw new IllegalArgumentException("no form for " + event.getClass());
        }
    }

    @Override
    public PlateEvent read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        int kind = in.readByte();
        return switch (kind) {
            case SIGHTING_V1, SIGHTING, SIGHTING_WITH_OPINION -> sighting(kind, in);
            case GONE, TAG_GONE ->
                    new Gone(
                            Binary.readString(in),
                            Binary.readString(in),
                            in.readLong(),
                            in.readBoolean(),
                            kind == GONE ? 0 : Binary.readVarInt(in));
            case TAGGED_V2, TAGGED ->
                    new Tagged(
                            Binary.readString(in),
                            in.readLong(),
                            in.readLong(),
                            in.readBoolean(),
                            RfidReadFormat.INSTANCE.read(1, in),
                            Binary.readString(in),
                            in.readLong(),
                            kind == TAGGED_V2 ? 0 : Binary.readVarInt(in));
            default -> throw new IOException("plate event kind " + kind + " is unknown");
        };
    }

    private static Sighting sighting(int kind, DataInputView in) throws IOException {
        return new Sighting(
                Binary.readString(in),
                in.readLong(),
                in.readBoolean(),
                kind == SIGHTING_V1
                        ? Trust.UNKNOWN
                        : new Trust(in.readFloat(), Binary.readVarInt(in)),
                PlateReadFormat.INSTANCE.read(PlateReadFormat.INSTANCE.version(), in),
                kind == SIGHTING_WITH_OPINION ? OpinionFormat.read(in) : null);
    }

    /** Reads an event nested in another form of the same version. */
    public static PlateEvent readCurrent(DataInputView in) throws IOException {
        return INSTANCE.read(INSTANCE.version(), in);
    }
}
