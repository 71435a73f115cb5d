package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The filter in checkpoints. With aligned barriers the copies of all subtasks are equal, so only
 * subtask 0 writes it, in chunks copied at the snapshot, and all subtasks restore it.
 */
final class ListFilterState {
    private static final int WORDS_PER_CHUNK = 1 << 16;

    private final ListState<FilterChunk> chunks;
    private final ListState<Prefilter.PatternTarget> patterns;
    private final ListState<HotlistFilter.EndedPlate> ended;

    ListFilterState(OperatorStateStore store) throws Exception {
        chunks =
                store.getUnionListState(
                        new ListStateDescriptor<>(
                                "filter-chunks", BinaryTypeInfo.of(FilterChunk.class)));
        patterns =
                store.getUnionListState(
                        new ListStateDescriptor<>(
                                "patterns", BinaryTypeInfo.of(Prefilter.PatternTarget.class)));
        ended =
                store.getUnionListState(
                        new ListStateDescriptor<>(
                                "ended-plates", BinaryTypeInfo.of(HotlistFilter.EndedPlate.class)));
    }

    /** The filter of the last checkpoint. */
    HotlistFilter restore() throws Exception {
        TreeMap<Integer, long[]> inUse = new TreeMap<>();
        for (FilterChunk chunk : chunks.get()) {
            inUse.put(chunk.index(), chunk.words());
        }
        List<Prefilter.PatternTarget> restored = new ArrayList<>();
        patterns.get().forEach(restored::add);
        List<HotlistFilter.EndedPlate> restoredEnded = new ArrayList<>();
        ended.get().forEach(restoredEnded::add);
        return new HotlistFilter(join(inUse), restored, restoredEnded);
    }

    /** Writes the filter in subtask 0 only. */
    void snapshot(HotlistFilter filter, int subtask) throws Exception {
        chunks.clear();
        patterns.clear();
        ended.clear();
        if (subtask == 0) {
            write(filter.filter());
            patterns.addAll(filter.patterns());
            ended.addAll(filter.ended());
        }
    }

    private void write(DeletionFilter filter) throws Exception {
        long[] words = filter.words();
        for (int from = 0, index = 0; from < words.length; from += WORDS_PER_CHUNK, index++) {
            int to = Math.min(from + WORDS_PER_CHUNK, words.length);
            chunks.add(new FilterChunk(index, Arrays.copyOfRange(words, from, to)));
        }
    }

    private static DeletionFilter join(TreeMap<Integer, long[]> parts) {
        int length = parts.values().stream().mapToInt(part -> part.length).sum();
        long[] words = new long[length];
        int at = 0;
        for (long[] part : parts.values()) {
            System.arraycopy(part, 0, words, at, part.length);
            at += part.length;
        }
        return new DeletionFilter(words);
    }

    /**
     * A part of a {@link DeletionFilter} in a checkpoint.
     *
     * @param index of the part within its filter, from 0
     */
    record FilterChunk(int index, long[] words) {}
}
