package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.device.Zone;
import io.atalaya.videoanalytics.episode.EpisodeUpdate;
import io.atalaya.videoanalytics.recording.CameraRecording.Arrived;
import io.atalaya.videoanalytics.recording.Street;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

/** Short scenarios in one street, each with its one expected alert, or none. */
class CameraAnalyzerTest {
    /** Typical traffic before the scenario starts, 26 min in s. */
    private static final double KNOWN = 26 * 60;

    private static final double END = 36 * 60;

    private static final Zone YARD =
            new Zone(
                    "yard",
                    Zone.Kind.RESTRICTED,
                    List.of(
                            new Zone.Point(0.7f, 0.4f),
                            new Zone.Point(0.95f, 0.4f),
                            new Zone.Point(0.95f, 0.9f),
                            new Zone.Point(0.7f, 0.9f)));

    private final CameraAnalyzer watch = new CameraAnalyzer(CameraAnalyzerSettings.DEFAULT);

    private static Street street() {
        return new Street(5, 4).withTraffic(0, END);
    }

    private List<EpisodeUpdate> watch(List<Arrived> frames) {
        List<EpisodeUpdate> updates = new ArrayList<>();
        for (Arrived each : frames) {
            while (watch.timerAt() <= each.at()) {
                updates.addAll(watch.onTime(watch.timerAt()));
            }
            updates.addAll(watch.onFrame(each.frame(), each.at()));
        }
        return updates;
    }

    private List<EpisodeUpdate> watch(Street street) {
        return watch(street.film(0, END));
    }

    private static double seconds(long time) {
        return (time - Street.START) / 1000.0;
    }

    /** One alert of the type, emitted within the delay and ended after the end. */
    private static void assertOne(
            List<EpisodeUpdate> updates, AlertType type, double from, double until, double delay) {
        assertThat(updates).isNotEmpty().allSatisfy(n -> assertThat(n.type()).isEqualTo(type));
        assertThat(updates)
                .extracting(EpisodeUpdate::identityKey)
                .containsOnly(updates.get(0).identityKey());
        assertThat(updates)
                .extracting(EpisodeUpdate::status)
                .startsWith(Alert.Status.NEW)
                .endsWith(Alert.Status.ENDED)
                .filteredOn(status -> status != Alert.Status.UPDATED)
                .hasSize(2);
        assertThat(seconds(updates.get(0).causedAt())).isBetween(from, from + delay);
        assertThat(seconds(updates.get(0).startedAt())).isBetween(from - 30, from + delay);
        assertThat(seconds(updates.get(updates.size() - 1).lastObservedAt()))
                .isBetween(until - 30, until + 40);
        assertThat(updates)
                .extracting(EpisodeUpdate::revision)
                .isSorted()
                .doesNotHaveDuplicates()
                .startsWith(updates.get(0).causedAt());
    }

    /** Where the objects are when the alert opens, each inside its region. */
    private static void assertBoxes(
            List<EpisodeUpdate> updates, CameraEvidence.ObjectClass objectClass) {
        CameraEvidence.Region region = updates.get(0).region();
        assertThat(updates.get(0).boxes())
                .hasSizeBetween(1, CameraEvidence.MAX_BOXES)
                .allSatisfy(
                        each -> {
                            assertThat(each.trackId()).isNotNull();
                            assertThat(each.objectClass()).isEqualTo(objectClass);
                            assertThat(seconds(each.time()))
                                    .isBetween(
                                            seconds(updates.get(0).causedAt()) - 12,
                                            seconds(updates.get(0).causedAt()));
                            assertThat(each.box().x()).isGreaterThanOrEqualTo(region.x());
                            assertThat(each.box().y()).isGreaterThanOrEqualTo(region.y());
                            assertThat(each.box().x() + each.box().width())
                                    .isLessThanOrEqualTo(region.x() + region.width() + 1e-9);
                            assertThat(each.box().y() + each.box().height())
                                    .isLessThanOrEqualTo(region.y() + region.height() + 1e-9);
                        });
    }

    @Test
    void typicalTrafficRaisesNoAlert() {
        assertThat(watch(street())).isEmpty();
    }

    @Test
    void aVehicleThatStopsInTheRoadIsOneAlertThoughItsIdsChange() {
        Street street =
                street().vehicle(s -> s < KNOWN || s > KNOWN + 180 ? null : new double[] {5.4, 45});
        List<EpisodeUpdate> updates = watch(street);
        assertOne(updates, AlertType.STOPPED_VEHICLE, KNOWN, KNOWN + 180, 60);
        assertThat(updates.get(updates.size() - 1).trackIds()).hasSizeGreaterThan(1);
        assertThat(updates).hasSizeLessThan(12);
        assertBoxes(updates, CameraEvidence.ObjectClass.VEHICLE);
        assertThat(updates.get(updates.size() - 1).boxes())
                .as("where it stood, by its last id")
                .singleElement()
                .satisfies(
                        each -> {
                            assertThat(each.trackId())
                                    .isNotEqualTo(updates.get(0).boxes().get(0).trackId());
                            assertThat(each.box().x())
                                    .isCloseTo(updates.get(0).region().x(), within(0.02));
                            assertThat(seconds(each.time())).isBetween(KNOWN + 170, KNOWN + 181);
                        });
    }

    /** Consumers drop an alert that starts again under the id of an ended one. */
    private static void assertTwo(List<EpisodeUpdate> updates, AlertType type) {
        assertThat(updates)
                .filteredOn(n -> n.status() != Alert.Status.UPDATED)
                .allSatisfy(n -> assertThat(n.type()).isEqualTo(type))
                .extracting(EpisodeUpdate::status)
                .containsExactly(
                        Alert.Status.NEW, Alert.Status.ENDED, Alert.Status.NEW, Alert.Status.ENDED);
        assertThat(updates)
                .filteredOn(n -> n.status() == Alert.Status.NEW)
                .extracting(EpisodeUpdate::identityKey)
                .doesNotHaveDuplicates();
    }

    @Test
    void aVehicleThatStopsAgainIsAnotherAlert() {
        double goesOn = KNOWN + 80;
        Street street =
                street().vehicle(
                                s ->
                                        s < KNOWN || s > KNOWN + 200
                                                ? null
                                                : new double[] {
                                                    5.4,
                                                    Math.max(
                                                            30, Math.min(70, 30 + 8 * (s - goesOn)))
                                                });
        assertTwo(watch(street), AlertType.STOPPED_VEHICLE);
    }

