package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;
import io.atalaya.videoanalytics.InjectedFaults;
import io.atalaya.videoanalytics.outage.LinkEvent;
import io.atalaya.videoanalytics.recording.CameraRecording.Arrived;
import io.atalaya.videoanalytics.recording.Street;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import static io.atalaya.videoanalytics.recording.Street.START;
import static org.assertj.core.api.Assertions.assertThat;

/** Effect of a bug with one camera's data on that camera and on others. */
class CameraFailureOperatorTest {
    private static final int CAMERAS = 3;
    private static final int FPS = 2;

    /** Seconds from which and until which a vehicle stands in each street. */
    private static final double STOPS = 640;

    private static final double GOES = 760;
    private static final double END = 900;

    /** Seconds until which the alert is emitted. */
    private static final double KNOWN = 700;

    private static final String BROKEN = "CAM-1";

    private static final Map<String, String> SETTINGS =
            Map.of("scene.warm-up", "5 min", "scene.busy-warm-up", "5 min");

    private Subtask<CameraFrame, DeviceChange, Alert> subtask;
    private InjectedFaults faults;
    private final List<Alert> emitted = new ArrayList<>();
    private final List<LinkEvent> links = new ArrayList<>();
    private final List<DeadLetter> letters = new ArrayList<>();
    private CameraFrame fed;

    @AfterEach
    void stop() {
        if (faults != null) {
            faults.close();
        }
        subtask.close();
    }

    private void start(Backend backend) throws Exception {
        subtask =
                Subtask.start(
                        CameraOperatorTest.blueprint(() -> SETTINGS, new BulkheadSettings(1, 1)),
                        backend,
                        START);
    }

    /** Every frame is one message. */
    private static List<Arrived> film() {
        List<Arrived> all = new ArrayList<>();
        for (int i = 0; i < CAMERAS; i++) {
            Street street =
                    new Street(5 + i, FPS)
                            .withTraffic(0, END)
                            .vehicle(s -> s < STOPS || s > GOES ? null : new double[] {5.4, 45});
            for (Arrived each : street.film(0, END)) {
                CameraFrame frame = each.frame();
                all.add(
                        new Arrived(
                                new CameraFrame(
                                                "CAM-" + i,
                                                frame.deviceTime(),
                                                frame.frameId(),
                                                frame.objects())
                                        .from(position(i, frame)),
                                each.at() + i));
            }
        }
        all.sort(Comparator.comparingLong(Arrived::at));
        return all;
    }

    private static RecordPosition position(int partition, CameraFrame frame) {
        return new RecordPosition(partition, frame.frameId());
    }

    private void feed(List<Arrived> frames) throws Exception {
        for (Arrived each : frames) {
            time(each.at() - 1);
            fed = each.frame();
            subtask.first(each.frame(), each.at());
            fed = null;
            take();
        }
    }

    private void time(long arrival) throws Exception {
        subtask.watermark(arrival);
        take();
    }

    private void take() {
        emitted.addAll(subtask.drain());
        links.addAll(subtask.drain(CameraOperator.LINKS));
        letters.addAll(subtask.drain(Bulkhead.DEAD_LETTERS));
    }

    private static long time(double seconds) {
        return START + Math.round(1000 * seconds);
    }

    /** Makes the broken camera's frames of these seconds fail in that class. */
    private void breakFrames(String type, double from, double until) {
        faults =
                new InjectedFaults(
                        (named, arguments) ->
                                named.equals(type)
                                        && fed != null
                                        && fed.deviceId().equals(BROKEN)
                                        && fed.deviceTime() >= time(from)
                                        && fed.deviceTime() < time(until),
                        InjectedFaults.OF_FRAMES);
    }

    private List<Alert> of(String deviceId) {
        return emitted.stream().filter(alert -> alert.deviceId().equals(deviceId)).toList();
    }

    /** All output of the cameras that are not broken. */
    private List<String> others() {
        List<String> texts = new ArrayList<>();
        for (Alert alert : emitted) {
            if (!alert.deviceId().equals(BROKEN)) {
                texts.add(
                        alert.causedAt()
                                + new String(
                                        AlertCodec.write(alert.withDetectedAt(0)),
                                        StandardCharsets.UTF_8));
            }
        }
        for (LinkEvent update : links) {
            if (!update.deviceId().equals(BROKEN)) {
                texts.add(update.toString());
            }
        }
        return texts;
    }

    private List<String> othersUndisturbed(List<Arrived> frames, Backend backend) throws Exception {
        start(backend);
        feed(frames);
        List<String> texts = others();
        assertThat(of(BROKEN)).extracting(Alert::status).endsWith(Alert.Status.ENDED);
        assertThat(letters).isEmpty();
        subtask.close();
        emitted.clear();
        links.clear();
        return texts;
    }

    @ParameterizedTest
    @EnumSource
    void aFrameThatFailsReachesNoOtherCameraAndForgetsNoAlert(Backend backend) throws Exception {
        List<Arrived> frames = film();
        List<String> undisturbed = othersUndisturbed(frames, backend);

        breakFrames("StoppedVehicles", KNOWN, KNOWN + 0.5);
        start(backend);
        feed(frames);

        assertThat(others()).isEqualTo(undisturbed).isNotEmpty();
        assertThat(letters).hasSize(1);
        DeadLetter letter = letters.get(0);
        assertThat(letter.address()).isEqualTo(failed(frames, KNOWN).origin().address());
        assertThat(letter.error().deviceId()).isEqualTo(BROKEN);
        assertThat(letter.error().exception()).contains("injected into StoppedVehicles");
        assertThat(letter.error().pausedUntil()).isNull();
        assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                .contains("\"deviceId\":\"CAM-1\"");
        assertOpensAndEndsOnce();
    }

