package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MexicanSeries;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.vocabulary.Vocabulary;

/**
 * The state that the camera read off the plate, against the states that the two cars in question
 * would show: the listed one (as the entry says, else by its plate's series) and the other one that
 * the text may belong to (by the series of the text, where that is another text). A series fixes
 * its state, so if both are of one state the name of it tells them apart no more.
 */
final class IssuingStateScore {
    /** Right in 0.9 of the reads; nearly half of all cars here are of the commonest state. */
    private static final double SAME = Math.log(0.9 / 0.45);

    private static final double OTHER = Math.log(0.1 / 0.5);

    /** Right in 0.9 of the reads; one certain other state instead in 0.03. Assumed. */
    private static final double DECISIVE = Math.log(0.9 / 0.03);

    private IssuingStateScore() {}

    /** Adds what the state says, if it was read and says anything. */
    static void weigh(MatchTarget listed, PlateRead read, Weighing weighing) {
        String seen = read.state();
        boolean assignedPassage = PlateSyntax.of(read.country()) == PlateSyntax.MEXICO;
        String ours = listedState(listed, assignedPassage);
        if (seen == null || seen.isBlank() || ours == null) {
            return;
        }
        boolean same = Vocabulary.STATES.same(ours, seen);
        String others = assignedPassage ? othersState(listed, read) : null;
        if (others == null) {
            weighing.add(
                    "state",
                    same ? SAME : OTHER,
                    () -> (same ? "mismo estado: " : "otro estado: ") + seen,
                    () -> (same ? "same state: " : "another state: ") + seen);
        } else if (!Vocabulary.STATES.same(others, ours)) {
            boolean theirs = Vocabulary.STATES.same(others, seen);
            if (same || theirs) {
                weighing.add(
                        "state",
                        same ? DECISIVE : -DECISIVE,
                        () ->
                                same
                                        ? "estado buscado: "
                                                + seen
                                                + "; lo leído sería de "
                                                + others
                                        : "estado de la placa leída: " + seen + ", buscado " + ours,
                        () ->
                                same
                                        ? "the listed state: "
                                                + seen
                                                + "; the text would be of "
                                                + others
                                        : "the state of the text read: "
                                                + seen
                                                + ", listed "
                                                + ours);
            }
        }
    }

    /** The most that the state adds with a listed plate that is not the text, in log-odds. */
    static double most(PlateRead read) {
        String seen = read.state();
        if (seen == null || seen.isBlank()) {
            return 0;
        }
        String others =
                PlateSyntax.of(read.country()) == PlateSyntax.MEXICO
                        ? MexicanSeries.stateOf(CanonicalPlate.pack(read.plate()))
                        : null;
        if (others == null) {
            return SAME;
        }
        // What may be the seen state then may be the text's too, and the state tells nothing.
        return Vocabulary.STATES.isWithin(seen, others) ? 0 : DECISIVE;
    }

    private static String listedState(MatchTarget listed, boolean assignedPassage) {
        if (listed.state() != null && !listed.state().isBlank()) {
            return listed.state();
        }
        return assignedPassage && !listed.isPattern()
                ? MexicanSeries.stateOf(listed.plate())
                : null;
    }

    /** Null where there is no other car, or the text is in no series. */
    private static String othersState(MatchTarget listed, PlateRead read) {
        long text = CanonicalPlate.pack(read.plate());
        return listed.isPattern() || text == listed.plate() ? null : MexicanSeries.stateOf(text);
    }
}
