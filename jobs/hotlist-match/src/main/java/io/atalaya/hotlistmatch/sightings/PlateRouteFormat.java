package io.atalaya.hotlistmatch.sightings;

import io.atalaya.hotlistmatch.match.BucketKeys;
import io.atalaya.hotlistmatch.match.Probe;
import io.atalaya.hotlistmatch.passage.PlateEventFormat;
import io.atalaya.hotlistmatch.passage.WrittenEvent;
import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Binary form of {@link PlateRoute}s. Versions 1 to 3, those of {@link PlateEventFormat}, did not
 * say what the prefilter knew; version 4 had no images; version 5 did not say where an entry may be
 * near nor what the top text is, and its events had to be looked into; version 7 holds version 5 of
 * the events.
 */
public final class PlateRouteFormat implements BinaryFormat<PlateRoute> {
    public static final PlateRouteFormat INSTANCE = new PlateRouteFormat();

    private static final int TEXT = 1;
    private static final int MARK = 2;

    @Override
    public int version() {
        return 7;
    }

    @Override
    public Class<PlateRoute> type() {
        return PlateRoute.class;
    }

    @Override
    public void write(PlateRoute route, DataOutputView out) throws IOException {
        if (route instanceof PlateRoute.Text text) {
            out.writeByte(TEXT);
            out.writeLong(text.key());
            out.writeLong(text.plate());
            out.writeBoolean(text.isTop());
            out.writeShort(text.near());
            out.writeLong(text.applied());
            text.written().write(out);
            Binary.writeString(text.image(), out);
        } else if (route instanceof PlateRoute.Mark mark) {
            out.writeByte(MARK);
            out.writeLong(mark.key());
            out.writeInt(mark.from());
            out.writeLong(mark.sequence());
        } else {
            throw new IllegalArgumentException("no form for " + route.getClass());
        }
    }

    @Override
    public PlateRoute read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        int kind = in.readByte();
        return switch (kind) {
            case TEXT ->
                    new PlateRoute.Text(
                            in.readLong(),
                            in.readLong(),
                            version < 6 || in.readBoolean(),
                            version < 6
                                    ? in.readBoolean() ? BucketKeys.EVERYWHERE : 0
                                    : in.readShort(),
                            version < 4 ? Probe.ANY : in.readLong(),
                            version < 6
                                    ? WrittenEvent.of(PlateEventFormat.readCurrent(in))
                                    : WrittenEvent.read(in),
                            version < 5 ? null : Binary.readString(in));
            case MARK -> new PlateRoute.Mark(in.readLong(), in.readInt(), in.readLong());
            default -> throw new IOException("plate route kind " + kind + " is unknown");
        };
    }
}
