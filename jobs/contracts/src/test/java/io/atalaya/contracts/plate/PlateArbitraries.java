package io.atalaya.contracts.plate;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.util.List;

/** Any plate, vehicle and read that the contracts allow, for property tests. */
public final class PlateArbitraries {
    private static final long LAST_TIME = 253_402_300_799_999L;

    private PlateArbitraries() {}

    /** Text that JSON must escape or encode, without half surrogate pairs. */
    public static Arbitrary<String> text(int min, int max) {
        return Arbitraries.oneOf(
                        Arbitraries.strings().alpha().numeric().withChars("-_/ ñ車\"\\\n\u0000"),
                        Arbitraries.just("\ud83d\ude97").map(car -> car + car))
                .filter(text -> text.length() >= min && text.length() <= max);
    }

    /** Plates as cameras and people write them. */
    public static Arbitrary<String> plates() {
        return Arbitraries.strings()
                .withCharRange('0', '9')
                .withCharRange('A', 'Z')
                .withChars("abz-. ñ·")
                .ofMinLength(1)
                .ofMaxLength(14)
                .filter(CanonicalPlate::isPlate);
    }

    /** Fractions with few decimals, as some cameras write them, and with many. */
    public static Arbitrary<Double> fractions() {
        return Arbitraries.of(2, 3, 6, 12)
                .flatMap(scale -> Arbitraries.doubles().between(0, 1).ofScale(scale));
    }

    /** Typical words in their typical case and another, and any other text. */
    private static Arbitrary<String> words() {
        return Arbitraries.oneOf(
                Arbitraries.of("MX", "WHITE", "white", "White", "SEDAN", "LAND ROVER", "YUC"),
                text(0, 64));
    }

    public static Arbitrary<Long> times() {
        return Arbitraries.longs().between(0, LAST_TIME);
    }

    public static Arbitrary<Integer> lanes() {
        return Arbitraries.integers().between(0, 255);
    }

    public static Arbitrary<Vehicle> vehicles() {
        Arbitrary<String> name = words().injectNull(0.3);
        return Combinators.combine(name, name, name, name, fractions().injectNull(0.3))
                .as(Vehicle::new);
    }

    static Arbitrary<List<Candidate>> candidates() {
        return Combinators.combine(plates(), fractions()).as(Candidate::new).list().ofMaxSize(16);
    }

    public static Arbitrary<PlateRead> reads() {
        Arbitrary<PlateRead> identified =
                Combinators.combine(
                                text(1, 128),
                                text(1, 128),
                                lanes().injectNull(0.2),
                                times(),
                                plates(),
                                fractions(),
                                candidates(),
                                text(0, 16).injectNull(0.3))
                        .as(
                                (id, device, lane, time, plate, confidence, candidates, country) ->
                                        new PlateRead(
                                                id,
                                                device,
                                                lane,
                                                time,
                                                plate,
                                                confidence,
                                                candidates,
                                                country,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                false));
        return Combinators.combine(
                        identified,
                        Arbitraries.of(Compass.class).injectNull(0.3),
                        Arbitraries.doubles().between(0, 500).ofScale(6).injectNull(0.3),
                        vehicles().injectNull(0.3),
                        words().injectNull(0.3),
                        text(0, 1024).injectNull(0.3),
                        text(1, 128).injectNull(0.5),
                        Arbitraries.integers().between(0, 3))
                .as(
                        (r, direction, speed, vehicle, state, ref, supersedes, kind) ->
                                new PlateRead(
                                        r.readId(),
                                        r.deviceId(),
                                        r.lane(),
                                        r.deviceTime(),
                                        kind == 0 ? null : r.plate(),
                                        kind == 0 ? 0 : r.confidence(),
                                        r.candidates(),
                                        r.country(),
                                        state,
                                        direction,
                                        speed,
                                        vehicle,
                                        ref == null || ref.isBlank() ? null : ref,
                                        ref,
                                        supersedes,
                                        kind <= 1));
    }
}
