package io.atalaya.jobtests;

import io.atalaya.serde.BinaryFormat;

import java.util.ArrayList;
import java.util.List;

/**
 * Representative values of a format's type.
 *
 * @param versions first to current: what the golden bytes of each version are read as today. Those
 *     of the current version are also what is written.
 */
public record FormatSample<T>(BinaryFormat<T> format, List<List<T>> versions) {

    /** What version 1 holds. */
    @SafeVarargs
    public static <T> FormatSample<T> of(BinaryFormat<T> format, T... values) {
        List<T> first = new ArrayList<>();
        for (T value : values) {
            first.add(value);
        }
        return new FormatSample<>(format, List.of()).then(first);
    }

    /** What the next version holds. */
    public FormatSample<T> then(List<T> values) {
        List<List<T>> more = new ArrayList<>(versions);
        more.add(List.copyOf(values));
        return new FormatSample<>(format, List.copyOf(more));
    }

    /** Of the format, as golden files and savepoints have it. */
    public String name() {
        return format.getClass().getSimpleName();
    }

    @Override
    public String toString() {
        return name();
    }
}
