package io.atalaya.videoanalytics.health;

import io.atalaya.alert.Alert;
import io.atalaya.videoanalytics.incident.IncidentNews;
import io.atalaya.videoanalytics.incident.Incidents;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class StreamSanityTest {
    private static final long START = 1_772_542_800_000L;

    private final Incidents incidents = new Incidents();
    private final StreamSanity sanity = new StreamSanity(StreamSanity.Settings.DEFAULT);
    private long time = START;

    private void framesUntil(boolean arePast, boolean areGood) {
        do {
            time += 500;
            incidents.at(time);
            sanity.onFrame(arePast);
        } while (sanity.judge(time, incidents) != areGood);
    }

    /** It comes back before the share has fallen to nothing: that is no going on of the first. */
    @Test
    void whatComesBackIsAnotherAlertSinceItCameBack() {
        framesUntil(true, false);
        framesUntil(false, true);
        long over = time;
        framesUntil(true, false);
        framesUntil(false, true);
        List<IncidentNews> news = incidents.takeNews();
        assertThat(news)
                .extracting(IncidentNews::status)
                .filteredOn(status -> status != Alert.Status.UPDATED)
                .containsExactly(
                        Alert.Status.NEW, Alert.Status.ENDED, Alert.Status.NEW, Alert.Status.ENDED);
        assertThat(news)
                .filteredOn(n -> n.status() == Alert.Status.NEW)
                .satisfiesExactly(
                        first -> assertThat(first.since()).isLessThan(over),
                        second -> assertThat(second.since()).isGreaterThan(over))
                .extracting(IncidentNews::anchor)
                .doesNotHaveDuplicates();
    }
}
