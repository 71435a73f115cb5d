package io.atalaya.testutils;

import io.atalaya.flink.serializer.RecordSerializer;

import java.util.ArrayList;
import java.util.List;

/** Representative values of a serializer's type. */
public record SerializerSample<T>(RecordSerializer<T> format, List<T> values) {

    @SafeVarargs
    public static <T> SerializerSample<T> of(RecordSerializer<T> format, T... values) {
        List<T> all = new ArrayList<>();
        for (T value : values) {
            all.add(value);
        }
        return new SerializerSample<>(format, all);
    }

    String name() {
        return format.getClass().getSimpleName();
    }

    @Override
    public String toString() {
        return name();
    }
}
