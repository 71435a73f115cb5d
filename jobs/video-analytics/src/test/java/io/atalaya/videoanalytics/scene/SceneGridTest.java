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
import java.util.List;
import java.util.Random;

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
    void aDirectionIsTheAngleInEighths(
            @ForAll @DoubleRange(min = -3, max = 3) double dx,
            @ForAll @DoubleRange(min = -3, max = 3) double dy) {
        double turns = Math.atan2((float) dy, (float) dx) / (2 * Math.PI);
        float direction = SceneGrid.direction((float) dx, (float) dy);
        assertThat(direction).isBetween(0f, Math.nextDown(8f));
        // On the circle, just below 8 is just above 0.
        double off = Math.abs(direction - (turns < 0 ? turns + 1 : turns) * 8);
        assertThat(Math.min(off, 8 - off)).isLessThan(1e-5);
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
    void aCellWithoutVehiclesHasNoDirection() {
        assertThat(new SceneGrid().share(CELL, 2)).isZero();
    }

    @Test
    void bothDirectionsOfARoadHaveOneAxis() {
        SceneGrid grid = new SceneGrid();
        grid.learnVehicle(CELL, 1.5f, 1);
        assertThat(grid.axis(CELL)).isCloseTo(1.5f, within(0.01f));
        for (int i = 0; i < 20; i++) {
            grid.learnVehicle(CELL + 1, 5.5f, 1);
        }
        assertThat(grid.axis(CELL)).isCloseTo(1.5f, within(0.01f));
        assertThat(grid.axis(0)).isZero();
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

    /** The deviations are small against the resolution. */
    @Test
    void theSpreadOfAnEvenPaceIsKnown() {
        Random random = new Random(1);
        double sum = 0;
        for (int i = 0; i < 5_000; i++) {
            grid.learnSpeed(CELL, (float) (2 + 0.1 * random.nextGaussian()));
            sum += i < 1_000 ? 0 : grid.speedVariance(CELL);
        }
        assertThat(sum / 4_000).isCloseTo(0.01, within(0.001));
    }

    @Test
    void whatHappensInACellSupportsThoseAround() {
        grid.learnVehicle(CELL, 2, 1);
        assertThat(grid.support(CELL + 1, 2)).isCloseTo(1, within(0.01f));
        assertThat(grid.support(CELL + SceneGrid.COLUMNS, 2)).isCloseTo(1, within(0.01f));
        assertThat(grid.support(CELL + 2, 2)).isZero();
        assertThat(grid.support(CELL, 6)).isZero();
    }

    /** Compares with the shares of each cell, which are counted differently. */
    @Property(tries = 200)
    void supportIsWhatWentThatWayInTheCellAndAroundIt(
            @ForAll List<@IntRange(max = 9_999) Integer> passages,
            @ForAll @IntRange(max = SceneGrid.CELLS - 1) int cell,
            @ForAll @DoubleRange(min = 0, max = 7.99) double direction) {
        SceneGrid one = new SceneGrid();
        for (int passage : passages) {
            // In the cells around, but not beyond the image edges.
            int near = cell + passage % 3 - 1 + (passage / 3 % 3 - 1) * SceneGrid.COLUMNS;
            one.learnVehicle(Math.max(0, Math.min(SceneGrid.CELLS - 1, near)), passage % 8, 1);
        }
        float expected = 0;
        for (int other = 0; other < SceneGrid.CELLS; other++) {
            boolean around =
                    Math.abs(other / SceneGrid.COLUMNS - cell / SceneGrid.COLUMNS) <= 1
                            && Math.abs(other % SceneGrid.COLUMNS - cell % SceneGrid.COLUMNS) <= 1;
            if (around && one.vehicles(other) > 0) {
                expected += one.share(other, (float) direction) * one.vehicles(other);
            }
        }
        assertThat(one.support(cell, (float) direction)).isCloseTo(expected, within(0.01f));
    }

    @Test
    void theLongestTypicalStayCountsAndAnIncidentHardly() {
        grid.learnStay(CELL, SceneGrid.StationaryClass.VEHICLE, 40_000, 1);
        grid.learnStay(CELL, SceneGrid.StationaryClass.VEHICLE, 10_000, 1);
        assertThat(grid.maxStayAround(CELL + 1, SceneGrid.StationaryClass.VEHICLE))
                .isCloseTo(40_000, within(2_000f));
        grid.learnStay(CELL, SceneGrid.StationaryClass.VEHICLE, 240_000, 0.25f);
        assertThat(grid.maxStayAround(CELL, SceneGrid.StationaryClass.VEHICLE))
                .isCloseTo(90_000, within(2_000f));
        assertThat(grid.maxStayAround(CELL, SceneGrid.StationaryClass.PERSON)).isZero();
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
        byte[] written = written(grid);
        assertThat(written.length).isLessThan(20 * 1024);
        assertThat(written(SceneGrid.read(in(written)))).isEqualTo(written);
    }

    @Property
    void whatIsReadAgainIsWhatWasKnown(@ForAll List<@IntRange(max = 99_999) Integer> passages)
            throws IOException {
        SceneGrid one = new SceneGrid();
        for (int passage : passages) {
            int cell = passage % SceneGrid.CELLS;
            switch (passage % 4) {
                case 0 -> one.learnVehicle(cell, passage % 8, 1);
                case 1 -> one.learnSpeed(cell, passage % 5 - 2);
                case 2 -> one.learnPerson(cell, 1);
                default -> one.learnStay(cell, SceneGrid.StationaryClass.PERSON, passage, 1);
            }
        }
        SceneGrid read = SceneGrid.read(in(written(one)));
        for (int cell = 0; cell < SceneGrid.CELLS; cell++) {
            assertThat(read.vehicles(cell)).isEqualTo(one.vehicles(cell));
            assertThat(read.speeds(cell)).isEqualTo(one.speeds(cell));
            assertThat(read.peopleAround(cell)).isEqualTo(one.peopleAround(cell));
            assertThat(read.support(cell, 3)).isEqualTo(one.support(cell, 3));
            assertThat(read.maxStayAround(cell, SceneGrid.StationaryClass.PERSON))
                    .isEqualTo(one.maxStayAround(cell, SceneGrid.StationaryClass.PERSON));
            if (one.speeds(cell) > 0) {
                assertThat(read.logSpeed(cell)).isEqualTo(one.logSpeed(cell));
                assertThat(read.speedVariance(cell)).isEqualTo(one.speedVariance(cell));
            }
        }
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    private static byte[] written(SceneGrid grid) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        grid.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
