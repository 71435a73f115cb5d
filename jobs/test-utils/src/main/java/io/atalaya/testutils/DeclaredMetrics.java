package io.atalaya.testutils;

import io.atalaya.flink.metrics.DeclaredMetric;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The metrics that a job declares, one constant each. */
public final class DeclaredMetrics {
    private DeclaredMetrics() {}

    /** Fails if the list omits a declared metric or contains a name twice. */
    public static void areAllIn(List<DeclaredMetric> all, Class<?> declaring) {
        assertThat(all).containsAll(of(declaring));
        assertThat(all.stream().map(DeclaredMetric::name)).doesNotHaveDuplicates();
    }

    private static List<DeclaredMetric> of(Class<?> declaring) {
        return Arrays.stream(declaring.getFields())
                .filter(field -> field.getType() == DeclaredMetric.class)
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(DeclaredMetrics::value)
                .toList();
    }

    private static DeclaredMetric value(Field field) {
        try {
            return (DeclaredMetric) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
