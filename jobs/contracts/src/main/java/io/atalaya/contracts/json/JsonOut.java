package io.atalaya.contracts.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * A writer of one JSON object. Absent values (null, empty lists) are left out. A number that is not
 * finite is rejected, because JSON has no such numbers.
 */
public final class JsonOut {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

    /** Writes the fields of an object. */
    @FunctionalInterface
    public interface Fields {
        void write(JsonOut out) throws IOException;
    }

    /** Writes the fields of one element of an array. */
    @FunctionalInterface
    public interface Element<T> {
        void write(T value, JsonOut out) throws IOException;
    }

    private final JsonGenerator generator;

    private JsonOut(JsonGenerator generator) {
        this.generator = generator;
    }

    /** The UTF-8 bytes of an object with the given fields. */
    public static byte[] object(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            generator.writeStartObject();
            fields.write(new JsonOut(generator));
            generator.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing JSON to memory", e);
        }
        return bytes.toByteArray();
    }

    public void string(String name, String value) throws IOException {
        if (value != null) {
            generator.writeStringField(name, value);
        }
    }

    public void name(String name, Enum<?> value) throws IOException {
        string(name, value == null ? null : value.name());
    }

    public void number(String name, Number value) throws IOException {
        if (value instanceof Double || value instanceof Float) {
            generator.writeNumberField(name, Field.finite(name, value.doubleValue()));
        } else if (value != null) {
            generator.writeNumberField(name, value.longValue());
        }
    }

    public void bool(String name, boolean value) throws IOException {
        generator.writeBooleanField(name, value);
    }

    public void strings(String name, List<String> values) throws IOException {
        if (!values.isEmpty()) {
            generator.writeArrayFieldStart(name);
            for (String value : values) {
                generator.writeString(value);
            }
            generator.writeEndArray();
        }
    }

    /** An array of numbers. */
    public void numbers(String name, double... values) throws IOException {
        generator.writeArrayFieldStart(name);
        for (double value : values) {
            generator.writeNumber(Field.finite(name, value));
        }
        generator.writeEndArray();
    }

    /** A nested object, left out when {@code value} is null. */
    public <T> void object(String name, T value, Element<T> fields) throws IOException {
        if (value != null) {
            generator.writeObjectFieldStart(name);
            fields.write(value, this);
            generator.writeEndObject();
        }
    }

    /** An array of objects, left out when empty. */
    public <T> void objects(String name, List<T> values, Element<T> fields) throws IOException {
        if (!values.isEmpty()) {
            generator.writeArrayFieldStart(name);
            for (T value : values) {
                generator.writeStartObject();
                fields.write(value, this);
                generator.writeEndObject();
            }
            generator.writeEndArray();
        }
    }
}
