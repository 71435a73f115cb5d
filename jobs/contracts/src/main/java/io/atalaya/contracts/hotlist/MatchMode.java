package io.atalaya.contracts.hotlist;

/**
 * The largest distance between a read and a listed plate. Each mode includes the ones before it.
 */
public enum MatchMode {
    /** Equal in canonical form. */
    EXACT,
    /** Equal after the full look-alike classes: several characters may differ. */
    CONFUSABLE,
    /** One edit away: a character substituted, inserted or dropped. */
    FUZZY
}
