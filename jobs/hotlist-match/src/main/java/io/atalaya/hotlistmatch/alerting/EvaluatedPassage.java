package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.hotlistmatch.alerting.EntryState.VersionInterval;
import io.atalaya.hotlistmatch.alerting.MatchEvaluator.Match;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.PassageRead;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A passage of the listed vehicle with its matches, as currently known.
 *
 * @param counted matches whose read was not retracted before the match could be known, by arrival
 * @param mistaken reads that may have been taken for matches before all facts were known
 * @param current the current match: the last one that is not retracted, of a plate read if there is
 *     one; null: the passage is cancelled
 */
record EvaluatedPassage(
        PassageFacts passage, List<Match> counted, List<Match> mistaken, Match current) {
    static final Comparator<EvaluatedPassage> BY_KNOWN =
            Comparator.comparingLong(EvaluatedPassage::knownSince)
                    .thenComparing(evaluated -> evaluated.passage().id());
    static final Comparator<EvaluatedPassage> BY_TIME =
            Comparator.comparingLong(EvaluatedPassage::deviceTime)
                    .thenComparing(evaluated -> evaluated.passage().id());

    /** The passage as evaluated; null if no read of it ever counted. */
    static EvaluatedPassage of(
            PassageFacts passage,
            EntryState entryState,
            MatchEvaluator evaluator,
            AlertContext devices) {
        return of(passage, entryState, evaluator, devices, false);
    }

    /**
     * The passage including matches that do not count by what is known now, but may have been
     * emitted: a review that its tag ruled out, a match that its image ruled out, or a tag that was
     * alone until its plate arrived behind the watermark.
     */
    static EvaluatedPassage asSent(
            PassageFacts passage,
            EntryState entryState,
            MatchEvaluator evaluator,
            AlertContext devices) {
        return of(passage, entryState, evaluator, devices, true);
    }

    private static EvaluatedPassage of(
            PassageFacts passage,
            EntryState entryState,
            MatchEvaluator evaluator,
            AlertContext devices,
            boolean asSent) {
        List<VersionInterval> versions = entryState.versions();
        var evaluation = new Evaluation(passage.tag(), versions, evaluator, devices, asSent);
        for (PassageRead read : passage.observedBy(tag -> entryState.isNamedBy(tag.tag()))) {
            evaluation.evaluate(read, passage.endOf(read));
        }
        return evaluation.counted.isEmpty() && evaluation.mistaken.isEmpty()
                ? null
                : new EvaluatedPassage(
                        passage,
                        List.copyOf(evaluation.counted),
                        List.copyOf(evaluation.mistaken),
                        evaluation.current);
    }

    /** Evaluates the reads of one passage one after the other. */
    private static final class Evaluation {
        private final TagAssignment tag;
        private final List<VersionInterval> versions;
        private final MatchEvaluator evaluator;
        private final AlertContext devices;
        private final boolean isAsSent;
        private final List<Match> counted = new ArrayList<>();
        private final List<Match> mistaken = new ArrayList<>();
        private Match current;

        private Evaluation(
                TagAssignment tag,
                List<VersionInterval> versions,
                MatchEvaluator evaluator,
                AlertContext devices,
                boolean isAsSent) {
            this.tag = tag;
            this.versions = versions;
            this.evaluator = evaluator;
            this.devices = devices;
            this.isAsSent = isAsSent;
        }

        private void evaluate(PassageRead read, Retraction end) {
            Match revised =
                    counted.isEmpty()
                            ? null
                            : evaluator.revised(read, counted.get(0).interval(), devices);
            Match match =
                    revised != null ? revised : evaluator.match(read, null, versions, devices);
            boolean fits = match != null && !isRetracted(end, match);
            Match taken = match == null ? taken(read) : null;
            if (match == null && taken == null) {
                return;
            }
            Match withTag = match == null || fits ? weigh(read, match) : null;
            boolean neverValid =
                    read instanceof TagAssignment
                            && end != null
                            && end.causedAt() <= read.causedAt();
            if (neverValid && !isAsSent) {
                return;
            }
            if (match == null) {
                match = withTag != null ? withTag : taken;
            }
            boolean held = fits && withTag == null && evaluator.isHeldFor(match, tag);
            if (!held || isAsSent) {
                (fits || withTag != null ? counted : mistaken)
                        .add(withTag != null ? withTag : match);
            }
            if (end == null
                    && withTag != null
                    && (current == null || read instanceof EnrichedRead)) {
                current = withTag;
            }
        }

        /**
         * What the read may have been emitted as before all facts were known: a match by an ended
         * version, or by its characters before its OCR result.
         */
        private Match taken(PassageRead read) {
            Match taken = evaluator.mistaken(read, versions, AlertContext.UNKNOWN);
            if (taken != null || !hasOcrResult(read)) {
                return taken;
            }
            EnrichedRead asItCame = ((EnrichedRead) read).with(null);
            Match before = evaluator.match(asItCame, null, versions, devices);
            return before != null
                    ? before
                    : evaluator.mistaken(asItCame, versions, AlertContext.UNKNOWN);
        }

        /** The match with the passage's tag evaluated; null: no match, or no longer one. */
        private Match weigh(PassageRead read, Match match) {
            if (tag == null || read instanceof TagAssignment) {
                return match;
            }
            if (match != null) {
                return evaluator.withTag(match, tag, devices);
            }
            return evaluator.late(evaluator.match(read, tag, versions, devices), tag);
        }
    }

    private static boolean hasOcrResult(PassageRead read) {
        return read instanceof EnrichedRead enrichedRead && enrichedRead.ocrResult() != null;
    }

    /** Whether the read was retracted before the match could be known. */
    private static boolean isRetracted(Retraction end, Match match) {
        return end != null && end.causedAt() <= match.knownSince();
    }

    /** The passage as one that is cancelled. */
    EvaluatedPassage cancelled() {
        return new EvaluatedPassage(passage, counted, mistaken, null);
    }

    /** Whether some read of it is or was a match, by what is known now. */
    boolean isMatch() {
        return !counted.isEmpty();
    }

    Match first() {
        return knownMatches().get(0);
    }

    /** The current match, or the last one if the passage is cancelled. */
    Match currentMatch() {
        return current != null ? current : knownMatches().get(knownMatches().size() - 1);
    }

    private List<Match> knownMatches() {
        return isMatch() ? counted : mistaken;
    }

    boolean isCancelled() {
        return current == null;
    }

    boolean isRetrospective() {
        return first().isRetrospective();
    }

    long knownSince() {
        return first().knownSince();
    }

    long deviceTime() {
        return first().read().deviceTime();
    }

    String device() {
        return first().read().deviceId();
    }

    /**
     * Repeats are of one vehicle; with a pattern, of one plate. A match by another version of the
     * entry may have no text.
     */
    boolean isSameVehicle(EvaluatedPassage other) {
        if (currentMatch().interval().version().entry().pattern() == null) {
            return true;
        }
        String text = currentMatch().score().text();
        String otherText = other.currentMatch().score().text();
        return text != null
                && otherText != null
                && CanonicalPlate.pack(text) == CanonicalPlate.pack(otherText);
    }
}
