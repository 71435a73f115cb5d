package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class IdleObjectsTest {
    private static final DetectedObject CAR =
            new DetectedObject("1", "Car", 1, 0.1, 0.1, 0.1, 0.1, true);
    private static final DetectedObject MOVED =
            new DetectedObject("1", "Car", 1, 0.2, 0.1, 0.1, 0.1);

    private final IdleObjects idle = new IdleObjects();

    private static CameraFrame frame(long time, DetectedObject... objects) {
        return new CameraFrame("C", time, null, List.of(objects));
    }

    @Test
    void whatStandsStillStaysUntilItMoves() {
        assertThat(idle.complete(frame(0, CAR))).containsExactly(CAR);
        assertThat(idle.complete(frame(1_000))).containsExactly(CAR);
        assertThat(idle.complete(frame(2_000, CAR))).containsExactly(CAR);
        assertThat(idle.complete(frame(3_000, MOVED))).containsExactly(MOVED);
        assertThat(idle.complete(frame(4_000))).isEmpty();
    }

    @Test
    void orUntilItIsSaidToBeGone() {
        idle.complete(frame(0, CAR));
        CameraFrame gone = new CameraFrame("C", 1_000, null, List.of(), false, List.of("1"));
        assertThat(idle.complete(gone)).isEmpty();
        assertThat(idle.complete(frame(2_000))).isEmpty();
    }

    @Test
    void orForAnHour() {
        idle.complete(frame(0, CAR));
        assertThat(idle.complete(frame(3_600_000))).containsExactly(CAR);
        assertThat(idle.complete(frame(3_600_001))).isEmpty();
    }

    @Test
    void aFrameOfMovingObjectsIsUnchanged() {
        List<DetectedObject> objects = List.of(MOVED);
        assertThat(idle.complete(new CameraFrame("C", 0, null, objects))).isSameAs(objects);
    }

    @Test
    void itsNumberIsBounded() {
        DetectedObject[] many = new DetectedObject[100];
        for (int i = 0; i < many.length; i++) {
            many[i] = new DetectedObject("" + i, "Car", 1, 0.1, 0.1, 0.1, 0.1, true);
        }
        idle.complete(frame(0, many));
        assertThat(idle.complete(frame(1_000))).hasSize(64);
    }
}
