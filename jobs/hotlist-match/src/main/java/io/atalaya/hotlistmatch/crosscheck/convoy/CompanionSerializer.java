package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.hotlistmatch.event.AssignedTagSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link Companion}. */
public final class CompanionSerializer implements RecordSerializer<Companion> {
    static final CompanionSerializer INSTANCE = new CompanionSerializer();

    @Override
    public Class<Companion> type() {
        return Companion.class;
    }

    @Override
    public void write(Companion car, DataOutputView out) throws IOException {
        Binary.writeString(car.readId(), out);
        Binary.writeString(car.plate(), out);
        out.writeLong(car.time());
        out.writeLong(car.arrival());
        out.writeLong(car.retractedAt());
        Binary.writeList(car.tags(), AssignedTagSerializer.INSTANCE::write, out);
    }

    @Override
    public Companion read(DataInputView in) throws IOException {
        return new Companion(
                Binary.readString(in),
                Binary.readString(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                Binary.readList(AssignedTagSerializer.INSTANCE::read, in));
    }
}
