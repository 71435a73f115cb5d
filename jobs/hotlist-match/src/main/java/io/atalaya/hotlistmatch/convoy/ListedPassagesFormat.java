package io.atalaya.hotlistmatch.convoy;

import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link ListedPassages}; its versions are those of {@link ListedPassageFormat}. */
public final class ListedPassagesFormat implements BinaryFormat<ListedPassages> {
    public static final ListedPassagesFormat INSTANCE = new ListedPassagesFormat();

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Class<ListedPassages> type() {
        return ListedPassages.class;
    }

    @Override
    public void write(ListedPassages passages, DataOutputView out) throws IOException {
        Binary.writeList(passages.all(), ListedPassageFormat.INSTANCE::write, out);
    }

    @Override
    public ListedPassages read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new ListedPassages(
                Binary.readList(i -> ListedPassageFormat.INSTANCE.read(version, i), in));
    }
}
