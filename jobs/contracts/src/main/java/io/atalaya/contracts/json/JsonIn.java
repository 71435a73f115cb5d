package io.atalaya.contracts.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A strict, bounded, streaming reader of one JSON object. Every fault is an {@link
 * InvalidRecordException} that names the field's path, so that the codecs need no error handling of
 * their own. Unknown fields are skipped, as the contracts require.
 *
 * <p>A repeated field is rejected, because two readers of one message must not see two messages. A
 * string with half a surrogate pair is rejected, because it cannot be written as UTF-8 again.
 *
 * <p>Use: {@code try (JsonIn in = JsonIn.object(bytes, max)) { while (in.nextField()) switch
 * (in.field()) … } }. A field whose value is {@code null} is reported like an absent one.
 */
public final class JsonIn implements AutoCloseable {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_STRING = 1 << 20;
    private static final int MAX_NAME = 256;
    private static final int MAX_NUMBER = 64;
    private static final int MAX_FIELDS = 256;
    private static final int NO_ELEMENT = -1;

    private static final Pattern EPOCH = Pattern.compile("[0-9]{1,15}");
    static final String TIME = "epoch milliseconds or ISO-8601 with an offset, years 1970 to 9999";

    /** The definition of the schemas. */
    private static final Pattern VISIBLE = Pattern.compile("[^\\s\\p{Z}]");

    /** End of the year 9999, epoch ms. */
    public static final long MAX_TIME = 253_402_300_799_999L;

    /** More names than all codecs know together. */
    private static final int MAX_NAMES = 500;

    private static volatile NamingFactory factory = new NamingFactory();

    /**
     * A factory that counts the field names it has met. A parser that meets a new name copies the
     * table of all names, which costs a megabyte per message with thousands of foreign names.
     */
    private static final class NamingFactory extends JsonFactory {
        private static final long serialVersionUID = 1L;

        NamingFactory() {
            super(
                    new JsonFactoryBuilder()
                            // Java's own parser first makes a string of every number.
                            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxNestingDepth(MAX_DEPTH)
                                            .maxStringLength(MAX_STRING)
                                            .maxNameLength(MAX_NAME)
                                            .maxNumberLength(MAX_NUMBER)
                                            .build()));
        }

