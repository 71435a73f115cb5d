package io.atalaya.testutils;

import io.atalaya.flink.serializer.BinaryFormat;

import java.util.ArrayList;
import java.util.List;

/** Representative values of a format's type. */
public record FormatSample<T>(BinaryFormat<T> format, List<T> values) {

    @SafeVarargs
    public static <T> FormatSample<T> of(BinaryFormat<T> format, T... values) {
        List<T> all = new ArrayList<>();
        for (T value : values) {
            all.add(value);
        }
        return new FormatSample<>(format, all);
    }

    String name() {
        return format.getClass().getSimpleName();
    }

    @Override
    public String toString() {
        return name();
    }
}
