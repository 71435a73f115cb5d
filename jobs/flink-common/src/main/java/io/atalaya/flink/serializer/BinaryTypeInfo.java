package io.atalaya.flink.serializer;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Type information that gives Flink the {@link RecordSerializer} of a type. */
public final class BinaryTypeInfo<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;

    private final BinarySerializer<T> serializer;

    private BinaryTypeInfo(Class<T> type) {
        this.serializer = new BinarySerializer<>(type);
    }

    /** The type information of a type with a hand-written or a derived serializer. */
    public static <T> BinaryTypeInfo<T> of(Class<T> type) {
        return new BinaryTypeInfo<>(type);
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return serializer.type();
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer;
    }

    @Override
    public String toString() {
        return "Binary<" + getTypeClass().getSimpleName() + ">";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinaryTypeInfo<?> that && that.serializer.equals(serializer);
    }

    @Override
    public int hashCode() {
        return serializer.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof BinaryTypeInfo;
    }
}
