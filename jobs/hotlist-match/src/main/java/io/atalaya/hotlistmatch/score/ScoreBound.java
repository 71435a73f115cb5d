package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.json.Field;

/**
 * What a plate read reaches at most with an entry of which only the plate is known; a {@link
 * ScoreBoundFilter} makes it and compares with it.
 *
 * @param top packed canonical top text
 * @param syntax of the read's country
 * @param within log-odds, above those that have to be reached, of everything but the match of the
 *     characters, with a listed plate of that syntax
 * @param beyond the same with a listed plate that is none of it
 */
public record ScoreBound(long top, PlateSyntax syntax, double within, double beyond) {
    public ScoreBound {
        within = Field.finite("within", within);
        beyond = Field.finite("beyond", beyond);
    }
}
