package io.atalaya.console.request;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JSON of the console's own messages; what travels in topics has its codecs in contracts. */
public final class Json {
    public static final JsonMapper MAPPER = settings(JsonMapper.builder()).build();

    private static final String BODY = "body";

    /** In Jackson's messages. */
    private static final Pattern KIND = Pattern.compile("from ([A-Za-z-]+) value");

    private static final Map<String, String> KINDS =
            Map.of(
                    "Array", "a list",
                    "Object", "an object",
                    "String", "a text",
                    "Number", "a number",
                    "Integer", "a number",
                    "Floating-point", "a number",
                    "Boolean", "a boolean",
                    "boolean", "a boolean");

    private Json() {}

    /** A record's components are its fields, whatever other methods it has. */
    static <B extends MapperBuilder<?, B>> B settings(B builder) {
        return builder.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .changeDefaultPropertyInclusion(
                        all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
                .changeDefaultVisibility(
                        all ->
                                all.withVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                                        .withVisibility(PropertyAccessor.GETTER, Visibility.NONE)
                                        .withVisibility(
                                                PropertyAccessor.IS_GETTER, Visibility.NONE));
    }

    /** Of bodies of requests: each text passes {@link EnteredText}, and no element is null. */
    public static void ofRequests(JsonMapper.Builder builder) {
        settings(builder)
                .addModule(
                        new SimpleModule("entered text")
                                .addDeserializer(String.class, new EnteredText.Deserializer()))
                .changeDefaultNullHandling(each -> each.withContentNulls(Nulls.FAIL));
    }

    /** The JSON of a value. */
    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Why a request cannot be read: field, value and what is expected. */
    public static Problem problem(Throwable cause) {
        if (cause instanceof MismatchedInputException e) {
            return Problem.invalid(field(e), value(e), expected(e.getTargetType()));
        }
        if (cause instanceof InputCoercionException e) {
            return Problem.invalid(field(e), "out of range", expected(e.getTargetType()));
        }
        if (cause instanceof DatabindException e && e.getCause() instanceof Problem own) {
            return own;
        }
        return cause instanceof JacksonException e
                ? Problem.invalid(BODY, "no JSON: " + e.getOriginalMessage(), "JSON")
                : Problem.invalid(BODY, null, "an object");
    }

    private static String field(JacksonException e) {
        StringBuilder field = new StringBuilder();
        for (JacksonException.Reference each : e.getPath()) {
            if (each.getPropertyName() == null) {
                field.append('[').append(each.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(each.getPropertyName());
            }
        }
        return field.isEmpty() ? BODY : field.toString();
    }

    /** The value, or its kind where Jackson says no more, or null where there is none. */
    private static Object value(MismatchedInputException e) {
        if (e instanceof InvalidFormatException of) {
            return of.getValue();
        }
        Matcher kind = KIND.matcher(e.getOriginalMessage());
        return kind.find() ? KINDS.get(kind.group(1)) : null;
    }

    /** What a value of the type is, for people. */
    public static String expected(Class<?> type) {
        if (type == null || type == String.class) {
            return "a text";
        }
        if (type.isEnum()) {
            return "one of " + List.of(type.getEnumConstants());
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return type == double.class || type == Double.class ? "a number" : "a whole number";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    /** JSON as it travels, as text. */
    public static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
