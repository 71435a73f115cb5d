package io.atalaya.flink.serializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * The serializer of one immutable type, for edges between operators and inside other serializers.
 * Implementations are stateless singletons with a public no-argument constructor. Types that are
 * kept in state have a {@link StateSerializer}.
 */
public interface RecordSerializer<T> {

    Class<T> type();

    void write(T value, DataOutputView out) throws IOException;

    T read(DataInputView in) throws IOException;

    /** The type information for declarations of streams and state. */
    default BinaryTypeInfo<T> typeInfo() {
        return new BinaryTypeInfo<>(this);
    }
}