    private static CameraFrame failed(List<Arrived> frames, double from) {
        return frames.stream()
                .map(Arrived::frame)
                .filter(each -> each.deviceId().equals(BROKEN) && each.deviceTime() >= time(from))
                .findFirst()
                .orElseThrow();
    }

    private void assertOpensAndEndsOnce() {
        List<Alert> broken = of(BROKEN);
        assertThat(broken).extracting(Alert::alertId).containsOnly(broken.get(0).alertId());
        assertThat(broken).filteredOn(each -> each.status() == Alert.Status.NEW).hasSize(1);
        assertThat(broken).extracting(Alert::revision).doesNotHaveDuplicates();
        assertThat(broken).extracting(Alert::status).endsWith(Alert.Status.ENDED);
    }

    @Test
    void aRepeatedFailurePausesAndResetsTheCameraWithoutASilence() throws Exception {
        List<Arrived> frames = film();
        List<String> undisturbed = othersUndisturbed(frames, Backend.HEAP);

        breakFrames("StoppedVehicles", KNOWN, KNOWN + 1);
        start(Backend.HEAP);
        feed(frames);

        assertThat(others()).isEqualTo(undisturbed);
        assertThat(letters.get(0).error().pausedUntil()).isNull();
        long pausedUntil = letters.get(1).error().pausedUntil();
        assertThat(letters.get(letters.size() - 1).arrivalTime()).isLessThan(pausedUntil);
        assertThat(letters).hasSize(2 + 60 * FPS - 1);
        assertThat(letters).extracting(DeadLetter::address).doesNotHaveDuplicates();
        assertThat(of(BROKEN)).extracting(Alert::status).startsWith(Alert.Status.NEW);
        Alert end =
                of(BROKEN).stream()
                        .filter(each -> each.status() == Alert.Status.ENDED)
                        .findFirst()
                        .orElseThrow();
        assertThat(end.causedAt())
                .as("when its state was made new")
                .isBetween(time(KNOWN), time(KNOWN + 2));
        assertThat(links).noneMatch(each -> each instanceof LinkEvent.WentQuiet);
        assertThat(links).noneMatch(each -> each instanceof LinkEvent.SilenceAlerted);

        long last = frames.get(frames.size() - 1).at();
        time(last + 60_000);
        assertThat(links)
                .as("silence of the camera with a new state, too")
                .filteredOn(each -> each instanceof LinkEvent.SilenceAlerted)
                .extracting(LinkEvent::deviceId)
                .containsExactlyInAnyOrder("CAM-0", "CAM-1", "CAM-2");
    }

    @ParameterizedTest
    @EnumSource
    void aTimerThatFailsIsSetAgainSoThatSilenceIsNoticed(Backend backend) throws Exception {
        List<Arrived> frames = film();
        start(backend);
        feed(frames);
        long last = frames.get(frames.size() - 1).at();
        links.clear();
        faults =
                new InjectedFaults(
                        InjectedFaults.once(), Map.of("streamhealth.SilenceDetector", "onTime"));

        time(last + 20_000);
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).address()).isNull();
        String broken = letters.get(0).error().deviceId();
        assertThat(silent()).hasSize(CAMERAS - 1).doesNotContain(broken);

        for (int s = 21; s < 60; s++) {
            time(last + 1000 * s);
        }
        assertThat(silent()).hasSize(CAMERAS).contains(broken);
        assertThat(subtask.keyedTimers()).isEqualTo(CAMERAS);
        assertThat(letters).hasSize(1);
    }

    private List<String> silent() {
        return links.stream()
                .filter(each -> each instanceof LinkEvent.SilenceAlerted)
                .map(LinkEvent::deviceId)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aCameraThatCannotBeWrittenBackHoldsUpNoCheckpoint(Backend backend) throws Exception {
        List<Arrived> frames = film();
        int cut = (int) (frames.size() * KNOWN / END);
        start(backend);
        feed(frames.subList(0, cut));
        subtask.checkpoint();
        feed(frames.subList(cut, cut + CAMERAS));
        faults = new InjectedFaults(InjectedFaults.once(), Map.of("track.TrackManager", "write"));

        subtask.checkpoint();
        feed(frames.subList(cut + CAMERAS, frames.size()));

        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).address()).as("no frame was lost").isNull();
        assertThat(letters.get(0).error().exception()).contains("injected into TrackManager");
        for (int i = 0; i < CAMERAS; i++) {
            List<Alert> its = of("CAM-" + i);
            assertThat(its).filteredOn(each -> each.status() == Alert.Status.NEW).hasSize(1);
            assertThat(its).extracting(Alert::status).endsWith(Alert.Status.ENDED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAlertIsEmittedOnlyWithItsState(Backend backend) throws Exception {
        List<Arrived> frames = film();
        start(backend);
        int opened = 0;
        while (of(BROKEN).isEmpty()) {
            feed(frames.subList(opened, opened + 1));
            opened++;
        }
        subtask.close();
        emitted.clear();

        start(backend);
        feed(frames.subList(0, opened - 1));
        faults = new InjectedFaults(InjectedFaults.once(), Map.of("track.TrackManager", "write"));
        feed(frames.subList(opened - 1, opened));
        assertThat(of(BROKEN)).isEmpty();
        feed(frames.subList(opened, frames.size()));

        assertThat(letters).hasSize(1);
        assertOpensAndEndsOnce();
    }
}
