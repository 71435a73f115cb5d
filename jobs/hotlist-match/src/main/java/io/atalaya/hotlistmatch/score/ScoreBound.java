package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.json.Field;

/**
 * Upper bound of a read's score against any entry, given only the entry's plate. A {@link
 * ScoreBoundFilter} creates and applies it.
 *
 * @param top packed canonical top text
 * @param syntax of the read's country
 * @param within log-odds, above the required ones, of everything but the character match, for a
 *     listed plate of that syntax
 * @param beyond the same for a listed plate of no such syntax
 */
public record ScoreBound(long top, PlateSyntax syntax, double within, double beyond) {
    public ScoreBound {
        within = Field.finite("within", within);
        beyond = Field.finite("beyond", beyond);
    }
}
