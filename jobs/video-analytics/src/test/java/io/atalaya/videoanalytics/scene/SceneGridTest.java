package io.atalaya.videoanalytics.scene;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SceneGridTest {
    private static final int CELL = SceneGrid.cell(0.5f, 0.5f);

    private final SceneGrid grid = new SceneGrid();

    @Property
    void everyPlaceHasACell(
            @ForAll @DoubleRange(min = -2, max = 3) double x,
            @ForAll @DoubleRange(min = -2, max = 3) double y) {
        assertThat(SceneGrid.cell((float) x, (float) y)).isBetween(0, SceneGrid.CELLS - 1);
    }

    @Property
    void oneDirectionIsAllThereIs(
            @ForAll @DoubleRange(min = 0, max = 6.28) double angle,
            @ForAll @IntRange(min = 5, max = 500) int passages) {
        SceneGrid one = new SceneGrid();
        float direction = SceneGrid.direction((float) Math.cos(angle), (float) Math.sin(angle));
        for (int i = 0; i < passages; i++) {
            one.learnVehicle(CELL, direction, 1);
        }
        assertThat(one.share(CELL, direction)).isCloseTo(1, within(0.02f));
        assertThat(one.share(CELL, (direction + 4) % 8)).isLessThan(0.01f);
        assertThat(one.vehicles(CELL)).isLessThanOrEqualTo(81);
    }

    @Test
    void aRoadThatIsTurnedIsLearnedWithinAFewHundredPassages() {
        for (int i = 0; i < 1_000; i++) {
            grid.learnVehicle(CELL, 2, 1);
        }
        for (int i = 0; i < 300; i++) {
            grid.learnVehicle(CELL, 6, 1);
        }
        assertThat(grid.share(CELL, 2)).isLessThan(0.05f);
        assertThat(grid.share(CELL, 6)).isGreaterThan(0.95f);
    }

    @Test
    void speedsAreAveragedAndTheirSpreadKnown() {
        for (int i = 0; i < 200; i++) {
            grid.learnSpeed(CELL, i % 2 == 0 ? 2.2f : 1.8f);
        }
        assertThat(grid.logSpeed(CELL)).isCloseTo(2, within(0.02f));
        assertThat(Math.sqrt(grid.speedVariance(CELL))).isCloseTo(0.2, within(0.03));
    }

    @Test
    void whatHappensInACellSupportsThoseAround() {
        grid.learnVehicle(CELL, 2, 1);
        assertThat(grid.support(CELL + 1, 2)).isCloseTo(1, within(0.01f));
        assertThat(grid.support(CELL + SceneGrid.COLUMNS, 2)).isCloseTo(1, within(0.01f));
        assertThat(grid.support(CELL + 2, 2)).isZero();
        assertThat(grid.support(CELL, 6)).isZero();
    }

    @Test
    void theLongestUsualStayCountsAndAnIncidentHardly() {
        grid.learnStay(CELL, SceneGrid.Stay.VEHICLE, 40_000, 1);
        grid.learnStay(CELL, SceneGrid.Stay.VEHICLE, 10_000, 1);
        assertThat(grid.longestStayAround(CELL + 1, SceneGrid.Stay.VEHICLE))
                .isCloseTo(40_000, within(2_000f));
        grid.learnStay(CELL, SceneGrid.Stay.VEHICLE, 240_000, 0.25f);
        assertThat(grid.longestStayAround(CELL, SceneGrid.Stay.VEHICLE))
                .isCloseTo(90_000, within(2_000f));
        assertThat(grid.longestStayAround(CELL, SceneGrid.Stay.PERSON)).isZero();
    }

    @Test
    void everythingFadesButTheLevels() {
        grid.learnVehicle(CELL, 2, 1);
        grid.learnSpeed(CELL, 2);
        grid.fade(0.5f);
        assertThat(grid.vehicles(CELL)).isCloseTo(0.5f, within(0.01f));
        assertThat(grid.logSpeed(CELL)).isCloseTo(2, within(0.01f));
    }

    @Test
    void whatIsWrittenIsReadAgainWithinTheBound() throws IOException {
        for (int cell = 0; cell < SceneGrid.CELLS; cell++) {
            grid.learnVehicle(cell, cell % 8, 1);
            grid.learnPerson(cell, 1);
            grid.learnSpeed(cell, 1 + cell % 3);
        }
        byte[][] rows = rows(grid);
        assertThat(Arrays.stream(rows).mapToInt(row -> row.length).sum()).isLessThan(20 * 1024);
        SceneGrid read = new SceneGrid();
        for (int row = 0; row < SceneGrid.ROWS; row++) {
            read.readRow(row, new DataInputStream(new ByteArrayInputStream(rows[row])));
        }
        assertThat(rows(read)).isDeepEqualTo(rows);
    }

    @Test
    void onlyRowsThatChangeAreTouched() {
        assertThat(touched()).hasSize(SceneGrid.ROWS);
        grid.written();
        assertThat(touched()).isEmpty();

        grid.learnPerson(3 * SceneGrid.COLUMNS + 5, 1);
        grid.learnStay(7 * SceneGrid.COLUMNS, SceneGrid.Stay.VEHICLE, 60_000, 1);
        assertThat(touched()).containsExactly(3, 7);
        grid.written();

        grid.learnStay(7 * SceneGrid.COLUMNS, SceneGrid.Stay.VEHICLE, 30_000, 1);
        assertThat(touched()).isEmpty();
        assertThat(grid.isEmpty(2)).isTrue();
        assertThat(grid.isEmpty(3)).isFalse();
    }

    private List<Integer> touched() {
        return IntStream.range(0, SceneGrid.ROWS).filter(grid::isTouched).boxed().toList();
    }

    private static byte[][] rows(SceneGrid grid) throws IOException {
        byte[][] rows = new byte[SceneGrid.ROWS][];
        for (int row = 0; row < SceneGrid.ROWS; row++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            grid.writeRow(row, new DataOutputStream(bytes));
            rows[row] = bytes.toByteArray();
        }
        return rows;
    }
}
