package io.atalaya.videoanalytics;

import io.atalaya.camera.format.FrameFormat;
import io.atalaya.camera.vendor.BoxUnits;
import io.atalaya.options.InvalidSettingsException;
import io.atalaya.videoanalytics.camera.WatchSettings;
import io.atalaya.videoanalytics.incident.AlertPolicy;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class VideoAnalyticsSettingsTest {
    @Test
    void defaultsPassAndAreThoseOfTheCore() {
        VideoAnalyticsSettings settings = VideoAnalyticsSettings.from(new Configuration());

        assertThat(settings.cameras().watch()).isEqualTo(WatchSettings.DEFAULT);
        assertThat(settings.cameras().policy()).isEqualTo(AlertPolicy.DEFAULT);
        assertThat(settings.cameras().quietAfter()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whatIsSetArrives() {
        VideoAnalyticsSettings settings =
                VideoAnalyticsSettings.from(
                        Configuration.fromMap(
                                Map.of(
                                        "stopped-vehicle.after", "90 s",
                                        "crowd.people", "20",
                                        "camera-frames.format", "ONVIF",
                                        "onvif.grid", "8191",
                                        "deepstream.picture-width", "1280",
                                        "alerts.urgency", "crowd:REVIEW:15, loitering:OFF")));

        assertThat(settings.frameFormat()).isEqualTo(FrameFormat.ONVIF);
        assertThat(settings.boxUnits()).isEqualTo(new BoxUnits(1280, 1080, 8191));
        assertThat(settings.cameras().watch().stopped().stay().least()).isEqualTo(90_000);
        assertThat(settings.cameras().watch().crowd().people()).isEqualTo(20);
        assertThat(settings.cameras().policy().byType().toString())
                .contains("CROWD=Urgency[action=REVIEW, priority=15]")
                .doesNotContain("LOITERING");
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        assertThat(
                        faults(
                                Map.of(
                                        "cameras.cached", "0",
                                        "camera-frames.format", "DAHUA",
                                        "deepstream.picture-height", "0",
                                        "onvif.grid", "65536",
                                        "outage.share", "1.5",
                                        "stoped-vehicle.after", "1 s",
                                        "camera-silent.after", "1 y",
                                        "alerts.urgency", "crowd:SHOUT:3")))
                .hasSize(8)
                .anyMatch(fault -> fault.startsWith("camera-frames.format: got 'DAHUA', expected"))
                .anyMatch(fault -> fault.startsWith("deepstream.picture-height: got '0'"))
                .anyMatch(fault -> fault.startsWith("onvif.grid: got '65536', expected"))
                .anyMatch(fault -> fault.startsWith("cameras.cached: got '0', expected"))
                .anyMatch(fault -> fault.startsWith("outage.share: got '1.5', expected"))
                .anyMatch(fault -> fault.startsWith("stoped-vehicle.after: unknown key"))
                .anyMatch(fault -> fault.startsWith("camera-silent.after: got '1 y', expected"))
                .anyMatch(fault -> fault.contains("'crowd:SHOUT:3': ALERT, REVIEW or OFF"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crowd",
                "crowd:ALERT",
                "crowd:ALERT:101",
                "crowd:ALERT:-1",
                "crowd:alert:10",
                "hotlist-match:OFF",
                "riot:OFF",
                "crowd:OFF:1",
            })
    void anUrgencyThatIsNoneIsRefused(String urgency) {
        assertThat(faults(Map.of("alerts.urgency", urgency)))
                .singleElement()
                .satisfies(fault -> assertThat(fault).startsWith("alerts.urgency: got '"));
    }

    private static List<String> faults(Map<String, String> settings) {
        return catchThrowableOfType(
                        InvalidSettingsException.class,
                        () -> VideoAnalyticsSettings.from(Configuration.fromMap(settings)))
                .faults();
    }
}
