package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.PassageRead;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A passage of the listed vehicle, as it stands.
 *
 * @param counted the reads that fit and were not gone before that could be known, by arrival
 * @param mistaken those that may have been taken for such before all facts were known
 * @param speaking the last of them that is not gone; null: the passage was taken back
 * @param facts how many facts have counted: reads, ends of reads, ends of versions
 * @param lastAt arrival clock of the last read or end of a read among them
 */
record EvaluatedPassage(
        PassageFacts passage,
        List<Match> counted,
        List<Match> mistaken,
        Match speaking,
        int facts,
        long lastAt) {
    static final Comparator<EvaluatedPassage> BY_KNOWN =
            Comparator.comparingLong(EvaluatedPassage::known)
                    .thenComparing(evaluated -> evaluated.passage().id());
    static final Comparator<EvaluatedPassage> BY_TIME =
            Comparator.comparingLong(EvaluatedPassage::time)
                    .thenComparing(evaluated -> evaluated.passage().id());

    /**
     * What a fact counts that leaves a read no match: by taking the alert back it uses up a
     * revision, it undoes an end that may have been told, and a later version, which counts one
     * more, may revive the alert.
     */
    private static final int TAKES_BACK = 3;

    /** What a forgotten fact counts: more than a read and its end did, so that revisions grow. */
    private static final int FORGOTTEN = 2 * TAKES_BACK + 2;

    /** The passage by the judge's word; null if no read of it ever counted. */
    static EvaluatedPassage of(
            PassageFacts passage,
            EntryState entryCase,
            MatchEvaluator judge,
            AlertContext devices) {
        return of(passage, entryCase, judge, devices, false);
    }

    /**
     * The passage with what never counted, by what is known now, but may have been sent: a review
     * that its tag ruled out, a match that its image ruled out, a tag that was alone until its
     * plate turned up behind the clock.
     */
    static EvaluatedPassage asSent(
            PassageFacts passage,
            EntryState entryCase,
            MatchEvaluator judge,
            AlertContext devices) {
        return of(passage, entryCase, judge, devices, true);
    }

    private static EvaluatedPassage of(
            PassageFacts passage,
            EntryState entryCase,
            MatchEvaluator judge,
            AlertContext devices,
            boolean asSent) {
        List<VersionInterval> versions = entryCase.versions();
        var hearing = new Hearing(passage.tag(), versions, judge, devices, asSent);
        for (PassageRead read : passage.observedBy(tag -> entryCase.isNamedBy(tag.tag()))) {
            hearing.hear(read, passage.endOf(read));
        }
        return hearing.counted.isEmpty() && hearing.mistaken.isEmpty()
                ? null
                : new EvaluatedPassage(
                        passage,
                        List.copyOf(hearing.counted),
                        List.copyOf(hearing.mistaken),
                        hearing.speaking,
                        hearing.facts + FORGOTTEN * passage.forgotten(),
                        hearing.lastAt);
    }

    /** The reads of one passage, one after the other. */
    private static final class Hearing {
        private final TagAssignment tag;
        private final List<VersionInterval> versions;
        private final MatchEvaluator judge;
        private final AlertContext devices;
        private final boolean asSent;
        private final List<Match> counted = new ArrayList<>();
        private final List<Match> mistaken = new ArrayList<>();
        private Match speaking;
        private int facts;
        private long lastAt = Long.MIN_VALUE;

        private Hearing(
                TagAssignment tag,
                List<VersionInterval> versions,
                MatchEvaluator judge,
                AlertContext devices,
                boolean asSent) {
            this.tag = tag;
            this.versions = versions;
            this.judge = judge;
            this.devices = devices;
            this.asSent = asSent;
        }

        private void hear(PassageRead read, Retraction end) {
            Match own = judge.match(read, null, versions, devices);
            Match revised =
                    counted.isEmpty()
                            ? null
                            : judge.revised(read, counted.get(0).interval(), devices);
            Match match = revised != null ? revised : own;
            boolean fits = match != null && !isRetracted(end, match);
            Match taken = match == null ? taken(read) : null;
            if (match == null && taken == null) {
                // Whether it was kept at all depends on what was known first.
                return;
            }
            Match weighed = match == null || fits ? weigh(read, match) : null;
            boolean neverWas =
                    read instanceof TagAssignment && end != null && end.at() <= read.at();
            if (neverWas && !asSent) {
                return;
            }
            if (match == null) {
                match = weighed != null ? weighed : taken;
            }
            // It counts as a fact all the same: another read of the passage may have spoken before.
            boolean held = fits && weighed == null && judge.isHeldFor(match, tag);
            if (!held || asSent) {
                (fits || weighed != null ? counted : mistaken)
                        .add(weighed != null ? weighed : match);
            }
            facts += 1 + versionFacts(read, own != null, versions, judge);
            // Whether it has taken the alert back hangs on versions that may come to be known.
            facts += hasOpinion(read) ? TAKES_BACK : 0;
            lastAt = Math.max(lastAt, read.at());
            if (weighed == null ? fits : weighed.tag() != null) {
                // The tag was weighed: it speaks for the match, or takes it back.
                facts += weighed == null ? TAKES_BACK : 1;
                lastAt = Math.max(lastAt, tag.at());
            }
            if (end != null) {
                facts += own != null && isRetracted(end, own) ? TAKES_BACK : 1;
                lastAt = Math.max(lastAt, end.at());
            } else if (weighed != null && (speaking == null || read instanceof EnrichedRead)) {
                speaking = weighed;
            }
        }

        /**
         * What the read may have been taken for before all was known: by its characters, until its
         * image was read again.
         */
        private Match taken(PassageRead read) {
            Match taken = judge.mistaken(read, versions, AlertContext.UNKNOWN);
            if (taken != null || !hasOpinion(read)) {
                return taken;
            }
            EnrichedRead asItCame = ((EnrichedRead) read).with(null);
            Match before = judge.match(asItCame, null, versions, devices);
            return before != null
                    ? before
                    : judge.mistaken(asItCame, versions, AlertContext.UNKNOWN);
        }

        /** With the passage's tag weighed; null: no match, or none any more. */
        private Match weigh(PassageRead read, Match match) {
            if (tag == null || read instanceof TagAssignment) {
                return match;
            }
            if (match != null) {
                return judge.weighed(match, tag, devices);
            }
            return judge.late(judge.match(read, tag, versions, devices), tag);
        }
    }

    private static boolean hasOpinion(PassageRead read) {
        return read instanceof EnrichedRead enrichedRead && enrichedRead.ocrResult() != null;
    }

    /** Whether the read was gone before the match could be known. */
    private static boolean isRetracted(Retraction end, Match match) {
        return end != null && end.at() <= match.known();
    }

    private static int versionFacts(
            PassageRead read,
            boolean inForce,
            List<VersionInterval> versions,
            MatchEvaluator judge) {
        int superseded = 0;
        for (VersionInterval interval : versions) {
            superseded += judge.isSuperseded(read, interval) ? 1 : 0;
        }
        return TAKES_BACK * superseded + (inForce && superseded > 0 ? 1 : 0);
    }

    /** The passage as one that is no match. */
    EvaluatedPassage takenBack() {
        return new EvaluatedPassage(passage, counted, mistaken, null, facts, lastAt);
    }

    /** Whether some read of it is or was a match, by what is known now. */
    boolean isMatch() {
        return !counted.isEmpty();
    }

    Match first() {
        return heard().get(0);
    }

    /** The read that speaks, or spoke last. */
    Match voice() {
        return speaking != null ? speaking : heard().get(heard().size() - 1);
    }

    private List<Match> heard() {
        return isMatch() ? counted : mistaken;
    }

    boolean isCancelled() {
        return speaking == null;
    }

    boolean isRetrospective() {
        return first().retrospective();
    }

    long known() {
        return first().known();
    }

    long firstArrival() {
        return arrivals().min().orElseThrow();
    }

    /** While its alert is open, or may have been before all facts were known. */
    EntryEnd.Window possiblyOpen(long coolDown) {
        LongSummaryStatistics known =
                Stream.concat(counted.stream(), mistaken.stream())
                        .mapToLong(Match::known)
                        .summaryStatistics();
        return new EntryEnd.Window(known.getMin(), known.getMax() + coolDown);
    }

    /** Whether some read of it arrived less than {@code gap} ms from one of the other. */
    boolean isWithin(long gap, EvaluatedPassage other) {
        return arrivals()
                .anyMatch(mine -> other.arrivals().anyMatch(it -> Math.abs(mine - it) < gap));
    }

    private LongStream arrivals() {
        return Stream.concat(counted.stream(), mistaken.stream())
                .mapToLong(match -> match.read().arrival());
    }

    long time() {
        return first().read().time();
    }

    /** Whether it is before the other one in time by any read of theirs: a tag has its own time. */
    boolean mayBeBefore(EvaluatedPassage other) {
        long earliest = times().min().orElseThrow();
        long latest = other.times().max().orElseThrow();
        return earliest < latest
                || (earliest == latest && passage.id().compareTo(other.passage.id()) < 0);
    }

    private LongStream times() {
        return Stream.concat(counted.stream(), mistaken.stream())
                .mapToLong(match -> match.read().time());
    }

    String device() {
        return first().read().deviceId();
    }

    /**
     * Repeats are of one vehicle: with a pattern, of one plate. A match by another version of the
     * entry may have none.
     */
    boolean isSameVehicle(EvaluatedPassage other) {
        if (voice().interval().version().entry().pattern() == null) {
            return true;
        }
        String text = voice().score().text();
        String otherText = other.voice().score().text();
        return text != null
                && otherText != null
                && CanonicalPlate.pack(text) == CanonicalPlate.pack(otherText);
    }
}
