package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.hotlistmatch.SharedSamples;
import io.atalaya.testutils.SerializerSample;

import java.util.List;

/** Samples of the score's formats. */
public final class ScoreSamples {
    public static final Listed TAGGED =
            new Listed("E-4", 0, null, null, "REP771F7B11B16", MatchMode.FUZZY, 80, "MEX", null);

    /** The plate of an entry that has a tag too. */
    public static final Listed WITHOUT_TAG = withoutTag(Listed.of(SharedSamples.FULL_ENTRY));

    private ScoreSamples() {}

    private static Listed withoutTag(Listed listed) {
        return new Listed(
                listed.entryId(),
                listed.plate(),
                null,
                listed.pattern(),
                null,
                listed.match(),
                listed.priority(),
                listed.state(),
                listed.vehicle());
    }

    public static List<SerializerSample<?>> samples() {
        return List.of(
                SerializerSample.of(
                        ListedSerializer.INSTANCE,
                        TAGGED,
                        WITHOUT_TAG,
                        Listed.of(SharedSamples.BARE_ENTRY),
                        new Listed(
                                "E-3",
                                CanonicalPlate.pack("QIO-12"),
                                null,
                                null,
                                null,
                                MatchMode.EXACT,
                                100,
                                null,
                                null)));
    }
}
