package io.atalaya.videoanalytics.camera;

import io.atalaya.videoanalytics.anomaly.ActivitySample;
import io.atalaya.videoanalytics.camera.ActivityCounter.ActivityCount;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ActivityCounterTest {
    private static final long NOON = 1_772_539_200_000L;
    private static final long STEP = 500;
    private static final int PEOPLE = 2;

    private ActivityCounter count = new ActivityCounter();
    private final List<ActivityCount> counted = new ArrayList<>();

    /** Frames from one time up to another, in seconds after noon. */
    private void film(double from, double until, int vehicles, boolean explained) {
        for (long time = Math.round(1000 * from); time < 1000 * until; time += STEP) {
            ActivityCount over = count.add(NOON + time, STEP, vehicles, PEOPLE, explained);
            if (over != null) {
                counted.add(over);
            }
        }
    }

    @Test
    void aSpanIsTheMeanOverWhatWasSeenOfIt() {
        film(0, 100, 2, false);
        film(100, 300, 5, false);
        film(300, 301, 9, false);

        assertThat(counted).containsExactly(new ActivityCount(NOON, 4, PEOPLE, false));
    }

    @Test
    void anEmptyStreetIsSeenAndASilentCameraIsNot() {
        film(0, 300, 3, false);
        film(300, 600, 0, false);
        // Two intervals without frames, and a third with few.
        film(1_450, 1_501, 3, false);
        film(1_501, 1_801, 4, false);

        assertThat(counted)
                .containsExactly(
                        new ActivityCount(NOON, 3, PEOPLE, false),
                        new ActivityCount(NOON + ActivitySample.LENGTH, 0, PEOPLE, false),
                        new ActivityCount(
                                NOON + 5 * ActivitySample.LENGTH, 3.9966666f, PEOPLE, false));
    }

    @Test
    void framesThatRepeatSayNothing() {
        film(0, 200, 2, false);
        for (long time = 200_000; time < 300_000; time += STEP) {
            count.add(NOON + time, 0, 7, 7, false);
        }
        film(300, 301, 2, false);

        assertThat(counted).containsExactly(new ActivityCount(NOON, 2, PEOPLE, false));
    }

    @Test
    void vehiclesAndPeopleAreCountedApart() {
        for (long time = 0; time <= 300_000; time += STEP) {
            ActivityCount over = count.add(NOON + time, STEP, time < 150_000 ? 4 : 0, 1, false);
            if (over != null) {
                counted.add(over);
            }
        }

        assertThat(counted).containsExactly(new ActivityCount(NOON, 2, 1, false));
    }

    @Test
    void whatIsExplainedForAMomentIsExplained() {
        film(0, 150, 2, false);
        film(150, 151, 2, true);
        film(151, 601, 2, false);

        assertThat(counted).extracting(ActivityCount::isSuppressed).containsExactly(true, false);
    }

    @Test
    void aClockThatIsSetBackBeginsAnotherSpan() {
        film(0, 200, 2, false);
        film(-3_600, -3_299, 4, false);

        assertThat(counted)
                .containsExactly(
                        new ActivityCount(NOON, 2, PEOPLE, false),
                        new ActivityCount(NOON - 12 * ActivitySample.LENGTH, 4, PEOPLE, false));
    }

    @Test
    void goesOnFromItsBytes() throws IOException {
        film(0, 100, 2, true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        count.write(new DataOutputStream(bytes));
        count =
                ActivityCounter.read(
                        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        film(100, 301, 5, false);

        assertThat(counted).containsExactly(new ActivityCount(NOON, 4, PEOPLE, true));
    }
}