        int names() {
            return _byteSymbolCanonicalizer.size();
        }
    }

    /** Reads one element of an array or one nested object. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(JsonIn in) throws InvalidRecordException;
    }

    /** The path to an object, formatted only for a fault. */
    private record Place(Place outer, String field, int element) {
        @Override
        public String toString() {
            String prefix = outer == null ? "" : outer + ".";
            return prefix + (element == NO_ELEMENT ? field : field + "[" + element + "]");
        }
    }

    private final byte[] message;
    private final JsonParser parser;

    /** The path to the current object; null for the message itself. */
    private Place place;

    private String field = "";

    /** Whether the rest of the message is not JSON. */
    private boolean isBroken;

    /** Index in the array that is the current field's value, or {@link #NO_ELEMENT}. */
    private int element = NO_ELEMENT;

    /**
     * Names met so far: those of the parent objects, and from {@code firstName} those of the
     * current object.
     */
    private String[] names = new String[32];

    private int nameCount;
    private int firstName;

    private JsonIn(byte[] message, JsonParser parser) {
        this.message = message;
        this.parser = parser;
    }

    /**
     * Opens a whole message, which must be one JSON object of valid UTF-8 and at most {@code
     * maxBytes} bytes.
     */
    public static JsonIn object(byte[] message, int maxBytes) throws InvalidRecordException {
        return new JsonIn(message, parser(message, maxBytes));
    }

    /** A parser behind the start of the message's object, see {@link #object(byte[], int)}. */
    static JsonParser parser(byte[] message, int maxBytes) throws InvalidRecordException {
        if (message == null || message.length == 0) {
            throw InvalidRecordException.fault("value", "an empty message", "a JSON object");
        }
        if (message.length > maxBytes) {
            throw InvalidRecordException.fault(
                    "value", message.length + " bytes", "at most " + maxBytes + " bytes");
        }
        try {
            return opened(message);
        } catch (InvalidRecordException noObject) {
            HtmlPage.reject(message, "a JSON object");
            throw noObject;
        }
    }

    private static JsonFactory factory() {
        if (factory.names() > MAX_NAMES) {
            factory = new NamingFactory();
        }
        return factory;
    }

    private static JsonParser opened(byte[] message) throws InvalidRecordException {
        JsonFactory parsers = factory();
        Utf8.require(message, parsers);
        try {
            JsonParser parser = parsers.createParser(message);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidRecordException("value", parser.getText(), "a JSON object");
            }
            return parser;
        } catch (IOException e) {
            throw syntax("value", e);
        }
    }

    /** Moves to the next field that has a value; false at the end of the current object. */
    public boolean nextField() throws InvalidRecordException {
        try {
            while (true) {
                JsonToken token = parser.nextToken();
                if (token == JsonToken.END_OBJECT) {
                    if (place == null) {
                        requireEnd();
                    }
                    return false;
                }
                if (token != JsonToken.FIELD_NAME) {
                    throw new InvalidRecordException("value", token, "a whole JSON object");
                }
                field = parser.currentName();
                requireNew(field);
                if (parser.nextToken() != JsonToken.VALUE_NULL) {
                    return true;
                }
            }
        } catch (IOException e) {
            // The parser reads a value before it returns the value's name.
            String begun = parser.getParsingContext().getCurrentName();
            field = begun == null ? "" : begun;
            throw broken(here(), e);
        }
    }

    /** The current field's name within its object; with the index for an element of an array. */
    public String field() {
        return element == NO_ELEMENT ? field : field + "[" + element + "]";
    }

    /** A string of 1 to {@code max} characters. */
    public String string(int max) throws InvalidRecordException {
        String text = anyString(max);
        if (text.isEmpty()) {
            throw invalid("", "1 to " + max + " characters");
        }
        return text;
    }

    /** A string of 1 to {@code max} characters, at least one of them not white space. */
    public String nonBlank(int max) throws InvalidRecordException {
        String text = string(max);
        if (!isVisible(text)) {
            throw invalid(text, "a character that is not blank");
        }
        return text;
    }

    static boolean isVisible(String text) {
        return VISIBLE.matcher(text).find();
    }

    /** A string of 0 to {@code max} characters. */
    public String anyString(int max) throws InvalidRecordException {
        try {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw invalid(parser.getText(), "a string");
            }
            String text = parser.getText();
            // Counts characters as JSON Schema does: a surrogate pair is one.
            if (text.length() > max && text.codePointCount(0, text.length()) > max) {
                throw invalid(text, "at most " + max + " characters");
            }
            if (!Utf8.isEncodable(text)) {
                throw invalid(text, "text without half surrogate pairs");
            }
            return text;
        } catch (IOException e) {
            throw broken(here(), e);
        }
    }

    /**
     * A string of 0 to {@code max} characters; null if it is longer. For an optional large value,
     * such as an image, without which the rest of the message is still useful.
     */
    public String anyStringUnlessLonger(int max) throws InvalidRecordException {
        if (parser.currentToken() == JsonToken.VALUE_STRING && isLonger(max)) {
            return null;
        }
        return anyString(MAX_STRING);
    }

    /** Counts in the bytes, because a text beyond the parser's own bound must not be decoded. */
    private boolean isLonger(int max) {
        int from = (int) parser.currentTokenLocation().getByteOffset() + 1;
        int length = 0;
        for (int i = from; i < message.length && message[i] != '"'; i++) {
            if (++length > max) {
                return true;
            }
            if (message[i] == '\\') {
                i++;
            }
        }
        return false;
    }

    /** A string, number or boolean of 0 to {@code max} characters, as written. */
    public String scalar(int max) throws InvalidRecordException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return anyString(max);
        }
        if (!token.isScalarValue()) {
            throw invalid(text(), "a string or a number");
        }
        return text();
    }

    /** Like {@link #scalar}, but null for a longer string. */
    public String scalarUnlessLonger(int max) throws InvalidRecordException {
        return parser.currentToken() == JsonToken.VALUE_STRING
                ? anyStringUnlessLonger(max)
                : scalar(max);
    }

    /** The kind of the current value. */
    public Shape shape() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> Shape.OBJECT;
            case START_ARRAY -> Shape.ARRAY;
            case VALUE_NULL -> Shape.NULL;
            default -> Shape.SCALAR;
        };
    }

    /** The kinds of values that a format may choose from. */
    public enum Shape {
        OBJECT,
        ARRAY,
        SCALAR,
        NULL
    }

    /** A finite number within the bounds, both included. */
    public double number(double min, double max) throws InvalidRecordException {
        double value = number();
        if (!(value >= min && value <= max)) {
            throw invalid(text(), "a number from " + min + " to " + max);
        }
        return value;
    }

    /**
     * Like {@link #number(double, double)}, but skips a value that is no such number and returns
     * {@code otherwise}.
     */
    public double numberOr(double min, double max, double otherwise) throws InvalidRecordException {
        double value = number();
        skip();
        return value >= min && value <= max ? value : otherwise;
    }

    /** A finite number within the bounds, both included, in quotes or not. */
    public double quotableNumber(double min, double max) throws InvalidRecordException {
        String text = scalar(MAX_NUMBER);
        double value = NumberText.orNaN(text);
        if (!(value >= min && value <= max)) {
            throw invalid(text, "a number from " + min + " to " + max);
        }
        return value;
    }

    /** A whole number within the bounds, both included; {@code 7.0} is a whole number. */
    public int integer(int min, int max) throws InvalidRecordException {
        double value = number();
        if (!(value >= min && value <= max) || value != Math.rint(value)) {
            throw invalid(text(), "a whole number from " + min + " to " + max);
        }
        return (int) value;
    }

    /** NaN, which is within no bounds, if the value is not a number. Minus zero becomes zero. */
    private double number() throws InvalidRecordException {
        try {
            return isNumber() ? parser.getDoubleValue() + 0.0 : Double.NaN;
        } catch (IOException e) {
            throw broken(here(), e);
        }
    }

    public boolean bool() throws InvalidRecordException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw invalid(text(), "true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    /**
     * A point in time from 1970 to 9999, as epoch milliseconds or ISO-8601 with an offset; returns
     * epoch ms. The bounds keep sums with any duration free of overflow. The method does not check
     * plausibility, because that requires the record's arrival time.
     */
    public long time() throws InvalidRecordException {
        try {
            long time = time(parser);
            if (time < 0) {
                throw invalid(parser.getText(), TIME);
            }
            return time;
        } catch (IOException e) {
            throw broken(here(), e);
        }
    }

    /** Like {@link #time()}, but -1 if the current value is no such time. */
    static long time(JsonParser parser) throws IOException {
        try {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                return inBounds(IsoTime.parse(parser.getText()));
            }
        } catch (DateTimeException | ArithmeticException e) {
            return -1;
        }
        double value = parser.currentToken().isNumeric() ? parser.getDoubleValue() : -1;
        // A double is exact far beyond MAX_TIME, so the conversion loses nothing.
        return value == Math.rint(value) ? inBounds((long) value) : -1;
    }

    private static long inBounds(long time) {
        return time <= MAX_TIME ? time : -1;
    }

    /**
     * Like {@link #time()}, for a time that was read as text before a sibling showed that it is
     * needed.
     *
     * @param sibling the field that held the text
     */
    public long time(String sibling, String text) throws InvalidRecordException {
        try {
            long time = EPOCH.matcher(text).matches() ? Long.parseLong(text) : IsoTime.parse(text);
            if (time >= 0 && time <= MAX_TIME) {
                return time;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Rejected below.
        }
        throw invalid(sibling, text, TIME);
    }

    /** Whether the current value is a number. */
    public boolean isNumber() {
        return parser.currentToken().isNumeric();
    }

    /** One of an enum's constants, by name. */
    public <E extends Enum<E>> E oneOf(Class<E> type) throws InvalidRecordException {
        String text = string(64);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw invalid(text, "one of " + List.of(type.getEnumConstants()));
    }

    /** A nested object. */
    public <T> T object(Reader<T> reader) throws InvalidRecordException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw invalid(text(), "an object");
        }
        Place outer = place;
        String outerField = field;
        int outerElement = element;
        int outerFirst = firstName;
        place = new Place(outer, outerField, outerElement);
        field = "";
        element = NO_ELEMENT;
        firstName = nameCount;
        T value = reader.read(this);
        place = outer;
        field = outerField;
        element = outerElement;
        nameCount = firstName;
        firstName = outerFirst;
        return value;
    }

    /** An array of at most {@code max} elements; null elements are rejected. */
    public <T> List<T> list(int max, Reader<T> reader) throws InvalidRecordException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw invalid(text(), "an array");
        }
        String name = field;
        int outerElement = element;
        field = field();
        List<T> values = new ArrayList<>(4);
        try {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                element = values.size();
                if (values.size() == max) {
                    throw fault("one element more", "at most " + max + " elements");
                }
                values.add(reader.read(this));
            }
        } catch (IOException e) {
            throw broken(here(), e);
        }
        field = name;
        element = outerElement;
        return List.copyOf(values);
    }

    /** An array of exactly {@code length} finite numbers, each within the bounds. */
    public double[] numbers(int length, double min, double max) throws InvalidRecordException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw invalid(text(), "an array of " + length + " numbers");
        }
        double[] values = new double[length];
        int n = 0;
        try {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (n == length) {
                    throw fault("one element more", length + " numbers");
                }
                double value = number();
                if (!(value >= min && value <= max)) {
                    field = field();
                    element = n;
                    throw invalid(text(), "a number from " + min + " to " + max);
                }
                values[n++] = value;
            }
        } catch (IOException e) {
            throw broken(here(), e);
        }
        if (n < length) {
            throw fault(n + " elements", length + " numbers");
        }
        return values;
    }

    /**
     * The reader's result for the current value; null if the value is wrong, which is then skipped.
     * For optional values. Broken JSON is still rejected.
     */
    public <T> T unlessWrong(Reader<T> reader) throws InvalidRecordException {
        Place outer = place;
        String outerField = field;
        int outerElement = element;
        int outerFirst = firstName;
        int outerCount = nameCount;
        JsonStreamContext around = parser.getParsingContext();
        if (parser.currentToken().isStructStart()) {
            around = around.getParent();
        }
        try {
            return reader.read(this);
        } catch (InvalidRecordException wrong) {
            if (isBroken) {
                throw wrong;
            }
            place = outer;
            field = outerField;
            element = outerElement;
            firstName = outerFirst;
            nameCount = outerCount;
            leaveFor(around);
            return null;
        }
    }

    private void leaveFor(JsonStreamContext around) throws InvalidRecordException {
        try {
            while (parser.getParsingContext() != around) {
                parser.nextToken();
            }
        } catch (IOException e) {
            throw broken(here(), e);
        }
    }

    /** Skips the current value, whatever its kind. */
    public void skip() throws InvalidRecordException {
        try {
            parser.skipChildren();
        } catch (IOException e) {
            throw broken(here(), e);
        }
    }

    /** A fault at the current field. */
    public InvalidRecordException invalid(Object value, String expected) {
        return new InvalidRecordException(here(), value, expected);
    }

    /** The path of a sibling of the current field, for a fault that is found later. */
    public String at(String sibling) {
        return new Place(place, sibling, NO_ELEMENT).toString();
    }

    /** A fault at a sibling of the current field, or at a missing required field. */
    public InvalidRecordException invalid(String sibling, Object value, String expected) {
        return new InvalidRecordException(at(sibling), value, expected);
    }

    /** Returns {@code value}, or rejects the record because the field is required. */
    public <T> T required(String name, T value) throws InvalidRecordException {
        if (value == null) {
            throw invalid(name, null, Field.REQUIRED);
        }
        return value;
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new IllegalStateException("closing a parser over a byte array", e);
        }
    }

    private void requireEnd() throws InvalidRecordException {
        field = "";
        try {
            if (parser.nextToken() != null) {
                throw new InvalidRecordException(
                        "value", parser.getText(), "nothing after the JSON object");
            }
        } catch (IOException e) {
            throw broken("value", e);
        }
    }

    /**
     * Linear search, because objects have few fields; the bound keeps a hostile object cheap as
     * well.
     */
    private void requireNew(String name) throws InvalidRecordException {
        for (int i = firstName; i < nameCount; i++) {
            if (names[i].equals(name)) {
                throw fault("a second value", "each field once");
            }
        }
        if (nameCount - firstName == MAX_FIELDS) {
            throw fault("one field more", "at most " + MAX_FIELDS + " fields in an object");
        }
        if (nameCount == names.length) {
            names = Arrays.copyOf(names, 2 * nameCount);
        }
        names[nameCount++] = name;
    }

    private InvalidRecordException fault(String got, String expected) {
        return InvalidRecordException.fault(here(), got, expected);
    }

    private String here() {
        if (field.isEmpty()) {
            return place == null ? "value" : place.toString();
        }
        return new Place(place, field, element).toString();
    }

    private String text() throws InvalidRecordException {
        try {
            return parser.getText();
        } catch (IOException e) {
            throw broken(here(), e);
        }
    }

    private InvalidRecordException broken(String where, IOException e) {
        isBroken = true;
        return syntax(where, e);
    }

    static InvalidRecordException syntax(String field, IOException e) {
        String what =
                e instanceof JsonProcessingException json
                        ? BrokenJson.words(json)
                        : "broken JSON (" + e.getMessage() + ")";
        return InvalidRecordException.fault(field, what, "well-formed JSON within the bounds");
    }
}
