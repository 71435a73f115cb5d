package io.atalaya.options;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The reference of a job's options, written from the options themselves. */
public final class OptionsDoc {
    private OptionsDoc() {}

    /**
     * A Markdown page with a row an option, in the order given.
     *
     * @param job the job's name
     * @param options each with a default
     */
    public static String markdown(String job, List<ConfigOption<?>> options) {
        String rows = options.stream().map(OptionsDoc::row).collect(Collectors.joining());
        return "# Options of "
                + job
                + "\n\n"
                + "Generated from the code; edit the option, not this page. Set one as an argument of the job,\n"
                + "`--key value`, or with `-D key=value` in `scripts/demo` and `scripts/replay`. A duration is a number\n"
                + "and a unit: `500 ms`, `10 s`, `5 min`, `1 h`, `30 d`. A misspelt key and a value out of range are refused\n"
                + "at start, all of them at once.\n\n"
                + "| Key | Type | Default | Meaning |\n"
                + "|---|---|---|---|\n"
                + rows;
    }

    private static String row(ConfigOption<?> option) {
        Object value = option.defaultValue();
        String meaning = new HtmlFormatter().format(option.description());
        return "| `"
                + option.key()
                + "` | "
                + type(option.key(), value)
                + " | "
                + shown(value)
                + " | "
                + meaning.replace("|", "\\|")
                + " |\n";
    }

    /** Flink keeps an option's type to itself; its default tells. */
    private static String type(String key, Object value) {
        if (value instanceof Duration) {
            return "duration";
        }
        if (value instanceof Integer) {
            return "whole number";
        }
        if (value instanceof String) {
            return "text";
        }
        if (value instanceof Enum<?> constant) {
            return Arrays.stream(constant.getDeclaringClass().getEnumConstants())
                    .map(each -> "`" + each + "`")
                    .collect(Collectors.joining(", "));
        }
        throw new IllegalArgumentException(
                key + ": default '" + value + "', expected a duration, number, text or constant");
    }

    private static String shown(Object value) {
        String text =
                value instanceof Duration duration
                        ? TimeUtils.formatWithHighestUnit(duration)
                        : String.valueOf(value);
        return text.isEmpty() ? "(empty)" : "`" + text + "`";
    }
}
