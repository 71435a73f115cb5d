package io.atalaya.console.request;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.io.IOException;
import java.text.Normalizer;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The one rule for a text that comes in by a request: how long it may be, which characters it may
 * have, and how it is written from then on. What has passed it can be kept in the database, sent to
 * topics, and compared.
 */
public final class EnteredText {
    /** The longest text of a body; fields have shorter ones of their own. */
    static final int MAX = 8 * 1024;

    /** The longest parameter; the code that a provider of logins sends back can be long. */
    static final int MAX_PARAMETER = 4 * 1024;

    private static final int MAX_NAME = 64;

    private EnteredText() {}

    /**
     * The text in Unicode's form NFC, with a plain space for each kind of blank.
     *
     * @param field for the message of a refusal, which does not repeat the text: it may be a secret
     * @return null for null
     * @throws Problem if it is too long or has characters that no person writes
     */
    public static String checked(String field, String text, int max) {
        if (text == null) {
            return null;
        }
        if (text.length() > max) {
            throw Problem.invalid(
                    field, text.length() + " characters", "at most " + max + " characters");
        }
        String plain = Normalizer.normalize(text, Normalizer.Form.NFC);
        if (plain.length() > max) {
            throw Problem.invalid(
                    field, plain.length() + " characters", "at most " + max + " characters");
        }
        StringBuilder checked = new StringBuilder(plain.length());
        plain.codePoints()
                .forEach(
                        each -> {
                            if (!isWritten(each)) {
                                throw Problem.invalid(
                                        field,
                                        String.format("a text with U+%04X", each),
                                        "letters, digits, signs, spaces and line breaks");
                            }
                            checked.appendCodePoint(isBlank(each) ? ' ' : each);
                        });
        return checked.toString();
    }

    /** Also refuses a text without a visible character. */
    public static String required(String field, String text, int max) {
        String checked = checked(field, text, max);
        if (checked == null || checked.isBlank()) {
            throw Problem.invalid(field, "required, at most " + max + " characters");
        }
        return checked;
    }

    private static boolean isWritten(int character) {
        if (character == '\n' || character == '\r' || character == '\t') {
            return true;
        }
        return switch (Character.getType(character)) {
            // Format characters hide others or turn their order round.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> !isFiller(character);
        };
    }

    /** Letters and signs that show nothing. */
    private static boolean isFiller(int character) {
        return switch (character) {
            case 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0 -> true;
            default -> false;
        };
    }

    private static boolean isBlank(int character) {
        return Character.getType(character) == Character.SPACE_SEPARATOR;
    }

    /** Checks each text of an object whose fields the console does not know. */
    public static void check(String field, ObjectNode object) {
        for (String name : object.propertyNames()) {
            checked(field, name, MAX_NAME);
        }
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            each.setValue(checked(field + "." + each.getKey(), each.getValue()));
        }
    }

    private static JsonNode checked(String field, JsonNode value) {
        if (value.isString()) {
            return StringNode.valueOf(checked(field, value.stringValue(), MAX));
        }
        if (value instanceof ObjectNode object) {
            check(field, object);
        } else if (value instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, checked(field, list.get(i)));
            }
        }
        return value;
    }

    /** The texts of typed bodies. */
    static final class Deserializer extends StdScalarDeserializer<String> {
        Deserializer() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.currentToken().isScalarValue()) {
                return (String) context.handleUnexpectedToken(String.class, parser);
            }
            return checked(parser.currentName(), parser.getValueAsString(), MAX);
        }
    }

    /** A request whose parameters have been checked, and whose body comes in time. */
    public static final class Request extends HttpServletRequestWrapper {
        private final Map<String, String[]> parameters = new LinkedHashMap<>();
        private BodyInTime body;

        public Request(HttpServletRequest request) {
            super(request);
            request.getParameterMap()
                    .forEach(
                            (name, values) -> {
                                String[] checked = new String[values.length];
                                for (int i = 0; i < values.length; i++) {
                                    checked[i] = checked(name, values[i], MAX_PARAMETER);
                                }
                                parameters.put(checked("parameter", name, MAX_NAME), checked);
                            });
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (body == null) {
                body = new BodyInTime(super.getInputStream());
            }
            return body;
        }

        /** Whether the body was wanted and has not come, or not in time. */
        public boolean isCutShort() {
            return body != null && body.isCutShort();
        }

        @Override
        public String getParameter(String name) {
            String[] values = parameters.get(name);
            return values == null ? null : values[0];
        }

        @Override
        public String[] getParameterValues(String name) {
            String[] values = parameters.get(name);
            return values == null ? null : values.clone();
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Collections.unmodifiableMap(parameters);
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(parameters.keySet());
        }
    }
}
