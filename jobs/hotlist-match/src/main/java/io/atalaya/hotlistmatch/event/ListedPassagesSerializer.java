package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link ListedPassages}, based on {@link ListedPassageSerializer}. */
public final class ListedPassagesSerializer implements StateSerializer<ListedPassages> {
    public static final ListedPassagesSerializer INSTANCE = new ListedPassagesSerializer();

    @Override
    public String id() {
        return "listed-passages";
    }

    @Override
    public Class<ListedPassages> type() {
        return ListedPassages.class;
    }

    @Override
    public void write(ListedPassages passages, DataOutputView out) throws IOException {
        Binary.writeList(passages.all(), ListedPassageSerializer.INSTANCE::write, out);
    }

    @Override
    public ListedPassages read(DataInputView in) throws IOException {
        return new ListedPassages(Binary.readList(ListedPassageSerializer.INSTANCE::read, in));
    }
}
