package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.device.Zone;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.CapturedLog;
import io.atalaya.testutils.Subtask;
import io.atalaya.videoanalytics.VideoAnalyticsSettings;
import io.atalaya.videoanalytics.outage.LinkEvent;
import io.atalaya.videoanalytics.recording.CameraRecording.Arrived;
import io.atalaya.videoanalytics.recording.Street;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import static io.atalaya.videoanalytics.recording.Street.START;
import static org.assertj.core.api.Assertions.assertThat;

/** Cameras in state, in the cache and across restarts. */
class CameraOperatorTest {
    /** Second from which the scene of these tests is known. */
    private static final double KNOWN = 400;

    private static final double END = 560;
    private static final int FPS = 2;

    private final Map<String, String> settings =
            new HashMap<>(
                    Map.of(
                            "scene.warm-up", "5 min",
                            "scene.busy-warm-up", "5 min",
                            "cameras.forget-after", "1 h"));

    private Subtask<CameraFrame, DeviceChange, Alert> subtask;
    private final List<Alert> emitted = new ArrayList<>();
    private final List<LinkEvent> links = new ArrayList<>();

    @AfterEach
    void stop() {
        if (subtask != null) {
            subtask.close();
        }
    }

    /**
     * @param settings read when a subtask starts, because a test may continue with other settings
     */
    static Subtask.Blueprint<Alert> blueprint(
            Supplier<Map<String, String>> settings, BulkheadSettings bulkhead) {
        return new Subtask.Blueprint<>(
                Alert.class,
                (maxParallelism, parallelism, index) ->
                        new KeyedTwoInputStreamOperatorTestHarness<>(
                                new CameraOperator(
                                        VideoAnalyticsSettings.from(
                                                        Configuration.fromMap(settings.get()))
                                                .cameras(),
                                        bulkhead),
                                CameraFrame::deviceId,
                                DeviceChange::deviceId,
                                Types.STRING,
                                maxParallelism,
                                parallelism,
                                index));
    }

    private void start(Backend backend) throws Exception {
        subtask =
                Subtask.start(blueprint(() -> settings, BulkheadSettings.DEFAULT), backend, START);
    }

    /** A vehicle stops in the street of each camera; the traffic differs per camera. */
    private static List<Arrived> film(int cameras) {
        List<Arrived> all = new ArrayList<>();
        for (int i = 0; i < cameras; i++) {
            Street street =
                    new Street(5 + i, FPS)
                            .withTraffic(0, END)
                            .vehicle(
                                    s ->
                                            s < KNOWN || s > KNOWN + 100
                                                    ? null
                                                    : new double[] {5.4, 45});
            for (Arrived each : street.film(0, END)) {
                CameraFrame frame = each.frame();
                all.add(
                        new Arrived(
                                new CameraFrame(
                                        camera(i),
                                        frame.deviceTime(),
                                        frame.frameId(),
                                        frame.objects()),
                                each.at() + i));
            }
        }
        all.sort(Comparator.comparingLong(Arrived::at));
        return all;
    }

    private static String camera(int i) {
        return "CAM-" + i;
    }

    @Test
    void logsTheCourseOfAnAlert() throws Exception {
        start(Backend.HEAP);
        try (CapturedLog log = new CapturedLog(CameraOperator.class.getName(), Level.DEBUG)) {
            long offset = 0;
            for (Arrived each : film(1)) {
                feed(new Arrived(each.frame().from(new RecordPosition(0, offset++)), each.at()));
            }
            time(START + 7_200_000);

            assertThat(log.lines(Level.INFO))
                    .containsExactly("camera CAM-0 evicted: it has not sent for PT1H");
            assertThat(log.lines(Level.DEBUG))
                    .extracting(line -> line.replaceFirst("alert \\w+", "alert X"))
                    .startsWith(
                            "alert X opened: type stopped-vehicle, revision 1772543240100,"
                                    + " by frame camera-frames-0-880,"
                                    + " because standing 40.00 (limit 40.00)",
                            "alert X updated: type stopped-vehicle, revision 1772543280100,"
                                    + " by frame camera-frames-0-960, because it lasts or has more tracks;"
                                    + " standing 80.00 (limit 40.00)",
                            "alert X ended: type stopped-vehicle, revision 1772543310600,"
                                    + " by frame camera-frames-0-1021, because its condition no longer holds;"
                                    + " standing 100.0 (limit 40.00)");
        }
    }

