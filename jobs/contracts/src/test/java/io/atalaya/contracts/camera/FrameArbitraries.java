package io.atalaya.contracts.camera;

import io.atalaya.contracts.plate.PlateArbitraries;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Frames for property tests. */
public final class FrameArbitraries {
    private FrameArbitraries() {}

    public static Arbitrary<CameraFrame> frames() {
        Arbitrary<String> id = PlateArbitraries.text(1, 128);
        // Values that a float holds exactly, so that the same property covers the serializer.
        Arbitrary<Double> place = Arbitraries.integers().between(-4096, 4096).map(i -> i / 1024.0);
        Arbitrary<Double> size = Arbitraries.integers().between(0, 4096).map(i -> i / 1024.0);
        Arbitrary<Double> confidence = Arbitraries.integers().between(0, 64).map(i -> i / 64.0);
        Arbitrary<DetectedObject> object =
                Combinators.combine(
                                PlateArbitraries.text(1, 64),
                                PlateArbitraries.text(1, 64),
                                confidence,
                                place,
                                place,
                                size,
                                size,
                                Arbitraries.of(false, true))
                        .as(DetectedObject::new);
        return Combinators.combine(
                        id,
                        PlateArbitraries.times(),
                        Arbitraries.longs().between(0, Integer.MAX_VALUE).injectNull(0.2),
                        object.list().ofMaxSize(5),
                        Arbitraries.of(false, true),
                        PlateArbitraries.text(1, 64).list().ofMaxSize(3))
                .as(CameraFrame::new);
    }
}
