package io.atalaya.campaign;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Searches for NaN and infinity in a project object and the objects it refers to. */
final class NonFinite {
    /** Fields that use them for a missing value, which is never part of a result. */
    private static final Set<String> NO_VALUE =
            Set.of(
                    "Group.south",
                    "Group.north",
                    "Group.west",
                    "Group.east",
                    "TrajectoryDensity.losses",
                    "TrajectoryDensity.reaches",
                    "SeasonalProfile.views");

    private static final ClassValue<Field[]> FIELDS =
            new ClassValue<>() {
                @Override
                protected Field[] computeValue(Class<?> type) {
                    return fields(type);
                }
            };

    private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Field names from the root to the visited value. */
    private final List<String> path = new ArrayList<>();

    private String found;

    private NonFinite() {}

    /** The path of the first such number, or null. */
    static String in(Object root) {
        if (root == null) {
            return null;
        }
        NonFinite search = new NonFinite();
        search.path.add(root.getClass().getSimpleName());
        search.visit(root);
        return search.found;
    }

    private void visit(Object value) {
        if (value == null || found != null) {
            return;
        }
        if (value instanceof Number number) {
            check(number.doubleValue());
        } else if (value instanceof double[] numbers) {
            for (double number : numbers) {
                check(number);
            }
        } else if (value instanceof float[] numbers) {
            for (float number : numbers) {
                check(number);
            }
        } else if (value instanceof Object[] elements) {
            visitAll(Arrays.asList(elements));
        } else if (value instanceof Collection<?> elements) {
            if (visited.add(value)) {
                visitAll(elements);
            }
        } else if (value instanceof Map<?, ?> map) {
            if (visited.add(value)) {
                visitAll(map.values());
            }
        } else if (value.getClass().getName().startsWith("io.atalaya.")
                && !value.getClass().isEnum()
                && visited.add(value)) {
            visitFields(value);
        }
    }

    private void check(double number) {
        if (!Double.isFinite(number) && found == null) {
            found = String.join("", path) + "=" + number;
        }
    }

    private void visitAll(Collection<?> elements) {
        path.add("[]");
        elements.forEach(this::visit);
        path.remove(path.size() - 1);
    }

    private void visitFields(Object value) {
        for (Field field : FIELDS.get(value.getClass())) {
            path.add(".");
            path.add(field.getName());
            try {
                visit(field.get(value));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("reading " + field, e);
            }
            path.remove(path.size() - 1);
            path.remove(path.size() - 1);
        }
    }

    private static Field[] fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type;
                each != null && each.getName().startsWith("io.atalaya.");
                each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && canHoldNumbers(field.getType())
                        && !NO_VALUE.contains(each.getSimpleName() + "." + field.getName())) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return fields.toArray(Field[]::new);
    }

    private static boolean canHoldNumbers(Class<?> type) {
        if (type.isArray() && type.getComponentType().isPrimitive()) {
            return type == double[].class || type == float[].class;
        }
        return type == double.class
                || type == float.class
                || !type.isPrimitive() && !type.isEnum() && type != String.class;
    }
}
