package io.atalaya.flink.options;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The reference page of a job's options, generated from the options themselves. */
public final class OptionsDoc {
    private OptionsDoc() {}

    /**
     * An option in the form for readers.
     *
     * @param type in words, constants between backticks
     * @param shownDefault between backticks, unless it is empty
     * @param meaning may hold backticks
     */
    public record Row(String key, String type, String shownDefault, String meaning) {}

    /** The row of an option, which has a default. */
    public static Row row(ConfigOption<?> option) {
        return new Row(
                option.key(),
                type(option.key(), option.defaultValue()),
                shown(option.defaultValue()),
                new HtmlFormatter().format(option.description()));
    }

    /**
     * A Markdown page with one row per option, in the given order.
     *
     * @param job the job's name
     * @param options each with a default
     */
    public static String markdown(String job, List<ConfigOption<?>> options) {
        String rows = options.stream().map(OptionsDoc::line).collect(Collectors.joining());
        return "# Options of "
                + job
                + "\n\n"
                + "Generated from the code; edit the option, not this page. Set one as an argument of the job,\n"
                + "`--key value`, with `--set key=value` in `scripts/submit "
                + job
                + "`, or with `-D key=value` in\n"
                + "`scripts/demo` and `scripts/replay`. A duration is a number and a unit: `500 ms`, `10 s`, `5 min`, `1 h`, `30 d`.\n"
                + "A misspelt key and a value out of range are rejected at start, all of them at once.\n\n"
                + "| Key | Type | Default | Meaning |\n"
                + "|---|---|---|---|\n"
                + rows;
    }

    private static String line(ConfigOption<?> option) {
        Row row = row(option);
        return "| `"
                + row.key
                + "` | "
                + row.type
                + " | "
                + row.shownDefault
                + " | "
                + row.meaning.replace("|", "\\|")
                + " |\n";
    }

    /** Derives the type from the default, because Flink does not expose an option's type. */
    private static String type(String key, Object value) {
        if (value instanceof Duration) {
            return "duration";
        }
        if (value instanceof Integer) {
            return "whole number";
        }
        if (value instanceof Double) {
            return "number";
        }
        if (value instanceof String) {
            return "text";
        }
        if (value instanceof Boolean) {
            return "`true`, `false`";
        }
        if (value instanceof Enum<?> constant) {
            return Arrays.stream(constant.getDeclaringClass().getEnumConstants())
                    .map(each -> "`" + each + "`")
                    .collect(Collectors.joining(", "));
        }
        throw new IllegalArgumentException(
                key
                        + ": default '"
                        + value
                        + "', expected a duration, number, text, constant or truth value");
    }

    private static String shown(Object value) {
        String text =
                value instanceof Duration duration
                        ? TimeUtils.formatWithHighestUnit(duration)
                        : String.valueOf(value);
        return text.isEmpty() ? "(empty)" : "`" + text + "`";
    }
}
