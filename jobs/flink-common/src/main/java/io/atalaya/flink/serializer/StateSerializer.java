package io.atalaya.flink.serializer;

import java.io.IOException;
import java.util.ServiceLoader;

/**
 * The serializer of a type that is kept in state. Savepoints refer to it by its id, so that classes
 * can be renamed. Each one is listed in a {@code META-INF/services} file, where a restore looks it
 * up.
 */
public interface StateSerializer<T> extends RecordSerializer<T> {

    /** Identifies the serializer in savepoints. It is unique and never changes. */
    String id();

    /** The only version that is written and read. Changes before the first release keep it at 1. */
    default int version() {
        return 1;
    }

    /**
     * The serializer with that id.
     *
     * @throws IOException if this build does not have it
     */
    static StateSerializer<?> of(String id, ClassLoader classLoader) throws IOException {
        for (StateSerializer<?> format : ServiceLoader.load(StateSerializer.class, classLoader)) {
            if (format.id().equals(id)) {
                return format;
            }
        }
        throw new IOException("state format: got '" + id + "', which this build does not have");
    }
}
