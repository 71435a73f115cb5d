package io.atalaya.flink.serializer;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializes by a {@link RecordSerializer}. Values are immutable, so a copy is its argument. */
public final class BinarySerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    /** A value that cannot be serialized because of an error in this program, see the cause. */
    public static final class UnwritableValueException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnwritableValueException(Class<?> type, RuntimeException cause) {
            super("a " + type.getSimpleName() + " cannot be written", cause);
        }
    }

    private final Class<? extends RecordSerializer<T>> formatClass;
    private transient RecordSerializer<T> format;

    BinarySerializer(RecordSerializer<T> format) {
        this.formatClass = formatClass(format);
        this.format = format;
    }

    @SuppressWarnings("unchecked")
    private static <T> Class<? extends RecordSerializer<T>> formatClass(
            RecordSerializer<T> format) {
        return (Class<? extends RecordSerializer<T>>) format.getClass();
    }

    RecordSerializer<T> format() {
        if (format == null) {
            try {
                format = formatClass.getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(
                        formatClass + " needs a public no-argument constructor", e);
            }
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
            throw new UnwritableValueException(format().type(), e);
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
        return other instanceof BinarySerializer<?> that && that.formatClass == formatClass;
    }

    @Override
    public int hashCode() {
        return formatClass.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        if (format() instanceof StateSerializer<T> stateFormat) {
            return new BinarySerializerSnapshot<>(stateFormat);
        }
        throw new UnsupportedOperationException(
                formatClass.getSimpleName()
                        + " is for edges only: a form that is kept in state must be a StateSerializer");
    }
}
