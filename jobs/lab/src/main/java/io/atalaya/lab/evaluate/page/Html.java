package io.atalaya.lab.evaluate.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Builds an HTML page. Text is escaped, markup is not. */
public final class Html {
    private static final String SVG = "<svg ";

    private final StringBuilder page = new StringBuilder(1 << 16);
    private final Map<String, String> drawings = new LinkedHashMap<>();
    private String heading = "";

    /** Adds unescaped markup. */
    public Html raw(String markup) {
        page.append(markup);
        return this;
    }

    /** Adds escaped text. */
    public Html text(String text) {
        page.append(escaped(text));
        return this;
    }

    /** Adds an element around text. */
    public Html element(String tag, String cssClass, String text) {
        if (tag.equals("h2")) {
            heading = text;
        } else if (tag.equals("h3")) {
            heading = heading.replaceAll(": .*", "") + ": " + text;
        }
        return raw("<" + tag + (cssClass.isEmpty() ? "" : " class=\"" + cssClass + "\"") + ">")
                .text(text)
                .raw("</" + tag + ">\n");
    }

    /** Starts the self-contained page of a report. */
    public Html begin(String title) {
        return raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .element("title", "", title)
                .raw("<style>\n" + css() + "</style>\n</head>\n<body>\n");
    }

    /** Ends the page. */
    public Html end() {
        return raw("</body>\n</html>\n");
    }

    /** Adds a figure with a caption, inside an element of class {@code tiles}. */
    public Html tile(String figure, String caption) {
        return raw("<div class=\"tile\">")
                .element("b", "", figure)
                .element("span", "", caption)
                .raw("</div>\n");
    }

    /** Adds a plot, named after its heading. */
    public Html plot(String svg) {
        drawings.put(heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"), svg);
        return raw("<div class=\"plot\">").raw(svg).raw("</div>\n");
    }

    /** Adds a named drawing that stands alone. */
    public Html drawing(String name, String svg) {
        drawings.put(name, svg);
        return raw(svg);
    }

    /** Writes each plot and drawing to its own file {@code <name>.svg}, for other pages. */
    public void writeDrawings(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, String> each : drawings.entrySet()) {
            String svg = each.getValue();
            Files.writeString(
                    directory.resolve(each.getKey() + ".svg"),
                    svg.contains("xmlns=")
                            ? svg
                            : svg.replaceFirst(SVG, SVG + "xmlns=\"http://www.w3.org/2000/svg\" "));
        }
    }

    /** Text escaped for markup. */
    public static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private static String css() {
        try (InputStream in = Html.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("resource report.css is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
