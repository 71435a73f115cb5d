package io.atalaya.serde;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * The binary form of one immutable type in Flink's state and on its edges. Implementations are
 * stateless singletons with a public no-argument constructor: their class name is written into
 * savepoints. The newest version is written; every older one is still read.
 */
public interface BinaryFormat<T> {

    /** The version that {@link #write} writes. Raise it with every change of the form. */
    int version();

    Class<T> type();

    void write(T value, DataOutputView out) throws IOException;

    /**
     * Reads what {@code version} wrote.
     *
     * @throws IOException if the version is unknown: a silent misread is worse than a stop
     */
    T read(int version, DataInputView in) throws IOException;

    /** The type information to declare streams and state with. */
    default BinaryTypeInfo<T> typeInfo() {
        return new BinaryTypeInfo<>(this);
    }

    /** For {@link #read} implementations that know version 1 only up to {@link #version}. */
    default void requireKnown(int version) throws IOException {
        if (version < 1 || version > version()) {
            throw new IOException(
                    getClass().getSimpleName()
                            + ": version "
                            + version
                            + " is unknown, this build reads 1 to "
                            + version());
        }
    }
}
