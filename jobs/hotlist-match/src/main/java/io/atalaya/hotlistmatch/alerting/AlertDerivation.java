package io.atalaya.hotlistmatch.alerting;

import io.atalaya.hotlistmatch.event.EntryVersion;
import io.atalaya.hotlistmatch.event.PassageRead;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Derives an entry's alerts from the facts about it: a pure function, so that the same facts give
 * the same alerts whatever their order of arrival. One alert a passage; repeats of a vehicle at one
 * device within the cool-down are folded into the first; what a look into the past found stands
 * alone.
 */
final class AlertDerivation {
    private final AlertingSettings rules;
    private final MatchEvaluator judge;

    AlertDerivation(AlertingSettings rules) {
        this.rules = rules;
        this.judge = new MatchEvaluator(rules);
    }

    /**
     * One alert to be.
     *
     * @param head whose passage names the alert
     * @param members the passages that count, the head first; the head alone when it is cancelled
     * @param window all passages, cancelled ones too, that have counted or would count here
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

    /** The passages that are or may have been a match, each judged by itself. */
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
     * @param all the passages, {@link #evaluated}
     * @param now arrival clock: what lies after it has not ended yet
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
     * Whether a read fits any version of the entry, or did until lately, at whatever site its
     * device is: that may change as registrations come to be known.
     */
    boolean concerns(PassageRead read, EntryState entryCase) {
        return judge.match(read, null, entryCase.versions(), AlertContext.UNKNOWN) != null
                || judge.mistaken(read, entryCase.versions(), AlertContext.UNKNOWN) != null;
    }

    /** The version that a passage met first; null if none. */
    EntryVersion met(PassageFacts passage, EntryState entryCase, AlertContext devices) {
        EvaluatedPassage evaluated = EvaluatedPassage.of(passage, entryCase, judge, devices);
        return evaluated == null ? null : evaluated.first().interval().version();
    }

    /** The draft that takes a passage's alert back; null if nothing of it is known any more. */
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
     * By any arrival of theirs, for which read counts, and whether as live or as retrospective,
     * changes as facts come: this may only ever become true.
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
     * Null: by what was read before it is a review, which its tag ruled out before it was shown.
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
