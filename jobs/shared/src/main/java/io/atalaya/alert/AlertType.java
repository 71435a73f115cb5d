package io.atalaya.alert;

import java.util.Locale;

/** The types of alerts, by their names on the wire. */
public enum AlertType {
    HOTLIST_MATCH;

    /** For example {@code hotlist-match}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
