package io.atalaya.flink.serializer;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Serializes by the {@link RecordSerializer} of a type. Values are immutable, so a copy is its
 * argument.
 */
public final class BinarySerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    /** A value that cannot be serialized because of an error in this program, see the cause. */
    public static final class UnwritableValueException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnwritableValueException(Class<?> type, RuntimeException cause) {
            super("a " + type.getSimpleName() + " cannot be written", cause);
        }
    }

    private final Class<T> type;
    private transient RecordSerializer<T> format;

    BinarySerializer(Class<T> type) {
        this.type = type;
        this.format = RecordSerializer.of(type);
    }

    Class<T> type() {
        return type;
    }

    private RecordSerializer<T> format() {
        if (format == null) {
            format = RecordSerializer.of(type);
        }
        return format;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return this;
    }

    @Override
    public T createInstance() {
        return null;
    }

    @Override
    public T copy(T from) {
        return from;
    }

    @Override
    public T copy(T from, T reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    /**
     * @throws UnwritableValueException if the serializer fails, rather than its target
     */
    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        try {
            format().write(value, target);
        } catch (RuntimeException e) {
            throw new UnwritableValueException(type, e);
        }
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        return format().read(source);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinarySerializer<?> that && that.type == type;
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new BinarySerializerSnapshot<>(type);
    }
}
