package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.EntryVersion;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.score.MatchTarget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * All facts about one entry: its versions, the passages that may concern it, and the last emission
 * of each alert. Immutable.
 *
 * @param intervals by {@code inForceFrom}, as they were received
 * @param passages by (first arrival time, id)
 * @param emitted the last emission of the alert that a passage heads, by passage id
 * @param changes what has changed since alerts were last derived
 */
record EntryState(
        List<VersionInterval> intervals,
        List<PassageFacts> passages,
        Map<String, LastEmission> emitted,
        Changes changes) {
    /**
     * Upper limit of stored passages; an entry with many matches or a broad pattern evicts older
     * ones.
     */
    static final int MAX_PASSAGES = 128;

    private static final int MAX_INTERVALS = 16;

    static final EntryState EMPTY = new EntryState(List.of(), List.of(), Map.of(), Changes.NONE);

    private static final Comparator<PassageFacts> BY_ARRIVAL =
            Comparator.comparingLong(PassageFacts::firstAt).thenComparing(PassageFacts::id);

    /**
     * The facts that may have changed an alert, so that only such alerts are compared with their
     * last emission: what was evicted must not revise an alert.
     *
     * @param added new passages: arrival time of the first fact about each, by id
     * @param changedSince least arrival time of the other facts: of the first one about each
     *     passage that has more now, of the start and the end of versions; {@link Long#MAX_VALUE}:
     *     none
     */
    record Changes(Map<String, Long> added, long changedSince) {
        static final Changes NONE = new Changes(Map.of(), Long.MAX_VALUE);

        /** Least arrival time of the facts, and of the first ones about their passages. */
        long earliestArrivalTime() {
            return added.values().stream().reduce(changedSince, Math::min);
        }

        private Changes added(PassageFacts passage) {
            Map<String, Long> all = new HashMap<>(added);
            all.put(passage.id(), passage.firstAt());
            return new Changes(Map.copyOf(all), changedSince);
        }

        private Changes without(String passageId) {
            Map<String, Long> all = new HashMap<>(added);
            all.remove(passageId);
            return new Changes(Map.copyOf(all), changedSince);
        }

        private Changes from(long arrival) {
            return new Changes(added, Math.min(changedSince, arrival));
        }
    }

    /**
     * Adds a version; returns this state if the version is known. A version that ended at the
     * arrival time at which it started can start again then, because the records of one batch share
     * one arrival time.
     */
    EntryState with(EntryEvent.VersionStarted started) {
        List<VersionInterval> all = new ArrayList<>(intervals);
        all.removeIf(
                interval ->
                        interval.inForceTo() == interval.inForceFrom()
                                && interval.version().equals(started.version()));
        if (all.stream().anyMatch(interval -> interval.version().equals(started.version()))) {
            return this;
        }
        all.add(new VersionInterval(started.version(), VersionInterval.OPEN, false));
        all.sort(Comparator.comparingLong(VersionInterval::inForceFrom));
        return withIntervals(
                all.subList(Math.max(0, all.size() - MAX_INTERVALS), all.size()),
                started.version().inForceFrom());
    }

    /** Records the end of a version. */
    EntryState with(EntryEvent.VersionEnded ended) {
        List<VersionInterval> all = new ArrayList<>(intervals);
        all.replaceAll(
                interval ->
                        interval.inForceFrom() == ended.inForceFrom()
                                        && interval.inForceTo() == VersionInterval.OPEN
                                ? new VersionInterval(
                                        interval.version(), ended.inForceTo(), ended.isReplaced())
                                : interval);
        return withIntervals(all, ended.inForceTo());
    }

    /** Adds a fact about a passage; returns this state if the fact is known. */
    EntryState with(PassageEvent event) {
        List<PassageFacts> all = new ArrayList<>(passages);
        for (int i = 0; i < all.size(); i++) {
            PassageFacts old = all.get(i);
            if (old.id().equals(event.passageId())) {
                PassageFacts merged = old.with(event);
                if (merged == old) {
                    return this;
                }
                all.set(i, merged);
                return withPassages(all, changes.from(merged.firstAt()));
            }
        }
        PassageFacts passage = PassageFacts.of(event);
        all.add(passage);
        return withPassages(all, changes.added(passage));
    }

    /**
     * The versions as they apply: a replaced version stays in force until its successor is known.
     */
    List<VersionInterval> versions() {
        if (intervals.isEmpty()) {
            return intervals;
        }
        VersionInterval last = intervals.get(intervals.size() - 1);
        if (!last.isReplaced()) {
            return intervals;
        }
        List<VersionInterval> all = new ArrayList<>(intervals);
        all.set(all.size() - 1, new VersionInterval(last.version(), VersionInterval.OPEN, false));
        return all;
    }

    /** Keeps only its versions. */
    EntryState withoutPassages() {
        return new EntryState(intervals, List.of(), Map.of(), Changes.NONE);
    }

    /** Whether a tag names some version of the entry. */
    boolean isNamedBy(RfidRead tag) {
        for (VersionInterval interval : intervals) {
            if (MatchTarget.inFull(interval.version().entry()).isNamedBy(tag)) {
                return true;
            }
        }
        return false;
    }

    /** The last event of all passages, or else the last version; null if there is neither. */
    Traceable lastFact() {
        PassageEvent last =
                passages.stream()
                        .flatMap(PassageFacts::facts)
                        .max(Comparator.comparingLong(PassageEvent::causedAt))
                        .orElse(null);
        return last != null || intervals.isEmpty()
                ? last
                : intervals.get(intervals.size() - 1).version();
    }

    boolean hasPassage(String passageId) {
        for (PassageFacts passage : passages) {
            if (passage.id().equals(passageId)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the version that came into force at {@code from}, or a later one, is known. */
    boolean hasVersionFrom(long from) {
        return !intervals.isEmpty() && intervals.get(intervals.size() - 1).inForceFrom() >= from;
    }

    /** The state after its alerts have been derived. */
    EntryState withoutChanges() {
        return new EntryState(intervals, passages, emitted, Changes.NONE);
    }

    EntryState withEmitted(String passageId, LastEmission last) {
        Map<String, LastEmission> all = new HashMap<>(emitted);
        all.put(passageId, last);
        return new EntryState(intervals, passages, Map.copyOf(all), changes);
    }

    /** Whether a version ended before {@code horizon}. */
    boolean hasEndedBefore(long horizon) {
        return intervals.stream().anyMatch(interval -> interval.inForceTo() < horizon);
    }

    /**
     * Removes the versions that ended before {@code horizon}; empty if no version is left.
     *
     * @param met the version that a passage matched, or null; a passage is removed with its version
     */
    EntryState prunedBefore(long horizon, Function<PassageFacts, EntryVersion> met) {
        List<VersionInterval> keptIntervals =
                intervals.stream().filter(interval -> interval.inForceTo() >= horizon).toList();
        if (keptIntervals.isEmpty()) {
            return EMPTY;
        }
        Set<EntryVersion> removed = new HashSet<>();
        intervals.stream()
                .filter(interval -> interval.inForceTo() < horizon)
                .map(VersionInterval::version)
                .forEach(removed::add);
        Map<String, LastEmission> keptEmitted = new HashMap<>(emitted);
        List<PassageFacts> keptPassages = new ArrayList<>();
        for (PassageFacts passage : passages) {
            if (removed.contains(met.apply(passage))) {
                keptEmitted.remove(passage.id());
            } else {
                keptPassages.add(passage);
            }
        }
        return new EntryState(
                keptIntervals, List.copyOf(keptPassages), Map.copyOf(keptEmitted), changes);
    }

    /**
     * Removes the passages of which only retractions are known and that are older than {@code
     * horizon}; this state if there are none.
     */
    EntryState withoutOrphans(long horizon) {
        List<PassageFacts> kept =
                passages.stream()
                        .filter(passage -> !passage.isOrphan() || passage.lastAt() >= horizon)
                        .toList();
        return kept.size() == passages.size()
                ? this
                : new EntryState(intervals, kept, emitted, changes);
    }

    /** Whether of some passage only retractions are known. */
    boolean hasOrphans() {
        return passages.stream().anyMatch(PassageFacts::isOrphan);
    }

    private EntryState withIntervals(List<VersionInterval> all, long changedAt) {
        return new EntryState(List.copyOf(all), passages, emitted, changes.from(changedAt));
    }

    private EntryState withPassages(List<PassageFacts> all, Changes next) {
        all.sort(BY_ARRIVAL);
        if (all.size() <= MAX_PASSAGES) {
            return new EntryState(intervals, List.copyOf(all), emitted, next);
        }
        PassageFacts forgotten = all.remove(mostExpendable(all));
        Map<String, LastEmission> kept = new HashMap<>(emitted);
        kept.remove(forgotten.id());
        return new EntryState(
                intervals, List.copyOf(all), Map.copyOf(kept), next.without(forgotten.id()));
    }

    /**
     * Evicts the oldest passage that heads no alert, because without the head each further repeat
     * of a parked vehicle would be a new alert. Searches only the older half, because the alert of
     * a later passage may not have been emitted yet; evicts the oldest if each of these heads an
     * alert.
     */
    private int mostExpendable(List<PassageFacts> all) {
        for (int i = 0; i < all.size() / 2; i++) {
            if (!emitted.containsKey(all.get(i).id())) {
                return i;
            }
        }
        return 0;
    }

    /**
     * A version of an entry and the interval of arrival time in which it was in force.
     *
     * @param inForceTo arrival time at which it ended, epoch ms, or {@link #OPEN}
     * @param isReplaced by a version that looks for the same plate
     */
    record VersionInterval(EntryVersion version, long inForceTo, boolean isReplaced) {
        static final long OPEN = Long.MAX_VALUE;

        long inForceFrom() {
            return version.inForceFrom();
        }

        boolean contains(long arrival) {
            return inForceFrom() <= arrival && arrival < inForceTo;
        }
    }

    /**
     * The last emission of an alert.
     *
     * @param isEnded whether the entry had ended while the alert was open
     * @param isPlaced whether all its devices were registered
     * @param digest {@link io.atalaya.contracts.alert.AlertCodec#digest} of its contents, before
     *     the status became UPDATED
     */
    record LastEmission(
            long revision, boolean isCancelled, boolean isEnded, boolean isPlaced, int digest) {
        LastEmission withPlaced(boolean isPlaced) {
            return new LastEmission(revision, isCancelled, isEnded, isPlaced, digest);
        }
    }
}
