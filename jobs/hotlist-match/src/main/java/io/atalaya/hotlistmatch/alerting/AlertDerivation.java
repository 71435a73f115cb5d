package io.atalaya.hotlistmatch.alerting;

import io.atalaya.hotlistmatch.alerting.EntryState.VersionInterval;
import io.atalaya.hotlistmatch.event.EntryVersion;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.PassageRead;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Derives an entry's alerts from its facts. A pure function, so that the same facts give the same
 * alerts in any order of arrival. Each passage has one alert; repeats of a vehicle at one device
 * within the cool-down join the first one; a retrospective match always has its own.
 */
final class AlertDerivation {
    private final AlertingSettings settings;
    private final MatchEvaluator evaluator;

    AlertDerivation(AlertingSettings settings) {
        this.settings = settings;
        this.evaluator = new MatchEvaluator(settings);
    }

    /**
     * One derived alert.
     *
     * @param head whose passage identifies the alert
     * @param members the passages that count, the head first; only the head if it is cancelled
     * @param before earlier passages of the vehicle, by time, known before the alert closed
     * @param endedAt arrival time at which the entry ended while the alert was open, epoch ms;
     *     null: it did not
     * @param causedAt arrival time of the last fact that it may depend on, epoch ms
     */
    record DerivedAlert(
            EvaluatedPassage head,
            List<EvaluatedPassage> members,
            List<EvaluatedPassage> before,
            Long endedAt,
            long causedAt) {

        /** Whether a passage counts here, or decides which ones of the same device do. */
        boolean canContain(String passageId) {
            return passageId.startsWith(head.device() + '/')
                    || before.stream().anyMatch(each -> each.passage().id().equals(passageId));
        }
    }

    /** The passages that are or may have been a match, each evaluated alone. */
    List<EvaluatedPassage> evaluated(EntryState entryState, AlertContext devices) {
        List<EvaluatedPassage> all = new ArrayList<>();
        for (PassageFacts passage : entryState.passages()) {
            EvaluatedPassage evaluated =
                    EvaluatedPassage.of(passage, entryState, evaluator, devices);
            if (evaluated != null) {
                all.add(evaluated);
            }
        }
        all.sort(EvaluatedPassage.BY_KNOWN);
        return all;
    }