    /** A bus stops before it for 15 s. */
    @Test
    void aVehicleThatIsHiddenForAWhileIsStillOneAlert() {
        Street street =
                street().vehicle(
                                s ->
                                        s < KNOWN
                                                        || s > KNOWN + 300
                                                        || s > KNOWN + 120 && s < KNOWN + 135
                                                ? null
                                                : new double[] {5.4, 45});
        List<EpisodeUpdate> updates = watch(street);
        assertOne(updates, AlertType.STOPPED_VEHICLE, KNOWN, KNOWN + 300, 60);
        assertThat(seconds(updates.get(updates.size() - 1).lastObservedAt()))
                .as("when it was last seen")
                .isBetween(KNOWN + 295, KNOWN + 301);
    }

    /** The link fails for 20 min and then delivers what the camera has kept. */
    @Test
    void aVehicleThatStillStandsWhenTheLinkIsBackIsAlertedAgain() {
        double fails = KNOWN + 120;
        double back = fails + 20 * 60;
        Street street = new Street(5, 4).withTraffic(0, back + 200);
        street.vehicle(s -> s < KNOWN || s > back + 100 ? null : new double[] {5.4, 45});
        List<Arrived> frames = new ArrayList<>();
        long at = 0;
        for (Arrived each : street.film(0, back + 200)) {
            boolean isLate = seconds(each.at()) > fails && seconds(each.at()) < back;
            long due = isLate ? Street.START + Math.round(1000 * back) : each.at();
            at = Math.max(at + 2, due);
            frames.add(new Arrived(each.frame(), at));
        }
        List<EpisodeUpdate> stopped =
                watch(frames).stream()
                        .filter(each -> each.type() == AlertType.STOPPED_VEHICLE)
                        .toList();
        assertTwo(stopped, AlertType.STOPPED_VEHICLE);
    }

    @Test
    void aShortHaltIsNoStoppedVehicle() {
        assertThat(
                        watch(
                                street().vehicle(
                                                s ->
                                                        s < KNOWN || s > KNOWN + 25
                                                                ? null
                                                                : new double[] {5.4, 45})))
                .isEmpty();
    }

    @Test
    void aParkedVehicleIsPartOfTheScene() {
        assertThat(watch(street().vehicle(s -> new double[] {-7.4, 30}))).isEmpty();
    }

    @Test
    void nothingIsSaidBeforeTheSceneIsKnown() {
        assertThat(
                        watch(
                                street().vehicle(
                                                s ->
                                                        s < 300 || s > 600
                                                                ? null
                                                                : new double[] {5.4, 45})
                                        .vehicle(s -> Street.between(2.2, 150 - 13 * (s - 400)))))
                .isEmpty();
    }

    @Test
    void aVehicleAgainstTheOthersIsEmittedWhileItDrives() {
        Street street = street().vehicle(s -> Street.between(2.2, 150 - 13 * (s - KNOWN)));
        assertOne(watch(street), AlertType.WRONG_WAY, KNOWN, KNOWN + 11, 10);
    }

