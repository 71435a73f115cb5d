package io.atalaya.testutils;

import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.flink.serializer.SerializerNames;

import java.util.List;
import java.util.Map;

/** Representative values of a type that is on an edge or in state. */
public record SerializerSample<T>(Class<T> type, List<T> values) {

    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T> SerializerSample<T> of(Class<T> type, T... values) {
        return new SerializerSample<>(type, List.of(values));
    }

    RecordSerializer<T> serializer() {
        return RecordSerializer.of(type);
    }

    /** Whether savepoints have a name for the type. */
    boolean isNamed() {
        return SerializerNames.types().containsValue(type);
    }

    /** The name of the type in savepoints. */
    String name() {
        return SerializerNames.types().entrySet().stream()
                .filter(entry -> entry.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }
}
