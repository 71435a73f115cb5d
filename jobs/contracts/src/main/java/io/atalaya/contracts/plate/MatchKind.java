package io.atalaya.contracts.plate;

/** How near a read text is to a listed plate, nearest first. */
public enum MatchKind {
    /** Equal in canonical form. */
    EXACT,
    /** Equal after the full look-alike classes. */
    CONFUSABLE,
    /** One edit away after the full look-alike classes. */
    FUZZY,
    /** Further away. */
    NONE
}
