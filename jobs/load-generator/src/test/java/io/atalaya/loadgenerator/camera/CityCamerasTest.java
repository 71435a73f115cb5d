package io.atalaya.loadgenerator.camera;

import io.atalaya.alert.AlertType;
import io.atalaya.camera.CameraFrame;
import io.atalaya.camera.CameraFrameJson;
import io.atalaya.camera.DetectedObject;
import io.atalaya.json.InvalidRecordException;
import io.atalaya.kafka.TopicRecord;
import io.atalaya.kafka.Topics;
import io.atalaya.loadgenerator.City;
import io.atalaya.loadgenerator.CityOptions;
import io.atalaya.loadgenerator.SampleCity;
import io.atalaya.loadgenerator.Truth;
import io.atalaya.loadgenerator.Truth.CameraAnomaly;
import io.atalaya.loadgenerator.TruthJson;

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
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the truth says of the cameras is to be seen in their frames. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CityCamerasTest {
    private static final long START = 1_772_542_800_000L;
    private static final long MINUTE = 60_000;
    private static final CameraPlan PLAN = new CameraPlan(10, 20, 25, 70, 8);

    private record Filmed(long arrival, CameraFrame frame) {}

    private final Map<String, List<Filmed>> frames = new HashMap<>();
    private final List<TopicRecord> order = new ArrayList<>();
    private Truth truth;

    private static CityOptions options(CameraPlan plan) {
        return CityOptions.defaults(5, START)
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
                CameraFrame frame = CameraFrameJson.read(record.value());
                assertThat(record.key()).isEqualTo(frame.deviceId());
                frames.computeIfAbsent(frame.deviceId(), id -> new ArrayList<>())
                        .add(new Filmed(record.timestamp(), frame));
            }
        }
        truth = city.truth();
    }

    @Test
    void recordsOfAllTopicsComeInOrderOfArrivalDevicesFirst() {
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
    void theSameOptionsMakeTheSameBytesAndCamerasChangeNothingElse() {
        List<TopicRecord> again = new ArrayList<>();
        SampleCity.generate(options(PLAN)).forEachRemaining(again::add);
        assertThat(bytes(again)).isEqualTo(bytes(order));
        List<TopicRecord> without = new ArrayList<>();
        SampleCity.generate(options(CameraPlan.NONE)).forEachRemaining(without::add);
        assertThat(bytes(of(Topics.PLATE_READS, without)))
                .isNotEmpty()
                .isEqualTo(bytes(of(Topics.PLATE_READS, order)));
        assertThat(of(Topics.CAMERA_FRAMES, without)).isEmpty();
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
    void everythingHappensAndNothingInTheQuietTime() {
        assertThat(truth.cameras()).isEqualTo(10);
        assertThat(truth.cameraMinutes()).isEqualTo(90);
        assertThat(truth.cameraAnomalies())
                .extracting(CameraAnomaly::type)
                .containsAll(
                        Arrays.stream(Incident.values())
                                .map(Incident::type)
                                .collect(Collectors.toSet()));
        assertThat(truth.cameraAnomalies())
                .allSatisfy(
                        anomaly -> {
                            assertThat(anomaly.start()).isGreaterThan(START + 5 * MINUTE - 2_000);
                            assertThat(anomaly.end())
                                    .isGreaterThan(anomaly.start())
                                    .isLessThanOrEqualTo(START + 70 * MINUTE);
                        });
        assertThat(truth.unusualSpeeds()).isNotEmpty();
    }

    private List<CameraAnomaly> anomalies(AlertType type) {
        List<CameraAnomaly> all =
                truth.cameraAnomalies().stream()
                        .filter(anomaly -> anomaly.type().equals(type.wireName()))
                        .toList();
        assertThat(all).isNotEmpty();
        return all;
    }

    private List<CameraFrame> during(CameraAnomaly anomaly) {
        return frames.get(anomaly.deviceId()).stream()
                .map(Filmed::frame)
                .filter(f -> f.time() >= anomaly.start() && f.time() <= anomaly.end())
                .toList();
    }

    private static List<DetectedObject> named(CameraAnomaly anomaly, CameraFrame frame) {
        return frame.objects().stream()
                .filter(object -> anomaly.trackIds().contains(object.trackId()))
                .toList();
    }

    @Test
    void aSilentCameraSendsNothing() {
        for (CameraAnomaly silence : anomalies(AlertType.CAMERA_SILENT)) {
            assertThat(frames.get(silence.deviceId()))
                    .noneMatch(
                            f -> f.arrival() > silence.start() + 1 && f.arrival() < silence.end());
        }
    }

    @Test
    void aFrozenCameraSendsTheSameOverAndOver() {
        for (CameraAnomaly freeze : anomalies(AlertType.CAMERA_FROZEN)) {
            List<CameraFrame> repeated = during(freeze);
            assertThat(repeated).hasSizeGreaterThan(40);
            assertThat(repeated)
                    .extracting(CameraFrame::objects)
                    .containsOnly(repeated.get(0).objects());
            assertThat(repeated).extracting(CameraFrame::time).doesNotHaveDuplicates();
        }
    }

    @Test
    void whatStandsStaysWhereItIs() {
        for (AlertType type : List.of(AlertType.STOPPED_VEHICLE, AlertType.ABANDONED_OBJECT)) {
            for (CameraAnomaly standing : anomalies(type)) {
                double[] x = middles(standing);
                assertThat(x.length).as("%s", standing).isGreaterThan(60);
                double median = x[x.length / 2];
                assertThat(x[x.length / 20] - median).isBetween(-0.02, 0.02);
                assertThat(x[x.length - 1 - x.length / 20] - median).isBetween(-0.02, 0.02);
            }
        }
    }

    /** In order of size. */
    private double[] middles(CameraAnomaly anomaly) {
        return during(anomaly).stream()
                .flatMap(frame -> named(anomaly, frame).stream())
                .mapToDouble(object -> object.x() + object.width() / 2)
                .sorted()
                .toArray();
    }

    @Test
    void aCrowdIsManyPeopleAndACarAgainstTheOthersGoesFar() {
        for (CameraAnomaly crowd : anomalies(AlertType.CROWD)) {
            double mean =
                    during(crowd).stream()
                            .mapToInt(frame -> named(crowd, frame).size())
                            .average()
                            .orElse(0);
            assertThat(mean).as("%s", crowd).isGreaterThan(5);
        }
        for (CameraAnomaly wrong : anomalies(AlertType.WRONG_WAY)) {
            assertThat(during(wrong)).hasSizeGreaterThan(4);
            assertThat(named(wrong, during(wrong).get(0))).hasSize(1);
        }
    }

    @Test
    void framesMissAndTrackersRename() {
        List<Filmed> one = frames.get("CAM-00001");
        Set<String> ids = new HashSet<>();
        int outOfOrder = 0;
        long last = 0;
        for (Filmed each : one) {
            each.frame().objects().forEach(object -> ids.add(object.trackId()));
            outOfOrder += each.frame().time() < last ? 1 : 0;
            last = Math.max(last, each.frame().time());
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
    void theTruthIsReadAsItIsWritten() throws InvalidRecordException {
        Truth read = TruthJson.read(TruthJson.write(truth));
        assertThat(read.cameraAnomalies()).isEqualTo(truth.cameraAnomalies());
        assertThat(read.unusualSpeeds()).isEqualTo(truth.unusualSpeeds());
        assertThat(read.cameras()).isEqualTo(10);
        assertThat(read.cameraMinutes()).isEqualTo(90);
    }

    @Test
    void aPlanOutOfRangeIsRefusedWithEveryFault() {
        assertThatThrownBy(() -> options(new CameraPlan(-1, -2, 2_000, 0, 100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cameras.cameras: got -1")
                .hasMessageContaining("cameras.pastMinutes: got -2")
                .hasMessageContaining("cameras.quietMinutes: got 2000")
                .hasMessageContaining("cameras.minutes: got 0")
                .hasMessageContaining("cameras.incidentsPerHour: got 100");
    }
}
