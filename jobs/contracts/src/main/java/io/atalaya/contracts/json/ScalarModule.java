package io.atalaya.contracts.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;

import java.io.IOException;

/**
 * Strict scalars and sealed types: Jackson's own make strings of numbers and numbers of strings,
 * trim the names of enums, write numbers that are not finite, and read arrays as objects.
 */
final class ScalarModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    ScalarModule() {
        Scalar<String> text = new Scalar<>(String.class, "a string", ScalarModule::text);
        Scalar<Boolean> bool = new Scalar<>(Boolean.class, "true or false", ScalarModule::bool);
        Scalar<Double> number = new Scalar<>(Double.class, "a number", ScalarModule::finite);
        Scalar<Integer> whole = new Scalar<>(Integer.class, "a whole number", ScalarModule::small);
        Scalar<Long> big = new Scalar<>(Long.class, "a whole number", ScalarModule::whole);
        addDeserializer(String.class, text);
        addDeserializer(Boolean.class, bool).addDeserializer(boolean.class, bool);
        addDeserializer(Double.class, number).addDeserializer(double.class, number);
        addDeserializer(Integer.class, whole).addDeserializer(int.class, whole);
        addDeserializer(Long.class, big).addDeserializer(long.class, big);
        addSerializer(Double.class, new FiniteWriter())
                .addSerializer(double.class, new FiniteWriter());
        setDeserializerModifier(
                new BeanDeserializerModifier() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public JsonDeserializer<?> modifyEnumDeserializer(
                            DeserializationConfig config,
                            JavaType type,
                            BeanDescription description,
                            JsonDeserializer<?> lenient) {
                        return new ExactEnum(lenient);
                    }

                    @Override
                    public JsonDeserializer<?> modifyDeserializer(
                            DeserializationConfig config,
                            BeanDescription description,
                            JsonDeserializer<?> lenient) {
                        return description.getBeanClass().isSealed()
                                ? new SealedType(lenient)
                                : lenient;
                    }
                });
    }

    private static String text(JsonParser parser) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return null;
        }
        if (!Utf8.isEncodable(parser.getText())) {
            throw wrong(parser, parser.getText(), "text without half surrogate pairs");
        }
        return parser.getText();
    }

    private static Boolean bool(JsonParser parser) {
        return parser.currentToken().isBoolean()
                ? (Boolean) parser.hasToken(JsonToken.VALUE_TRUE)
                : null;
    }

    /** Minus zero becomes zero. */
    private static Double finite(JsonParser parser) throws IOException {
        double value = parser.currentToken().isNumeric() ? parser.getDoubleValue() : Double.NaN;
        return Double.isFinite(value) ? (Double) (value + 0.0) : null;
    }

    /** {@code 7.0} is a whole number. */
    private static Long whole(JsonParser parser) throws IOException {
        Double value = finite(parser);
        return value == null || value != Math.rint(value) ? null : (Long) value.longValue();
    }

    private static Integer small(JsonParser parser) throws IOException {
        Long value = whole(parser);
        if (value != null && value != value.intValue()) {
            throw wrong(parser, parser.getText(), "a whole number up to " + Integer.MAX_VALUE);
        }
        return value == null ? null : (Integer) value.intValue();
    }

    private static Long time(JsonParser parser) throws IOException {
        long time = JsonIn.time(parser);
        return time < 0 ? null : (Long) time;
    }

    private static JsonMappingException wrong(JsonParser parser, String got, String expected) {
        return new JsonMappingException(
                parser, expected, new InvalidRecordException("", got, expected));
    }

    private interface Reader<T> {
        /** The current value, or null if it has another type. */
        T read(JsonParser parser) throws IOException;
    }

    private static final class Scalar<T> extends StdScalarDeserializer<T>
            implements ContextualDeserializer {
        private static final long serialVersionUID = 1L;

        private static final JsonFactory DEFAULTS = new JsonFactory();

        private final String expected;
        private final transient Reader<T> reader;
        private final boolean isRequired;
        private final transient T absent;

        Scalar(Class<T> type, String expected, Reader<T> reader) {
            this(type, expected, reader, false, null);
        }

        private Scalar(
                Class<?> type, String expected, Reader<T> reader, boolean isRequired, T absent) {
            super(type);
            this.expected = expected;
            this.reader = reader;
            this.isRequired = isRequired;
            this.absent = absent;
        }

        @Override
        @SuppressWarnings("unchecked")
        public JsonDeserializer<?> createContextual(
                DeserializationContext context, BeanProperty property) throws JsonMappingException {
            if (property == null) {
                return this;
            }
            Class<?> type = property.getType().getRawClass();
            T otherwise = type == boolean.class ? (T) Boolean.FALSE : null;
            String given = property.getMetadata().getDefaultValue();
            if (given != null) {
                try (JsonParser parser = DEFAULTS.createParser(given)) {
                    parser.nextToken();
                    otherwise = reader.read(parser);
                } catch (IOException e) {
                    throw JsonMappingException.fromUnexpectedIOE(e);
                }
            }
            boolean isRequired = type.isPrimitive() && otherwise == null;
            return property.getAnnotation(EpochMillis.class) == null
                    ? new Scalar<>(type, expected, reader, isRequired, otherwise)
                    : new Scalar<>(type, JsonIn.TIME, ScalarModule::time, isRequired, null);
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            T value = reader.read(parser);
            if (value == null) {
                throw wrong(parser, parser.getText(), expected);
            }
            return value;
        }

        @Override
        public T getNullValue(DeserializationContext context) throws JsonMappingException {
            if (isRequired) {
                throw wrong(context.getParser(), null, Field.REQUIRED);
            }
            return absent;
        }
    }

    private static final class ExactEnum extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        ExactEnum(JsonDeserializer<?> lenient) {
            super(lenient);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> lenient) {
            return new ExactEnum(lenient);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            Object value = super.deserialize(parser, context);
            String text = parser.getText();
            return text.equals(text.trim())
                    ? value
                    : context.handleWeirdStringValue(handledType(), text, "blanks");
        }
    }

    /** Jackson also reads a sealed type from an array of its name and the record. */
    private static final class SealedType extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        SealedType(JsonDeserializer<?> lenient) {
            super(lenient);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> lenient) {
            return new SealedType(lenient);
        }

        @Override
        public Object deserializeWithType(
                JsonParser parser, DeserializationContext context, TypeDeserializer type)
                throws IOException {
            return parser.hasToken(JsonToken.START_OBJECT)
                    ? super.deserializeWithType(parser, context, type)
                    : context.handleUnexpectedToken(handledType(), parser);
        }
    }

    private static final class FiniteWriter extends StdScalarSerializer<Double> {
        private static final long serialVersionUID = 1L;

        FiniteWriter() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeNumber(Field.finite(out.getOutputContext().getCurrentName(), value));
        }
    }
}
