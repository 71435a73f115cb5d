package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.testutils.JobOnKafka;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static io.atalaya.hotlistmatch.TestRecords.arriving;
import static io.atalaya.hotlistmatch.TestRecords.exact;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cameras of every vendor on one topic: their plates raise alerts, their invalid messages are
 * rejected.
 */
@Execution(ExecutionMode.CONCURRENT)
class VendorFormatsKafkaIT {
    private static final long NOW = 1_772_539_200_000L;
    private static final String UTC = Instant.ofEpochMilli(NOW).toString();

    private static final Map<String, String> LISTED =
            new TreeMap<>(
                    Map.of(
                            "E-native", "LXF0019",
                            "E-alpr", "MUU5029",
                            "E-axis", "MGN186C",
                            "E-axis-event", "NAT4137",
                            "E-onvif", "LUR364Z",
                            "E-onvif-json", "MTD712E"));

    /** The first text that a camera reads for a vehicle before it corrects it. */
    private static final HotlistEntry MISREAD = exact("E-misread", "LXA4521");

    @Test
    void everyFormatsPlatesAlertAndEveryFormatsFaultsAreReported() throws Exception {
        try (JobOnKafka run =
                new JobOnKafka(new HotlistMatchJob(), SharedSamples.SMALL_PREFILTER)) {
            run.start(null, 1);
            run.publish(
                    LISTED.entrySet().stream().map(e -> arriving(entry(e), NOW - 1_000)).toList());
            run.publish(List.of(arriving(MISREAD, NOW - 1_000)));
            run.publish(messages());
            run.awaitQuiet();

            Map<String, Alert> byEntry =
                    run.lastAlerts().values().stream()
                            .filter(alert -> alert.status() != Alert.Status.CANCELLED)
                            .collect(
                                    Collectors.toMap(
                                            alert -> alert.subject().entryId(), alert -> alert));
            assertThat(byEntry.keySet()).isEqualTo(LISTED.keySet());
            assertThat(byEntry.values())
                    .allSatisfy(alert -> assertThat(alert.hotlistEvidence().count()).isEqualTo(1));
            assertThat(byEntry.get("E-alpr").deviceId()).isEqualTo("AGENT1-7");
            assertThat(byEntry.get("E-axis").deviceId()).isEqualTo("CAM-AXIS");

            assertThat(run.deadLetters())
                    .extracting(
                            letter ->
                                    new String(
                                            letter.headers().lastHeader("field").value(),
                                            StandardCharsets.UTF_8))
                    .containsExactlyInAnyOrder(
                            "best_confidence",
                            "carState",
                            "value",
                            "key",
                            "time",
                            "Data.LicensePlateInfo.PlateNumber");
        }
    }

    private static HotlistEntry entry(Map.Entry<String, String> listed) {
        return exact(listed.getKey(), listed.getValue());
    }

    private static List<TopicRecord> messages() {
        return List.of(
                arriving(read("ARCO-1", "R1", NOW, LISTED.get("E-native"))),
                message(null, alpr(LISTED.get("E-alpr"), "91.5", NOW)),
                // The same group repeated in the agent's alert.
                message(
                        null,
                        "{\"data_type\":\"alpr_alert\",\"group\":%s}"
                                .formatted(alpr(LISTED.get("E-alpr"), "91.5", NOW))),
                message("CAM-AXIS", axis("501", "new", LISTED.get("E-axis"), NOW)),
                message("CAM-AXIS", axis("501", "update", LISTED.get("E-axis"), NOW + 500)),
                message("CAM-AXIS", axis("501", "lost", LISTED.get("E-axis"), NOW + 9_000)),
                message("CAM-AXIS", axis("502", "new", "LXA4527", NOW + 900)),
                message("CAM-AXIS", axis("502", "update", MISREAD.plate(), NOW + 1_000)),
                message("CAM-AXIS", axis("502", "update", "LXA4527", NOW + 1_100)),
                message("CAM-EVENT", verifierEvent(LISTED.get("E-axis-event"))),
                message("CAM-ONVIF", onvif(LISTED.get("E-onvif"))),
                message("CAM-ONVIF", onvif("Unknown")),
                message(
                        "CAM-JSON",
                        "{\"UtcTime\":\"%s\",\"Data\":{\"LicensePlateInfo\":{\"PlateNumber\":{\"@Likelihood\":0.9,\"#text\":\"%s\"}}}}"
                                .formatted(UTC, LISTED.get("E-onvif-json"))),
                message(null, "{\"data_type\":\"heartbeat\"}"),
                message(null, alpr("LXF0019", "915", NOW)),
                message(null, alpr("LXF0019", "91.5", 0)),
                message("CAM-AXIS", axis("503", "parked", "LXF0019", NOW)),
                message("CAM-ONVIF", onvif("LXF0019").replace("</Frame>", "")),
                message(null, onvif("LXF0019")),
                message(
                        "CAM-JSON",
                        "{\"UtcTime\":\"%s\",\"Data\":{\"LicensePlateInfo\":{\"PlateNumber\":{\"#text\":\"LXF0019LXF0019\"}}}}"
                                .formatted(UTC)));
    }

    private static TopicRecord message(String key, String value) {
        return new TopicRecord(
                Topics.PLATE_READS, NOW + 2_000, key, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String alpr(String plate, String confidence, long start) {
        return """
               {"data_type":"alpr_group","version":2,"epoch_start":%d,"epoch_end":%d,"agent_uid":"AGENT1","camera_id":7,
                "best_uuid":"AGENT1-7-1","best_plate_number":"%s","best_confidence":%s,"country":"mx","best_region":"mx-mex"}
               """
                .formatted(start, start + 900, plate, confidence);
    }

    private static String axis(String carId, String state, String plate, long time) {
        return """
               {"packetCounter":"1","capture_timestamp":"%d","plateText":"%s","plateCountry":"MEX","plateConfidence":"0.91",
                "carState":"%s","carID":"%s"}
               """
                .formatted(time, plate, state, carId);
    }

    private static String verifierEvent(String plate) {
        return """
               <NotificationMessage><Topic>tnsaxis:CameraApplicationPlatform/ALPV.AllPlates</Topic><Message><Message UtcTime="%s">
                <Data><SimpleItem Name="carState" Value="new"/><SimpleItem Name="carID" Value="77"/>
                <SimpleItem Name="country" Value="MEX"/><SimpleItem Name="text" Value="%s"/></Data></Message></Message></NotificationMessage>
               """
                .formatted(UTC, plate);
    }

    private static String onvif(String plate) {
        return """
               <MetadataStream><VideoAnalytics><Frame UtcTime="%s"><Object ObjectId="0"><Appearance><LicensePlateInfo>
                <PlateNumber Likelihood="0.9">%s</PlateNumber><CountryCode>MX</CountryCode>
               </LicensePlateInfo></Appearance></Object></Frame></VideoAnalytics></MetadataStream>
               """
                .formatted(UTC, plate);
    }
}
