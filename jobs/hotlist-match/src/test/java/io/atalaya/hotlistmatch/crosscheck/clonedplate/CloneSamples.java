package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.hotlistmatch.crosscheck.clonedplate.OpenClones.CloneKey;
import io.atalaya.hotlistmatch.event.VehicleTag;
import io.atalaya.testutils.SerializerSample;

import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;

/** Samples for the serializers of clones. */
public final class CloneSamples {
    private static final List<VehicleTag> TAGS =
            List.of(new VehicleTag("E2801160", "NKR-48-16"), new VehicleTag("É2", null));

    private CloneSamples() {}

    public static List<SerializerSample<?>> samples() {
        CloneKey anchor =
                new CloneKey(Town.KEY, "ARCO-1/R-1", "ARCO-2/Ñ-2", NOON + 60_000, NOON + 61_000);
        return List.of(
                SerializerSample.of(
                        ClonedPlateDetector.ArrivedReads.class,
                        new ClonedPlateDetector.ArrivedReads(
                                List.of(
                                        new ClonedPlateDetector.ArrivedRead(Town.KEY, NOON),
                                        new ClonedPlateDetector.ArrivedRead(1, NOON + 1))),
                        new ClonedPlateDetector.ArrivedReads(List.of())),
                SerializerSample.of(
                        OpenClones.class,
                        new OpenClones(
                                List.of(
                                        new OpenClones.Open(
                                                anchor,
                                                NOON + 3,
                                                3,
                                                true,
                                                NOON + 90_000,
                                                -77,
                                                TAGS),
                                        new OpenClones.Open(
                                                new CloneKey(1, "A/1", "B/2", NOON, NOON),
                                                NOON,
                                                1,
                                                false,
                                                NOON,
                                                0,
                                                List.of()))),
                        OpenClones.NONE));
    }
}
