package io.atalaya.contracts.topic;

import io.atalaya.contracts.json.BrokenJson;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.Utf8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A Kafka record as one line of a recording: {@code {"timestamp": epoch ms, "key": …, "value": …,
 * "headers": {…}}}.
 *
 * <p>The value is kept byte for byte, as the JSON text of {@code value}, so a recording can hold
 * every faulty message. A value that is text but not a JSON object, array, number or boolean
 * becomes a JSON string of that text. So does JSON that is nested too deeply for other readers of
 * the file. Bytes that are not UTF-8 text become {@code valueBase64}. The only change is white
 * space around and between the tokens of a JSON value: line breaks become blanks, because a record
 * is one line.
 *
 * <p>Unlike {@link io.atalaya.contracts.json.JsonIn} this codec has no bounds of its own, because
 * the job rejects values that are too large, too deep or wrong.
 */
public final class TopicRecordCodec {
    /** The job accepts 32 levels; common readers stop at some hundreds. */
    private static final int MAX_RAW_DEPTH = 64;

    /** The bound excludes microseconds, which would set the jobs' clocks far ahead for good. */
    private static final String TIMESTAMP = "epoch milliseconds, years 1970 to 9999";

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    // A recording of hostile names must neither fill the JVM's table of interned
                    // strings nor stop the reader.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private TopicRecordCodec() {}

    /**
     * Reads one line.
     *
     * @throws InvalidRecordException that names the field, if the line has another form than the
     *     above
     */
    public static TopicRecord read(String topic, byte[] line) throws InvalidRecordException {
        String text = text(line);
        if (text == null) {
            throw InvalidRecordException.fault(
                    "line", "bytes that are not UTF-8", "UTF-8 text (else valueBase64)");
        }
        // JSON has no NUL, and one would make the parser take the line for UTF-16 or UTF-32.
        if (text.indexOf('\0') >= 0) {
            throw InvalidRecordException.fault("line", "a NUL byte", "a JSON object");
        }
        Fields fields = new Fields();
        try (JsonParser parser = FACTORY.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidRecordException("line", text, "a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                fields.read(name, parser, line);
            }
            if (parser.nextToken() != null) {
                throw new InvalidRecordException(
                        "line", parser.getText(), "nothing after the JSON object");
            }
        } catch (JsonProcessingException e) {
            throw InvalidRecordException.fault("line", BrokenJson.words(e), "a JSON object");
        } catch (IOException e) {
            throw new IllegalStateException("reading JSON from memory", e);
        }
        return fields.record(topic);
    }

    /** The record as one line, without its line break. */
    public static byte[] write(TopicRecord record) {
        byte[] value = record.value();
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(256 + (value == null ? 0 : value.length));
        try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            generator.writeStartObject();
            generator.writeNumberField("timestamp", record.timestamp());
            generator.writeStringField("key", record.key());
            writeValue(generator, value);
            if (!record.headers().isEmpty()) {
                generator.writeObjectFieldStart("headers");
                for (Map.Entry<String, String> header : record.headers().entrySet()) {
                    generator.writeStringField(header.getKey(), header.getValue());
                }
                generator.writeEndObject();
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing JSON to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void writeValue(JsonGenerator generator, byte[] value) throws IOException {
        if (value == null) {
            generator.writeNullField("value");
            return;
        }
        String text = text(value);
        if (text == null) {
            generator.writeStringField("valueBase64", Base64.getEncoder().encodeToString(value));
        } else if (isRawJson(text)) {
            generator.writeFieldName("value");
            generator.writeRawValue(text.replace('\n', ' ').replace('\r', ' '));
        } else {
            generator.writeStringField("value", text);
        }
    }

    /**
     * Whether the text is one JSON object, array, number or boolean within the maximum depth. A
     * string or null is written as a string that holds its JSON text, because reading would take it
     * for plain text or a removal. The parser gets text, not bytes, because it would take some
     * bytes for UTF-16 or UTF-32, which a line cannot hold.
     */
    private static boolean isRawJson(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null || first == JsonToken.VALUE_STRING || first == JsonToken.VALUE_NULL) {
                return false;
            }
            int depth = 0;
            for (JsonToken token = first; depth <= MAX_RAW_DEPTH; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth == 0) {
                    return parser.nextToken() == null;
                }
            }
            return false;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** The bytes as text, or null if they are not UTF-8. */
    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The fields read so far from a line. */
    private static final class Fields {
        private Long timestamp;
        private String key;
        private byte[] value;
        private byte[] valueBase64;
        private final Set<String> names = new HashSet<>();
        private final Map<String, String> headers = new LinkedHashMap<>();

        void read(String name, JsonParser parser, byte[] line)
                throws IOException, InvalidRecordException {
            if (!names.add(name)) {
                throw InvalidRecordException.fault(name, "the field twice", "it once");
            }
            switch (name) {
                case "timestamp" -> timestamp = timestamp(parser);
                case "key" -> key = stringOrNull(name, parser);
                case "value" -> value = raw(parser, line);
                case "valueBase64" -> valueBase64 = base64(parser);
                case "headers" -> readHeaders(parser);
                default -> parser.skipChildren();
            }
        }

        TopicRecord record(String topic) throws InvalidRecordException {
            if (timestamp == null) {
                throw new InvalidRecordException("timestamp", null, TIMESTAMP);
            }
            if (!names.contains("value") && !names.contains("valueBase64")) {
                throw new InvalidRecordException(
                        "value", null, "JSON, a string with any text, or null for a removal");
            }
            if (value != null && valueBase64 != null) {
                throw InvalidRecordException.fault(
                        "valueBase64", "a second value beside value", "one of them");
            }
            byte[] one = valueBase64 == null ? value : valueBase64;
            return new TopicRecord(topic, timestamp, key, one, headers);
        }

        private static long timestamp(JsonParser parser)
                throws IOException, InvalidRecordException {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                    || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    || parser.getLongValue() < 0
                    || parser.getLongValue() > JsonIn.MAX_TIME) {
                throw new InvalidRecordException("timestamp", parser.getText(), TIMESTAMP);
            }
            return parser.getLongValue();
        }

        private static byte[] raw(JsonParser parser, byte[] line)
                throws IOException, InvalidRecordException {
            switch (parser.currentToken()) {
                case VALUE_NULL:
                case VALUE_STRING:
                    String text = stringOrNull("value", parser);
                    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
                default:
                    int from = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    int to = (int) parser.currentLocation().getByteOffset();
                    return Arrays.copyOfRange(line, from, to);
            }
        }

        private static byte[] base64(JsonParser parser) throws IOException, InvalidRecordException {
            String text = stringOrNull("valueBase64", parser);
            try {
                return text == null ? null : Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw new InvalidRecordException("valueBase64", text, "base64");
            }
        }

        private void readHeaders(JsonParser parser) throws IOException, InvalidRecordException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return;
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new InvalidRecordException(
                        "headers", parser.getText(), "an object of strings");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                if (headers.containsKey(name)) {
                    throw InvalidRecordException.fault(
                            "headers." + name, "the field twice", "it once");
                }
                headers.put(name, stringOrNull("headers." + name, parser));
            }
        }

        private static String stringOrNull(String field, JsonParser parser)
                throws IOException, InvalidRecordException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return null;
            }
            String text = parser.getText();
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw new InvalidRecordException(field, text, "a string or null");
            }
            if (!Utf8.isEncodable(text)) {
                throw InvalidRecordException.fault(field, "half a surrogate pair", "UTF-8 text");
            }
            return text;
        }
    }
}
