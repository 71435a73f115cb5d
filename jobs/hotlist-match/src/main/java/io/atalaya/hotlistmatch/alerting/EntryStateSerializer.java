package io.atalaya.hotlistmatch.alerting;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.alerting.EntryState.LastEmission;
import io.atalaya.hotlistmatch.alerting.EntryState.VersionInterval;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EntryVersionSerializer;
import io.atalaya.hotlistmatch.event.PassageEventSerializer;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Serializer of {@link EntryState}. */
public final class EntryStateSerializer implements StateSerializer<EntryState> {
    static final EntryStateSerializer INSTANCE = new EntryStateSerializer();

    @Override
    public String id() {
        return "entry-state";
    }

    @Override
    public Class<EntryState> type() {
        return EntryState.class;
    }

    @Override
    public void write(EntryState value, DataOutputView out) throws IOException {
        Binary.writeList(
                value.intervals(),
                (interval, o) -> {
                    EntryVersionSerializer.INSTANCE.write(interval.version(), o);
                    o.writeLong(interval.to());
                    o.writeBoolean(interval.replaced());
                },
                out);
        Binary.writeList(
                value.passages(),
                (passage, o) -> {
                    Binary.writeString(passage.id(), o);
                    Binary.writeList(passage.reads(), PassageEventSerializer.INSTANCE::write, o);
                    Binary.writeList(
                            passage.retractions(), PassageEventSerializer.INSTANCE::write, o);
                    Binary.writeList(passage.tags(), PassageEventSerializer.INSTANCE::write, o);
                },
                out);
        Binary.writeVarInt(value.emitted().size(), out);
        for (Map.Entry<String, LastEmission> entry : value.emitted().entrySet()) {
            Binary.writeString(entry.getKey(), out);
            out.writeLong(entry.getValue().revision());
            out.writeBoolean(entry.getValue().cancelled());
            out.writeBoolean(entry.getValue().ended());
            out.writeBoolean(entry.getValue().placed());
            out.writeInt(entry.getValue().digest());
        }
        Binary.writeVarInt(value.changes().added().size(), out);
        for (Map.Entry<String, Long> added : value.changes().added().entrySet()) {
            Binary.writeString(added.getKey(), out);
            out.writeLong(added.getValue());
        }
        out.writeLong(value.changes().from());
    }

    @Override
    public EntryState read(DataInputView in) throws IOException {
        List<VersionInterval> intervals =
                Binary.readList(
                        i ->
                                new VersionInterval(
                                        EntryVersionSerializer.INSTANCE.read(i),
                                        i.readLong(),
                                        i.readBoolean()),
                        in);
        List<PassageFacts> passages =
                Binary.readList(
                        i ->
                                new PassageFacts(
                                        Binary.readString(i),
                                        Binary.readList(
                                                e ->
                                                        (EnrichedRead)
                                                                PassageEventSerializer.INSTANCE
                                                                        .read(e),
                                                i),
                                        Binary.readList(
                                                e ->
                                                        (Retraction)
                                                                PassageEventSerializer.INSTANCE
                                                                        .read(e),
                                                i),
                                        Binary.readList(
                                                e ->
                                                        (TagAssignment)
                                                                PassageEventSerializer.INSTANCE
                                                                        .read(e),
                                                i)),
                        in);
        Map<String, LastEmission> emitted = new HashMap<>();
        for (int i = Binary.readVarInt(in); i > 0; i--) {
            String passageId = Binary.readString(in);
            long revision = in.readLong();
            emitted.put(
                    passageId,
                    new LastEmission(
                            revision,
                            in.readBoolean(),
                            in.readBoolean(),
                            in.readBoolean(),
                            in.readInt()));
        }
        Map<String, Long> added = new HashMap<>();
        for (int i = Binary.readVarInt(in); i > 0; i--) {
            added.put(Binary.readString(in), in.readLong());
        }
        return new EntryState(
                intervals,
                passages,
                Map.copyOf(emitted),
                new EntryState.Changes(Map.copyOf(added), in.readLong()));
    }
}
