package io.atalaya.hotlistmatch.passage;

import io.atalaya.plate.PlateReadFormat;
import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link PlateEvent}s. */
public final class PlateEventFormat implements BinaryFormat<PlateEvent> {
    public static final PlateEventFormat INSTANCE = new PlateEventFormat();

    private static final int SIGHTING = 1;
    private static final int GONE = 2;

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<PlateEvent> type() {
        return PlateEvent.class;
    }

    @Override
    public void write(PlateEvent event, DataOutputView out) throws IOException {
        if (event instanceof Sighting sighting) {
            out.writeByte(SIGHTING);
            Binary.writeString(sighting.passageId(), out);
            out.writeLong(sighting.arrival());
            out.writeBoolean(sighting.clockSuspect());
            PlateReadFormat.INSTANCE.write(sighting.read(), out);
        } else if (event instanceof Gone gone) {
            out.writeByte(GONE);
            Binary.writeString(gone.passageId(), out);
            Binary.writeString(gone.readKey(), out);
            out.writeLong(gone.at());
            out.writeBoolean(gone.revised());
        } else {
            throw new IllegalArgumentException("no form for " + event.getClass());
        }
    }

    @Override
    public PlateEvent read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        int kind = in.readByte();
        return switch (kind) {
            case SIGHTING ->
                    new Sighting(
                            Binary.readString(in),
                            in.readLong(),
                            in.readBoolean(),
                            PlateReadFormat.INSTANCE.read(PlateReadFormat.INSTANCE.version(), in));
            case GONE ->
                    new Gone(
                            Binary.readString(in),
                            Binary.readString(in),
                            in.readLong(),
                            in.readBoolean());
            default -> throw new IOException("plate event kind " + kind + " is unknown");
        };
    }

    /** Reads an event nested in another form of the same version. */
    public static PlateEvent readCurrent(DataInputView in) throws IOException {
        return INSTANCE.read(INSTANCE.version(), in);
    }
}
