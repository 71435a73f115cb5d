package io.atalaya.videoanalytics.streamhealth;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.videoanalytics.episode.Episodes;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class FrozenStreamDetectorTest {
    private static final long START = 1_772_542_800_000L;

    private static final DetectedObject PERSON =
            new DetectedObject("1", "Human", 1, 0.2, 0.4, 0.02, 0.1);

    private static final DetectedObject NOWHERE =
            new DetectedObject("7", "Human", 1, -1e6, -1e6, 0.02, 0.1);

    private final Episodes episodes = new Episodes();
    private final FrozenStreamDetector frozenStream =
            new FrozenStreamDetector(FrozenStreamDetector.Settings.DEFAULT);

    /** Sends equal boxes for 30 s; returns whether an alert is open. */
    private boolean isFrozen(DetectedObject... objects) {
        for (int i = 0; i < 60; i++) {
            long time = START + 500 * i;
            episodes.at(time);
            frozenStream.onFrame(new CameraFrame("C", time, null, List.of(objects)), episodes);
        }
        return episodes.first(AlertType.CAMERA_FROZEN) != null;
    }

    @Test
    void aFrameWhoseBoxesDoNotTrembleIsFrozen() {
        assertThat(isFrozen(PERSON)).isTrue();
    }

    @Test
    void objectsWithoutPositionDoNotFreezeAnEmptyImage() {
        assertThat(isFrozen(NOWHERE)).isFalse();
        assertThat(isFrozen(new DetectedObject("7", "Human", 1, 0.2, 0.4, 0, 0))).isFalse();
    }

    @Test
    void objectsWithoutPositionDoNotHideAFrozenImage() {
        assertThat(isFrozen(PERSON, NOWHERE)).isTrue();
    }

    @Test
    void aClockThatIsSetBackMakesNoFrameFrozenForANegativeTime() {
        assertThat(isFrozen(PERSON)).isTrue();
        long before = START - 3_600_000;
        episodes.at(START + 60_000);
        frozenStream.onFrame(new CameraFrame("C", before, null, List.of(PERSON)), episodes);
        assertThat(episodes.first(AlertType.CAMERA_FROZEN)).isNull();
        assertThat(episodes.drainUpdates())
                .isNotEmpty()
                .allSatisfy(update -> assertThat(update.value()).isPositive());
    }
}