    /**
     * The alerts that follow from the passages.
     *
     * @param all the passages, as {@link #evaluated} returns them
     * @param now watermark; an expiry after it has not happened yet
     */
    List<DerivedAlert> derive(
            List<EvaluatedPassage> all, EntryState entryState, AlertContext devices, long now) {
        List<List<EvaluatedPassage>> groups = new ArrayList<>();
        for (EvaluatedPassage evaluated : all) {
            if (!evaluated.isMatch()) {
                continue;
            }
            List<EvaluatedPassage> group =
                    evaluated.isRetrospective() ? null : openGroup(groups, evaluated);
            if (group == null) {
                groups.add(new ArrayList<>(List.of(evaluated)));
            } else if (!evaluated.isCancelled()) {
                group.add(evaluated);
            }
        }
        return groups.stream()
                .map(group -> derivedAlert(group, all, entryState, devices, now))
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Whether a read matches any version of the entry, or one that ended recently. Ignores the site
     * of its device, because a registration may still arrive.
     */
    boolean concerns(PassageRead read, EntryState entryState) {
        return evaluator.match(read, null, entryState.versions(), AlertContext.UNKNOWN) != null
                || evaluator.mistaken(read, entryState.versions(), AlertContext.UNKNOWN) != null;
    }

    /** The version that the passage matched first; null if it matched none. */
    EntryVersion met(PassageFacts passage, EntryState entryState, AlertContext devices) {
        EvaluatedPassage evaluated = EvaluatedPassage.of(passage, entryState, evaluator, devices);
        return evaluated == null ? null : evaluated.first().interval().version();
    }

    /**
     * The derived alert that cancels a passage's alert; null if the passage is no longer known to
     * have matched.
     */
    DerivedAlert cancelled(PassageFacts passage, EntryState entryState, AlertContext devices) {
        EvaluatedPassage evaluated =
                EvaluatedPassage.asSent(passage, entryState, evaluator, devices);
        if (evaluated == null) {
            return null;
        }
        EvaluatedPassage head = evaluated.cancelled();
        String device = head.device() + PassageEvent.SEPARATOR;
        Stream<PassageFacts> repeats =
                entryState.passages().stream().filter(each -> each.id().startsWith(device));
        return new DerivedAlert(
                head, List.of(head), List.of(), null, lastAt(head, repeats, entryState));
    }

    /** Arrival time at which the alert of a head closes, epoch ms. */
    long closes(EvaluatedPassage head) {
        return head.knownSince() + settings.coolDown().toMillis();
    }

    private List<EvaluatedPassage> openGroup(
            List<List<EvaluatedPassage>> groups, EvaluatedPassage evaluated) {
        for (List<EvaluatedPassage> group : groups) {
            EvaluatedPassage head = group.get(0);
            if (!head.isCancelled() && isRepeat(head, evaluated)) {
                return group;
            }
        }
        return null;
    }

    private boolean isRepeat(EvaluatedPassage head, EvaluatedPassage evaluated) {
        long coolDown = settings.coolDown().toMillis();
        return !head.isRetrospective()
                && !evaluated.isRetrospective()
                && head.device().equals(evaluated.device())
                && evaluated.knownSince() >= head.knownSince()
                && evaluated.knownSince() - head.knownSince() < coolDown
                && Math.abs(evaluated.deviceTime() - head.deviceTime()) < coolDown
                && head.isSameVehicle(evaluated);
    }

    /**
     * Returns null if earlier reads reduce the head to a review that its tag ruled out before it
     * was emitted.
     */
    private DerivedAlert derivedAlert(
            List<EvaluatedPassage> members,
            List<EvaluatedPassage> all,
            EntryState entryState,
            AlertContext devices,
            long now) {
        EvaluatedPassage head = members.get(0);
        long closes = closes(head);
        List<EvaluatedPassage> before =
                all.stream()
                        .filter(
                                other ->
                                        other != head
                                                && !isRepeat(head, other)
                                                && EvaluatedPassage.BY_TIME.compare(other, head) < 0
                                                && other.knownSince() < closes
                                                && head.isSameVehicle(other))
                        .sorted(EvaluatedPassage.BY_TIME)
                        .toList();
        EvaluatedPassage reevaluated =
                before.isEmpty()
                        ? head
                        : EvaluatedPassage.of(
                                head.passage(),
                                entryState,
                                evaluator,
                                new EarlierReadEvidence(before, devices));
        if (reevaluated == null) {
            return null;
        }
        members.set(0, reevaluated);
        Long endedAt =
                endOf(
                        head.currentMatch().interval(),
                        entryState.versions(),
                        head.knownSince(),
                        closes,
                        now);
        Stream<EvaluatedPassage> repeats =
                all.stream().filter(other -> other.device().equals(head.device()));
        long last =
                lastAt(
                        head,
                        Stream.concat(before.stream(), repeats).map(EvaluatedPassage::passage),
                        entryState);
        return new DerivedAlert(
                reevaluated,
                List.copyOf(members),
                before,
                endedAt,
                endedAt == null ? last : Math.max(last, endedAt));
    }

    /**
     * Arrival time of the last fact that an alert may depend on: of its head, and of the entry and
     * of other passages while the alert is open. Later passages have alerts of their own; a job
     * that catches up knows them at once, and they say nothing about when this one was known.
     */
    private long lastAt(EvaluatedPassage head, Stream<PassageFacts> others, EntryState entryState) {
        long closes = closes(head);
        LongStream versions =
                entryState.intervals().stream()
                        .flatMapToLong(each -> LongStream.of(each.inForceFrom(), each.inForceTo()));
        LongStream facts = others.flatMap(PassageFacts::facts).mapToLong(PassageEvent::causedAt);
        long own = Math.max(head.knownSince(), head.passage().lastAt());
        return LongStream.concat(versions, facts).filter(at -> at < closes).reduce(own, Math::max);
    }

    /**
     * The arrival time at which the entry stopped looking for the alert's plate while the alert was
     * open, or null. Follows the versions that look for the same plate: the entry ends when one of
     * them expires or ends without successor, whichever is first.
     *
     * @param interval the version that the alert's read matched
     * @param from arrival time from which the alert is open, epoch ms
     * @param closes arrival time at which it closes, epoch ms
     * @param now watermark; an expiry after it has not happened yet
     */
    private static Long endOf(
            VersionInterval interval,
            List<VersionInterval> versions,
            long from,
            long closes,
            long now) {
        VersionInterval last = interval;
        while (last != null) {
            Long until = last.version().entry().validUntil();
            boolean expires = until != null && until < last.inForceTo();
            if (expires || (last.inForceTo() != VersionInterval.OPEN && !last.isReplaced())) {
                long end = expires ? until : last.inForceTo();
                return from <= end && end < closes && (!expires || end <= now) ? end : null;
            }
            last = last.inForceTo() == VersionInterval.OPEN ? null : successor(last, versions);
        }
        return null;
    }

    /** Several versions may start and end at one arrival time, so only later ones are looked at. */
    private static VersionInterval successor(
            VersionInterval interval, List<VersionInterval> versions) {
        for (VersionInterval other :
                versions.subList(versions.indexOf(interval) + 1, versions.size())) {
            if (other.inForceFrom() == interval.inForceTo()) {
                return other;
            }
        }
        return null;
    }
}
