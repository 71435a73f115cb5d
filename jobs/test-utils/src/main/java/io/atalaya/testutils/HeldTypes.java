package io.atalaya.testutils;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The types of this project that values of some types may hold: the fields of each, and the
 * constants of each enum, because stored forms have their names.
 */
public final class HeldTypes {
    private static final String OWN = "io.atalaya.";

    private final Map<String, String> enums = new TreeMap<>();
    private final Map<String, String> others = new TreeMap<>();

    private HeldTypes() {}

    public static HeldTypes of(Stream<Class<?>> types) {
        HeldTypes held = new HeldTypes();
        types.forEach(held::add);
        return held;
    }

    /** One line for each enum: its name and constants. */
    public List<String> enums() {
        return lines(enums);
    }

    /** One line for each type that is no enum: its name, and the names and types of its fields. */
    public List<String> others() {
        return lines(others);
    }

    private static List<String> lines(Map<String, String> types) {
        return types.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .toList();
    }

    private void add(Type type) {
        if (type instanceof ParameterizedType generic) {
            add(generic.getRawType());
            Stream.of(generic.getActualTypeArguments()).forEach(this::add);
        } else if (type instanceof Class<?> held) {
            add(held);
        }
    }

    private void add(Class<?> type) {
        String name = type.getName().substring(type.getName().lastIndexOf('.') + 1);
        if (!type.getName().startsWith(OWN)
                || enums.containsKey(name)
                || others.containsKey(name)) {
            return;
        }
        if (type.isEnum()) {
            enums.put(
                    name,
                    join(Stream.of(type.getEnumConstants()).map(each -> ((Enum<?>) each).name())));
            return;
        }
        List<Field> fields = Stream.of(type.getDeclaredFields()).filter(HeldTypes::isHeld).toList();
        others.put(
                name,
                join(fields.stream().map(each -> each.getName() + " " + typeOf(each)).sorted()));
        fields.forEach(each -> add(each.getGenericType()));
        if (type.isSealed()) {
            Stream.of(type.getPermittedSubclasses()).forEach(this::add);
        }
    }

    private static boolean isHeld(Field field) {
        return !Modifier.isStatic(field.getModifiers())
                && !Modifier.isTransient(field.getModifiers());
    }

    private static String typeOf(Field field) {
        return field.getGenericType().getTypeName().replaceAll("[a-z.]+\\.(?=[A-Z])", "");
    }

    private static String join(Stream<String> parts) {
        return parts.collect(Collectors.joining(", "));
    }
}
