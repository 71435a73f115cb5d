package io.atalaya.videoanalytics.scene;

import io.atalaya.videoanalytics.track.TrackManager;

import org.junit.jupiter.api.Test;

import static io.atalaya.videoanalytics.scene.SceneGrid.StationaryClass.VEHICLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SceneModelTest {
    private static final float ASPECT = 1;

    /** In eighths of the circle: to the lower edge of the image. */
    private static final float DOWN = 2;

    private static SceneModel road() {
        SceneModel scene = new SceneModel(SceneModel.Settings.DEFAULT, ASPECT);
        for (int i = 0; i < 100; i++) {
            // Seen from above: every place has the same scale.
            scene.groundPlane().learn(0.5f, 0.05f);
        }
        for (int cell = 0; cell < SceneGrid.COLUMNS * SceneGrid.ROWS; cell++) {
            scene.grid().learnVehicle(cell, DOWN, 1);
        }
        return scene;
    }

    @Test
    void aWayIsComparedWithTheOppositeOfTheTraffic() {
        SceneModel scene = road();
        assertThat(scene.angleToOpposite(0.5f, 0.8f, 0.5f, 0.4f)).isCloseTo(0, within(0.01f));
        assertThat(scene.angleToOpposite(0.5f, 0.8f, 0.5f + 0.4f * 0.4142f, 0.4f))
                .isCloseTo(0.5f, within(0.01f));
        assertThat(scene.angleToOpposite(0.5f, 0.4f, 0.5f, 0.8f)).isCloseTo(4, within(0.01f));
    }

    /** A van that unloads once must not make stops of minutes typical for ever. */
    @Test
    void aStayOfTwoMinutesFades() {
        SceneModel scene = new SceneModel(SceneModel.Settings.DEFAULT, ASPECT);
        int cell = SceneGrid.cell(0.5f, 0.5f);
        scene.grid().learnStay(cell, VEHICLE, 120_000, 1);
        TrackManager nothing = new TrackManager(TrackManager.Settings.DEFAULT);
        float afterHalfLife = 0;
        for (int hour = 0; hour <= 30 * 24; hour++) {
            scene.observe(nothing, hour * 3_600_000L, hour * 1_000L, true);
            if (hour == 4 * 24) {
                afterHalfLife = scene.grid().maxStayAround(cell, VEHICLE);
            }
        }
        assertThat(afterHalfLife).isCloseTo(60_000, within(4_000f));
        assertThat(scene.grid().maxStayAround(cell, VEHICLE)).isLessThan(10_000);
    }

    @Test
    void aWayAcrossLanesThatAreNotQuiteParallelIsAcross() {
        SceneModel scene = road();
        for (int cell = 0; cell < SceneGrid.COLUMNS * SceneGrid.ROWS; cell++) {
            boolean isLeft = cell % SceneGrid.COLUMNS < SceneGrid.COLUMNS / 2;
            scene.grid().learnVehicle(cell, isLeft ? DOWN - 1 : DOWN + 1, 1);
        }
        assertThat(scene.angleToOpposite(0.1f, 0.5f, 0.9f, 0.5f)).isCloseTo(2, within(0.2f));
    }
}
