package io.atalaya.campaign;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for NaN and infinity in an object of ours and in whatever it refers to. */
final class NonFinite {
    /** By these a field says that there is no value (yet); it is never part of a result. */
    private static final Set<String> NO_VALUE =
            Set.of(
                    "PeaksOverThreshold.threshold",
                    "Range.highest",
                    "Range.lowest",
                    "Reach.beyond",
                    "Reach.within",
                    "Repeats.last",
                    "SceneDensity.losses",
                    "SceneDensity.reaches",
                    "SeasonalProfile.views",
                    "TrackNotes.lineX",
                    "TrackNotes.lineY",
                    "TrackNotes.speedLogRatioNow");

    private static final ClassValue<Field[]> FIELDS =
            new ClassValue<>() {
                @Override
                protected Field[] computeValue(Class<?> type) {
                    return fields(type);
                }
            };

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private String found;

    private NonFinite() {}

    /** The path of the first such number, or null. */
    static String in(Object root) {
        NonFinite search = new NonFinite();
        search.visit(root, root == null ? "" : root.getClass().getSimpleName());
        return search.found;
    }

    private void visit(Object value, String path) {
        if (value == null || found != null) {
            return;
        }
        if (value instanceof Number number) {
            if (!Double.isFinite(number.doubleValue())) {
                found = path + "=" + value;
            }
        } else if (value instanceof double[] numbers) {
            for (int i = 0; i < numbers.length && found == null; i++) {
                visit(numbers[i], path);
            }
        } else if (value instanceof float[] numbers) {
            for (int i = 0; i < numbers.length && found == null; i++) {
                visit(numbers[i], path);
            }
        } else if (value instanceof Object[] elements) {
            for (Object element : elements) {
                visit(element, path + "[]");
            }
        } else if (value instanceof Collection<?> elements) {
            if (seen.add(value)) {
                elements.forEach(element -> visit(element, path + "[]"));
            }
        } else if (value instanceof Map<?, ?> map) {
            if (seen.add(value)) {
                map.values().forEach(element -> visit(element, path + "[]"));
            }
        } else if (value.getClass().getName().startsWith("io.atalaya.")
                && !value.getClass().isEnum()
                && seen.add(value)) {
            visitFields(value, path);
        }
    }

    private void visitFields(Object value, String path) {
        for (Field field : FIELDS.get(value.getClass())) {
            try {
                visit(field.get(value), path + "." + field.getName());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("reading " + field, e);
            }
        }
    }

    private static Field[] fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type;
                each != null && each.getName().startsWith("io.atalaya.");
                each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && mayHoldNumbers(field.getType())
                        && !NO_VALUE.contains(each.getSimpleName() + "." + field.getName())) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return fields.toArray(Field[]::new);
    }

    private static boolean mayHoldNumbers(Class<?> type) {
        if (type.isArray() && type.getComponentType().isPrimitive()) {
            return type == double[].class || type == float[].class;
        }
        return type == double.class
                || type == float.class
                || !type.isPrimitive() && !type.isEnum() && type != String.class;
    }
}
