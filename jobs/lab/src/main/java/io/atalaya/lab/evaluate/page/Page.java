package io.atalaya.lab.evaluate.page;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes reports as self-contained HTML pages. Templates escape every value, except plots, which
 * are SVG markup.
 */
public final class Page {
    private static final PebbleEngine ENGINE = engine();

    private Page() {}

    /**
     * Writes {@code report.html} and each plot as {@code plots/<name>.svg}, for use in other pages.
     *
     * @param template name of a template of this package
     * @param values values of the template by name; it finds the plots under {@code plots}
     * @param plots SVG by name
     */
    public static void write(
            Path directory, String template, Map<String, ?> values, Map<String, String> plots)
            throws IOException {
        Map<String, Object> all = new HashMap<>(values);
        all.put("plots", plots);
        Files.createDirectories(directory.resolve("plots"));
        try (Writer page = Files.newBufferedWriter(directory.resolve("report.html"))) {
            ENGINE.getTemplate(template).evaluate(page, all);
        }
        for (Map.Entry<String, String> plot : plots.entrySet()) {
            Files.writeString(
                    directory.resolve("plots").resolve(plot.getKey() + ".svg"), plot.getValue());
        }
    }

    private static PebbleEngine engine() {
        ClasspathLoader loader = new ClasspathLoader(Page.class.getClassLoader());
        loader.setPrefix(Page.class.getPackageName().replace('.', '/'));
        loader.setSuffix(".html");
        return new PebbleEngine.Builder()
                .loader(loader)
                .strictVariables(true)
                .extension(
                        new AbstractExtension() {
                            @Override
                            public Map<String, Filter> getFilters() {
                                return Map.of("format", new FormatFilter());
                            }
                        })
                .build();
    }

    /** {@code value | format("%.2f")}. */
    private static final class FormatFilter implements Filter {
        @Override
        public List<String> getArgumentNames() {
            return List.of("pattern");
        }

        @Override
        public Object apply(
                Object value,
                Map<String, Object> arguments,
                PebbleTemplate template,
                EvaluationContext context,
                int line) {
            return formatted((String) arguments.get("pattern"), value);
        }
    }

    /** The value in a {@link java.util.Formatter} pattern; a hyphen for null. */
    public static String formatted(String pattern, Object value) {
        return value == null ? "-" : String.format(Locale.ROOT, pattern, value);
    }
}
