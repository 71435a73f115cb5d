package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link PassageEvent}. */
public final class PassageEventSerializer implements RecordSerializer<PassageEvent> {
    public static final PassageEventSerializer INSTANCE = new PassageEventSerializer();

    private static final int SIGHTING = 1;
    private static final int TAGGED = 2;
    private static final int GONE = 3;

    @Override
    public Class<PassageEvent> type() {
        return PassageEvent.class;
    }

    @Override
    public void write(PassageEvent event, DataOutputView out) throws IOException {
        if (event instanceof EnrichedRead enrichedRead) {
            out.writeByte(SIGHTING);
            CompactEnrichedRead.write(enrichedRead, out);
        } else if (event instanceof Retraction retraction) {
            out.writeByte(GONE);
            CompactRetraction.write(retraction, out);
        } else if (event instanceof TagAssignment assignment) {
            out.writeByte(TAGGED);
            CompactTagAssignment.write(assignment, out);
        } else {
            throw new IllegalArgumentException("no form for " + event.getClass());
        }
    }

    @Override
    public PassageEvent read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case SIGHTING -> CompactEnrichedRead.read(in);
            case TAGGED -> CompactTagAssignment.read(in);
            case GONE -> CompactRetraction.read(in);
            default -> throw new IOException("plate event kind " + kind + " is unknown");
        };
    }
}
