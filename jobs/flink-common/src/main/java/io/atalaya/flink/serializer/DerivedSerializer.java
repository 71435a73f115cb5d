package io.atalaya.flink.serializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The serializer of a record or of a sealed interface of records, derived from the record
 * components: primitives and their boxes, strings, enums by name, byte arrays, lists, sets of
 * comparable elements, maps with comparable keys, records, sealed interfaces, and types with a
 * hand-written serializer. A component may be null, except for primitives, lists, sets and maps. An
 * element of these may not: it is rejected before it is stored, because afterwards it could not be
 * read.
 */
final class DerivedSerializer<T> implements RecordSerializer<T> {
    static final ClassValue<RecordSerializer<?>> BY_TYPE =
            new ClassValue<>() {
                @Override
                protected RecordSerializer<?> computeValue(Class<?> type) {
                    Class<?> handWritten = SerializerNames.handWritten(type);
                    return handWritten == null
                            ? new DerivedSerializer<>(type)
                            : instance(handWritten);
                }
            };

    private static final Map<Class<?>, Form<?>> BASIC = basicForms();

    private final Form<T> form;

    private DerivedSerializer(Class<T> type) {
        if (type.isRecord()) {
            form = new RecordForm<>(type);
        } else if (type.isSealed()) {
            form = SealedForm.of(type);
        } else {
            throw new IllegalArgumentException(
                    type.getName() + " is neither a record nor sealed nor has a serializer");
        }
    }

