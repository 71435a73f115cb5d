package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.hotlistmatch.alerting.EntryState.VersionInterval;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.OcrResult;
import io.atalaya.hotlistmatch.event.PassageRead;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.hotlistmatch.score.Score;
import io.atalaya.hotlistmatch.score.Scorer;

import java.util.List;

/**
 * Evaluates one read against the versions of one entry: in force when the read arrived (or later:
 * retrospective), valid at the read's device time, within scope, and probable enough. Depends on
 * timestamps only, never on the order of processing.
 */
final class MatchEvaluator {
    private static final String OCR_PART = "second-opinion";

    /**
     * A read, of a plate or of a tag alone, that matches the listed vehicle.
     *
     * @param tag that was evaluated, or null
     * @param knownSince arrival time from which the match could be known, epoch ms: the later of
     *     the read's and the entry's
     * @param isRetrospective the read arrived before the entry did
     */
    record Match(
            PassageRead read,
            TagAssignment tag,
            VersionInterval interval,
            long knownSince,
            boolean isRetrospective,
            Score score,
            Alert.Action action) {}

    private final AlertingSettings settings;
    private final Scorer scorer = new Scorer();

    MatchEvaluator(AlertingSettings settings) {
        this.settings = settings;
    }

    /**
     * The match with the version in force, else with the earliest later one that looks back; or
     * null.
     */
    Match match(
            PassageRead read,
            TagAssignment tag,
            List<VersionInterval> intervals,
            AlertContext devices) {
        for (VersionInterval interval : intervals) {
            if (interval.contains(read.arrivalTime())) {
                Match match = match(read, tag, interval, read.causedAt(), false, devices);
                if (match != null) {
                    return match;
                }
            }
        }
        for (VersionInterval interval : intervals) {
            if (canMatchPastRead(read, interval)) {
                long known = Math.max(read.causedAt(), interval.inForceFrom());
                Match match = match(read, tag, interval, known, true, devices);
                if (match != null) {
                    return match;
                }
            }
        }
        return null;
    }

    /**
     * The match of a revision with the version that its passage matched, even if that has ended
     * since, because both reads are of the same moment; or null.
     */
    Match revised(PassageRead read, VersionInterval met, AlertContext devices) {
        return match(
                read,
                null,
                met,
                Math.max(read.arrivalTime(), met.inForceFrom()),
                read.arrivalTime() < met.inForceFrom(),
                devices);
    }

    /**
     * The match that may have been emitted before it was known that the version had ended or,
     * unless {@code devices} has the registration, that the device belongs to another site; or
     * null.
     */
    Match mistaken(PassageRead read, List<VersionInterval> intervals, AlertContext devices) {
        for (VersionInterval interval : intervals) {
            boolean ended = isSuperseded(read, interval);
            if (ended
                    || interval.contains(read.arrivalTime())
                    || canMatchPastRead(read, interval)) {
                boolean retrospective = read.arrivalTime() < interval.inForceFrom();
                long known = retrospective ? interval.inForceFrom() : read.arrivalTime();
                Match match = match(read, null, interval, known, retrospective, devices);
                if (match != null) {
                    return match;
                }
            }
        }
        return null;
    }

    /** Whether the version ended before the read arrived, by less than {@code keepEnded}. */
    private boolean isSuperseded(PassageRead read, VersionInterval interval) {
        return interval.inForceTo() <= read.arrivalTime()
                && read.arrivalTime() - interval.inForceTo() < settings.keepEnded().toMillis();
    }

    private boolean canMatchPastRead(PassageRead read, VersionInterval interval) {
        return read.arrivalTime() < interval.inForceFrom()
                && interval.version().canMatchPastReads()
                && interval.version().entry().pattern() == null
                && read.deviceTime() >= interval.inForceFrom() - settings.retention().toMillis();
    }

    /** The same match with the passage's tag evaluated too; null: it is no longer a match. */
    Match withTag(Match match, TagAssignment tag, AlertContext devices) {
        return match(
                match.read(),
                tag,
                match.interval(),
                match.knownSince(),
                match.isRetrospective(),
                devices);
    }

    /** A match that exists only by the tag is known no earlier than the tag; null stays null. */
    Match late(Match match, TagAssignment tag) {
        return match == null
                ? null
                : new Match(
                        match.read(),
                        tag,
                        match.interval(),
                        Math.max(match.knownSince(), tag.causedAt()),
                        match.isRetrospective(),
                        match.score(),
                        match.action());
    }

