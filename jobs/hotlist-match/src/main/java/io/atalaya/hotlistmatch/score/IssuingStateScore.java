package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MexicanSeries;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.contracts.vocabulary.Vocabulary;

/**
 * Compares the state that the camera read off the plate with the states of the two vehicles in
 * question: the listed one (by the entry, or else by its plate's series) and the vehicle whose
 * plate the text would be (by the text's series, if the text is another plate). A series determines
 * its state, so if both vehicles are of one state the state is no evidence.
 */
final class IssuingStateScore {
    /**
     * The state is right in 0.9 of the reads; nearly half of all vehicles here are of the most
     * frequent state.
     */
    private static final double SAME = Math.log(0.9 / 0.45);

    private static final double OTHER = Math.log(0.1 / 0.5);

    /**
     * The state is right in 0.9 of the reads, and one given other state is read in 0.03. Assumed.
     */
    private static final double DECISIVE = Math.log(0.9 / 0.03);

    private IssuingStateScore() {}

    /** Adds the contribution of the state, if it was read and distinguishes the vehicles. */
    static void addTo(MatchTarget listed, PlateRead read, ContributionSink sink) {
        String seen = read.state();
        boolean isHome = PlateSyntax.of(read.country()) == PlateSyntax.MEXICO;
        String ours = listedState(listed, isHome);
        if (seen == null || seen.isBlank() || ours == null) {
            return;
        }
        boolean same = Vocabulary.STATES.isSame(ours, seen);
        String others = isHome ? othersState(listed, read) : null;
        if (others == null) {
            sink.add(
                    "state",
                    same ? SAME : OTHER,
                    () ->
                            Message.of(
                                    same ? MessageCode.SAME_STATE : MessageCode.OTHER_STATE, seen));
        } else if (!Vocabulary.STATES.isSame(others, ours)) {
            boolean theirs = Vocabulary.STATES.isSame(others, seen);
            if (same || theirs) {
                sink.add(
                        "state",
                        same ? DECISIVE : -DECISIVE,
                        () ->
                                same
                                        ? Message.of(MessageCode.LISTED_STATE, seen, others)
                                        : Message.of(MessageCode.STATE_OF_TEXT, seen, ours));
            }
        }
    }

    /** Upper bound of the contribution with a listed plate that is not the text, in log-odds. */
    static double upperBound(PlateRead read) {
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
        // If the state read may be the text's own, it supports the text as much as the entry.
        return Vocabulary.STATES.isWithin(seen, others) ? 0 : DECISIVE;
    }

    private static String listedState(MatchTarget listed, boolean isHome) {
        if (listed.state() != null && !listed.state().isBlank()) {
            return listed.state();
        }
        return isHome && !listed.isPattern() ? MexicanSeries.stateOf(listed.plate()) : null;
    }

    /** The state of the text's series; null if there is no other vehicle or no series. */
    private static String othersState(MatchTarget listed, PlateRead read) {
        long text = CanonicalPlate.pack(read.plate());
        return listed.isPattern() || text == listed.plate() ? null : MexicanSeries.stateOf(text);
    }
}