    private static RecordSerializer<?> instance(Class<?> handWritten) {
        try {
            Constructor<?> constructor = handWritten.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (RecordSerializer<?>) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    handWritten + " needs a constructor without arguments", e);
        }
    }

    @Override
    public void write(T value, DataOutputView out) throws IOException {
        form.write(value, out);
    }

    @Override
    public T read(DataInputView in) throws IOException {
        return form.read(in);
    }

    @Override
    public List<String> schema() {
        List<String> lines = new ArrayList<>();
        form.describe("", lines);
        return lines;
    }

    /** How values of one type are written. */
    private interface Form<T> {
        void write(T value, DataOutputView out) throws IOException;

        T read(DataInputView in) throws IOException;

        /** Adds the lines of {@link #schema()} about the component at a path. */
        void describe(String path, List<String> lines);
    }

    private record Basic<T>(String name, Binary.Writer<T> writer, Binary.Reader<T> reader)
            implements Form<T> {
        @Override
        public void write(T value, DataOutputView out) throws IOException {
            writer.write(value, out);
        }

        @Override
        public T read(DataInputView in) throws IOException {
            return reader.read(in);
        }

        @Override
        public void describe(String path, List<String> lines) {
            lines.add(path + ": " + name);
        }
    }

    private static Map<Class<?>, Form<?>> basicForms() {
        Map<Class<?>, Form<?>> forms = new HashMap<>();
        add(forms, boolean.class, Boolean.class, (v, o) -> o.writeBoolean(v), i -> i.readBoolean());
        add(
                forms,
                int.class,
                Integer.class,
                (v, o) -> Binary.writeDistance(v, 0, o),
                i -> (int) Binary.readDistance(0, i));
        add(forms, long.class, Long.class, (v, o) -> o.writeLong(v), i -> i.readLong());
        add(forms, float.class, Float.class, (v, o) -> o.writeFloat(v), i -> i.readFloat());
        add(forms, double.class, Double.class, (v, o) -> o.writeDouble(v), i -> i.readDouble());
        forms.put(String.class, new Basic<>("text", Binary::writeString, Binary::readString));
        forms.put(
                byte[].class,
                new Nullable<>(new Basic<>("bytes", Binary::writeBytes, Binary::readBytes)));
        return forms;
    }

    private static <T> void add(
            Map<Class<?>, Form<?>> forms,
            Class<?> primitive,
            Class<T> box,
            Binary.Writer<T> writer,
            Binary.Reader<T> reader) {
        Form<T> form = new Basic<>(primitive.getName(), writer, reader);
        forms.put(primitive, form);
        forms.put(box, new Nullable<>(form));
    }

    private record Nullable<T>(Form<T> form) implements Form<T> {
        @Override
        public void write(T value, DataOutputView out) throws IOException {
            out.writeBoolean(value != null);
            if (value != null) {
                form.write(value, out);
            }
        }

        @Override
        public T read(DataInputView in) throws IOException {
            return in.readBoolean() ? form.read(in) : null;
        }

        @Override
        public void describe(String path, List<String> lines) {
            form.describe(path + "?", lines);
        }
    }

    private record ListForm<T>(Form<T> element) implements Form<List<T>> {
        @Override
        public void write(List<T> values, DataOutputView out) throws IOException {
            Binary.writeVarInt(values.size(), out);
            for (T value : values) {
                element.write(Objects.requireNonNull(value), out);
            }
        }

        @Override
        @SuppressWarnings("unchecked")
        public List<T> read(DataInputView in) throws IOException {
            Object[] values = new Object[Binary.readVarInt(in)];
            for (int i = 0; i < values.length; i++) {
                values[i] = element.read(in);
            }
            return (List<T>) List.of(values);
        }

        @Override
        public void describe(String path, List<String> lines) {
            element.describe(path + "[]", lines);
        }
    }

    /** Writes elements in order, so that equal sets have equal bytes. */
    private record SetForm<T>(ListForm<T> elements) implements Form<Set<T>> {
        @Override
        public void write(Set<T> values, DataOutputView out) throws IOException {
            elements.write(List.copyOf(new TreeSet<>(values)), out);
        }

        @Override
        public Set<T> read(DataInputView in) throws IOException {
            return Set.copyOf(elements.read(in));
        }

        @Override
        public void describe(String path, List<String> lines) {
            elements.describe(path, lines);
        }
    }

    /** Writes entries by key, so that equal maps have equal bytes. */
    private record MapForm<K, V>(Form<K> key, Form<V> value) implements Form<Map<K, V>> {
        @Override
        public void write(Map<K, V> values, DataOutputView out) throws IOException {
            Binary.writeVarInt(values.size(), out);
            for (Map.Entry<K, V> entry : new TreeMap<>(values).entrySet()) {
                key.write(entry.getKey(), out);
                value.write(Objects.requireNonNull(entry.getValue()), out);
            }
        }

        @Override
        public Map<K, V> read(DataInputView in) throws IOException {
            int size = Binary.readVarInt(in);
            Map<K, V> values = new HashMap<>();
            for (int i = 0; i < size; i++) {
                values.put(key.read(in), value.read(in));
            }
            return Map.copyOf(values);
        }

        @Override
        public void describe(String path, List<String> lines) {
            key.describe(path + "{key}", lines);
            value.describe(path + "{value}", lines);
        }
    }

    /** A value with a serializer of its own: derived, or hand-written. */
    private record Nested<T>(Class<T> type, RecordSerializer<T> serializer) implements Form<T> {
        static <T> Nested<T> of(Class<T> type) {
            return new Nested<>(type, RecordSerializer.of(type));
        }

        @Override
        public void write(T value, DataOutputView out) throws IOException {
            serializer.write(value, out);
        }

        @Override
        public T read(DataInputView in) throws IOException {
            return serializer.read(in);
        }

        @Override
        public void describe(String path, List<String> lines) {
            if (serializer instanceof DerivedSerializer<T> derived) {
                derived.form.describe(path, lines);
            } else {
                serializer.schema().forEach(line -> lines.add(path + ": " + line));
            }
        }
    }

    private static final class RecordForm<T> implements Form<T> {
        private record Component(String name, Function<Object, ?> accessor, Form<Object> form) {}

        private final String name;
        private final Component[] components;
        private final Constructor<T> constructor;

        RecordForm(Class<T> type) {
            name = type.getSimpleName();
            RecordComponent[] declared = type.getRecordComponents();
            components = new Component[declared.length];
            for (int i = 0; i < declared.length; i++) {
                String component = declared[i].getName();
                Form<Object> form = form(declared[i].getGenericType(), name + "." + component);
                components[i] = new Component(component, accessor(type, declared[i]), form);
            }
            constructor = constructor(type, declared);
        }

        /** A function instead of a method handle, because the JIT compiler can inline it. */
        @SuppressWarnings("unchecked")
        private static Function<Object, ?> accessor(Class<?> type, RecordComponent component) {
            try {
                MethodHandles.Lookup lookup =
                        MethodHandles.privateLookupIn(type, MethodHandles.lookup());
                MethodHandle accessor = lookup.unreflect(component.getAccessor());
                MethodHandle factory =
                        LambdaMetafactory.metafactory(
                                        lookup,
                                        "apply",
                                        MethodType.methodType(Function.class),
                                        MethodType.genericMethodType(1),
                                        accessor,
                                        accessor.type().wrap())
                                .getTarget();
                return (Function<Object, ?>) factory.invoke();
            } catch (Throwable e) {
                throw new IllegalArgumentException(component + " is not accessible", e);
            }
        }

        private static <T> Constructor<T> constructor(Class<T> type, RecordComponent[] components) {
            Class<?>[] types =
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            try {
                Constructor<T> constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return constructor;
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("every record has its constructor", e);
            }
        }

        @Override
        public void write(T value, DataOutputView out) throws IOException {
            for (Component component : components) {
                try {
                    component.form.write(component.accessor.apply(value), out);
                } catch (RuntimeException e) {
                    throw new IllegalArgumentException(
                            name + "." + component.name + " cannot be written", e);
                }
            }
        }

        @Override
        public T read(DataInputView in) throws IOException {
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = components[i].form.read(in);
            }
            try {
                return constructor.newInstance(values);
            } catch (InvocationTargetException e) {
                throw new IOException(
                        "a stored " + name + " is invalid: " + e.getCause().getMessage(), e);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(constructor + " is not accessible", e);
            }
        }

        @Override
        public void describe(String path, List<String> lines) {
            for (Component component : components) {
                component.form.describe(
                        path.isEmpty() ? component.name : path + "." + component.name, lines);
            }
        }
    }

    /** A sealed interface: the position of the variant, then its value. */
    private record SealedForm<T>(List<Nested<? extends T>> variants) implements Form<T> {
        static <T> SealedForm<T> of(Class<T> type) {
            return new SealedForm<>(classes(type).<Nested<? extends T>>map(Nested::of).toList());
        }

        private static <T> Stream<Class<? extends T>> classes(Class<T> type) {
            return Stream.of(type.getPermittedSubclasses())
                    .map(variant -> variant.asSubclass(type))
                    .flatMap(variant -> variant.isSealed() ? classes(variant) : Stream.of(variant));
        }

        @Override
        @SuppressWarnings("unchecked")
        public void write(T value, DataOutputView out) throws IOException {
            for (int i = 0; i < variants.size(); i++) {
                if (variants.get(i).type.isInstance(value)) {
                    out.writeByte(i);
                    ((Nested<T>) variants.get(i)).write(value, out);
                    return;
                }
            }
            throw new NullPointerException("no value");
        }

        @Override
        public T read(DataInputView in) throws IOException {
            int variant = in.readByte();
            if (variant < 0 || variant >= variants.size()) {
                throw new IOException("variant " + variant + " of " + variants.size());
            }
            return variants.get(variant).read(in);
        }

        @Override
        public void describe(String path, List<String> lines) {
            for (Nested<?> variant : variants) {
                String name = SerializerNames.of(variant.type);
                if (name == null) {
                    throw new IllegalStateException(
                            variant.type + " needs a name in " + SerializerNames.RESOURCE);
                }
                lines.add(path + " is " + name);
                variant.describe(path + "(" + name + ")", lines);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Form<Object> form(Type type, String path) {
        return (Form<Object>) anyForm(type, path);
    }

    private static Form<?> anyForm(Type type, String path) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return new ListForm<>(form(arguments[0], path));
            }
            if (generic.getRawType() == Set.class) {
                return new SetForm<>(new ListForm<>(form(arguments[0], path)));
            }
            if (generic.getRawType() == Map.class) {
                return new MapForm<>(form(arguments[0], path), form(arguments[1], path));
            }
        }
        if (BASIC.containsKey(type)) {
            return BASIC.get(type);
        }
        if (type instanceof Class<?> nested && nested.isEnum()) {
            return new Nullable<>(enumForm(nested));
        }
        if (type instanceof Class<?> nested) {
            try {
                return new Nullable<>(Nested.of(nested));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
            }
        }
        throw new IllegalArgumentException(path + ": no serializer for " + type);
    }

    private static Form<Enum<?>> enumForm(Class<?> type) {
        Map<String, Enum<?>> constants = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), (Enum<?>) constant);
        }
        return new Basic<>(
                "enum",
                (value, out) -> Binary.writeString(value.name(), out),
                in -> {
                    String name = Binary.readString(in);
                    Enum<?> constant = constants.get(name);
                    if (constant == null) {
                        throw new IOException(
                                type.getSimpleName()
                                        + ": got "
                                        + name
                                        + ", expected one of "
                                        + constants.keySet());
                    }
                    return constant;
                });
    }
}
