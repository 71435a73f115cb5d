package io.atalaya.flink.options;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.TimeUtils;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads typed options and collects every fault, so that an engineer mends one list and not one
 * error a start.
 */
public final class SettingsReader {
    private final Configuration configuration;
    private final List<String> faults = new ArrayList<>();

    public SettingsReader(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * The option's value if it is set, well-formed and allowed; otherwise a fault and its default.
     */
    public <T> T read(ConfigOption<T> option, Predicate<T> allowed, String expected) {
        T value;
        try {
            value = configuration.get(option);
        } catch (IllegalArgumentException e) {
            fault(option.key(), configuration.toMap().get(option.key()), expected);
            return option.defaultValue();
        }
        if (value == null || !allowed.test(value)) {
            // As typed: a duration without its unit would be shown as what it was taken for.
            fault(option.key(), configuration.toMap().get(option.key()), expected);
            return option.defaultValue();
        }
        return value;
    }

    /**
     * The same for a duration within bounds.
     *
     * @param min in the form in which people write it, for example {@code 1 min}
     */
    public Duration between(ConfigOption<Duration> option, String min, String max) {
        Duration low = TimeUtils.parseDuration(min);
        Duration high = TimeUtils.parseDuration(max);
        return read(
                option,
                value -> value.compareTo(low) >= 0 && value.compareTo(high) <= 0,
                "a duration from " + min + " to " + max);
    }

    /** The same for a whole number within bounds. */
    public int between(ConfigOption<Integer> option, int min, int max) {
        return read(
                option,
                value -> value >= min && value <= max,
                "a whole number from " + min + " to " + max);
    }

    /** The same for a number within bounds. */
    public double between(ConfigOption<Double> option, double min, double max) {
        return read(
                option,
                value -> value >= min && value <= max,
                "a number from " + min + " to " + max);
    }

    /**
     * The same for a value that needs parsing; a parser's IllegalArgumentException is the fault.
     */
    public <T, R> R parse(ConfigOption<T> option, Function<T, R> parser, String expected) {
        T value = configuration.get(option);
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            fault(
                    option.key(),
                    value,
                    expected + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")"));
            return parser.apply(option.defaultValue());
        }
    }

    /** Refuses keys that no option has: a misspelt key must not pass in silence. */
    public void refuseUnknown(Collection<ConfigOption<?>> options) {
        Set<String> known = options.stream().map(ConfigOption::key).collect(Collectors.toSet());
        for (String key : configuration.keySet()) {
            if (!known.contains(key)) {
                faults.add(key + ": unknown key, expected one of the documented options");
            }
        }
    }

    public void fault(String key, Object value, String expected) {
        fault(
                key
                        + ": got "
                        + (value == null ? "nothing" : "'" + value + "'")
                        + ", expected "
                        + expected);
    }

    /**
     * @param sentence that names the key
     */
    public void fault(String sentence) {
        faults.add(sentence);
    }

    /** Ends the reading. */
    public void throwIfFaulty() {
        if (!faults.isEmpty()) {
            throw new InvalidSettingsException(faults);
        }
    }
}
