package io.atalaya.console;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;

/** The JSON of the console's own messages; what travels in topics has its codecs in contracts. */
public final class Json {
    public static final JsonMapper MAPPER = settings(JsonMapper.builder()).build();

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

    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
