package io.atalaya.ops.submit;

import io.atalaya.flink.options.OptionsDoc;

import org.apache.flink.configuration.ConfigOption;

import java.util.ArrayList;
import java.util.List;

/** The settings of a job as help text. */
final class SettingsHelp {
    private static final int WIDTH = 78;
    private static final String INDENT = "        ";

    private SettingsHelp() {}

    /** Lines for a command's footer, in which percent signs are escaped. */
    static String[] lines(List<ConfigOption<?>> options) {
        List<String> lines = new ArrayList<>();
        for (ConfigOption<?> option : options) {
            OptionsDoc.Row row = OptionsDoc.row(option);
            lines.add(
                    "  "
                            + row.key()
                            + "  ("
                            + plain(row.type())
                            + "; default: "
                            + plain(row.shownDefault())
                            + ")");
            wrap(plain(row.meaning()), lines);
        }
        return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
    }

    private static void wrap(String text, List<String> lines) {
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(INDENT);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
    }

    /** Without Markdown code marks. */
    private static String plain(String markdown) {
        return markdown.replace("`", "");
    }
}
