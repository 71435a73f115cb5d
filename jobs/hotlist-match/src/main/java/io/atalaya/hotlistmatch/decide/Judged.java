package io.atalaya.hotlistmatch.decide;

import io.atalaya.plate.CanonicalPlate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A passage of the listed vehicle, as it stands.
 *
 * @param counted the reads that fitted and were not gone before that could be known, by arrival
 * @param speaking the last of them that is not gone; null: the passage was taken back
 * @param facts how many reads and ends of reads have counted
 * @param lastAt arrival clock of the last of those facts
 */
record Judged(Passage passage, List<Fit> counted, Fit speaking, int facts, long lastAt) {
    static final Comparator<Judged> BY_KNOWN =
            Comparator.comparingLong(Judged::known).thenComparing(judged -> judged.passage().id());
    static final Comparator<Judged> BY_TIME =
            Comparator.comparingLong(Judged::time).thenComparing(judged -> judged.passage().id());

    /** The passage by the judge's word; null if no read of it ever counted. */
    static Judged of(Passage passage, EntryCase entryCase, Judge judge, Devices devices) {
        List<Fit> counted = new ArrayList<>();
        Fit speaking = null;
        int facts = 0;
        long lastAt = Long.MIN_VALUE;
        for (var read : passage.reads()) {
            Fit fit = judge.fit(read, entryCase.spans(), devices);
            if (fit == null) {
                continue;
            }
            var end = passage.endOf(read);
            if (end != null && end.at() <= fit.known()) {
                continue;
            }
            counted.add(fit);
            facts++;
            lastAt = Math.max(lastAt, fit.known());
            if (end == null) {
                speaking = fit;
            } else {
                facts++;
                lastAt = Math.max(lastAt, end.at());
            }
        }
        return counted.isEmpty()
                ? null
                : new Judged(passage, List.copyOf(counted), speaking, facts, lastAt);
    }

    Fit first() {
        return counted.get(0);
    }

    /** The read that speaks, or spoke last. */
    Fit voice() {
        return speaking != null ? speaking : counted.get(counted.size() - 1);
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

    long time() {
        return first().read().read().time();
    }

    String device() {
        return first().read().read().deviceId();
    }

    /** Repeats are of one vehicle: with a pattern, of one plate. */
    boolean isSameVehicle(Judged other) {
        return voice().span().version().entry().pattern() == null
                || CanonicalPlate.pack(voice().score().text())
                        == CanonicalPlate.pack(other.voice().score().text());
    }
}
