package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.videoanalytics.VideoAnalyticsSettings;
import io.atalaya.videoanalytics.track.ObjectClass;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ActivityEpisodeTest {
    private final AnomalyComposer composer =
            new AnomalyComposer(VideoAnalyticsSettings.from(new Configuration()).anomalies());

    private static ActivitySample activity(int span, float inView) {
        long begin = AnomalySamples.NOON + span * ActivitySample.LENGTH;
        return new ActivitySample(
                new Observation.CameraLocation("CAM-1", null, null, null),
                begin + ActivitySample.LENGTH,
                false,
                begin,
                ObjectClass.VEHICLE,
                inView,
                RecordPosition.UNKNOWN);
    }

    private static AnomalyEvidence evidence(double perDay) {
        return new AnomalyEvidence("1", 3, perDay, 0.5, 1e-4, 0.5, 10);
    }

    /** More vehicles than were typical when the road was blocked, and far fewer than now. */
    @Test
    void theNumberInViewIsComparedWithWhatIsTypicalAtThatHour() {
        ActivityEpisode atDawn = ActivityEpisode.begin(activity(0, 0), 2, evidence(0.4));
        ActivityEpisode rarer = atDawn.with(activity(24, 2.6f), 20, evidence(0.1));
        ActivityEpisode lessRare = rarer.with(activity(25, 4), 22, evidence(0.3));

        for (ActivityEpisode each : new ActivityEpisode[] {rarer, lessRare}) {
            Alert alert = composer.activity(each, Alert.Status.UPDATED, 0);
            assertThat(alert.assessment().headline().en())
                    .contains("much less traffic", "2.6 vehicles", "typically 20.0");
            CameraEvidence.Measure inView = ((CameraEvidence) alert.evidence()).measures().get(0);
            assertThat(inView.value()).isCloseTo(2.6, within(1e-6));
            assertThat(inView.limit()).isEqualTo(20);
        }
    }
}