    /**
     * Whether a match that the tag rules out was never emitted, because a review waits for its tag.
     */
    boolean isHeldFor(Match match, TagAssignment tag) {
        return match.action() == Alert.Action.REVIEW
                && tag.causedAt() <= match.knownSince() + settings.tagWait().toMillis();
    }

    private Match match(
            PassageRead read,
            TagAssignment tag,
            VersionInterval interval,
            long known,
            boolean retrospective,
            AlertContext devices) {
        HotlistEntry entry = interval.version().entry();
        MatchTarget listed = MatchTarget.inFull(entry);
        if (!entry.isValidAt(read.deviceTime()) || !isWithin(entry.scope(), read, devices)) {
            return null;
        }
        Score evidence = score(listed, read, tag);
        if (evidence == null) {
            return null;
        }
        List<ScoreContribution> ocr = ocrContribution(read, listed);
        Score alone = evidence;
        evidence = evidence.with(ocr);
        // A pattern selects every text that fits it, so a low score makes the match a review but
        // never drops it.
        if (settings.thresholds().action(entry.priority(), evidence.posterior()) == null
                && !listed.isPattern()) {
            return null;
        }
        // Dispositions of a camera's alerts do not apply to the tag reader beside it.
        String camera = read.plateRead() == null ? null : read.deviceId();
        List<ScoreContribution> records = devices.records(entry.source(), camera, known);
        List<ScoreContribution> earlier = devices.earlier(read, entry);
        Score score = evidence.with(records).with(earlier);
        boolean old =
                retrospective
                        && interval.inForceFrom() - read.deviceTime()
                                > settings.reviewAfter().toMillis();
        Alert.Action action = old ? Alert.Action.REVIEW : action(entry, score);
        // Reader and model take one character for another in the same images, so an image that
        // shows another text interrupts no one, however near the listed plate is.
        if (!ocr.isEmpty()
                && !((EnrichedRead) read).ocrResult().isListed()
                && action(entry, alone.with(records).with(earlier)) == Alert.Action.REVIEW) {
            action = Alert.Action.REVIEW;
        }
        return new Match(read, tag, interval, known, retrospective, score, action);
    }

    /**
     * The action for a match; a low score makes it a review. The read's own evidence alone decides
     * whether it is emitted: a device that was muted by dispositions would receive no further ones
     * and stay muted for ever, and a match must not depend on other passages.
     */
    private Alert.Action action(HotlistEntry entry, Score score) {
        Alert.Action action = settings.thresholds().action(entry.priority(), score.posterior());
        return action == Alert.Action.ALERT ? Alert.Action.ALERT : Alert.Action.REVIEW;
    }

    private Score score(MatchTarget listed, PassageRead read, TagAssignment tag) {
        if (read instanceof EnrichedRead enrichedRead) {
            return scorer.score(
                    listed,
                    enrichedRead.read(),
                    enrichedRead.confidenceRank(),
                    tag == null ? null : tag.tag());
        }
        TagAssignment alone = (TagAssignment) read;
        return scorer.byTag(listed, alone.tag(), alone.plate());
    }

    /**
     * What a read's OCR result adds to its score; empty if there is none, or if it is about another
     * plate that the entry had.
     */
    static List<ScoreContribution> ocrContribution(PassageRead read, MatchTarget listed) {
        if (!(read instanceof EnrichedRead enrichedRead)
                || enrichedRead.ocrResult() == null
                || enrichedRead.ocrResult().plate() != listed.plate()) {
            return List.of();
        }
        OcrResult ocrResult = enrichedRead.ocrResult();
        long text = CanonicalPlate.pack(enrichedRead.read().plate());
        return List.of(
                new ScoreContribution(OCR_PART, ocrResult.logOdds(), ocrResult.message(text)));
    }

    /**
     * An unknown site or direction is within scope, because a missed match is worse than a needless
     * review.
     */
    private static boolean isWithin(Scope scope, PassageRead read, AlertContext devices) {
        if (!scope.devices().isEmpty() && !scope.devices().contains(read.deviceId())) {
            return false;
        }
        if (!scope.directions().isEmpty()
                && read.direction() != null
                && !scope.directions().contains(read.direction())) {
            return false;
        }
        if (scope.sites().isEmpty()) {
            return true;
        }
        Device device = devices.at(read.deviceId(), read.arrivalTime());
        return device == null || device.site() == null || scope.sites().contains(device.site());
    }
}
