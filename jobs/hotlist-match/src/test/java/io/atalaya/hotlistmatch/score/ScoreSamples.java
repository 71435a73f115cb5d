package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.hotlistmatch.SharedSamples;
import io.atalaya.testutils.SerializerSample;

import java.util.List;

/** Samples for the serializers of the score. */
public final class ScoreSamples {
    public static final MatchTarget TAGGED =
            new MatchTarget(
                    "E-4", 0, null, null, "REP771F7B11B16", MatchMode.FUZZY, 80, "MEX", null);

    /** The plate target of an entry that has a tag too. */
    public static final MatchTarget WITHOUT_TAG =
            withoutTag(MatchTarget.of(SharedSamples.FULL_ENTRY));

    private ScoreSamples() {}

    private static MatchTarget withoutTag(MatchTarget listed) {
        return new MatchTarget(
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
                        MatchTarget.class,
                        TAGGED,
                        WITHOUT_TAG,
                        MatchTarget.of(SharedSamples.BARE_ENTRY),
                        new MatchTarget(
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
