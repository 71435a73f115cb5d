package io.atalaya.flink.serializer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * The names that savepoints use for types instead of their classes, so that classes can be renamed
 * and moved. Each module lists its own as {@code name=class}: the class is a hand-written {@link
 * RecordSerializer}, a type that is kept in state, or a variant of such a sealed type. A name never
 * changes.
 */
public final class SerializerNames {
    /** The list of each module. */
    public static final String RESOURCE = "META-INF/atalaya/serializers.properties";

    private static final SerializerNames LISTED = new SerializerNames();

    private final Map<String, Class<?>> types = new HashMap<>();
    private final Map<Class<?>, String> names = new HashMap<>();
    private final Map<Class<?>, Class<?>> handWritten = new HashMap<>();

    private SerializerNames() {
        ClassLoader loader = SerializerNames.class.getClassLoader();
        try {
            for (URL list : Collections.list(loader.getResources(RESOURCE))) {
                Properties lines = new Properties();
                try (InputStream in = list.openStream()) {
                    lines.load(in);
                }
                for (String name : lines.stringPropertyNames()) {
                    add(name, Class.forName(lines.getProperty(name), false, loader));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(RESOURCE + " lists a class that does not exist", e);
        }
    }

    private void add(String name, Class<?> listed) {
        Class<?> type = listed;
        for (Type parent : listed.getGenericInterfaces()) {
            if (parent instanceof ParameterizedType generic
                    && generic.getRawType() == RecordSerializer.class) {
                type = (Class<?>) generic.getActualTypeArguments()[0];
                handWritten.put(type, listed);
            }
        }
        Class<?> sameName = types.put(name, type);
        String sameType = names.put(type, name);
        if (sameName != null && sameName != type || sameType != null && !sameType.equals(name)) {
            throw new IllegalStateException(
                    RESOURCE + ": " + name + " or " + type + " is listed twice");
        }
    }

    /** The types by their names. */
    public static Map<String, Class<?>> types() {
        return Collections.unmodifiableMap(LISTED.types);
    }

    /** The name of a type, or null if it has none. */
    static String of(Class<?> type) {
        return LISTED.names.get(type);
    }

    /** The class of the hand-written serializer of a type, or null. */
    static Class<?> handWritten(Class<?> type) {
        return LISTED.handWritten.get(type);
    }
}