    private void feed(List<Arrived> frames) throws Exception {
        for (Arrived each : frames) {
            feed(each);
        }
    }

    private void feed(Arrived each) throws Exception {
        subtask.watermark(each.at() - 1);
        subtask.first(each.frame(), each.at());
        take();
    }

    private void time(long arrival) throws Exception {
        subtask.watermark(arrival);
        take();
    }

    private void take() {
        emitted.addAll(subtask.drain());
        links.addAll(subtask.drain(CameraOperator.LINKS));
    }

    private static List<String> texts(List<Alert> alerts) {
        return alerts.stream()
                .map(
                        alert ->
                                alert.causedAt()
                                        + new String(
                                                AlertCodec.write(alert.withDetectedAt(0)),
                                                StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void anIncidentIsOneAlertThatOpensAndEnds() throws Exception {
        start(Backend.HEAP);
        feed(film(1));

        assertThat(emitted).extracting(Alert::type).containsOnly(AlertType.STOPPED_VEHICLE);
        assertThat(emitted).extracting(Alert::alertId).containsOnly(emitted.get(0).alertId());
        assertThat(emitted.get(0).status()).isEqualTo(Alert.Status.NEW);
        assertThat(emitted.get(emitted.size() - 1).status()).isEqualTo(Alert.Status.ENDED);
        assertThat(emitted.get(0).causedAt()).isBetween(time(KNOWN), time(KNOWN + 60));
    }

    private static long time(double seconds) {
        return START + Math.round(1000 * seconds);
    }

    @ParameterizedTest
    @EnumSource
    void camerasThatDoNotFitOnTheHeapAreWatchedAllTheSame(Backend backend) throws Exception {
        List<Arrived> frames = film(3);
        start(backend);
        feed(frames);
        subtask.close();
        List<String> roomy = texts(emitted);
        List<LinkEvent> roomyLinks = List.copyOf(links);
        emitted.clear();
        links.clear();

        settings.put("cameras.cached", "1");
        start(backend);
        feed(frames);

        assertThat(roomy).isNotEmpty();
        assertThat(texts(emitted)).isEqualTo(roomy);
        assertThat(links).isEqualTo(roomyLinks).hasSize(3);
    }

    @Test
    void anAlertOfADisabledTypeEndsOnceAfterARestart() throws Exception {
        List<Arrived> frames = film(1);
        int cut = (int) (frames.size() * (KNOWN + 60) / END);
        start(Backend.HEAP);
        feed(frames.subList(0, cut));
        assertThat(emitted).extracting(Alert::status).contains(Alert.Status.NEW);
        settings.put("alerts.triage", "stopped-vehicle:OFF");
        emitted.clear();

        subtask.restart();
        feed(frames.get(cut));
        assertThat(emitted).extracting(Alert::status).containsExactly(Alert.Status.ENDED);
        assertThat(emitted.get(0).causedAt()).isEqualTo(frames.get(cut).at());
        emitted.clear();

        subtask.restart();
        feed(frames.subList(cut + 1, frames.size()));
        assertThat(emitted).isEmpty();
    }

    /** The start of an episode whose type was disabled was not emitted. */
    @Test
    void anOpenEpisodeOfAnEnabledTypeIsNotEmitted() throws Exception {
        List<Arrived> frames = film(1);
        int cut = (int) (frames.size() * (KNOWN + 60) / END);
        settings.put("alerts.triage", "stopped-vehicle:OFF");
        start(Backend.HEAP);
        feed(frames.subList(0, cut));
        settings.remove("alerts.triage");

        subtask.restart();
        feed(frames.subList(cut, frames.size()));
        assertThat(emitted).isEmpty();
    }

    /** What a subtask emits that is never restarted. */
    private List<String> unbroken(List<Arrived> frames, Backend backend) throws Exception {
        start(backend);
        feed(frames);
        subtask.close();
        List<String> texts = texts(emitted);
        emitted.clear();
        return texts;
    }

    @ParameterizedTest
    @EnumSource
    void aRestartInMidIncidentLeavesNoTrace(Backend backend) throws Exception {
        List<Arrived> frames = film(2);
        List<String> unbroken = unbroken(frames, backend);

        start(backend);
        for (int i = 0; i < frames.size(); i++) {
            if (i % 97 == 0) {
                subtask.restart();
            }
            feed(frames.get(i));
        }

        assertThat(unbroken).isNotEmpty();
        assertThat(texts(emitted)).isEqualTo(unbroken);
    }

    /** Flink writes a checkpoint while the cameras go on. */
    @ParameterizedTest
    @EnumSource
    void aCheckpointHoldsWhatItsBarrierFound(Backend backend) throws Exception {
        List<Arrived> frames = film(2);
        List<String> unbroken = unbroken(frames, backend);

        start(backend);
        for (int i = 0; i < frames.size(); i++) {
            if (i % 97 == 0) {
                List<Arrived> meanwhile = frames.subList(i, Math.min(i + 30, frames.size()));
                subtask.restartFromBefore(() -> feedInVain(meanwhile));
            }
            feed(frames.get(i));
        }

        assertThat(unbroken).isNotEmpty();
        assertThat(texts(emitted)).isEqualTo(unbroken);
    }

    private void feedInVain(List<Arrived> frames) throws Exception {
        for (Arrived each : frames) {
            subtask.watermark(each.at() - 1);
            subtask.first(each.frame(), each.at());
        }
        subtask.drain();
        subtask.drain(CameraOperator.LINKS);
    }

    @ParameterizedTest
    @EnumSource
    void anotherParallelismLeavesNoTrace(Backend backend) throws Exception {
        List<Arrived> frames = film(3);
        List<String> unbroken = unbroken(frames, backend).stream().sorted().toList();

        start(backend);
        int cut = (int) (frames.size() * (KNOWN + 60) / END);
        feed(frames.subList(0, cut));
        List<Subtask<CameraFrame, DeviceChange, Alert>> two = Subtask.rescale(List.of(subtask), 2);
        subtask = null;
        for (Arrived each : frames.subList(cut, frames.size())) {
            Subtask<CameraFrame, DeviceChange, Alert> its =
                    two.get(Subtask.of(each.frame().deviceId(), 2));
            its.watermark(each.at() - 1);
            its.first(each.frame(), each.at());
            emitted.addAll(its.drain());
        }
        two.forEach(Subtask::close);

        assertThat(texts(emitted).stream().sorted().toList()).isEqualTo(unbroken);
    }

    @Test
    void emitsASilenceByTheWatermark() throws Exception {
        settings.put("scene.warm-up", "20 min");
        start(Backend.HEAP);
        List<Arrived> frames = new Street(5, FPS).film(0, 700);
        feed(frames);
        long last = frames.get(frames.size() - 1).at();
        assertThat(links)
                .containsExactly(
                        new LinkEvent.SteadinessChanged(
                                Street.CAMERA, frames.get(0).at(), false, RecordPosition.UNKNOWN),
                        new LinkEvent.SteadinessChanged(
                                Street.CAMERA, firstSteady(), true, RecordPosition.UNKNOWN));
        links.clear();

        time(last + 9_999);
        assertThat(links).isEmpty();
        time(last + 10_000);
        assertThat(links)
                .containsExactly(
                        new LinkEvent.WentQuiet(
                                Street.CAMERA, last + 10_000, last, RecordPosition.UNKNOWN));
        time(last + 17_999);
        assertThat(links).hasSize(1);
        time(last + 60_000);
        assertThat(links).hasSize(2);
        Alert silence = ((LinkEvent.SilenceAlerted) links.get(1)).alert();
        assertThat(silence.status()).isEqualTo(Alert.Status.NEW);
        assertThat(silence.causedAt()).isEqualTo(last + 18_000);
        assertThat(emitted).isEmpty();
        links.clear();

        feed(new Arrived(frames.get(0).frame(), last + 90_000));
        assertThat(links.get(0))
                .isEqualTo(
                        new LinkEvent.Resumed(
                                Street.CAMERA, last + 90_000, RecordPosition.UNKNOWN));
        assertThat(((LinkEvent.SilenceAlerted) links.get(1)).alert().status())
                .isEqualTo(Alert.Status.ENDED);
    }

    private long firstSteady() {
        return links.stream()
                .filter(
                        update ->
                                update instanceof LinkEvent.SteadinessChanged steady
                                        && steady.isSteady())
                .findFirst()
                .orElseThrow()
                .arrivalTime();
    }

    /** One partition can be read ahead of another, so that only the reader paused. */
    @Test
    void aFrameThatArrivedInTimeCancelsTheSilence() throws Exception {
        settings.put("scene.warm-up", "20 min");
        start(Backend.HEAP);
        List<Arrived> frames = new Street(5, FPS).film(0, 700);
        feed(frames);
        long last = frames.get(frames.size() - 1).at();
        time(last + 20_000);
        links.clear();

        subtask.first(frames.get(0).frame(), last + 500);
        take();
        assertThat(links.get(0))
                .isEqualTo(
                        new LinkEvent.Resumed(
                                Street.CAMERA, last + 10_000, RecordPosition.UNKNOWN));
        Alert retracted = ((LinkEvent.SilenceAlerted) links.get(1)).alert();
        assertThat(retracted.status()).isEqualTo(Alert.Status.CANCELLED);
        assertThat(retracted.causedAt()).isEqualTo(last + 18_000);
    }

    @Test
    void aRestartInAPauseForgetsNotThatItWasEmitted() throws Exception {
        settings.put("scene.warm-up", "20 min");
        start(Backend.HEAP);
        List<Arrived> frames = new Street(5, FPS).film(0, 700);
        feed(frames);
        long last = frames.get(frames.size() - 1).at();
        time(last + 12_000);
        subtask.restart();
        links.clear();

        subtask.first(frames.get(0).frame(), last + 500);
        take();
        assertThat(links)
                .contains(
                        new LinkEvent.Resumed(
                                Street.CAMERA, last + 10_000, RecordPosition.UNKNOWN));
    }

    /** Its Resumed event would remove a true pause from the outage that it is part of. */
    @Test
    void aFrameFromBeforeThePauseDoesNotEndTheSilence() throws Exception {
        settings.put("scene.warm-up", "20 min");
        start(Backend.HEAP);
        List<Arrived> frames = new Street(5, FPS).film(0, 700);
        feed(frames);
        long last = frames.get(frames.size() - 1).at();
        time(last + 20_000);
        assertThat(links).hasAtLeastOneElementOfType(LinkEvent.SilenceAlerted.class);
        links.clear();

        subtask.first(frames.get(0).frame(), last - 100);
        take();
        time(last + 30_000);
        assertThat(links).isEmpty();
    }

    /**
     * During fast replay the watermark jumps over the pause; what was due in it is emitted with its
     * due time.
     */
    @Test
    void aPauseThatTheClockJumpedOverIsEmittedAsOfItsTime() throws Exception {
        settings.put("scene.warm-up", "20 min");
        start(Backend.HEAP);
        List<Arrived> frames = new Street(5, FPS).film(0, 700);
        feed(frames);
        long last = frames.get(frames.size() - 1).at();
        links.clear();

        subtask.first(frames.get(0).frame(), last + 90_000);
        take();
        assertThat(links)
                .extracting(LinkEvent::arrivalTime)
                .containsExactly(last + 10_000, last + 90_000, last + 18_000, last + 90_000);
    }

    @ParameterizedTest
    @EnumSource
    void aCameraHasOneTimerAndIsForgottenWithAllItHad(Backend backend) throws Exception {
        start(backend);
        List<Arrived> frames = film(1);
        int cut = (int) (frames.size() * (KNOWN + 60) / END);
        feed(frames.subList(0, cut));
        assertThat(subtask.keyedTimers()).isEqualTo(1);
        assertThat(emitted).extracting(Alert::status).startsWith(Alert.Status.NEW);
        long last = frames.get(cut - 1).at();
        subtask.restart();

        // The stopped vehicle is no longer observed.
        time(last + 15 * 60_000);
        assertThat(emitted.get(emitted.size() - 1).status()).isEqualTo(Alert.Status.ENDED);
        assertThat(subtask.keyedTimers()).isEqualTo(1);

        time(last + 3_600_000);
        assertThat(subtask.keyedTimers()).isZero();
        if (backend == Backend.HEAP) {
            subtask.restart();
            assertThat(subtask.keyedStateEntries()).isZero();
        }
        assertThat(links.get(links.size() - 1))
                .isEqualTo(
                        new LinkEvent.SteadinessChanged(
                                Street.CAMERA.replace("1", "0"),
                                last + 3_600_000,
                                false,
                                RecordPosition.UNKNOWN));
    }

    @Test
    void aRegistrationGivesThePlaceAndTheZonesWhicheverCameFirst() throws Exception {
        start(Backend.HEAP);
        Zone zone =
                new Zone(
                        "patio",
                        Zone.Kind.RESTRICTED,
                        List.of(
                                new Zone.Point(0.5f, 0),
                                new Zone.Point(1, 0),
                                new Zone.Point(1, 1),
                                new Zone.Point(0.5f, 1)));
        subtask.second(change(camera(0), List.of(zone), START - 1));
        List<Arrived> frames =
                new Street(5, FPS).person(s -> s < 20 ? null : new double[] {9, 20}).film(0, 40);
        List<Arrived> own = new ArrayList<>();
        for (Arrived each : frames) {
            CameraFrame f = each.frame();
            own.add(
                    new Arrived(
                            new CameraFrame(camera(0), f.deviceTime(), f.frameId(), f.objects()),
                            each.at()));
        }
        feed(own);

        assertThat(emitted).extracting(Alert::type).containsOnly(AlertType.ZONE_INTRUSION);
        assertThat(emitted.get(0).place().site()).isEqualTo("TOLUCA");
        assertThat(emitted.get(0).evidence()).hasFieldOrPropertyWithValue("zoneId", "patio");

        subtask.second(change(camera(0), List.of(), own.get(own.size() - 1).at() + 1));
        emitted.clear();
        subtask.restart();
        feed(new Arrived(own.get(own.size() - 1).frame(), own.get(own.size() - 1).at()));
        assertThat(emitted).isEmpty();
    }

    @Test
    void aRegistrationAloneMakesNoCamera() throws Exception {
        start(Backend.HEAP);
        subtask.second(change("CAM-9", List.of(), START));
        subtask.second(new DeviceChange("ARCO-1", null, START));
        subtask.restart();

        assertThat(subtask.keyedTimers()).isZero();
        assertThat(subtask.keyedStateEntries()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aCameraThatIsRemovedAndNeverSentIsForgotten(Backend backend) throws Exception {
        start(backend);
        for (int i = 0; i < 3; i++) {
            subtask.second(change(camera(i), List.of(), START));
            subtask.second(new DeviceChange(camera(i), null, START + 1_000));
        }
        subtask.second(change(camera(2), List.of(), START + 2_000));
        feed(new Arrived(new CameraFrame(camera(1), START, 1L, List.of()), START + 5_000));
        subtask.restart();

        time(START + 1_000 + 3_600_000);
        assertThat(subtask.keyedTimers()).as("of the one that has sent").isEqualTo(1);
        time(START + 5_000 + 3_600_000);
        assertThat(subtask.keyedTimers()).isZero();
        if (backend == Backend.HEAP) {
            subtask.restart();
            assertThat(subtask.keyedStateEntries()).as("the one that was put back").isEqualTo(1);
        }
    }

    private static DeviceChange change(String deviceId, List<Zone> zones, long arrival) {
        return new DeviceChange(
                deviceId,
                new Device(
                        deviceId,
                        Device.Kind.CAMERA,
                        "TOLUCA",
                        "Metepec",
                        19.2,
                        -99.6,
                        null,
                        null,
                        2.0,
                        "America/Mexico_City",
                        zones),
                arrival);
    }
}
