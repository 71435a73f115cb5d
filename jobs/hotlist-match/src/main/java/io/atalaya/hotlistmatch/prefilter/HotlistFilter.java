package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.PlatePattern;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MexicanSeries;
import io.atalaya.contracts.plate.PlateNeighbours;
import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.match.BucketKeys;
import io.atalaya.hotlistmatch.score.ScoreBound;
import io.atalaya.hotlistmatch.score.ScoreBoundFilter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The prefilter's view of the list: a membership filter over plates, and the patterns themselves.
 * Independent of Flink.
 */
public final class HotlistFilter implements ScoreBoundFilter.Listed {
    private record CompiledPattern(
            Prefilter.PatternTarget listed, PlatePattern pattern, boolean isFolded) {}

    private DeletionFilter filter;

    /**
     * The filter that is being rebuilt beside the one in use, or null. Not stored: a restore starts
     * the rebuild again.
     */
    private DeletionFilter rebuilding;

    private final List<CompiledPattern> patterns = new ArrayList<>();
    private final Deque<EndedPlate> ended;
    private final byte[] canonical = new byte[CanonicalPlate.MAX_LENGTH];
    private final byte[] folded = new byte[CanonicalPlate.MAX_LENGTH];

    public HotlistFilter(int capacity) {
        this(new DeletionFilter(capacity), List.of(), List.of());
    }

    HotlistFilter(
            DeletionFilter filter, List<Prefilter.PatternTarget> patterns, List<EndedPlate> ended) {
        this.ended = new ArrayDeque<>(ended);
        this.filter = filter;
        patterns.forEach(this::add);
    }

    DeletionFilter filter() {
        return filter;
    }

    List<Prefilter.PatternTarget> patterns() {
        return patterns.stream().map(CompiledPattern::listed).toList();
    }

    /** Ended plates that a rebuilt filter must hold as well, oldest first. */
    List<EndedPlate> ended() {
        return List.copyOf(ended);
    }

    public void apply(ListDelta delta) {
        if (delta instanceof ListDelta.Added added) {
            // Keys are added first, because the pattern may fail to compile.
            added.listed().forEachKey(this::add);
            if (added.listed().isPattern()) {
                add(
                        new Prefilter.PatternTarget(
                                added.listed(), added.inForceFrom(), Long.MAX_VALUE));
            }
        } else if (delta instanceof ListDelta.Removed removed) {
            if (removed.listed().isPattern()) {
                end(removed);
            }
            removed.listed().forEachKey(key -> end(key, removed.inForceTo()));
        } else if (delta instanceof ListDelta.RebuildStarted started) {
            rebuilding = new DeletionFilter(started.capacity() + ended.size());
            ended.forEach(plate -> add(plate.plate(), rebuilding));
        } else if (delta instanceof ListDelta.Relisted relisted) {
            add(relisted.key(), rebuilding);
        } else if (delta instanceof ListDelta.RebuildFinished) {
            filter = rebuilding;
            rebuilding = null;
        }
    }

    /** Where some listed plate may be near a text, see {@link DeletionFilter#near}. */
    public int near(long foldedPlate) {
        return filter.near(foldedPlate);
    }

    /**
     * Whether a read can reach a review with some listed plate near one of its texts.
     *
     * @param near of the text, see {@link #near}
     */
    public boolean canReachReview(
            long foldedText, int near, ScoreBound scoreBound, ScoreBoundFilter plausibility) {
        // A plate that is equal, or longer by a character, passes without a test.
        if ((near & BucketKeys.EQUAL) != 0) {
            return true;
        }
        boolean isOrdinary =
                foldedText == CanonicalPlate.fold(scoreBound.top())
                        && plausibility.isOrdinary(scoreBound);
        for (int fromEnd = 1; near >>> fromEnd != 0; fromEnd++) {
            if ((near >>> fromEnd & 1) != 0
                    && (isOrdinary
                            ? plausibility.canReachReview(scoreBound, foldedText, fromEnd, this)
                            : PlateNeighbours.anyAt(
                                    foldedText,
                                    fromEnd,
                                    plate ->
                                            contains(plate)
                                                    && plausibility.canReachReview(
                                                            scoreBound, plate)))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean contains(long folded) {
        return filter.canContainWhole(folded);
    }

    @Override
    public boolean containsForeign(long variant) {
        return filter.canContainForeign(variant);
    }

    /** Whether a tag's key may be listed. */
    boolean canContain(long tagKey) {
        return filter.canContain(tagKey);
    }

    /**
     * Passes on the patterns that match a canonical text; a pattern that fails does not affect the
     * others.
     */
    void forEachPattern(
            long plate, Consumer<Prefilter.PatternTarget> found, Prefilter.BrokenPattern broken)
            throws Exception {
        if (patterns.isEmpty()) {
            return;
        }
        int length = CanonicalPlate.unpack(plate, canonical);
        CanonicalPlate.unpack(CanonicalPlate.fold(plate), folded);
        for (CompiledPattern compiled : patterns) {
            boolean fits;
            try {
                fits = compiled.pattern().matches(compiled.isFolded() ? folded : canonical, length);
            } catch (RuntimeException e) {
                broken.accept(compiled.listed(), e);
                continue;
            }
            if (fits) {
                found.accept(compiled.listed());
            }
        }
    }

    /** Removes the plates and patterns that ended before {@code horizon} in arrival time. */
    void pruneBefore(long horizon) {
        patterns.removeIf(compiled -> compiled.listed().inForceTo() < horizon);
        ended.removeIf(plate -> plate.inForceTo() < horizon);
    }

    private void add(long key) {
        add(key, filter);
        if (rebuilding != null) {
            add(key, rebuilding);
        }
    }

    private static void add(long key, DeletionFilter filter) {
        if (TagKey.isTag(key)) {
            filter.addKey(key);
        } else {
            long folded = CanonicalPlate.fold(key);
            filter.add(folded);
            filter.addWhole(folded);
            if (MexicanSeries.stateOf(key) == null) {
                filter.addForeign(folded);
            }
        }
    }

    private void add(Prefilter.PatternTarget pattern) {
        boolean lookAlikes = pattern.listed().match() != MatchMode.EXACT;
        patterns.add(
                new CompiledPattern(
                        pattern,
                        PlatePattern.compile(pattern.listed().pattern(), lookAlikes),
                        lookAlikes));
    }

    private void end(long key, long to) {
        ended.add(new EndedPlate(key, to));
        if (rebuilding != null) {
            add(key, rebuilding);
        }
    }

    private void end(ListDelta.Removed removed) {
        patterns.replaceAll(
                compiled -> {
                    Prefilter.PatternTarget old = compiled.listed();
                    boolean same =
                            old.inForceFrom() == removed.inForceFrom()
                                    && old.listed().entryId().equals(removed.listed().entryId());
                    return same
                            ? new CompiledPattern(
                                    new Prefilter.PatternTarget(
                                            old.listed(), old.inForceFrom(), removed.inForceTo()),
                                    compiled.pattern(),
                                    compiled.isFolded())
                            : compiled;
                });
    }

    /**
     * A plate that was removed from the list but still matches reads that arrived before its end.
     *
     * @param plate packed canonical text, or a tag's key
     * @param inForceTo arrival time at which it ended, epoch ms
     */
    record EndedPlate(long plate, long inForceTo) {}
}
