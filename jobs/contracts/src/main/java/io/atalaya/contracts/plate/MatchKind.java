package io.atalaya.contracts.plate;

/** How close a read text is to a listed plate, closest first. */
public enum MatchKind {
    /** Equal in canonical form. */
    EXACT,
    /** Equal after the full look-alike classes. */
    CONFUSABLE,
    /** One edit away after the full look-alike classes. */
    FUZZY,
    /** More than one edit away. */
    NONE
}
