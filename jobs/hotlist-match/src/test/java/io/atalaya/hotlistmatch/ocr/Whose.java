package io.atalaya.hotlistmatch.ocr;

/** Whose plate an entry of the list is, seen from a read. */
public enum Whose {
    ITS_OWN("its own"),
    /** Some true plates are one edit apart, and a misread can fall on a true plate. */
    ANOTHER_TRUE("another true plate"),
    MADE_ALIKE("made like the true ones"),
    MEXICAN("Mexican");

    private final String title;

    Whose(String title) {
        this.title = title;
    }

    /** As a row of a table names it. */
    public String title() {
        return title;
    }
}
