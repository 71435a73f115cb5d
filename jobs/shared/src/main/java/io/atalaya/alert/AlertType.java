package io.atalaya.alert;

import java.util.Locale;

/** The types of alerts, by their names on the wire, each with its kind of evidence. */
public enum AlertType {
    HOTLIST_MATCH(HotlistEvidence.class),
    CLONED_PLATE(CloneEvidence.class),
    PLATE_TAG_MISMATCH(MismatchEvidence.class),
    CONVOY(ConvoyEvidence.class);

    private final Class<? extends Evidence> evidence;

    AlertType(Class<? extends Evidence> evidence) {
        this.evidence = evidence;
    }

    /** The kind of evidence that alerts of this type carry. */
    public Class<? extends Evidence> evidence() {
        return evidence;
    }

    /** For example {@code hotlist-match}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
