package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.hotlistmatch.SharedSamples;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.testutils.SerializerSample;

import java.util.List;

/** Samples for the serializers of the prefilter. */
public final class PrefilterSamples {
    private PrefilterSamples() {}

    public static List<SerializerSample<?>> samples() {
        return List.of(
                SerializerSample.of(
                        Prefilter.PatternTarget.class,
                        new Prefilter.PatternTarget(
                                MatchTarget.of(SharedSamples.BARE_ENTRY),
                                SharedSamples.NOON,
                                Long.MAX_VALUE)),
                SerializerSample.of(
                        HotlistFilter.EndedPlate.class,
                        new HotlistFilter.EndedPlate(
                                CanonicalPlate.pack("NKR4816"), SharedSamples.NOON)),
                SerializerSample.of(
                        ListFilterState.FilterChunk.class,
                        new ListFilterState.FilterChunk(0, filter().words()),
                        new ListFilterState.FilterChunk(7, new long[0])));
    }

    /** The words of real plates, because the bits of a plate must not change. */
    private static DeletionFilter filter() {
        DeletionFilter filter = new DeletionFilter(8);
        for (String plate : List.of("NKR-48-16", "LXF-001-9", "GQ-BB-01-6I", "ABC", "X1")) {
            filter.add(CanonicalPlate.fold(CanonicalPlate.pack(plate)));
        }
        filter.addWhole(CanonicalPlate.fold(CanonicalPlate.pack("NKR-48-16")));
        return filter;
    }
}