    @Test
    void theAlertNamesTheVehiclesThatFollowTheFirstTheWrongWay() {
        Street street = street();
        for (double from = KNOWN; from <= KNOWN + 60; from += 15) {
            double since = from;
            street.vehicle(s -> Street.between(2.2, 150 - 13 * (s - since)));
        }
        List<EpisodeUpdate> updates = watch(street);
        assertOne(updates, AlertType.WRONG_WAY, KNOWN, KNOWN + 71, 10);
        assertThat(updates)
                .filteredOn(each -> each.status() == Alert.Status.UPDATED)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.objects()).isGreaterThan(1))
                .allSatisfy(each -> assertThat(each.trackIds()).hasSizeGreaterThan(1));
    }

    /** Far away a vehicle is small, and the wind moves it by more than its size. */
    @Test
    void aQueueThatTheWindSwaysIsNotGoingTheWrongWay() {
        Street street = street().swaysFrom(KNOWN, 0.01);
        for (int i = 0; i < 8; i++) {
            double place = 45 + 6 * i;
            street.vehicle(
                    s ->
                            s < KNOWN || s > KNOWN + 300
                                    ? null
                                    : new double[] {5.4, place + (s - KNOWN) / 10});
        }
        assertThat(watch(street))
                .extracting(EpisodeUpdate::type)
                .doesNotContain(AlertType.WRONG_WAY);
    }

    /** A quick vehicle that is near is out of view before the usual time has passed. */
    @Test
    void aVehicleThatIsSeenForASecondIsEmittedIfItIsPlainlyWrong() {
        Street street =
                street().vehicle(
                                s ->
                                        s < KNOWN || s > KNOWN + 1.6
                                                ? null
                                                : Street.between(2.2, 45 - 18 * (s - KNOWN)));
        assertThat(watch(street)).extracting(EpisodeUpdate::type).contains(AlertType.WRONG_WAY);
    }

    /** So the traffic looks after the camera was turned, until that is known. */
    @Test
    void aVehicleThatGoesAskewToTheLanesIsNotGoingTheWrongWay() {
        Street street =
                street().vehicle(
                                s ->
                                        s < KNOWN || s > KNOWN + 4
                                                ? null
                                                : new double[] {
                                                    7.5 - 1.6 * (s - KNOWN), 55 - 4 * (s - KNOWN)
                                                });
        assertThat(watch(street))
                .extracting(EpisodeUpdate::type)
                .doesNotContain(AlertType.WRONG_WAY);
    }

    /** Each of the two alone is odd; together they are not yet a view that has changed. */
    @Test
    void aVehicleGoingTheWrongWayIsEmittedAfterOneThatWasOffTheRoad() {
        Street street = new Street(5, 4).withTraffic(0, KNOWN - 30);
        street.vehicle(
                s -> s < KNOWN || s > KNOWN + 3 ? null : new double[] {-22 + 4 * (s - KNOWN), 22});
        street.vehicle(s -> Street.between(-5.4, 12 + 13 * (s - KNOWN - 10)));
        assertThat(watch(street)).extracting(EpisodeUpdate::type).contains(AlertType.WRONG_WAY);
    }

    @Test
    void whereAVehicleStoodForSixMinutesAnotherMayPark() {
        Street street = street();
        street.vehicle(s -> s < 120 || s > 480 ? null : new double[] {8, 40});
        street.vehicle(s -> s < KNOWN ? null : new double[] {8, 40});
        assertThat(watch(street))
                .extracting(EpisodeUpdate::type)
                .doesNotContain(AlertType.STOPPED_VEHICLE);
    }

    /** On a road of even speeds, twice the typical speed is outside of the spread. */
    private static Street evenTraffic() {
        Street street = new Street(5, 8);
        for (int i = 0; i < END / 6; i++) {
            double from = 6 * i;
            double pace = 14 + 0.5 * Math.sin(i);
            street.vehicle(s -> Street.between(5.4, 12 + pace * (s - from)));
        }
        return street;
    }

    @Test
    void oneMuchFasterThanTheOthersIsOneAlert() {
        List<EpisodeUpdate> updates =
                watch(evenTraffic().vehicle(s -> Street.between(5.4, 12 + 30 * (s - KNOWN - 3))));
        assertThat(updates).extracting(EpisodeUpdate::type).containsOnly(AlertType.SPEEDING);
        assertThat(updates)
                .extracting(EpisodeUpdate::identityKey)
                .containsOnly(updates.get(0).identityKey());
        assertThat(seconds(updates.get(0).causedAt())).isBetween(KNOWN, KNOWN + 9);
        assertThat(updates.get(0).value()).isBetween(1.6, 3.0);
        assertThat(updates.get(updates.size() - 1).status()).isEqualTo(Alert.Status.ENDED);
    }

    /** The reported limit is the one that was exceeded. */
    @Test
    void whereSpeedsVaryMoreIsFast() {
        Random random = new Random(3);
        Street street = new Street(5, 4);
        for (int i = 0; i < END / 6; i++) {
            double from = 6 * i;
            double pace = 7 * Math.exp(0.2 * random.nextGaussian());
            street.vehicle(s -> Street.between(5.4, 12 + pace * (s - from)));
        }
        street.vehicle(s -> Street.between(2.2, 12 + 13 * (s - KNOWN - 3)))
                .vehicle(s -> Street.between(5.4, 12 + 26 * (s - KNOWN - 123)));
        List<EpisodeUpdate> updates = watch(street);
        assertThat(updates).extracting(EpisodeUpdate::type).containsOnly(AlertType.SPEEDING);
        assertThat(seconds(updates.get(0).causedAt())).isBetween(KNOWN + 120, KNOWN + 130);
        assertThat(updates.get(0).limit()).isBetween(2.0, 3.0);
        assertThat(updates.get(0).value()).isGreaterThan(updates.get(0).limit());
    }

    @Test
    void oneThatCrawlsOnAFreeRoadIsOneAlert() {
        List<EpisodeUpdate> updates =
                watch(street().vehicle(s -> Street.between(5.4, 12 + 2.5 * (s - KNOWN))));
        assertThat(updates).extracting(EpisodeUpdate::type).containsOnly(AlertType.CRAWLING);
        assertThat(updates)
                .extracting(EpisodeUpdate::identityKey)
                .containsOnly(updates.get(0).identityKey());
        assertThat(seconds(updates.get(0).causedAt())).isBetween(KNOWN, KNOWN + 40);
        assertThat(updates.get(0).value()).isLessThan(0.35);
        assertThat(updates.get(updates.size() - 1).status()).isEqualTo(Alert.Status.ENDED);
    }

    /** At the image edge a box is clipped, so the speed of a vehicle there is unknown. */
    @Test
    void twoThatCrawlOutOfTheFrameAreOneAlertWithTheirLastKnownSpeed() {
        double typical = 0.15;
        List<Arrived> frames = new ArrayList<>();
        for (double s = 0; s < 24 * 60; s += 0.25) {
            List<DetectedObject> vehicles = new ArrayList<>();
            crossing("car-" + (int) (s / 8), typical * (s % 8), vehicles);
            crossing("first", 0.2 * typical * (s - 22 * 60), vehicles);
            crossing("second", 0.2 * typical * (s - 22 * 60 - 17), vehicles);
            long time = Street.START + Math.round(s * 1000);
            frames.add(
                    new Arrived(
                            new CameraFrame(Street.CAMERA, time, (long) frames.size(), vehicles),
                            time));
        }
        List<EpisodeUpdate> updates = watch(frames);
        assertOne(updates, AlertType.CRAWLING, 22 * 60, 22 * 60 + 52, 22);
        assertThat(updates).allSatisfy(n -> assertThat(n.value()).isBetween(0.15, 0.25));
        assertThat(updates.get(updates.size() - 1).trackIds()).containsExactly("first", "second");
    }

    /** The visible part of a vehicle whose front is at a fraction of the image width. */
    private static void crossing(String id, double front, List<DetectedObject> objects) {
        double left = Math.max(0, front - 0.06);
        double right = Math.min(1, front);
        if (right - left > 0.01) {
            objects.add(new DetectedObject(id, "Car", 0.9, left, 0.5, right - left, 0.05));
        }
    }

    @Test
    void oneWhoStaysAboutIsOneAlert() {
        Street street =
                street().person(
                                s ->
                                        s < KNOWN || s > KNOWN + 300
                                                ? null
                                                : new double[] {
                                                    9.5 + Math.sin(s / 7), 25 + Math.cos(s / 11)
                                                });
        assertOne(watch(street), AlertType.LOITERING, KNOWN, KNOWN + 300, 180);
    }

    /** Seven heights apart across the view. */
    @Test
    void thoseWhoStayFarApartBesideEachOtherAreTwoAlerts() {
        Street street = street();
        for (double x : new double[] {-6, 6}) {
            street.person(s -> s < KNOWN || s > KNOWN + 300 ? null : new double[] {x, 25});
        }
        assertThat(watch(street))
                .filteredOn(each -> each.status() == Alert.Status.NEW)
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.type()).isEqualTo(AlertType.LOITERING));
    }

    /** On a square other people always stand about, and they are not the reported loiterer. */
    @Test
    void thoseWhoWaitNearbyDoNotKeepItUp() {
        double leaves = KNOWN + 180;
        Street street =
                street().person(s -> s < KNOWN || s > leaves ? null : new double[] {9.3, 30});
        for (double from = KNOWN + 90; from < KNOWN + 420; from += 25) {
            double comes = from;
            double beside = 14.3 + (comes / 25) % 3;
            street.person(s -> s < comes || s > comes + 60 ? null : new double[] {beside, 30});
        }
        assertOne(watch(street), AlertType.LOITERING, KNOWN, leaves, 180);
    }

    @Test
    void aShortWaitIsNoLoitering() {
        assertThat(
                        watch(
                                street().person(
                                                s ->
                                                        s < KNOWN || s > KNOWN + 80
                                                                ? null
                                                                : new double[] {9.5, 25})))
                .isEmpty();
    }

    @Test
    void aCrowdIsOneAlertAndItsPeopleAreNone() {
        Street street = street();
        Random random = new Random(3);
        for (int i = 0; i < 18; i++) {
            double x = 8 + 4 * random.nextDouble();
            double z = 20 + 8 * random.nextDouble();
            double from = KNOWN + i * 2;
            street.person(s -> s < from || s > KNOWN + 300 ? null : new double[] {x, z});
        }
        List<EpisodeUpdate> updates = watch(street);
        assertOne(updates, AlertType.CROWD, KNOWN + 18, KNOWN + 300, 60);
        assertThat(updates)
                .as("also while the last of them leave, it is where it was")
                .allSatisfy(n -> assertThat(n.region().width()).isPositive())
                .allSatisfy(n -> assertThat(n.boxes()).hasSizeGreaterThanOrEqualTo(8));
        assertBoxes(updates, CameraEvidence.ObjectClass.PERSON);
    }

    @Test
    void asManyAsMakeACrowdAreOne() {
        Street street = street();
        for (int i = 0; i < 8; i++) {
            double x = 8.5 + 1.2 * (i % 4);
            double z = i < 4 ? 18 : 26;
            street.person(s -> s < KNOWN || s > KNOWN + 120 ? null : new double[] {x, z});
        }
        assertOne(watch(street), AlertType.CROWD, KNOWN, KNOWN + 120, 60);
    }

    @Test
    void aPassingGroupIsNoCrowd() {
        Street street = street();
        for (int i = 0; i < 9; i++) {
            double x = 9 + 0.4 * i;
            double from = KNOWN + i * 0.5;
            street.person(s -> Street.between(x, 14 + 1.3 * (s - from)));
        }
        assertThat(watch(street)).isEmpty();
    }

    @Test
    void aBagThatIsLeftIsEmittedAndOneWithItsOwnerIsNot() {
        Street left =
                street().bag(s -> s < KNOWN || s > KNOWN + 240 ? null : new double[] {9.5, 22})
                        .person(s -> s < KNOWN ? null : Street.between(9.5, 22 + s - KNOWN));
        assertOne(watch(left), AlertType.ABANDONED_OBJECT, KNOWN, KNOWN + 240, 120);
    }

    @Test
    void aPersonWhoStopsBesideABagIsNotItsOwner() {
        Street street =
                street().bag(s -> s < KNOWN || s > KNOWN + 240 ? null : new double[] {9.5, 22});
        for (double from = KNOWN; from < KNOWN + 240; from += 24) {
            double since = from;
            street.person(
                    s -> s < since || s > since + 18 ? null : new double[] {x(s - since), 22});
        }
        assertOne(watch(street), AlertType.ABANDONED_OBJECT, KNOWN, KNOWN + 240, 120);
    }

    /** Arrives, stands beside the bag for 6 s, and walks on. */
    private static double x(double seconds) {
        return 9.9 + Math.min(0, 1.2 * (seconds - 6)) + Math.max(0, 1.2 * (seconds - 12));
    }

    @Test
    void aBagWithItsOwnerIsNotAbandoned() {
        Street street =
                street().bag(s -> s < KNOWN || s > KNOWN + 100 ? null : new double[] {9.5, 22})
                        .person(s -> s < KNOWN || s > KNOWN + 100 ? null : new double[] {9.9, 22});
        assertThat(watch(street)).isEmpty();
    }

    /** A leg hides half of it in one frame every 25 s. */
    @Test
    void aBagThatIsHalfHiddenForAMomentIsStillUnattended() {
        List<Arrived> frames = new ArrayList<>();
        Street street =
                street().bag(s -> s < KNOWN || s > KNOWN + 240 ? null : new double[] {9.5, 22});
        for (Arrived each : street.film(0, END)) {
            boolean isHidden = seconds(each.frame().deviceTime()) % 25 == 0;
            List<DetectedObject> objects =
                    each.frame().objects().stream()
                            .map(o -> isHidden && o.type().equals("Bag") ? rightHalf(o) : o)
                            .toList();
            frames.add(
                    new Arrived(
                            new CameraFrame(
                                    Street.CAMERA, each.frame().deviceTime(), null, objects),
                            each.at()));
        }
        assertOne(watch(frames), AlertType.ABANDONED_OBJECT, KNOWN, KNOWN + 240, 120);
    }

    private static DetectedObject rightHalf(DetectedObject o) {
        return new DetectedObject(
                o.trackId(),
                o.type(),
                o.confidence(),
                o.x() + o.width() / 2,
                o.y(),
                o.width() / 2,
                o.height());
    }

    /** The tracker gives the bag's id to another one that is carried past. */
    @Test
    void aBagWhoseIdIsCarriedOffIsStillOneAlert() {
        double taken = KNOWN + 90;
        List<Arrived> frames = new ArrayList<>();
        for (Arrived each : street().film(0, END)) {
            double s = seconds(each.frame().deviceTime());
            List<DetectedObject> objects = new ArrayList<>(each.frame().objects());
            if (s >= KNOWN && s <= KNOWN + 240) {
                objects.add(bag(s < taken ? "lies" : "carried", 0.72 + 0.0003 * Math.sin(s)));
            }
            if (s >= taken - 20 && s < taken) {
                objects.add(bag("carried", 0.72 + 0.015 * (s - taken)));
            } else if (s >= taken && s < taken + 3) {
                objects.add(bag("lies", 0.72 + 0.04 * (s - taken)));
            }
            frames.add(
                    new Arrived(
                            new CameraFrame(
                                    Street.CAMERA, each.frame().deviceTime(), null, objects),
                            each.at()));
        }
        List<EpisodeUpdate> updates = watch(frames);
        assertOne(updates, AlertType.ABANDONED_OBJECT, KNOWN, KNOWN + 240, 120);
        assertThat(seconds(updates.get(updates.size() - 1).lastObservedAt()))
                .isGreaterThan(KNOWN + 239);
        assertThat(updates.get(updates.size() - 1).trackIds()).contains("lies", "carried");
    }

    private static DetectedObject bag(String id, double x) {
        return new DetectedObject(id, "Bag", 0.8, x, 0.52, 0.015, 0.023);
    }

    @Test
    void aJamIsOneAlert() {
        Street street = new Street(5, 4).withTraffic(0, KNOWN);
        for (int i = 0; i < 80; i++) {
            double from = KNOWN + i * 5;
            double x = i % 2 == 0 ? 2.2 : 5.4;
            street.vehicle(s -> Street.between(x, 12 + 1.2 * (s - from)));
        }
        List<EpisodeUpdate> updates = watch(street);
        assertOne(updates, AlertType.CONGESTION, KNOWN + 25, KNOWN + 505, 60);
        assertBoxes(updates, CameraEvidence.ObjectClass.VEHICLE);
        assertThat(updates.get(0).boxes()).hasSizeGreaterThan(4);
    }

    /** Hardly anything is learned from a jam that is alerted. */
    @Test
    void aJamThatComesEveryDayIsAlertedEveryDay() {
        double jammed = KNOWN + 30 * 60;
        Street street = new Street(5, 2).withTraffic(0, KNOWN).withTraffic(jammed + 120, 80 * 60);
        for (double t = KNOWN; t < jammed; t += 5) {
            double from = t;
            double x = t % 10 == 0 ? 2.2 : 5.4;
            street.vehicle(s -> Street.between(x, 12 + 1.2 * (s - from)));
        }
        List<Arrived> day = street.film(0, 80 * 60);
        List<EpisodeUpdate> updates = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            long later = i * 24 * 3_600_000L;
            updates.addAll(
                    watch(
                            day.stream()
                                    .map(
                                            each ->
                                                    new Arrived(
                                                            each.frame()
                                                                    .at(
                                                                            later
                                                                                    + each.frame()
                                                                                            .deviceTime()),
                                                            later + each.at()))
                                    .toList()));
        }
        assertThat(updates)
                .filteredOn(each -> each.type() == AlertType.CONGESTION)
                .filteredOn(each -> each.status() == Alert.Status.NEW)
                .extracting(each -> (each.startedAt() - Street.START) / (24 * 3_600_000))
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void aCameraOfWhichNothingComesIsSilentUntilItComesBack() {
        List<Arrived> frames = new ArrayList<>(street().film(0, KNOWN));
        frames.addAll(street().film(KNOWN + 300, END));
        assertOne(watch(frames), AlertType.CAMERA_SILENT, KNOWN, KNOWN + 300, 30);
    }

    @Test
    void framesThatRepeatAreAFreeze() {
        List<Arrived> frames = frozen(street().film(0, END), KNOWN, KNOWN + 200);
        assertOne(watch(frames), AlertType.CAMERA_FROZEN, KNOWN, KNOWN + 200, 30);
    }

    @Test
    void aVehicleThatStandsInAFrozenImageIsNotAlertedForEver() {
        double freezes = KNOWN + 90;
        double until = freezes + 25 * 60;
        Street street = new Street(5, 4).withTraffic(0, until);
        street.vehicle(s -> s < KNOWN || s > KNOWN + 100 ? null : new double[] {5.4, 45});
        street.vehicle(s -> s < freezes + 1_190 || s > until - 90 ? null : new double[] {5.8, 46});
        List<EpisodeUpdate> stopped =
                watch(frozen(street.film(0, until), freezes, freezes + 20 * 60)).stream()
                        .filter(each -> each.type() == AlertType.STOPPED_VEHICLE)
                        .toList();
        assertTwo(stopped, AlertType.STOPPED_VEHICLE);
        EpisodeUpdate ended =
                stopped.stream()
                        .filter(each -> each.status() == Alert.Status.ENDED)
                        .findFirst()
                        .orElseThrow();
        assertThat(seconds(ended.causedAt())).isBetween(freezes + 890, freezes + 910);
        assertThat(stopped.get(stopped.size() - 1).trackIds())
                .as("ids of another vehicle after the freeze")
                .doesNotContainAnyElementsOf(ended.trackIds());
    }

    /** The frames, with the same boxes from the first that has any between these seconds. */
    private static List<Arrived> frozen(List<Arrived> all, double from, double until) {
        List<Arrived> frames = new ArrayList<>();
        CameraFrame frozen = null;
        for (Arrived each : all) {
            double s = seconds(each.frame().deviceTime());
            if (s >= from && s < until) {
                if (frozen == null && !each.frame().objects().isEmpty()) {
                    frozen = each.frame();
                }
                if (frozen != null) {
                    frames.add(
                            new Arrived(
                                    new CameraFrame(
                                            Street.CAMERA,
                                            each.frame().deviceTime(),
                                            each.frame().frameId(),
                                            frozen.objects()),
                                    each.at()));
                }
            } else {
                frames.add(each);
            }
        }
        return frames;
    }

    @Test
    void aTurnedCameraIsEmittedOnceAndLearnsItsNewScene() {
        double until = KNOWN + 40 * 60;
        Street street = new Street(5, 4).withTraffic(0, until).turnedAt(KNOWN, 0.25);
        List<EpisodeUpdate> updates = watch(street.film(0, until));
        Map<String, Alert.Status> others = new HashMap<>();
        updates.stream()
                .filter(n -> n.type() != AlertType.CAMERA_MOVED)
                .forEach(n -> others.put(n.type() + " " + n.identityKey(), n.status()));
        assertThat(others.values())
                .as("alerts of the turned camera before it was known to be turned")
                .allMatch(status -> status == Alert.Status.CANCELLED);
        List<EpisodeUpdate> moved =
                updates.stream().filter(n -> n.type() == AlertType.CAMERA_MOVED).toList();
        assertThat(moved)
                .extracting(EpisodeUpdate::identityKey)
                .containsOnly(moved.get(0).identityKey());
        assertThat(seconds(moved.get(0).causedAt())).isBetween(KNOWN, KNOWN + 300);
        assertThat(moved.get(moved.size() - 1).status()).isEqualTo(Alert.Status.ENDED);
        assertThat(seconds(moved.get(moved.size() - 1).causedAt())).isLessThan(KNOWN + 30 * 60);
    }

    @Test
    void aCoveredCameraIsEmitted() {
        List<Arrived> frames = covered(street().film(0, END), KNOWN, KNOWN + 400);
        assertOne(watch(frames), AlertType.CAMERA_MOVED, KNOWN, KNOWN + 400, 300);
    }

    @Test
    void aCameraThatWasCoveredForLongIsEmittedWhenItIsCoveredAgain() {
        double again = KNOWN + 90 * 60;
        double until = again + 15 * 60;
        List<Arrived> frames = new Street(5, 4).withTraffic(0, until).film(0, until);
        frames = covered(frames, KNOWN, KNOWN + 60 * 60);
        frames = covered(frames, again, again + 10 * 60);
        assertTwo(watch(frames), AlertType.CAMERA_MOVED);
    }

    /** The frames, without objects between these seconds. */
    private static List<Arrived> covered(List<Arrived> frames, double from, double until) {
        List<Arrived> covered = new ArrayList<>();
        for (Arrived each : frames) {
            double s = seconds(each.frame().deviceTime());
            covered.add(
                    s >= from && s < until
                            ? new Arrived(
                                    new CameraFrame(
                                            Street.CAMERA,
                                            each.frame().deviceTime(),
                                            each.frame().frameId(),
                                            List.of()),
                                    each.at())
                            : each);
        }
        return covered;
    }

    /**
     * As a drone's image in the wind: parked vehicles seem to move, although they have long been
     * there.
     */
    @Test
    void aFrameThatDriftsIsAnotherSinceItDoes() {
        Street street = new Street(5, 4).withTraffic(0, KNOWN);
        for (int i = 0; i < 9; i++) {
            double[] place = {i % 3 * 4 - 22, 30 + 12 * (i / 3)};
            street.vehicle(s -> place);
        }
        List<Arrived> frames = new ArrayList<>();
        for (Arrived each : street.film(0, KNOWN + 120)) {
            double drift = Math.max(0, seconds(each.frame().deviceTime()) - KNOWN - 30) * 0.01;
            List<DetectedObject> objects =
                    each.frame().objects().stream()
                            .map(
                                    o ->
                                            new DetectedObject(
                                                    o.trackId(),
                                                    o.type(),
                                                    o.confidence(),
                                                    o.x() + drift,
                                                    o.y(),
                                                    o.width(),
                                                    o.height()))
                            .toList();
            frames.add(
                    new Arrived(
                            new CameraFrame(
                                    Street.CAMERA,
                                    each.frame().deviceTime(),
                                    each.frame().frameId(),
                                    objects),
                            each.at()));
        }
        List<EpisodeUpdate> moved =
                watch(frames).stream().filter(n -> n.type() == AlertType.CAMERA_MOVED).toList();
        assertThat(moved).hasSize(1);
        assertThat(seconds(moved.get(0).startedAt())).isBetween(KNOWN - 30, KNOWN + 120);
    }

    @Test
    void emitsAnIntrusionOnlyWithAZone() {
        watch.draw(List.of(YARD));
        List<EpisodeUpdate> updates =
                watch(
                        new Street(5, 4)
                                .person(s -> s < 60 || s > 90 ? null : new double[] {12, 20})
                                .film(0, 200));
        assertOne(updates, AlertType.ZONE_INTRUSION, 60, 90, 5);
        assertThat(updates.get(0).zoneId()).isEqualTo("yard");
        assertBoxes(updates, CameraEvidence.ObjectClass.PERSON);
        assertThat(seconds(updates.get(0).startedAt())).as("the first frame").isEqualTo(60);
    }

    /** Directly from the second zone into the first, which is processed first. */
    @Test
    void returningIntoAZoneIsAnotherAlert() {
        watch.draw(List.of(YARD));
        Street street =
                new Street(5, 4)
                        .person(
                                s ->
                                        s < 60 || s > 150
                                                ? null
                                                : new double[] {s > 80 && s < 120 ? 0 : 12, 20});
        assertTwo(watch(street.film(0, 200)), AlertType.ZONE_INTRUSION);
    }

    @Test
    void emitsOneIntrusionPerZone() {
        Zone far = zone("far", 0.3f, 0.4f);
        Zone near = zone("near", 0.4f, 0.9f);
        watch.draw(List.of(near, far));
        List<EpisodeUpdate> updates =
                watch(
                        new Street(5, 4)
                                .vehicle(
                                        s ->
                                                s < 60
                                                        ? null
                                                        : Street.between(
                                                                9, 45 - Math.max(0, 3 * (s - 90))))
                                .film(0, 100));
        assertThat(updates)
                .filteredOn(each -> each.status() == Alert.Status.NEW)
                .satisfiesExactly(
                        first -> {
                            assertThat(first.zoneId()).isEqualTo("far");
                            assertThat(seconds(first.startedAt())).isBetween(60.0, 62.0);
                        },
                        second -> {
                            assertThat(second.zoneId()).isEqualTo("near");
                            assertThat(seconds(second.startedAt())).isBetween(90.0, 99.0);
                        });
    }

    private static Zone zone(String zoneId, float top, float bottom) {
        return new Zone(
                zoneId,
                Zone.Kind.RESTRICTED,
                List.of(
                        new Zone.Point(0, top),
                        new Zone.Point(1, top),
                        new Zone.Point(1, bottom),
                        new Zone.Point(0, bottom)));
    }

    @Test
    void emitsALineCrossing() {
        watch.draw(List.of(line("fence", 0.45f)));
        List<EpisodeUpdate> updates =
                watch(new Street(5, 4).person(s -> Street.between(9, 12 + s - 60)).film(0, 200));
        assertOne(updates, AlertType.LINE_CROSSING, 60, 85, 30);
    }

    @Test
    void emitsACrossingBetweenTheFirstTwoFrames() {
        List<Arrived> frames =
                new Street(5, 4).person(s -> Street.between(9, 12 + 4 * (s - 60))).film(0, 100);
        List<Double> feet =
                frames.stream()
                        .flatMap(each -> each.frame().objects().stream())
                        .filter(object -> object.type().equals("Human"))
                        .map(object -> object.y() + object.height())
                        .toList();
        watch.draw(List.of(line("fence", (float) (feet.get(0) + feet.get(1)) / 2)));
        assertThat(watch(frames)).extracting(EpisodeUpdate::type).contains(AlertType.LINE_CROSSING);
    }

    @Test
    void aZoneThatIsTakenAwayEndsWhatGoesOnInIt() {
        watch.draw(List.of(YARD, line("fence", 0.95f)));
        List<Arrived> frames =
                new Street(5, 4).person(s -> s < 60 ? null : new double[] {12, 20}).film(0, 200);
        List<EpisodeUpdate> updates = new ArrayList<>(watch(frames.subList(0, 400)));
        assertThat(updates).extracting(EpisodeUpdate::status).containsOnly(Alert.Status.NEW);

        watch.draw(List.of(line("yard", 0.95f)));
        updates.addAll(watch(frames.subList(400, 401)));

        assertOne(updates, AlertType.ZONE_INTRUSION, 60, 100, 5);
    }

    @Test
    void aRedrawnLineCanBeCrossedAgain() {
        List<Arrived> frames =
                new Street(5, 4).person(s -> Street.between(9, 12 + s - 60)).film(0, 200);
        watch.draw(List.of(line("near", 0.45f)));
        int crossed = 320;
        assertThat(watch(frames.subList(0, crossed)))
                .extracting(EpisodeUpdate::zoneId)
                .containsOnly("near");

        watch.draw(List.of(line("far", 0.3f)));

        assertThat(watch(frames.subList(crossed, frames.size())))
                .filteredOn(update -> update.status() == Alert.Status.NEW)
                .extracting(EpisodeUpdate::zoneId)
                .containsExactly("far");
    }

    /** There and back with a restart between: each object that crosses a line counts once. */
    @Test
    void aRestartIsNoNewDrawing() throws IOException {
        List<Arrived> frames =
                new Street(5, 4)
                        .person(s -> Street.between(9, 12 + Math.min(s - 60, 115 - s)))
                        .film(0, 120);
        int turned = 360;
        List<Zone> zones = List.of(line("near", 0.45f));
        watch.draw(zones);
        List<EpisodeUpdate> updates = new ArrayList<>(watch(frames.subList(0, turned)));
        CameraAnalyzer restarted = AnalyzerBytes.of(watch).read(CameraAnalyzerSettings.DEFAULT);
        restarted.draw(zones);
        for (Arrived each : frames.subList(turned, frames.size())) {
            updates.addAll(restarted.onFrame(each.frame(), each.at()));
        }

        assertThat(updates)
                .filteredOn(each -> each.status() == Alert.Status.NEW)
                .extracting(EpisodeUpdate::type)
                .containsExactly(AlertType.LINE_CROSSING);
    }

    private static Zone line(String zoneId, float y) {
        return new Zone(
                zoneId, Zone.Kind.LINE, List.of(new Zone.Point(0.5f, y), new Zone.Point(1, y)));
    }

    @Test
    void aStreamInPixelsIsOneAlertAboutTheStream() {
        List<Arrived> frames = new ArrayList<>();
        for (Arrived each : street().film(0, 600)) {
            frames.add(
                    new Arrived(
                            new CameraFrame(
                                    Street.CAMERA,
                                    each.frame().deviceTime(),
                                    each.frame().frameId(),
                                    each.frame().objects().stream()
                                            .map(
                                                    o ->
                                                            new DetectedObject(
                                                                    o.trackId(),
                                                                    o.type(),
                                                                    o.confidence(),
                                                                    1920 * o.x(),
                                                                    1080 * o.y(),
                                                                    1920 * o.width(),
                                                                    1080 * o.height()))
                                            .toList()),
                            each.at()));
        }
        List<EpisodeUpdate> updates = watch(frames);
        assertOneAboutTheStream(updates);
    }

    /** A source whose ids mean another object in each frame. */
    @Test
    void idsThatMeanAnotherObjectEachTimeAreOneAlertAboutTheStream() {
        List<EpisodeUpdate> updates = watch(withShuffledIds(street().film(0, 600), 0));
        assertOneAboutTheStream(updates);
    }

    @Test
    void aVehicleThatStandsIsNotAlertedForEverInAnInconsistentStream() {
        double until = KNOWN + 25 * 60;
        Street street = new Street(5, 4).withTraffic(0, until);
        street.vehicle(s -> s < KNOWN || s > KNOWN + 120 ? null : new double[] {5.4, 45});
        List<EpisodeUpdate> updates = watch(withShuffledIds(street.film(0, until), KNOWN + 90));
        List<EpisodeUpdate> stopped =
                updates.stream().filter(n -> n.type() == AlertType.STOPPED_VEHICLE).toList();
        assertThat(updates).extracting(EpisodeUpdate::type).contains(AlertType.STREAM_INCONSISTENT);
        assertThat(stopped)
                .extracting(EpisodeUpdate::status)
                .startsWith(Alert.Status.NEW)
                .endsWith(Alert.Status.ENDED);
        EpisodeUpdate end = stopped.get(stopped.size() - 1);
        assertThat(end.causedAt() - end.lastObservedAt()).isBetween(900_000L, 901_000L);
    }

    private static void assertOneAboutTheStream(List<EpisodeUpdate> updates) {
        assertThat(updates)
                .extracting(EpisodeUpdate::type)
                .containsOnly(AlertType.STREAM_INCONSISTENT);
        assertThat(updates).filteredOn(n -> n.status() == Alert.Status.NEW).hasSize(1);
    }

    /** The frames, in which ids mean another object in each frame from this second on. */
    private static List<Arrived> withShuffledIds(List<Arrived> all, double from) {
        Random random = new Random(3);
        List<Arrived> frames = new ArrayList<>();
        for (Arrived each : all) {
            List<DetectedObject> objects = new ArrayList<>(each.frame().objects());
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < objects.size(); i++) {
                ids.add(String.valueOf(i));
            }
            Collections.shuffle(ids, random);
            for (int i = 0; i < objects.size() && seconds(each.at()) >= from; i++) {
                DetectedObject o = objects.get(i);
                objects.set(
                        i,
                        new DetectedObject(
                                ids.get(i),
                                o.type(),
                                o.confidence(),
                                o.x(),
                                o.y(),
                                o.width(),
                                o.height()));
            }
            frames.add(
                    new Arrived(
                            new CameraFrame(
                                    Street.CAMERA, each.frame().deviceTime(), null, objects),
                            each.at()));
        }
        return frames;
    }

    /**
     * A detector without a tracker: first busy, then with one object at a time, then busy again.
     */
    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "-1, 1560"})
    void oneIdForAllObjectsIsOneAlertAboutTheStream(String id, double from) {
        List<Arrived> frames = new ArrayList<>();
        for (Arrived each : street().film(0, END)) {
            List<DetectedObject> objects = new ArrayList<>();
            double now = seconds(each.at());
            for (DetectedObject o : each.frame().objects()) {
                boolean quiet = now > from + 120 && now < from + 420;
                if (now < from) {
                    objects.add(o);
                } else if (!quiet || objects.isEmpty()) {
                    objects.add(
                            new DetectedObject(
                                    id, o.type(), 1, o.x(), o.y(), o.width(), o.height()));
                }
            }
            frames.add(
                    new Arrived(
                            new CameraFrame(
                                    Street.CAMERA, each.frame().deviceTime(), null, objects),
                            each.at()));
        }
        List<EpisodeUpdate> updates = watch(frames);
        assertOneAboutTheStream(updates);
        assertThat(seconds(updates.get(0).causedAt())).isBetween(from, from + 60);
    }

    @Test
    void aClockThatRunsBackwardsIsOneAlertAboutTheStream() {
        List<Arrived> frames = new ArrayList<>();
        for (Arrived each : street().film(0, 600)) {
            long time = each.frame().deviceTime();
            long back = (time / 250) % 2 * 60_000;
            frames.add(
                    new Arrived(
                            new CameraFrame(
                                    Street.CAMERA, time - back, null, each.frame().objects()),
                            each.at()));
        }
        List<EpisodeUpdate> updates = watch(frames);
        assertOneAboutTheStream(updates);
    }

    /** All frames of such a camera are old, so it detects nothing. */
    @Test
    void aClockThatStandsStillIsOneAlertAboutTheStream() {
        List<Arrived> frames = new ArrayList<>();
        for (Arrived each : street().film(0, 600)) {
            long time = Math.min(each.frame().deviceTime(), Street.START + 300_000);
            frames.add(
                    new Arrived(
                            new CameraFrame(Street.CAMERA, time, null, each.frame().objects()),
                            each.at()));
        }
        List<EpisodeUpdate> updates = watch(frames);
        assertOneAboutTheStream(updates);
    }

    @Test
    void aVehicleThatStandsIsNotAlertedForEverWhenTheClockStandsStill() {
        double until = KNOWN + 30 * 60;
        Street street = new Street(5, 4).withTraffic(0, until);
        street.vehicle(s -> s < KNOWN ? null : new double[] {5.4, 45});
        List<Arrived> frames = new ArrayList<>();
        for (Arrived each : street.film(0, until)) {
            long time =
                    Math.min(
                            each.frame().deviceTime(),
                            Street.START + Math.round(1000 * (KNOWN + 90)));
            frames.add(
                    new Arrived(
                            new CameraFrame(Street.CAMERA, time, null, each.frame().objects()),
                            each.at()));
        }
        List<EpisodeUpdate> stopped =
                watch(frames).stream()
                        .filter(each -> each.type() == AlertType.STOPPED_VEHICLE)
                        .toList();
        assertThat(stopped)
                .extracting(EpisodeUpdate::status)
                .startsWith(Alert.Status.NEW)
                .endsWith(Alert.Status.ENDED);
        assertThat(seconds(stopped.get(stopped.size() - 1).causedAt()))
                .isBetween(KNOWN + 980, KNOWN + 1_000);
    }

    /** At-least-once delivery: a broker or a gateway sends the last seconds again. */
    @Test
    void secondDeliveriesRaiseNoAlert() {
        List<Arrived> frames = new ArrayList<>();
        for (Arrived each : street().film(0, 600)) {
            frames.add(each);
            frames.add(new Arrived(each.frame(), each.at()));
        }
        assertThat(watch(frames)).isEmpty();
    }

    @Test
    void oneClockJumpBackRaisesNoAlert() {
        List<Arrived> frames = new ArrayList<>();
        for (Arrived each : street().film(0, END)) {
            long time = each.frame().deviceTime();
            long back = seconds(time) > KNOWN ? 3_600_000 : 0;
            frames.add(
                    new Arrived(
                            new CameraFrame(
                                    Street.CAMERA, time - back, null, each.frame().objects()),
                            each.at()));
        }
        // The network reorders some frames at that time.
        int set = (int) (4 * KNOWN);
        Collections.swap(frames, set + 5, set + 6);
        Collections.swap(frames, set + 12, set + 13);
        assertThat(watch(frames)).isEmpty();
    }

    @Test
    void framesOutOfOrderAndTwiceMakeNoDifference() {
        Street street =
                street().vehicle(s -> s < KNOWN || s > KNOWN + 180 ? null : new double[] {5.4, 45});
        Random random = new Random(11);
        List<Arrived> frames = new ArrayList<>();
        for (Arrived each : street.film(0, END)) {
            long late = random.nextDouble() < 0.02 ? random.nextInt(1_500) : 0;
            frames.add(new Arrived(each.frame(), each.at() + late));
            if (random.nextDouble() < 0.02) {
                frames.add(new Arrived(each.frame(), each.at() + late + 40));
            }
        }
        frames.sort(Comparator.comparingLong(Arrived::at));
        assertOne(watch(frames), AlertType.STOPPED_VEHICLE, KNOWN, KNOWN + 180, 60);
    }

    @Test
    void aReversedRoadBecomesTypical() {
        double until = KNOWN + 60 * 60;
        Street street = new Street(5, 4).withTraffic(0, KNOWN);
        Random random = new Random(17);
        for (double t = KNOWN; t < until; t += 8 + 8 * random.nextDouble()) {
            double from = t;
            double x = random.nextBoolean() ? 2.2 : 5.4;
            street.vehicle(s -> Street.between(x, 150 - 13 * (s - from)));
        }
        List<EpisodeUpdate> updates = watch(street.film(0, until));
        assertThat(updates).filteredOn(n -> n.status() == Alert.Status.NEW).hasSizeLessThan(7);
        assertThat(updates)
                .filteredOn(n -> n.status() == Alert.Status.NEW)
                .allSatisfy(n -> assertThat(seconds(n.causedAt())).isLessThan(KNOWN + 600));
    }

    @Test
    void aHostileStreamStaysWithinTheStateBound() throws IOException {
        Random random = new Random(23);
        long time = Street.START;
        String longId = "x".repeat(57);
        for (int f = 0; f < 60; f++) {
            List<DetectedObject> objects = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                objects.add(
                        new DetectedObject(
                                longId + (f % 3 == 0 ? i : f * 10_000 + i),
                                i % 2 == 0 ? "Car" : "Human",
                                1,
                                random.nextDouble(),
                                random.nextDouble(),
                                i % 7 == 0 ? 0 : 0.02,
                                0.05));
            }
            time += 500;
            watch.onFrame(new CameraFrame(Street.CAMERA, time, null, objects), time);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        watch.write(new DataOutputStream(bytes));
        assertThat(bytes.size()).isLessThanOrEqualTo(64 * 1024);
    }

    @Test
    void anEmptyStreamRaisesNoAlert() {
        List<Arrived> frames = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            long time = Street.START + 500L * i;
            frames.add(
                    new Arrived(
                            new CameraFrame(Street.CAMERA, time, null, Collections.emptyList()),
                            time));
        }
        assertThat(watch(frames)).isEmpty();
    }

    @Test
    void rejectsStateOfAnotherLayout() throws Exception {
        byte[] bytes =
                AnalyzerBytes.of(new CameraAnalyzer(CameraAnalyzerSettings.DEFAULT))
                        .watch()
                        .clone();
        bytes[0] = 2;

        assertThatIOException()
                .isThrownBy(() -> new AnalyzerBytes(bytes).read(CameraAnalyzerSettings.DEFAULT))
                .withMessage("state of a camera: got version 2, expected 1");
    }
}
