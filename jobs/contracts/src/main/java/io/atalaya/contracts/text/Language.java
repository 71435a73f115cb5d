package io.atalaya.contracts.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;

/**
 * A language of the message files. Their patterns have the syntax of {@link java.util.Formatter},
 * because {@link java.text.MessageFormat} rounds 92.5 to 92 and writes numbers by locale.
 */
enum Language {
    ES,
    EN;

    private final Properties patterns = new Properties();

    Language() {
        String file = "messages_" + name().toLowerCase(Locale.ROOT) + ".properties";
        try (InputStream in = Language.class.getResourceAsStream(file)) {
            patterns.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    Properties patterns() {
        return patterns;
    }

    String render(Message message) {
        return String.format(
                Locale.ROOT,
                patterns.getProperty(message.code().name()),
                message.arguments().stream().map(this::value).toArray());
    }

    private Object value(Argument argument) {
        if (argument instanceof Argument.Count count) {
            return count.value();
        }
        if (argument instanceof Argument.Quantity quantity) {
            return quantity.value();
        }
        Text text = (Text) argument;
        return this == ES ? text.es() : text.en();
    }
}
