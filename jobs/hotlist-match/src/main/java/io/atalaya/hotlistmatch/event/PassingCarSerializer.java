package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link PassingCar}; its versions are those of {@link CarSerializer}. */
public final class PassingCarSerializer implements RecordSerializer<PassingCar> {
    public static final PassingCarSerializer INSTANCE = new PassingCarSerializer();

    @Override
    public Class<PassingCar> type() {
        return PassingCar.class;
    }

    @Override
    public void write(PassingCar passing, DataOutputView out) throws IOException {
        Binary.writeString(passing.deviceId(), out);
        CarSerializer.INSTANCE.write(passing.car(), out);
        RecordPositionCode.write(passing.position(), out);
    }

    @Override
    public PassingCar read(DataInputView in) throws IOException {
        return new PassingCar(
                Binary.readString(in),
                CarSerializer.INSTANCE.read(in),
                RecordPositionCode.read(in));
    }
}
