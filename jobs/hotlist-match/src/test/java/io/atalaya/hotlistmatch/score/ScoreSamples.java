package io.atalaya.hotlistmatch.score;

import io.atalaya.hotlist.MatchMode;
import io.atalaya.hotlistmatch.FormatSample;
import io.atalaya.hotlistmatch.SharedSamples;
import io.atalaya.plate.CanonicalPlate;

import java.util.List;

/** Samples of the score's formats. */
public final class ScoreSamples {
    private ScoreSamples() {}

    public static List<FormatSample<?>> samples() {
        return List.of(
                FormatSample.of(
                        ListedFormat.INSTANCE,
                        Listed.of(SharedSamples.FULL_ENTRY),
                        Listed.of(SharedSamples.BARE_ENTRY),
                        new Listed(
                                "E-3",
                                CanonicalPlate.pack("QIO-12"),
                                null,
                                MatchMode.EXACT,
                                100,
                                null,
                                null)));
    }
}
