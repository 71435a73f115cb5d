package io.atalaya.hotlistmatch.decide;

import io.atalaya.hotlistmatch.passage.Sighting;

import java.util.ArrayList;
import java.util.List;

/**
 * Derives an entry's alerts from the facts about it: a pure function, so that the same facts give
 * the same alerts whatever their order of arrival. One alert a passage; repeats of a vehicle at one
 * device within the cool-down are folded into the first; what a look into the past found stands
 * alone.
 */
final class AlertDerivation {
    private final DecideRules rules;
    private final Judge judge;

    AlertDerivation(DecideRules rules) {
        this.rules = rules;
        this.judge = new Judge(rules);
    }

    /**
     * One alert to be.
     *
     * @param head whose passage names the alert
     * @param members the passages that count, the head first; the head alone when it is cancelled
     * @param window all passages, cancelled ones too, that have counted or would count here
     * @param before earlier passages of the vehicle, by time, known before the alert closed
     * @param endedAt when the entry ended while the alert was open, or null
     */
    record Draft(
            Judged head,
            List<Judged> members,
            List<Judged> window,
            List<Judged> before,
            Long endedAt) {}

    /**
     * @param now arrival clock: what lies after it has not ended yet
     */
    List<Draft> derive(EntryCase entryCase, Devices devices, long now) {
        List<Judged> all = new ArrayList<>();
        for (Passage passage : entryCase.passages()) {
            Judged judged = Judged.of(passage, entryCase, judge, devices);
            if (judged != null) {
                all.add(judged);
            }
        }
        all.sort(Judged.BY_KNOWN);
        List<List<Judged>> groups = new ArrayList<>();
        for (Judged judged : all) {
            List<Judged> group = judged.isRetrospective() ? null : openGroup(groups, judged);
            if (group == null) {
                groups.add(new ArrayList<>(List.of(judged)));
            } else if (!judged.isCancelled()) {
                group.add(judged);
            }
        }
        return groups.stream().map(group -> draft(group, all, entryCase, now)).toList();
    }

    /** Whether a read fits any version of the entry. */
    boolean fits(Sighting read, EntryCase entryCase, Devices devices) {
        return judge.fit(read, entryCase.spans(), devices) != null;
    }

    /** The draft of a passage by itself; null if no read of it counts any more. */
    Draft alone(Passage passage, EntryCase entryCase, Devices devices) {
        Judged judged = Judged.of(passage, entryCase, judge, devices);
        return judged == null
                ? null
                : new Draft(judged, List.of(judged), List.of(judged), List.of(), null);
    }

    private List<Judged> openGroup(List<List<Judged>> groups, Judged judged) {
        for (List<Judged> group : groups) {
            Judged head = group.get(0);
            if (!head.isCancelled() && isRepeat(head, judged)) {
                return group;
            }
        }
        return null;
    }

    private boolean isRepeat(Judged head, Judged judged) {
        long coolDown = rules.coolDown().toMillis();
        return !head.isRetrospective()
                && !judged.isRetrospective()
                && head.device().equals(judged.device())
                && judged.known() >= head.known()
                && judged.known() - head.known() < coolDown
                && Math.abs(judged.time() - head.time()) < coolDown
                && head.isSameVehicle(judged);
    }

    private Draft draft(List<Judged> members, List<Judged> all, EntryCase entryCase, long now) {
        Judged head = members.get(0);
        long closes = head.known() + rules.coolDown().toMillis();
        List<Judged> window = new ArrayList<>();
        List<Judged> before = new ArrayList<>();
        for (Judged other : all) {
            if (other == head || isRepeat(head, other)) {
                window.add(other);
            } else if (Judged.BY_TIME.compare(other, head) < 0
                    && other.known() < closes
                    && head.isSameVehicle(other)) {
                before.add(other);
            }
        }
        before.sort(Judged.BY_TIME);
        Long end = endOf(head.voice().span(), entryCase.spans(), now);
        boolean ended = end != null && end >= head.known() && end < closes;
        return new Draft(head, List.copyOf(members), window, before, ended ? end : null);
    }

    /**
     * When the entry stopped looking for the span's plate: removed, replaced by another plate, or
     * expired by {@code now}; null: it still does.
     */
    static Long endOf(Span span, List<Span> spans, long now) {
        Span last = span;
        while (last.to() != Span.OPEN && last.replaced()) {
            Span next = successor(last, spans);
            if (next == null) {
                break;
            }
            last = next;
        }
        Long until = last.version().entry().validUntil();
        boolean expired = until != null && until <= now;
        if (last.to() == Span.OPEN) {
            return expired ? until : null;
        }
        return expired && until < last.to() ? until : Long.valueOf(last.to());
    }

    private static Span successor(Span span, List<Span> spans) {
        for (Span other : spans) {
            if (other != span && other.from() == span.to()) {
                return other;
            }
        }
        return null;
    }
}
