package io.atalaya.dispatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertId;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.PolicyRequest;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.policy.PolicyReader;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Records of a shop's button, a camera beside it, a call about it, and the sites. */
final class DispatchScenario {
    static final String BUTTON = "BTN-1";
    static final String PLACE = "\"latitude\":19.29,\"longitude\":-99.65";
    static final Path POLICY = Path.of("../../policy");

    private static final String CAMERA = "CAM-1";

    private DispatchScenario() {}

    /** Registrations, and both sites with their positions. */
    static List<TopicRecord> before(long time) {
        return List.of(
                device(BUTTON, "BUTTON", time - 3),
                device(CAMERA, "CAMERA", time - 2),
                presence("TOLUCA", time - 1),
                presence("ECATEPEC", time - 1));
    }

    static TopicRecord device(String deviceId, String kind, long time) {
        return record(
                Topics.DEVICES,
                time,
                deviceId,
                "{\"deviceId\":\"%s\",\"kind\":\"%s\",\"site\":\"TOLUCA\",\"municipality\":\"Toluca\",%s}"
                        .formatted(deviceId, kind, PLACE));
    }

    static TopicRecord drone(String droneId, String availability, double battery, long time) {
        return record(
                Topics.DRONES,
                time,
                droneId,
                "{\"droneId\":\"%s\",\"time\":%d,\"availability\":\"%s\",\"batteryPercent\":%s,\"place\":{%s,\"radiusMetres\":5}}"
                        .formatted(droneId, time, availability, battery, PLACE));
    }

    static TopicRecord presence(String site, long time) {
        StringBuilder positions = new StringBuilder();
        for (String position : List.of("security", "medical", "vehicles", "chief")) {
            positions.append(positions.isEmpty() ? "" : ",");
            positions.append(
                    "{\"position\":\"%s\",\"operator\":\"%s-%s\",\"supervisor\":%s}"
                            .formatted(position, site, position, position.equals("chief")));
        }
        return record(
                Topics.SITE_PRESENCE,
                time,
                site,
                "{\"site\":\"%s\",\"positions\":[%s],\"time\":%d}"
                        .formatted(site, positions, time));
    }

    static TopicRecord press(String eventId, String kind, long time) {
        return record(
                Topics.DEVICE_EVENTS,
                time,
                BUTTON,
                "{\"eventId\":\"%s\",\"deviceId\":\"%s\",\"kind\":\"%s\",\"time\":%d,\"premises\":\"SHOP\"}"
                        .formatted(eventId, BUTTON, kind, time));
    }

    /**
     * @param cnieCode such as 30501
     */
    static TopicRecord call(String callId, String cnieCode, long time) {
        return call(callId, cnieCode, PLACE, time);
    }

    /**
     * @param place latitude and longitude as JSON
     */
    static TopicRecord call(String callId, String cnieCode, String place, long time) {
        return record(
                Topics.CALLS,
                time,
                callId,
                "{\"line\":\"911\",\"callId\":\"%s\",\"cnieCode\":\"%s\",\"time\":%d,\"place\":{%s,\"radiusMetres\":50}}"
                        .formatted(callId, cnieCode, time, place));
    }

    /** A crowd before the camera. */
    static TopicRecord alert(long time) {
        Device camera;
        try {
            camera = Device.CODEC.read(device(CAMERA, "CAMERA", time).value());
        } catch (io.atalaya.contracts.json.InvalidRecordException e) {
            throw new AssertionError(e);
        }
        AlertType type = AlertType.CROWD;
        Alert alert =
                new Alert(
                        new Alert.Identity(AlertId.of(type, CAMERA, Long.toString(time)), type),
                        new Alert.Emission(time, time, time),
                        new Alert.Lifecycle(Alert.Status.NEW, time, time, null),
                        Alert.Place.of(CAMERA, camera),
                        Alert.Subject.ofTracks(List.of("t1")),
                        new Alert.Assessment(
                                Alert.Action.ALERT,
                                0.9,
                                50,
                                new Text.Translation("Multitud", "Crowd")),
                        new CameraEvidence(null, null, 1, List.of()),
                        null,
                        Alert.Disclosure.EVERYONE);
        return new TopicRecord(Topics.ALERTS, time, alert.alertId(), AlertCodec.write(alert));
    }

    /** The alert of the seismic warning system. */
    static TopicRecord seismicAlert(long sent, long expires) {
        return record(
                Topics.PUBLIC_WARNINGS,
                sent,
                "sasmex.net",
                """
                {"identifier": "S-%1$d", "sender": "sasmex.net", "sent": %1$d, "status": "Actual",
                 "msgType": "Alert", "scope": "Public", "infos": [{"language": "es-MX",
                  "category": ["Geo"], "event": "Sismo", "urgency": "Immediate",
                  "severity": "Severe", "certainty": "Observed", "expires": %2$d,
                  "areas": [{"areaDesc": "Valle de Toluca"}]}]}"""
                        .formatted(sent, expires));
    }

    /**
     * @param action such as {@code {"type":"ACCEPT"}}
     */
    static TopicRecord response(
            String responseId, String incidentId, long revision, String action, long time) {
        return record(
                Topics.DISPATCH_RESPONSES,
                time,
                incidentId,
                ("{\"responseId\":\"%s\",\"incidentId\":\"%s\",\"revision\":%d,\"operator\":\"TOLUCA-security\","
                                + "\"position\":\"security\",\"site\":\"TOLUCA\",\"time\":%d,\"action\":%s}")
                        .formatted(responseId, incidentId, revision, time, action));
    }

    /** The shipped policy with another version, and a change in one of its files. */
    static TopicRecord policy(String version, String file, String part, String instead, long time)
            throws IOException {
        Map<String, String> files = PolicyReader.files(POLICY);
        files.computeIfPresent("policy", (name, text) -> "version: " + version);
        if (!files.get(file).contains(part)) {
            throw new IllegalArgumentException(file + " does not contain " + part);
        }
        files.computeIfPresent(file, (name, text) -> text.replace(part, instead));
        PolicyRequest request = new PolicyRequest(version, files, "jperez", null, time);
        return new TopicRecord(
                Topics.POLICY_REQUESTS,
                time,
                PolicyRequest.KEY,
                PolicyRequest.CODEC.write(request));
    }

    static TopicRecord record(String topic, long time, String key, String json) {
        return new TopicRecord(topic, time, key, json.getBytes(StandardCharsets.UTF_8));
    }
}
