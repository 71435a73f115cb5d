package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link ListedPassage}. */
public final class ListedPassageSerializer implements RecordSerializer<ListedPassage> {
    public static final ListedPassageSerializer INSTANCE = new ListedPassageSerializer();

    @Override
    public Class<ListedPassage> type() {
        return ListedPassage.class;
    }

    @Override
    public void write(ListedPassage passage, DataOutputView out) throws IOException {
        Binary.writeString(passage.entryId(), out);
        Binary.writeString(passage.passageId(), out);
        out.writeBoolean(passage.active());
        out.writeBoolean(passage.isRetracted());
        out.writeLong(passage.vehicle());
        Binary.writeString(passage.listed(), out);
        Binary.writeList(passage.own(), Binary::writeString, out);
        Binary.writeString(passage.deviceId(), out);
        Binary.writeString(passage.readId(), out);
        out.writeLong(passage.time());
        out.writeLong(passage.arrival());
        out.writeLong(passage.known());
        out.writeByte(VehicleReadSerializer.code(passage.direction()));
        out.writeDouble(passage.posterior());
        Binary.writeString(passage.imageRef(), out);
        Binary.writeList(passage.tags(), Binary::writeString, out);
        out.writeBoolean(passage.covert());
        Binary.writeList(passage.notified(), Binary::writeString, out);
        passage.read().write(out);
    }

    @Override
    public ListedPassage read(DataInputView in) throws IOException {
        return new ListedPassage(
                Binary.readString(in),
                Binary.readString(in),
                in.readBoolean(),
                in.readBoolean(),
                in.readLong(),
                Binary.readString(in),
                Binary.readList(Binary::readString, in),
                Binary.readString(in),
                Binary.readString(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                VehicleReadSerializer.direction(in.readByte()),
                in.readDouble(),
                Binary.readString(in),
                Binary.readList(Binary::readString, in),
                in.readBoolean(),
                Binary.readList(Binary::readString, in),
                ReadOrigin.read(in));
    }
}
