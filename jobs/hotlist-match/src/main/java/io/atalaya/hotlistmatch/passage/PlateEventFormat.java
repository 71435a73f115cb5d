package io.atalaya.hotlistmatch.passage;

import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Binary form of {@link PlateEvent}s. Version 1 had no tags and no trust, version 2 did not count
 * what was told of a tag, version 3 had no opinions, version 4 wrote every field in full. They are
 * read as they were: the kinds tell.
 */
public final class PlateEventFormat implements BinaryFormat<PlateEvent> {
    public static final PlateEventFormat INSTANCE = new PlateEventFormat();

    private static final int SIGHTING_V1 = 1;
    private static final int GONE_V1 = 2;
    private static final int TAGGED_V2 = 3;
    private static final int SIGHTING_V2 = 4;
    private static final int TAGGED_V3 = 5;
    private static final int TAG_GONE_V3 = 6;
    private static final int SIGHTING_WITH_OPINION_V4 = 7;
    private static final int SIGHTING = 8;
    private static final int TAGGED = 9;
    private static final int GONE = 10;

    @Override
    public int version() {
        return 5;
    }

    @Override
    public Class<PlateEvent> type() {
        return PlateEvent.class;
    }

    @Override
    public void write(PlateEvent event, DataOutputView out) throws IOException {
        if (event instanceof Sighting sighting) {
            out.writeByte(SIGHTING);
            ShortSighting.write(sighting, out);
        } else if (event instanceof Gone gone) {
            out.writeByte(GONE);
            ShortGone.write(gone, out);
        } else if (event instanceof Tagged tagged) {
            out.writeByte(TAGGED);
            ShortTagged.write(tagged, out);
        } else {
            throw new IllegalArgumentException("no form for " + event.getClass());
        }
    }

    @Override
    public PlateEvent read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        int kind = in.readByte();
        return switch (kind) {
            case SIGHTING -> ShortSighting.read(in);
            case TAGGED -> ShortTagged.read(in);
            case GONE -> ShortGone.read(in);
            case SIGHTING_V1 -> FullEvent.sighting(false, false, in);
            case SIGHTING_V2 -> FullEvent.sighting(true, false, in);
            case SIGHTING_WITH_OPINION_V4 -> FullEvent.sighting(true, true, in);
            case GONE_V1 -> FullEvent.gone(false, in);
            case TAG_GONE_V3 -> FullEvent.gone(true, in);
            case TAGGED_V2 -> FullEvent.tagged(false, in);
            case TAGGED_V3 -> FullEvent.tagged(true, in);
            default -> throw new IOException("plate event kind " + kind + " is unknown");
        };
    }

    /** Reads an event nested in another form of the same version. */
    public static PlateEvent readCurrent(DataInputView in) throws IOException {
        return INSTANCE.read(INSTANCE.version(), in);
    }
}
