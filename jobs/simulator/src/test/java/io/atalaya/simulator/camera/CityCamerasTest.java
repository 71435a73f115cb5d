package io.atalaya.simulator.camera;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.device.Zone;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.City;
import io.atalaya.simulator.CityOptions;
import io.atalaya.simulator.SampleCity;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.CameraEpisode;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the truth says of the cameras is to be seen in their frames. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CityCamerasTest {
    private static final long START = 1_772_542_800_000L;
    private static final long MINUTE = 60_000;
    private static final CameraPlan INCIDENTS = new CameraPlan(10, 20, 25, 70, 5);
    private static final CameraPlan PLAN = INCIDENTS.with(new CameraPlan.EpisodeRates(60, 6));

    private record Filmed(long arrival, CameraFrame frame) {}

    private final Map<String, List<Filmed>> frames = new HashMap<>();
    private final List<TopicRecord> order = new ArrayList<>();
    private GroundTruth truth;

    private static CityOptions options(CameraPlan plan) {
        return CityOptions.defaults(12, START)
                .withMinutes(2)
                .withReadsPerSecond(5)
                .withHotlistSize(20)
                .withCameras(plan);
    }

    @BeforeAll
    void film() throws InvalidRecordException {
        City city = SampleCity.generate(options(PLAN));
        while (city.hasNext()) {
            TopicRecord record = city.next();
            order.add(record);
            if (record.topic().equals(Topics.CAMERA_FRAMES)) {
                CameraFrame frame = CameraFrameCodec.read(record.value());
                assertThat(record.key()).isEqualTo(frame.deviceId());
                frames.computeIfAbsent(frame.deviceId(), id -> new ArrayList<>())
                        .add(new Filmed(record.timestamp(), frame));
            }
        }
        truth = city.truth();
    }

    @Test
    void recordsAreInOrderOfArrivalWithDevicesFirst() {
        Set<String> registered = new HashSet<>();
        long last = 0;
        for (TopicRecord record : order) {
            assertThat(record.timestamp()).isGreaterThanOrEqualTo(last);
            last = record.timestamp();
            if (record.topic().equals(Topics.DEVICES)) {
                registered.add(record.key());
            } else if (record.topic().equals(Topics.CAMERA_FRAMES)) {
                assertThat(registered).contains(record.key());
            }
        }
        assertThat(frames).hasSize(10);
        assertThat(frames.get("CAM-00001").get(0).arrival())
                .isBetween(START - 20 * MINUTE, START - 20 * MINUTE + 2_000);
        assertThat(last).isBetween(START + 70 * MINUTE - 2_000, START + 70 * MINUTE + 3_000);
    }

    @Test
    void sameOptionsGiveSameBytesAndCamerasDoNotChangeReads() {
        CityOptions few = options(new CameraPlan(3, 4, 6, 20, 20).with(PLAN.rare()));
        assertThat(bytes(records(few))).isEqualTo(bytes(records(few)));
        List<TopicRecord> without = records(options(CameraPlan.NONE));
        assertThat(bytes(of(Topics.PLATE_READS, without)))
                .isNotEmpty()
                .isEqualTo(bytes(of(Topics.PLATE_READS, order)));
        assertThat(of(Topics.CAMERA_FRAMES, without)).isEmpty();
    }

    private static List<TopicRecord> records(CityOptions options) {
        List<TopicRecord> records = new ArrayList<>();
        SampleCity.generate(options).forEachRemaining(records::add);
        return records;
    }

    @Test
    void rareEpisodesDoNotChangeOthersOrEarlierFrames() {
        City without = SampleCity.generate(options(INCIDENTS));
        Map<String, Long> rareFrom = new HashMap<>();
        rare().forEach(each -> rareFrom.merge(each.deviceId(), each.start(), Math::min));
        List<TopicRecord> others = new ArrayList<>();
        // A vehicle comes before it is seen, and a closed road empties slowly.
        Predicate<TopicRecord> isEarlier =
                frame ->
                        frame.timestamp()
                                < rareFrom.getOrDefault(frame.key(), Long.MAX_VALUE) - 3 * MINUTE;
        without.forEachRemaining(others::add);
        assertThat(rareFrom).hasSizeGreaterThan(5);
        assertThat(bytes(of(Topics.CAMERA_FRAMES, others).stream().filter(isEarlier).toList()))
                .hasSizeGreaterThan(1_000)
                .isEqualTo(
                        bytes(of(Topics.CAMERA_FRAMES, order).stream().filter(isEarlier).toList()));
        assertThat(without.truth().cameraEpisodes())
                .extracting(CameraEpisode::type)
                .containsExactlyInAnyOrderElementsOf(
                        truth.cameraEpisodes().stream()
                                .filter(each -> !rare().contains(each))
                                .map(CameraEpisode::type)
                                .toList());
    }

    private List<CameraEpisode> rare() {
        Set<String> types =
                Set.of("unusual-trajectory", "unusual-activity", "zone-intrusion", "line-crossing");
        return truth.cameraEpisodes().stream().filter(each -> types.contains(each.type())).toList();
    }

    @Test
    void rareEpisodesDoNotOverlapOthers() {
        List<CameraEpisode> all = truth.cameraEpisodes();
        for (CameraEpisode each : rare()) {
            assertThat(all)
                    .filteredOn(other -> !other.equals(each))
                    .filteredOn(other -> other.deviceId().equals(each.deviceId()))
                    .allMatch(
                            other ->
                                    other.end() + 30_000 < each.start()
                                            || each.end() + 30_000 < other.start());
        }
    }

    private List<CameraEpisode> unusual(String kind) {
        List<CameraEpisode> all =
                truth.cameraEpisodes().stream()
                        .filter(episode -> kind.equals(episode.kind()))
                        .toList();
        assertThat(all).as(kind).isNotEmpty();
        return all;
    }

    /** Where its wheels are, frame by frame, while it is seen. */
    private List<double[]> trajectory(CameraEpisode episode) {
        return during(episode).stream()
                .flatMap(frame -> objectsOf(episode, frame).stream())
                .map(o -> new double[] {o.x() + o.width() / 2, o.y() + o.height()})
                .toList();
    }

    @Test
    void turningVehicleComesBack() {
        int comesBack = 0;
        List<CameraEpisode> turns = unusual("u-turn");
        for (CameraEpisode turn : turns) {
            List<double[]> trajectory = trajectory(turn);
            assertThat(trajectory).as("%s", turn).hasSizeGreaterThan(6);
            double[] first = trajectory.get(0);
            double[] last = trajectory.get(trajectory.size() - 1);
            double detour =
                    trajectory.stream()
                            .mapToDouble(at -> distance(first, at) + distance(at, last))
                            .max()
                            .orElseThrow();
            comesBack += detour > 1.5 * distance(first, last) ? 1 : 0;
        }
        // Of some the camera sees a piece only, as of any vehicle.
        assertThat((double) comesBack).as("of %d", turns.size()).isGreaterThan(0.5 * turns.size());
    }

    private static double distance(double[] a, double[] b) {
        return Math.hypot(a[0] - b[0], a[1] - b[1]);
    }

    @Test
    void emptiedStreetHasNoTrafficButFrames() {
        for (CameraEpisode emptied : unusual("emptied-street")) {
            List<CameraFrame> empty = during(emptied);
            long seconds = (emptied.end() - emptied.start()) / 1000;
            assertThat(seconds).isGreaterThan(200);
            assertThat(empty).hasSizeGreaterThan((int) (1.8 * seconds));
            Set<String> vehicles = new HashSet<>();
            for (CameraFrame frame : empty) {
                frame.objects().stream()
                        .filter(object -> Set.of("Car", "Truck", "Bus").contains(object.type()))
                        .forEach(object -> vehicles.add(object.trackId()));
            }
            // The parked ones stay, under changing names.
            assertThat(vehicles).hasSizeLessThan(60);
            assertThat(emptied.trackIds()).isEmpty();
        }
    }

    @Test
    void intrudersAreInsideTheZoneAndOthersRarely() {
        for (AlertType type : List.of(AlertType.ZONE_INTRUSION, AlertType.LINE_CROSSING)) {
            for (CameraEpisode intrusion : episodes(type)) {
                Zone zone = zone(intrusion.deviceId());
                List<double[]> trajectory = trajectory(intrusion);
                assertThat(trajectory).hasSizeGreaterThan(20);
                if (type == AlertType.ZONE_INTRUSION) {
                    long inside =
                            trajectory.stream()
                                    .filter(at -> zone.contains((float) at[0], (float) at[1]))
                                    .count();
                    assertThat((double) inside).isGreaterThan(0.8 * trajectory.size());
                }
            }
        }
        assertThat(strangersInZones()).isLessThan(10);
    }

    private Zone zone(String deviceId) {
        return order.stream()
                .filter(record -> record.topic().equals(Topics.DEVICES))
                .filter(record -> record.key().equals(deviceId))
                .map(CityCamerasTest::device)
                .flatMap(device -> device.zones().stream())
                .findFirst()
                .orElseThrow();
    }

    private static Device device(TopicRecord record) {
        try {
            return Device.CODEC.read(record.value());
        } catch (InvalidRecordException e) {
            throw new AssertionError(e);
        }
    }

    /** Boxes that stand in a zone, of objects that are no intruders. */
    private long strangersInZones() {
        long strangers = 0;
        for (TopicRecord record : order) {
            if (!record.topic().equals(Topics.DEVICES)) {
                continue;
            }
            for (Zone zone : device(record).zones()) {
                if (zone.kind() == Zone.Kind.RESTRICTED) {
                    Set<String> intruders = new HashSet<>();
                    truth.cameraEpisodes().stream()
                            .filter(a -> a.deviceId().equals(record.key()))
                            .forEach(a -> intruders.addAll(a.trackIds()));
                    strangers +=
                            frames.get(record.key()).stream()
                                    .flatMap(filmed -> filmed.frame().objects().stream())
                                    .filter(o -> !intruders.contains(o.trackId()))
                                    .filter(
                                            o ->
                                                    zone.contains(
                                                            (float) (o.x() + o.width() / 2),
                                                            (float) (o.y() + o.height())))
                                    .count();
                }
            }
        }
        return strangers;
    }

    private static List<TopicRecord> of(String topic, List<TopicRecord> records) {
        return records.stream().filter(record -> record.topic().equals(topic)).toList();
    }

    private static List<String> bytes(List<TopicRecord> records) {
        return records.stream()
                .map(r -> r.topic() + r.timestamp() + r.key() + Arrays.hashCode(r.value()))
                .toList();
    }

    @Test
    void allEpisodesOccurButNotInTheQuietTime() {
        assertThat(truth.cameras()).isEqualTo(10);
        assertThat(truth.cameraMinutes()).isEqualTo(90);
        assertThat(truth.cameraEpisodes())
                .extracting(CameraEpisode::type)
                .containsAll(
                        Arrays.stream(EpisodeKind.values())
                                .map(EpisodeKind::type)
                                .collect(Collectors.toSet()));
        assertThat(truth.cameraEpisodes())
                .allSatisfy(
                        episode -> {
                            assertThat(episode.start()).isGreaterThan(START + 5 * MINUTE - 2_000);
                            assertThat(episode.end())
                                    .isGreaterThan(episode.start())
                                    .isLessThanOrEqualTo(START + 70 * MINUTE);
                        });
        assertThat(truth.unusualSpeeds()).isNotEmpty();
    }

    private List<CameraEpisode> episodes(AlertType type) {
        List<CameraEpisode> all =
                truth.cameraEpisodes().stream()
                        .filter(episode -> episode.type().equals(type.wireName()))
                        .toList();
        assertThat(all).isNotEmpty();
        return all;
    }

    private List<CameraFrame> during(CameraEpisode episode) {
        return frames.get(episode.deviceId()).stream()
                .map(Filmed::frame)
                .filter(f -> f.deviceTime() >= episode.start() && f.deviceTime() <= episode.end())
                .toList();
    }

    private static List<DetectedObject> objectsOf(CameraEpisode episode, CameraFrame frame) {
        return frame.objects().stream()
                .filter(object -> episode.trackIds().contains(object.trackId()))
                .toList();
    }

    @Test
    void silentCameraSendsNoFrames() {
        for (CameraEpisode silence : episodes(AlertType.CAMERA_SILENT)) {
            assertThat(frames.get(silence.deviceId()))
                    .noneMatch(
                            f -> f.arrival() > silence.start() + 1 && f.arrival() < silence.end());
        }
    }

    @Test
    void frozenCameraRepeatsItsFrame() {
        for (CameraEpisode freeze : episodes(AlertType.CAMERA_FROZEN)) {
            List<CameraFrame> repeated = during(freeze);
            assertThat(repeated).hasSizeGreaterThan(40);
            assertThat(repeated)
                    .extracting(CameraFrame::objects)
                    .containsOnly(repeated.get(0).objects());
            assertThat(repeated).extracting(CameraFrame::deviceTime).doesNotHaveDuplicates();
        }
    }

    @Test
    void stationaryObjectsStayInPlace() {
        for (AlertType type : List.of(AlertType.STOPPED_VEHICLE, AlertType.ABANDONED_OBJECT)) {
            for (CameraEpisode standing : episodes(type)) {
                double[] x = meanPlaces(standing);
                assertThat(x.length).as("%s", standing).isGreaterThan(60);
                double median = x[x.length / 2];
                assertThat(x[x.length / 20] - median).isBetween(-0.02, 0.02);
                assertThat(x[x.length - 1 - x.length / 20] - median).isBetween(-0.02, 0.02);
            }
        }
    }

    /** In order of size. */
    private double[] meanPlaces(CameraEpisode episode) {
        return during(episode).stream()
                .flatMap(frame -> objectsOf(episode, frame).stream())
                .mapToDouble(object -> object.x() + object.width() / 2)
                .sorted()
                .toArray();
    }

    @Test
    void crowdsHaveManyPeopleAndWrongWayVehiclesDriveFar() {
        for (CameraEpisode crowd : episodes(AlertType.CROWD)) {
            double mean =
                    during(crowd).stream()
                            .mapToInt(frame -> objectsOf(crowd, frame).size())
                            .average()
                            .orElse(0);
            assertThat(mean).as("%s", crowd).isGreaterThan(5);
        }
        for (CameraEpisode wrong : episodes(AlertType.WRONG_WAY)) {
            assertThat(during(wrong)).hasSizeGreaterThan(4);
            assertThat(objectsOf(wrong, during(wrong).get(0))).hasSize(1);
        }
    }

    @Test
    void detectorsMissObjectsAndTrackersSwitchIds() {
        List<Filmed> one = frames.get("CAM-00001");
        Set<String> ids = new HashSet<>();
        int outOfOrder = 0;
        long last = 0;
        for (Filmed each : one) {
            each.frame().objects().forEach(object -> ids.add(object.trackId()));
            outOfOrder += each.frame().deviceTime() < last ? 1 : 0;
            last = Math.max(last, each.frame().deviceTime());
            assertThat(each.frame().objects())
                    .allSatisfy(
                            o -> {
                                assertThat(o.x()).isBetween(0.0, 1.0);
                                assertThat(o.y() + o.height()).isLessThanOrEqualTo(1.0001);
                            });
        }
        assertThat(ids).hasSizeGreaterThan(300);
        assertThat(outOfOrder).isPositive();
        assertThat(one.size()).isLessThan(90 * 60 * 2);
    }

    @Test
    void readsTheTruthThatItWrote() throws InvalidRecordException {
        GroundTruth read = GroundTruth.CODEC.read(GroundTruth.CODEC.write(truth));
        assertThat(read.cameraEpisodes()).isEqualTo(truth.cameraEpisodes());
        assertThat(read.unusualSpeeds()).isEqualTo(truth.unusualSpeeds());
        assertThat(read.cameras()).isEqualTo(10);
        assertThat(read.cameraMinutes()).isEqualTo(90);
    }

    @Test
    void rejectsAPlanWithAllItsFaults() {
        assertThatThrownBy(() -> options(new CameraPlan(-1, -2, 2_000, 0, 100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cameras.cameras: got -1")
                .hasMessageContaining("cameras.pastMinutes: got -2")
                .hasMessageContaining("cameras.quietMinutes: got 2000")
                .hasMessageContaining("cameras.minutes: got 0")
                .hasMessageContaining("cameras.episodesPerHour: got 100");
    }
}
