package io.atalaya.contracts.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DatabindException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The JSON form of a record by Jackson's data binding, for messages that are neither frequent nor
 * in another system's format. A component is a field of the same name. Bounds, repeated and unknown
 * fields are treated as {@link JsonIn} treats them.
 *
 * <p>A sealed type carries Jackson's annotations for the field that names the record.
 *
 * <p>The record's constructor checks the values (see {@link Field}), with the field's name relative
 * to the record. Absent and null mean the same: null for an object, an empty list, false, and a
 * fault for a number of a primitive type, unless {@code @JsonProperty} gives a default.
 *
 * @param <T> the record
 */
public final class RecordCodec<T> {
    private static final ObjectMapper MAPPER = mapper();

    private final Class<T> type;
    private final int maxBytes;
    private final ObjectReader reader;

    /**
     * A codec for messages of at most {@code maxBytes} bytes.
     *
     * @param features of the reader beside the usual ones
     */
    public RecordCodec(Class<T> type, int maxBytes, DeserializationFeature... features) {
        this.type = type;
        this.maxBytes = maxBytes;
        this.reader = MAPPER.readerFor(type).withFeatures(features);
    }

    private static ObjectMapper mapper() {
        JsonMapper mapper =
                JsonMapper.builder()
                        .addModule(new ScalarModule())
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                        .defaultPropertyInclusion(
                                JsonInclude.Value.construct(
                                        JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                        .visibility(PropertyAccessor.GETTER, Visibility.NONE)
                        .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                        .build();
        mapper.configOverride(List.class)
                .setInclude(
                        JsonInclude.Value.construct(
                                JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
                .setSetterInfo(JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.FAIL));
        mapper.configOverride(Map.class)
                .setSetterInfo(JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.SKIP));
        return mapper;
    }

    /** Reads one message. */
    public T read(byte[] message) throws InvalidRecordException {
        try (JsonParser parser = JsonIn.parser(message, maxBytes)) {
            parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            try {
                T value = reader.readValue(parser, type);
                if (parser.nextToken() != null) {
                    throw new InvalidRecordException(
                            "value", parser.getText(), "nothing after the JSON object");
                }
                return value;
            } catch (JsonProcessingException e) {
                throw invalid(e, parser);
            }
        } catch (IOException e) {
            throw new IllegalStateException("reading JSON from memory", e);
        }
    }

    /** Writes one message. */
    public byte[] write(T value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /** Reads a part of a message whose type follows from another part. */
    public static <P> P bind(String field, JsonNode part, Class<P> type)
            throws InvalidRecordException {
        try (JsonParser parser = MAPPER.treeAsTokens(part)) {
            try {
                return MAPPER.readValue(parser, type);
            } catch (JsonProcessingException e) {
                throw invalid(e, parser).within(field);
            }
        } catch (IOException e) {
            throw new IllegalStateException("reading a tree", e);
        }
    }

    private static InvalidRecordException invalid(JsonProcessingException e, JsonParser parser)
            throws IOException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidRecordException invalid) {
                return invalid.within(path(e));
            }
            if (cause instanceof JsonProcessingException broken
                    && !(cause instanceof DatabindException)) {
                String where = path(parser.getParsingContext());
                return broken.getOriginalMessage().startsWith("Duplicate field")
                        ? InvalidRecordException.fault(where, "a second value", "each field once")
                        : JsonIn.syntax(where, broken);
            }
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return InvalidRecordException.fault(
                    path(e), "an unknown field", "one of " + unknown.getKnownPropertyIds());
        }
        if (e instanceof InvalidTypeIdException type) {
            return unknownType(type);
        }
        if (e instanceof MismatchedInputException mismatch
                && e.getProcessor() instanceof JsonParser at) {
            // A mismatch at the end of an object is a field that is missing.
            return e instanceof InvalidNullException || at.currentToken() == JsonToken.END_OBJECT
                    ? new InvalidRecordException(path(e), null, Field.REQUIRED)
                    : new InvalidRecordException(
                            path(e), at.getText(), expected(mismatch.getTargetType()));
        }
        throw new IllegalStateException("a record that cannot be bound", e);
    }

    /** A sealed type without the field that names the record, or with an unknown name in it. */
    private static InvalidRecordException unknownType(InvalidTypeIdException e) {
        Class<?> sealed = e.getBaseType().getRawClass();
        List<String> names =
                Arrays.stream(sealed.getAnnotation(JsonSubTypes.class).value())
                        .map(JsonSubTypes.Type::name)
                        .toList();
        return new InvalidRecordException(
                        sealed.getAnnotation(JsonTypeInfo.class).property(),
                        e.getTypeId(),
                        e.getTypeId() == null ? Field.REQUIRED : "one of " + names)
                .within(path(e));
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + MAPPER.convertValue(type.getEnumConstants(), List.class);
        }
        return Collection.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    /** The path of the value at fault; empty for the message itself. */
    private static String path(JsonProcessingException e) {
        StringBuilder path = new StringBuilder();
        if (e instanceof JsonMappingException mapping) {
            for (JsonMappingException.Reference step : mapping.getPath()) {
                append(path, step.getFieldName(), step.getIndex());
            }
        }
        return path.toString();
    }

    /** The parser's place, which is exact where it could not read on. */
    private static String path(JsonStreamContext place) {
        StringBuilder path = new StringBuilder();
        collect(place, path);
        return path.isEmpty() ? "value" : path.toString();
    }

    private static void collect(JsonStreamContext place, StringBuilder path) {
        if (place != null && !place.inRoot()) {
            collect(place.getParent(), path);
            if (place.hasCurrentName() || place.hasCurrentIndex()) {
                append(path, place.getCurrentName(), place.getCurrentIndex());
            }
        }
    }

    private static void append(StringBuilder path, String name, int index) {
        if (name == null) {
            path.append('[').append(index).append(']');
        } else {
            path.append(path.isEmpty() ? "" : ".").append(name);
        }
    }
}
