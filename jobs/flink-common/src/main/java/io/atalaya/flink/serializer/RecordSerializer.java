package io.atalaya.flink.serializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * The binary form of one immutable type on the edges between operators, and inside other forms.
 * Implementations are stateless singletons with a public no-argument constructor. What state keeps
 * has a {@link StateSerializer}.
 */
public interface RecordSerializer<T> {

    Class<T> type();

    void write(T value, DataOutputView out) throws IOException;

    T read(DataInputView in) throws IOException;

    /** The type information to declare streams and state with. */
    default BinaryTypeInfo<T> typeInfo() {
        return new BinaryTypeInfo<>(this);
    }
}
