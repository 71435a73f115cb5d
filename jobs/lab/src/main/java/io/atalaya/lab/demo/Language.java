package io.atalaya.lab.demo;

import java.util.List;
import java.util.Locale;

/** The language of the demo's output. */
enum Language {
    ES(Locale.forLanguageTag("es-MX")),
    EN(Locale.ENGLISH);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /** The text in this language. */
    String of(String es, String en) {
        return this == ES ? es : en;
    }

    /**
     * What follows a title that is covert.
     *
     * @param notified who alone may receive it
     */
    String covert(List<String> notified) {
        return "  [%s%s]"
                .formatted(
                        of("bajo reserva", "covert"),
                        notified.isEmpty()
                                ? ""
                                : of(", sólo ", ", only ") + String.join(", ", notified));
    }

    /** A formatted text, with this language's number format. */
    String format(String es, String en, Object... values) {
        return String.format(locale, of(es, en), values);
    }
}
