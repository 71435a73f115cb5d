package io.atalaya.contracts.alert;

import io.atalaya.contracts.hotlist.HotlistArbitraries;
import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.plate.PlateArbitraries;
import io.atalaya.contracts.text.Text;

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

    private static final Arbitrary<String> ID = PlateArbitraries.text(1, 64);
    private static final Arbitrary<String> SAID = PlateArbitraries.text(0, 64);

    private static Arbitrary<ScoreContribution> parts() {
        return Combinators.combine(
                        ID, Arbitraries.doubles().between(-100, 100).ofScale(9), SAID, SAID)
                .as(
                        (name, logOdds, es, en) ->
                                new ScoreContribution(name, logOdds, new Text.Translation(es, en)));
    }

    private static Arbitrary<HotlistEvidence.Tag> tags() {
        return Combinators.combine(
                        ID,
                        ID,
                        PlateArbitraries.plates().injectNull(0.2),
                        PlateArbitraries.vehicles().injectNull(0.3))
                .as(HotlistEvidence.Tag::new);
    }

    private static Arbitrary<FaultEvidence> faults() {
        return Combinators.combine(
                        PlateArbitraries.text(1, 64),
                        PlateArbitraries.text(1, 64),
                        PlateArbitraries.text(1, 64),
                        Arbitraries.integers().between(1, Integer.MAX_VALUE),
                        PlateArbitraries.text(1, 64).injectNull(0.3),
                        PlateArbitraries.times().injectNull(0.3))
                .as(FaultEvidence::new);
    }

    /** The evidence of one type. */
    private static Arbitrary<? extends Evidence> evidence(AlertType type) {
        return switch (type) {
            case HOTLIST_MATCH -> hotlistEvidence();
            case CLONED_PLATE -> cloneEvidence();
            case PLATE_TAG_MISMATCH -> mismatchEvidence();
            case CONVOY -> convoyEvidence();
            case ANALYTICS_FAULT -> faults();
            default -> cameraEvidence();
        };
    }

    private static Arbitrary<HotlistEvidence> hotlistEvidence() {
        Arbitrary<HotlistEvidence.TrackRead> trackRead =
                Combinators.combine(
                                ID,
                                ID,
                                PlateArbitraries.times(),
                                PlateArbitraries.plates(),
                                latitudes(),
                                latitudes())
                        .as(HotlistEvidence.TrackRead::new);
        Arbitrary<HotlistEvidence.Comparison> comparison =
                Combinators.combine(Arbitraries.of("EXACT", "PATTERN"), SAID, SAID, SAID)
                        .as(HotlistEvidence.Comparison::new);
        return Combinators.combine(
                        ID.list().ofMaxSize(4),
                        reads().injectNull(0.1),
                        comparison.injectNull(0.1),
                        parts().list().ofMaxSize(4),
                        Arbitraries.integers().between(1, Integer.MAX_VALUE),
                        trackRead.list().ofMaxSize(4),
                        Arbitraries.of(true, false),
                        tags().injectNull(0.5))
                .as(
                        (ids, read, texts, parts, count, track, retrospective, tag) ->
                                new HotlistEvidence(
                                        ids,
                                        ids,
                                        read,
                                        texts,
                                        parts,
                                        count,
                                        track,
                                        retrospective,
                                        tag));
    }

    private static Arbitrary<CloneEvidence> cloneEvidence() {
        Arbitrary<CloneEvidence.Read> read =
                Combinators.combine(
                                ID,
                                ID,
                                latitudes(),
                                PlateArbitraries.times(),
                                PlateArbitraries.plates(),
                                PlateArbitraries.fractions(),
                                PlateArbitraries.vehicles().injectNull(0.3),
                                Arbitraries.of(true, false))
                        .as(
                                (id, device, place, time, plate, confidence, vehicle, suspect) ->
                                        new CloneEvidence.Read(
                                                id,
                                                device,
                                                place,
                                                place,
                                                time,
                                                plate,
                                                confidence,
                                                vehicle,
                                                suspect));
        Arbitrary<Double> number = Arbitraries.doubles().between(0, 20_000).ofScale(3);
        Arbitrary<CloneEvidence.Pair> pair =
                Combinators.combine(read, read, number, number, number).as(CloneEvidence.Pair::new);
        return Combinators.combine(
                        ID.list().ofMaxSize(4),
                        ID.list().ofMaxSize(4),
                        pair.list().ofMaxSize(3),
                        Arbitraries.integers().between(1, Integer.MAX_VALUE),
                        parts().list().ofMaxSize(4))
                .as(CloneEvidence::new);
    }

    private static Arbitrary<MismatchEvidence> mismatchEvidence() {
        return Combinators.combine(
                        ID.list().ofMaxSize(2),
                        ID.list().ofMaxSize(1),
                        reads().injectNull(0.1),
                        tags().injectNull(0.1),
                        parts().list().ofMaxSize(4))
                .as(MismatchEvidence::new);
    }

    private static Arbitrary<ConvoyEvidence> convoyEvidence() {
        Arbitrary<ConvoyEvidence.Arch> arch =
                Combinators.combine(
                                ID,
                                latitudes(),
                                latitudes(),
                                ID,
                                PlateArbitraries.times(),
                                ID,
                                PlateArbitraries.times(),
                                Arbitraries.doubles().between(-1e6, 1e6).ofScale(3))
                        .as(ConvoyEvidence.Arch::new);
        Arbitrary<ConvoyEvidence.Listed> listed =
                Combinators.combine(ID, PlateArbitraries.plates().injectNull(0.2))
                        .as(ConvoyEvidence.Listed::new);
        return Combinators.combine(
                        ID.list().ofMaxSize(4),
                        ID.list().ofMaxSize(4),
                        listed.injectNull(0.1),
                        PlateArbitraries.plates().injectNull(0.1),
                        arch.list().ofMaxSize(4),
                        parts().list().ofMaxSize(4))
                .as(ConvoyEvidence::new);
    }

    private static Arbitrary<CameraEvidence> cameraEvidence() {
        Arbitrary<Double> fraction = PlateArbitraries.fractions();
        Arbitrary<CameraEvidence.Region> region =
                Combinators.combine(fraction, fraction, fraction, fraction)
                        .as(CameraEvidence.Region::new);
        Arbitrary<CameraEvidence.ObjectBox> box =
                Combinators.combine(
                                ID.injectNull(0.3),
                                Arbitraries.of(CameraEvidence.ObjectClass.class),
                                region,
                                PlateArbitraries.times())
                        .as(CameraEvidence.ObjectBox::new);
        Arbitrary<Double> number = Arbitraries.doubles().between(-1e6, 1e6).ofScale(3);
        Arbitrary<CameraEvidence.Measure> measure =
                Combinators.combine(ID, number, number.injectNull(0.3), ID.injectNull(0.3))
                        .as(CameraEvidence.Measure::new);
        return Combinators.combine(
                        ID.injectNull(0.5),
                        region.injectNull(0.3),
                        Arbitraries.integers().between(0, Integer.MAX_VALUE),
                        box.list().ofMaxSize(4),
                        measure.list().ofMaxSize(4),
                        Combinators.combine(ID, ID).as(CameraEvidence.Model::new).injectNull(0.5))
                .as(CameraEvidence::new);
    }

    private static Arbitrary<Alert.Subject> subjects() {
        Arbitrary<String> id = PlateArbitraries.text(1, 64);
        return Combinators.combine(
                        PlateArbitraries.plates().injectNull(0.2),
                        id.injectNull(0.2),
                        id.list().ofMaxSize(3))
                .as(Alert.Subject::new);
    }

    private static Long end(Alert.Status status, long time) {
        return switch (status) {
            case NEW, UPDATED -> null;
            case CANCELLED -> time % 2 == 0 ? null : time;
            case ENDED -> time;
        };
    }

    public static Arbitrary<Alert> alerts() {
        return Arbitraries.of(AlertType.class).flatMap(AlertArbitraries::alerts);
    }

    private static Arbitrary<Alert> alerts(AlertType type) {
        Arbitrary<List<Long>> times = PlateArbitraries.times().list().ofSize(4);
        Arbitrary<Alert.Device> devices =
                Combinators.combine(PlateArbitraries.text(1, 64), latitudes(), latitudes())
                        .as(Alert.Device::new);
        Arbitrary<List<String>> notified = PlateArbitraries.text(1, 64).list().ofMaxSize(3);
        Arbitrary<List<Enum<?>>> kinds =
                Combinators.combine(
                                Arbitraries.of(Alert.Status.class),
                                Arbitraries.of(Alert.Action.class))
                        .as((status, action) -> List.<Enum<?>>of(status, action));
        return Combinators.combine(
                        PlateArbitraries.text(1, 128),
                        kinds,
                        times,
                        devices.injectNull(0.1),
                        subjects(),
                        evidence(type).injectNull(0.1),
                        HotlistArbitraries.entries().injectNull(0.1),
                        notified)
                .as(
                        (id, kind, t, device, subject, evidence, entry, names) ->
                                new Alert(
                                        new Alert.Identity(id, type),
                                        new Alert.Emission(
                                                1 + (int) (t.get(3) % 1000), t.get(3), t.get(1)),
                                        new Alert.Lifecycle(
                                                (Alert.Status) kind.get(0),
                                                t.get(0),
                                                t.get(2),
                                                end((Alert.Status) kind.get(0), t.get(3))),
                                        new Alert.Place(names.isEmpty() ? null : "TOLUCA", device),
                                        subject,
                                        new Alert.Assessment(
                                                (Alert.Action) kind.get(1),
                                                (t.get(3) % 1001) / 1000.0,
                                                (int) (t.get(3) % 101),
                                                new Text.Translation(
                                                        "Vehículo robado", "Stolen vehicle")),
                                        evidence,
                                        entry,
                                        new Alert.Disclosure(names.size() == 1, names)));
    }
}
