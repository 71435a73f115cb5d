package io.atalaya.contracts.plate.format;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The makers' own samples, where available: each gives what a person reads in it, or is rejected.
 * The expectations were written from the samples' text.
 */
class VendorSamplesTest {
    private static final Path PAYLOADS = Path.of("../../../shared/data/payloads");
    private static final String NOTHING = "";
    private static final String REJECTED = "rejected: ";

    /** The camera of every sample that does not name its camera. */
    private static final byte[] KEY = "CAM-1".getBytes(StandardCharsets.UTF_8);

    private static final String UUID =
            "63PHH1MHEXF9U245NFI66RGPUXTQEREKAJI7K44Y-177622-1627675927855";
    private static final String AGENT = "TESTTESTTESTTESTTESTTESTTESTTESTTESTTEST-1000";
    private static final String WHITE_BMW =
            " make=BMW model=x3 color=WHITE type=SUV vehicleConfidence=0.9914";
    private static final String IMAGE =
            "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAQMAAAD+wSzIAAAABlBMVEX///+/v7+jQ3Y5AAAADklEQVQI12P4AIX8EAgALgAD/aNpbtEAAAAASUVORK5CYII=";

    @BeforeEach
    void requireSamples() {
        assumeTrue(
                Files.isDirectory(PAYLOADS),
                () -> "no samples at " + PAYLOADS.toAbsolutePath().normalize());
    }

    @Test
    void openAlpr() throws IOException {
        Map<String, List<String>> expected = new TreeMap<>();
        expected.put(
                "alpr_group-v3.json",
                List.of(
                        "readId="
                                + UUID
                                + "/1634475950845 device=CAM-1 time=1634475947845 plate=19462SH"
                                + " confidence=0.9325 candidates=19462SH:0.9325 country=US state=US-MA"
                                + WHITE_BMW
                                + " supersedes="
                                + AGENT
                                + "-1634475947845"));
        expected.put(
                "alpr_alert-v3.json",
                List.of(
                        "readId="
                                + UUID
                                + "/1630695992342 device=CAM-1 time=1630695989342 plate=2BH375"
                                + " confidence=0.9325 candidates=2BH375:0.9325 country=US state=US-MA"
                                + WHITE_BMW
                                + " supersedes="
                                + AGENT
                                + "-1630695989342"));
        String agent = "YYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYY-1234-";
        expected.put(
                "docs-alpr_group.json",
                List.of(
                        "readId="
                                + agent
                                + "1562681122676/1562681124479 device=CAM-1 time=1562681121504 plate=D2651BF"
                                + " confidence=0.9388 candidates=D2651BF:0.9388,D2651F:0.7481,D265BF:0.7353"
                                + " country=US state=US-MO type=SEDAN vehicleConfidence=0.5117"
                                + " image=...base64jpegdata... supersedes="
                                + agent
                                + "1562681121504"));
        expected.put(
                "docs-alpr_results.json",
                List.of(
                        "readId="
                                + agent
                                + "1562681608425 device=CAM-1 time=1562681608425 plate=D2651BF"
                                + " confidence=0.9294 candidates=D2651BF:0.9294,D2651F:0.8081,D265BF:0.8009,D251BF:0.7995"
                                + " country=US image=...base64imagedata...",
                        "readId="
                                + agent
                                + "1562681608425/1 device=CAM-1 time=1562681608425 plate=CG3L5Y"
                                + " confidence=0.9474 candidates=CG3L5Y:0.9474,CGL5Y:0.7941,CG3L5:0.7908"
                                + " country=US state=US-MO image=...base64imagedata..."));
        expected.put("docs-heartbeat.json", List.of());
        expected.put("vehicle-v3.json", List.of());
        assertThat(outcomes("openalpr")).isEqualTo(expected);
    }

    @Test
    void axisLicensePlateVerifier() throws IOException {
        Map<String, List<String>> expected = new TreeMap<>();
        expected.put(
                "lpv-http-post-update.json",
                List.of(
                        "readId=car-54950-2023-12-11/1702297625507/UPDATE device=CAM-1 time=1702297625507 plate=HWR6677"
                                + " confidence=0.7372 country=DE state=Hannover color=BLACK type=CAR"
                                + " imageRef=/local/fflprapp/tools.cgi?action=getImage&name=52/20231211142706_413731lp_HWR6677_2117396.jpg"
                                + " supersedes=car-54950-2023-12-11"));
        expected.put(
                "lpv-tcp-new-blocklist.json",
                List.of(
                        "readId=car-34939-2023-12-11/1702299266977/NEW device=CAM-1 time=1702299266977 plate=TÖLSL123"
                                + " confidence=0.7251 country=DE state=Bad Tölz color=BLUE type=CAR image="
                                + IMAGE
                                + " imageRef=/local/fflprapp/tools.cgi?action=getImage&name=67/20231211145427_793329lp_TOLSL123_8104954.jpg"
                                + " supersedes=car-34939-2023-12-11"));
        expected.put(
                "lpv-onvif-alpv-allplates.xml",
                List.of(
                        "readId=car-1139066-2021-05-20/1621511661894/NEW device=CAM-1 time=1621511661894 plate=II04458"
                                + " confidence=1.0000 country=PT supersedes=car-1139066-2021-05-20"));
        expected.put(
                "lpv-onvif-alpv-realtime.xml",
                List.of(
                        "readId=car-4-2024-03-14/1710439737193/UPDATE device=CAM-1 time=1710439737193 plate=MWR6677"
                                + " confidence=1.0000 supersedes=car-4-2024-03-14"));
        Map<String, List<String>> outcomes = outcomes("axis");
        outcomes.keySet().removeIf(name -> !name.startsWith("lpv-"));
        assertThat(outcomes).isEqualTo(expected);
    }

