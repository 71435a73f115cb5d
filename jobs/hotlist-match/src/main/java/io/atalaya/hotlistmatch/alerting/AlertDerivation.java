package io.atalaya.hotlistmatch.alerting;

import io.atalaya.hotlistmatch.event.EntryVersion;
import io.atalaya.hotlistmatch.event.PassageRead;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Derives an entry's alerts from its facts. A pure function, so that the same facts give the same
 * alerts in any order of arrival. Each passage has one alert; repeats of a vehicle at one device
 * within the cool-down join the first one; a retrospective match always has its own.
 */
final class AlertDerivation {
    private final AlertingSettings rules;
    private final MatchEvaluator judge;

    AlertDerivation(AlertingSettings rules) {
        this.rules = rules;
        this.judge = new MatchEvaluator(rules);
    }

    /**
     * One derived alert.
     *
     * @param head whose passage identifies the alert
     * @param members the passages that count, the head first; only the head if it is cancelled
     * @param window all passages, including cancelled ones, that have counted or would count here
     * @param before earlier passages of the vehicle, by time, known before the alert closed
     * @param aside further passages that may have counted here before all facts were known
     * @param end of the entry while the alert was open
     */
    record DerivedAlert(
            EvaluatedPassage head,
            List<EvaluatedPassage> members,
            List<EvaluatedPassage> window,
            List<EvaluatedPassage> before,
            List<EvaluatedPassage> aside,
            EntryEnd end) {

        /** All passages whose facts count in the revision, each once. */
        List<EvaluatedPassage> touching() {
            return Stream.of(window, before, aside).flatMap(List::stream).toList();
        }
    }

    /** The passages that are or may have been a match, each evaluated alone. */
    List<EvaluatedPassage> evaluated(EntryState entryCase, AlertContext devices) {
        List<EvaluatedPassage> all = new ArrayList<>();
        for (PassageFacts passage : entryCase.passages()) {
            EvaluatedPassage evaluated = EvaluatedPassage.of(passage, entryCase, judge, devices);
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
            List<EvaluatedPassage> all, EntryState entryCase, AlertContext devices, long now) {
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
                .map(group -> derivedAlert(group, all, entryCase, devices, now))
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Whether a read matches any version of the entry, or one that ended recently. Ignores the site
     * of its device, because a registration may still arrive.
     */
    boolean concerns(PassageRead read, EntryState entryCase) {
        return judge.match(read, null, entryCase.versions(), AlertContext.UNKNOWN) != null
                || judge.mistaken(read, entryCase.versions(), AlertContext.UNKNOWN) != null;
    }

    /** The version that the passage matched first; null if it matched none. */
    EntryVersion met(PassageFacts passage, EntryState entryCase, AlertContext devices) {
        EvaluatedPassage evaluated = EvaluatedPassage.of(passage, entryCase, judge, devices);
        return evaluated == null ? null : evaluated.first().interval().version();
    }

    /**
     * The derived alert that cancels a passage's alert; null if the passage is no longer known to
     * have matched.
     */
    DerivedAlert takenBack(PassageFacts passage, EntryState entryCase, AlertContext devices) {
        EvaluatedPassage evaluated = EvaluatedPassage.asSent(passage, entryCase, judge, devices);
        if (evaluated == null) {
            return null;
        }
        EvaluatedPassage head = evaluated.takenBack();
        return new DerivedAlert(
                head, List.of(head), List.of(head), List.of(), List.of(), EntryEnd.NONE);
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
        long coolDown = rules.coolDown().toMillis();
        return !head.isRetrospective()
                && !evaluated.isRetrospective()
                && head.device().equals(evaluated.device())
                && evaluated.known() >= head.known()
                && evaluated.known() - head.known() < coolDown
                && Math.abs(evaluated.time() - head.time()) < coolDown
                && head.isSameVehicle(evaluated);
    }

    /**
     * Uses all arrival times of both passages, because new facts can change which read counts and
     * whether it is live or retrospective. The result only ever changes from false to true.
     */
    private boolean mayHaveCounted(EvaluatedPassage other, EvaluatedPassage head, long closes) {
        long coolDown = rules.coolDown().toMillis();
        boolean near = other.device().equals(head.device()) && other.isWithin(coolDown, head);
        boolean earlier =
                other.mayBeBefore(head)
                        && (other.firstArrival() < closes || other.isWithin(coolDown, head));
        return (near || earlier) && head.isSameVehicle(other);
    }

    /**
     * Returns null if earlier reads reduce the head to a review that its tag ruled out before it
     * was emitted.
     */
    private DerivedAlert derivedAlert(
            List<EvaluatedPassage> members,
            List<EvaluatedPassage> all,
            EntryState entryCase,
            AlertContext devices,
            long now) {
        EvaluatedPassage head = members.get(0);
        long closes = head.known() + rules.coolDown().toMillis();
        List<EvaluatedPassage> window = new ArrayList<>();
        List<EvaluatedPassage> before = new ArrayList<>();
        List<EvaluatedPassage> aside = new ArrayList<>();
        for (EvaluatedPassage other : all) {
            if (other == head || isRepeat(head, other)) {
                window.add(other);
            } else if (EvaluatedPassage.BY_TIME.compare(other, head) < 0
                    && other.known() < closes
                    && head.isSameVehicle(other)) {
                before.add(other);
            } else if (mayHaveCounted(other, head, closes)) {
                aside.add(other);
            }
        }
        before.sort(EvaluatedPassage.BY_TIME);
        EvaluatedPassage weighed =
                before.isEmpty()
                        ? head
                        : EvaluatedPassage.of(
                                head.passage(),
                                entryCase,
                                judge,
                                new EarlierReadEvidence(before, devices));
        if (weighed == null) {
            return null;
        }
        members.set(0, weighed);
        window.set(window.indexOf(head), weighed);
        return new DerivedAlert(
                weighed,
                List.copyOf(members),
                window,
                before,
                aside,
                EntryEnd.of(
                        head.voice().interval(),
                        entryCase.versions(),
                        new EntryEnd.Window(head.known(), closes),
                        head.possiblyOpen(rules.coolDown().toMillis()),
                        now));
    }
}
