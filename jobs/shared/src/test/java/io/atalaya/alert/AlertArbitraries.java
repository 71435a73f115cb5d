package io.atalaya.alert;

import io.atalaya.hotlist.HotlistArbitraries;
import io.atalaya.plate.Compass;
import io.atalaya.plate.PlateArbitraries;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.util.List;

/** Any alert that the contract allows, for property tests. */
public final class AlertArbitraries {
    private AlertArbitraries() {}

    private static Arbitrary<Double> latitudes() {
        return Arbitraries.doubles().between(-90, 90).ofScale(7).injectNull(0.2);
    }

    private static Arbitrary<HotlistEvidence.Read> reads() {
        return Combinators.combine(
                        PlateArbitraries.text(1, 64),
                        PlateArbitraries.plates(),
                        PlateArbitraries.fractions(),
                        PlateArbitraries.lanes().injectNull(0.2),
                        Arbitraries.of(Compass.class).injectNull(0.2),
                        Arbitraries.doubles().between(0, 500).ofScale(4).injectNull(0.2),
                        PlateArbitraries.vehicles().injectNull(0.3),
                        Arbitraries.of(true, false))
                .as(HotlistEvidence.Read::new);
    }

    private static Arbitrary<HotlistEvidence> evidence() {
        Arbitrary<String> id = PlateArbitraries.text(1, 64);
        Arbitrary<String> said = PlateArbitraries.text(0, 64);
        Arbitrary<HotlistEvidence.Part> part =
                Combinators.combine(
                                id, Arbitraries.doubles().between(-100, 100).ofScale(9), said, said)
                        .as(HotlistEvidence.Part::new);
        Arbitrary<HotlistEvidence.Sighting> sighting =
                Combinators.combine(
                                id,
                                id,
                                PlateArbitraries.times(),
                                PlateArbitraries.plates(),
                                latitudes(),
                                latitudes())
                        .as(HotlistEvidence.Sighting::new);
        Arbitrary<HotlistEvidence.Comparison> comparison =
                Combinators.combine(Arbitraries.of("EXACT", "PATTERN"), said, said, said)
                        .as(HotlistEvidence.Comparison::new);
        return Combinators.combine(
                        id.list().ofMaxSize(4),
                        id.list().ofMaxSize(4),
                        reads().injectNull(0.1),
                        comparison.injectNull(0.1),
                        part.list().ofMaxSize(4),
                        Arbitraries.integers().between(1, Integer.MAX_VALUE),
                        sighting.list().ofMaxSize(4),
                        Arbitraries.of(true, false))
                .as(HotlistEvidence::new);
    }

    private static Arbitrary<Alert.Subject> subjects() {
        Arbitrary<String> id = PlateArbitraries.text(1, 64);
        return Combinators.combine(
                        PlateArbitraries.plates().injectNull(0.2),
                        id.injectNull(0.2),
                        id.list().ofMaxSize(3))
                .as(Alert.Subject::new);
    }

    public static Arbitrary<Alert> alerts() {
        Arbitrary<List<Long>> times = PlateArbitraries.times().list().ofSize(4);
        Arbitrary<Alert.Place> place =
                Combinators.combine(PlateArbitraries.text(1, 64), latitudes(), latitudes())
                        .as(Alert.Place::new);
        Arbitrary<List<String>> notified = PlateArbitraries.text(1, 64).list().ofMaxSize(3);
        Arbitrary<List<Enum<?>>> kinds =
                Combinators.combine(
                                Arbitraries.of(Alert.Status.class),
                                Arbitraries.of(AlertType.class),
                                Arbitraries.of(Alert.Action.class))
                        .as((status, type, action) -> List.<Enum<?>>of(status, type, action));
        return Combinators.combine(
                        PlateArbitraries.text(1, 128),
                        kinds,
                        times,
                        place.injectNull(0.1),
                        subjects(),
                        evidence().injectNull(0.1),
                        HotlistArbitraries.entries().injectNull(0.1),
                        notified)
                .as(
                        (id, kind, t, device, subject, evidence, entry, names) ->
                                new Alert(
                                        id,
                                        1 + (int) (t.get(3) % 1000),
                                        (Alert.Status) kind.get(0),
                                        (AlertType) kind.get(1),
                                        t.get(0),
                                        t.get(1),
                                        (Alert.Action) kind.get(2),
                                        t.get(2),
                                        names.isEmpty() ? null : t.get(3),
                                        names.isEmpty() ? null : "TOLUCA",
                                        device,
                                        subject,
                                        (t.get(3) % 1001) / 1000.0,
                                        (int) (t.get(3) % 101),
                                        new Alert.Headline("Vehículo robado", "Stolen vehicle"),
                                        evidence,
                                        entry,
                                        names.size() == 1,
                                        names,
                                        t.get(3)));
    }
}