    @Test
    void axisEventBridge() throws IOException {
        for (String line : Files.readAllLines(PAYLOADS.resolve("axis/mqtt-event-bridge.jsonl"))) {
            assertThat(outcome(line.getBytes(StandardCharsets.UTF_8))).isEmpty();
        }
    }

    @Test
    void onvifOfVendors() throws IOException {
        Map<String, List<String>> expected = new TreeMap<>();
        expected.put("dahua-frame.xml", List.of());
        expected.put(
                "dahua-plate.xml",
                List.of(
                        "readId=7/DKL70/1784090890000 device=CAM-1 lane=2 time=1784090891000 plate=DKL70"
                                + " confidence=1.0000 country=DE kmh=42.0000 make=AUDI color=GRAY type=SEDAN"
                                + " image=/9j/PLATE"));
        expected.put(
                "dahua-plate-newer-firmware.xml",
                List.of(
                        "readId=0/EKG10/1784276750000 device=CAM-1 time=1784276754000 plate=EKG10"
                                + " confidence=0.9000"));
        expected.put("hanwha-wiseai-event.xml", List.of());
        expected.put("hanwha-wiseai-frame.xml", List.of());
        assertThat(outcomes("onvif/vendor-samples")).isEqualTo(expected);
    }

    /** As printed: some samples are fragments, some are broken, and one contains a plate. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "01 | rejected: value",
                "03 | ",
                "05 | rejected: value",
                "06 | rejected: value",
                "07 | rejected: value",
                "08 | rejected: value",
                "09 | ",
                "10 | ",
                "11 | ",
                "12 | rejected: value",
                "13 | ",
                "14 | ",
                "15 | ",
                "16 | ",
                "17 | rejected: value",
                "18 | readId=12/6DZG261/1287577490000 device=CAM-1 time=1287577497321 plate=6DZG261 confidence=0.9000 country=US state=California",
                "20 | ",
                "21 | ",
                "22 | ",
                "25 | ",
                "26 | ",
                "28 | ",
                "30 | ",
                "32 | ",
                "34 | ",
                "44 | rejected: value",
                "79 | rejected: value",
            })
    void onvifAnalyticsSpecification(String number, String expected) throws IOException {
        assertThat(only("onvif/analytics-spec-samples", number))
                .isEqualTo(expected == null ? NOTHING : expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "46 | ",
                "47 | ",
                "48 | ",
                "49 | ",
                "58 | rejected: value",
                "72 | ",
                "77 | ",
                "79 | rejected: UtcTime",
                "83 | ",
                "85 | ",
                "87 | ",
                "mqtt-topics | rejected: value",
            })
    void onvifCoreSpecification(String number, String expected) throws IOException {
        assertThat(only("onvif/core-spec-event-samples", number))
                .isEqualTo(expected == null ? NOTHING : expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openalpr/alpr_group-v3.json | \"best_confidence\": 93.25465393 | \"best_confidence\": 932.5 | best_confidence",
                "openalpr/alpr_group-v3.json | \"epoch_start\": 1634475947845 | \"epoch_start\": \"now\" | epoch_start",
                "openalpr/alpr_group-v3.json | \"best_plate_number\": \"19462SH\" | \"best_plate_number\": 19462 | best_plate_number",
                "openalpr/alpr_alert-v3.json | \"best_plate_number\": \"2BH375\" | \"best_plate_number\": \"2BH3752BH3752BH375\" | group.best_plate_number",
                "openalpr/docs-alpr_results.json | \"uuid\" | \"id\" | uuid",
                "openalpr/docs-alpr_results.json | \"plate\" : \"CG3L5Y\", | \"plate\" : [\"CG3L5Y\"], | results[1].plate",
                "openalpr/docs-heartbeat.json | \"heartbeat\" | \"pulse\" | data_type",
                "axis/lpv-http-post-update.json | \"carState\": \"update\" | \"carState\": \"gone\" | carState",
                "axis/lpv-http-post-update.json | \"0.737210\" | \"seventy\" | plateConfidence",
                "axis/lpv-http-post-update.json | \"capture_timestamp\": \"1702297625507\" | \"capture_timestamp\": \"20231211 142705507\" | capture_timestamp",
                "axis/lpv-tcp-new-blocklist.json | \"carID\": \"34939\", | ' ' | carID",
                "axis/lpv-onvif-alpv-allplates.xml | Value=\"II04458\" | Value=\"II04458II04458\" | MetadataStream.Event.NotificationMessage.Message.Message.text",
                "axis/lpv-onvif-alpv-realtime.xml | Value=\"1710439737193\" | Value=\"late\" | MetadataStream.Event.NotificationMessage.Message.Message.capture_timestamp",
                "onvif/vendor-samples/dahua-plate.xml | UtcTime=\"2026-07-15T04:48:11Z\" | UtcTime=\"yesterday\" | MetadataStream.VideoAnalytics.Frame.UtcTime",
                "onvif/vendor-samples/dahua-plate.xml | </tt:Object> | ' ' | value",
                "onvif/vendor-samples/dahua-plate-newer-firmware.xml | Likelihood=\"0.9\">EKG10 | Likelihood=\"90 %\">EKG10 | MetadataStream.VideoAnalytics.Frame.Object.Appearance.LicensePlateInfo.PlateNumber.Likelihood",
            })
    void brokenSamplesNameTheirField(String sample, String what, String with, String field)
            throws IOException {
        String message = Files.readString(PAYLOADS.resolve(sample));
        assertThat(message).contains(what);
        assertThat(outcome(message.replace(what, with).getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .asString()
                .startsWith(REJECTED + field + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "onvif/vendor-samples/dahua-plate.xml, DKL70, Unknown",
        "onvif/vendor-samples/dahua-plate.xml, DKL70, ''",
        "axis/lpv-http-post-update.json, '\"carState\": \"update\"', '\"carState\": \"lost\"'",
        "axis/lpv-onvif-alpv-allplates.xml, 'Value=\"new\"', 'Value=\"lost\"'",
        "openalpr/alpr_group-v3.json, '\"best_plate_number\": \"19462SH\"', '\"best_plate_number\": \"\"'",
    })
    void samplesWithoutAPlateAreNoReadAndNoFault(String sample, String what, String with)
            throws IOException {
        String message = Files.readString(PAYLOADS.resolve(sample));
        assertThat(message).contains(what);
        assertThat(outcome(message.replace(what, with).getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void samplesCutAnywhereAreReadOrRejected() throws IOException {
        for (String directory : List.of("openalpr", "axis", "onvif")) {
            for (Path file : files(PAYLOADS.resolve(directory))) {
                byte[] whole = Files.readAllBytes(file);
                if (whole.length > 20_000) {
                    continue;
                }
                for (int at = 0; at < whole.length; at += 1 + whole.length / 60) {
                    assertThat(outcome(Arrays.copyOf(whole, at))).isNotNull();
                }
            }
        }
    }

    @Test
    void withoutAKeyTheSamplesNameTheirCamera() throws Exception {
        assertThat(device("openalpr/alpr_group-v3.json")).isEqualTo(AGENT);
        assertThat(device("axis/lpv-http-post-update.json")).isEqualTo("ACCC8EBFB452");
    }

    private static String device(String sample) throws Exception {
        return PlateFormat.AUTO
                .read(Files.readAllBytes(PAYLOADS.resolve(sample)), null)
                .get(0)
                .deviceId();
    }

    private static Map<String, List<String>> outcomes(String directory) throws IOException {
        Map<String, List<String>> outcomes = new TreeMap<>();
        for (Path file : files(PAYLOADS.resolve(directory))) {
            outcomes.put(file.getFileName().toString(), outcome(Files.readAllBytes(file)));
        }
        return outcomes;
    }

    private static String only(String directory, String number) throws IOException {
        List<Path> found =
                files(PAYLOADS.resolve(directory)).stream()
                        .filter(file -> file.getFileName().toString().startsWith(number))
                        .toList();
        assertThat(found).hasSize(1);
        List<String> outcome = outcome(Files.readAllBytes(found.get(0)));
        assertThat(outcome).hasSizeLessThan(2);
        String line = outcome.isEmpty() ? NOTHING : outcome.get(0);
        return line.startsWith(REJECTED)
                ? line.substring(0, line.indexOf(" ", REJECTED.length()))
                : line;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".xsd"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * One line per read, or one line that begins with the rejected field. Reads keep the contract.
     */
    private static List<String> outcome(byte[] message) {
        List<PlateRead> reads = new ArrayList<>();
        InvalidRecordException rejection =
                catchThrowableOfType(
                        InvalidRecordException.class,
                        () -> {
                            for (PlateRead read : PlateFormat.AUTO.read(message, KEY)) {
                                assertThat(PlateReadCodec.read(PlateReadCodec.write(read)))
                                        .isEqualTo(read);
                                reads.add(read);
                            }
                        });
        return rejection == null
                ? reads.stream().map(ReadText::of).toList()
                : List.of(REJECTED + rejection.field() + " " + rejection.getMessage());
    }
}
