package io.atalaya.videoanalytics.outage;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.testutils.SerializerSample;

import java.util.List;
import java.util.Map;

/** Samples of link events. */
public final class OutageSamples {
    static final long NOON = 1_772_539_200_000L;

    private OutageSamples() {}

    /** A silence alert of a camera, as its operator emits it. */
    static Alert silence(String deviceId, Alert.Status status, long since, long at) {
        return silence(deviceId, status, since, at, new CameraEvidence(null, null, 0, List.of()));
    }

    private static Alert silence(
            String deviceId, Alert.Status status, long since, long at, CameraEvidence evidence) {
        return new Alert(
                new Alert.Identity("silence-" + deviceId + "-" + since, AlertType.CAMERA_SILENT),
                new Alert.Emission(status == Alert.Status.NEW ? 1 : 2, at, at),
                new Alert.Lifecycle(status, since, since, status == Alert.Status.ENDED ? at : null),
                Alert.Place.of(deviceId, null),
                Alert.Subject.NONE,
                new Alert.Assessment(
                        Alert.Action.REVIEW,
                        0.5,
                        50,
                        new Text.Translation("La cámara no transmite", "The camera sends nothing")),
                evidence,
                null,
                Alert.Disclosure.EVERYONE);
    }

    public static List<SerializerSample<?>> samples() {
        Alert silence = silence("CAM-3", Alert.Status.NEW, NOON, NOON + 18_000);
        return List.of(
                SerializerSample.of(
                        LinkEvent.class,
                        new LinkEvent.SteadinessChanged(
                                "CAM-1", NOON, true, new RecordPosition(3, 81_200)),
                        new LinkEvent.WentQuiet(
                                "CAM-1", NOON + 10_000, NOON, RecordPosition.UNKNOWN),
                        new LinkEvent.WentQuiet(
                                "CAM-1", NOON + 10_000, NOON, new RecordPosition(3, 81_233)),
                        new LinkEvent.Resumed(
                                "CAM-1", NOON + 12_000, new RecordPosition(3, 81_234)),
                        new LinkEvent.SilenceAlerted(silence, new RecordPosition(3, 81_234))),
                SerializerSample.of(OutageState.class, memory(), OutageState.NOTHING));
    }

    public static SerializerSample<?> ofAlerts() {
        return SerializerSample.of(
                Alert.class,
                silence("CAM-3", Alert.Status.NEW, NOON, NOON + 18_000),
                silence("CAM-3", Alert.Status.NEW, NOON, NOON + 18_000, evidence()));
    }

    /** A value for each field. */
    private static CameraEvidence evidence() {
        CameraEvidence.Region region = new CameraEvidence.Region(0.25, 0.5, 0.125, 0.0625);
        return new CameraEvidence(
                "yard",
                region,
                2,
                List.of(
                        new CameraEvidence.ObjectBox(
                                "7", CameraEvidence.ObjectClass.PERSON, region, NOON),
                        new CameraEvidence.ObjectBox(
                                null, CameraEvidence.ObjectClass.ITEM, region, NOON + 100)),
                List.of(new CameraEvidence.Measure("inZone", 2, 1.5, "s")),
                new CameraEvidence.Model("trajectory", "1"));
    }

    private static OutageState memory() {
        return new OutageState(
                List.of("CAM-1", "CAM-2"),
                Map.of("CAM-2", NOON),
                List.of("CAM-1"),
                List.of(silence("CAM-3", Alert.Status.NEW, NOON, NOON + 18_000)),
                new Outage(NOON, 20, 9, 6, 3, 6, true),
                NOON - 1,
                NOON + 20_000);
    }
}
