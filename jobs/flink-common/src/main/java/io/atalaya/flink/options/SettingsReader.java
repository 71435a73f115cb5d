package io.atalaya.flink.options;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.util.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads typed options and collects all faults, so that an engineer corrects them at once instead of
 * one per start.
 */
public final class SettingsReader {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsReader.class);

    private final Configuration configuration;
    private final List<String> faults = new ArrayList<>();

    public SettingsReader(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * The option's value if it is set, well-formed and allowed; otherwise reports a fault and
     * returns the default.
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
            // Shows the value as typed, because a duration without its unit would be shown as
            // parsed.
            fault(option.key(), configuration.toMap().get(option.key()), expected);
            return option.defaultValue();
        }
        return value;
    }

    /**
     * Like {@link #read}, for a duration within bounds, both included.
     *
     * @param min as users write it, for example {@code 1 min}
     */
    public Duration between(ConfigOption<Duration> option, String min, String max) {
        Duration low = TimeUtils.parseDuration(min);
        Duration high = TimeUtils.parseDuration(max);
        return read(
                option,
                value -> value.compareTo(low) >= 0 && value.compareTo(high) <= 0,
                "a duration from " + min + " to " + max);
    }

    /** Like {@link #read}, for a whole number within bounds, both included. */
    public int between(ConfigOption<Integer> option, int min, int max) {
        return read(
                option,
                value -> value >= min && value <= max,
                "a whole number from " + min + " to " + max);
    }

    /** Like {@link #read}, for a number within bounds, both included. */
    public double between(ConfigOption<Double> option, double min, double max) {
        return read(
                option,
                value -> value >= min && value <= max,
                "a number from " + min + " to " + max);
    }

    /**
     * Like {@link #read}, for a value that needs parsing; a parser's IllegalArgumentException is a
     * fault.
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

    /** Rejects unknown keys, because a misspelt key must not go unnoticed. */
    public void rejectUnknown(Collection<ConfigOption<?>> options) {
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

    /** Throws if there are faults; otherwise logs the settings, without secrets. */
    public void throwIfFaulty() {
        if (!faults.isEmpty()) {
            throw new InvalidSettingsException(faults);
        }
        LOG.info(
                "Settings other than the defaults: {}",
                ConfigurationUtils.hideSensitiveValues(configuration.toMap()));
    }
}
