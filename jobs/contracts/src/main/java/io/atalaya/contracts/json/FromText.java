package io.atalaya.contracts.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Function;

/** Reads a value of a file that people write from its text, which a schema has checked. */
public final class FromText<T> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private static final Map<String, ChronoUnit> UNITS =
            Map.of(
                    "ms", ChronoUnit.MILLIS,
                    "s", ChronoUnit.SECONDS,
                    "min", ChronoUnit.MINUTES,
                    "h", ChronoUnit.HOURS,
                    "d", ChronoUnit.DAYS);

    private final transient Function<String, T> parse;

    public FromText(Class<T> type, Function<String, T> parse) {
        super(type);
        this.parse = parse;
    }

    /** Times such as 90 s. */
    public static FromText<Duration> durations() {
        return new FromText<>(Duration.class, FromText::duration);
    }

    /** A time such as 90 s. */
    public static Duration duration(String text) {
        String[] parts = text.split("(?<=[0-9]) ?(?=[a-z])");
        return Duration.of(Long.parseLong(parts[0]), UNITS.get(parts[1]));
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return parse.apply(parser.getText());
    }
}
