package io.atalaya.videoanalytics.track;

import io.atalaya.contracts.camera.DetectedObject;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ViewShiftDetectorTest {
    private final TrackManager tracks = new TrackManager(TrackManager.Settings.DEFAULT);

    /** Five people and a vehicle, with ids that start with a letter, shifted by an offset. */
    private static List<DetectedObject> street(String name, double dx, double dy) {
        List<DetectedObject> objects = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            double height = 0.06 + 0.015 * i;
            objects.add(
                    new DetectedObject(
                            name + i,
                            "Human",
                            1,
                            0.2 + 0.1 * i + dx,
                            0.3 + 0.02 * i * i + dy,
                            height / 4,
                            height));
        }
        objects.add(new DetectedObject(name + "car", "Car", 1, 0.5 + dx, 0.6 + dy, 0.05, 0.05));
        return objects;
    }

    private boolean jumps(long time, List<DetectedObject> objects) {
        tracks.update(objects, time, time);
        return tracks.hasJumped();
    }

    @Test
    void stationaryObjectsWithOneShiftAreAViewShiftUnderAnyIds() {
        assertThat(jumps(0, street("a", 0, 0))).isFalse();
        assertThat(jumps(500, street("a", 0.001, 0))).isFalse();
        assertThat(jumps(1000, street("a", 0.2, 0.05))).isTrue();
        assertThat(jumps(1500, street("a", 0.2, 0.05))).isFalse();
        assertThat(jumps(2000, street("b", 0.05, -0.05))).isTrue();
    }

    /** Shown long enough for the tracks to have a velocity. */
    private void know(String name) {
        jumps(-500, street(name, 0, 0));
        jumps(0, street(name, 0, 0));
    }

    @Test
    void newIdsAloneAreNoViewShift() {
        know("a");
        assertThat(jumps(500, street("b", 0.002, 0))).isFalse();
    }

    /** Every box is both lost and new in each frame. */
    @Test
    void idsThatNeverLastAreNoViewShift() {
        for (int i = 0; i < 5; i++) {
            assertThat(jumps(250 * i, street("frame" + i + "-", 0, 0))).isFalse();
        }
        assertThat(jumps(1250, street("frame5-", 0.2, 0.05))).isFalse();
    }

    @Test
    void afterAPauseEverythingMayBeElsewhere() {
        know("a");
        assertThat(jumps(1_501, street("a", 0.2, 0))).isFalse();
    }

    @Test
    void someWhoJumpAreNotTheCamera() {
        know("a");
        List<DetectedObject> half = new ArrayList<>(street("a", 0, 0).subList(0, 3));
        half.addAll(street("a", 0.2, 0).subList(3, 6));
        assertThat(jumps(500, half)).isFalse();
    }

    @Test
    void otherObjectsAreNotTheSameElsewhere() {
        know("a");
        List<DetectedObject> others = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            others.add(new DetectedObject("x" + i, "Human", 1, 0.1 + 0.13 * i, 0.2, 0.01, 0.05));
        }
        assertThat(jumps(500, others)).isFalse();
    }

    /** Shows some of the objects until they have a velocity, and then others. */
    private void shift(List<DetectedObject> before, List<DetectedObject> after) {
        jumps(-500, before);
        jumps(0, before);
        jumps(500, after);
    }

    @Test
    void twoObjectsWithTheirIdsAreAViewShift() {
        shift(street("a", 0, 0).subList(0, 2), street("a", 0.25, 0).subList(0, 2));
        assertThat(tracks.hasJumped()).isTrue();
        assertThat(tracks.mayHaveJumped()).isFalse();
    }

    @Test
    void oneObjectWithItsIdMayBeAViewShift() {
        shift(street("a", 0, 0).subList(0, 2), street("a", 0.25, 0).subList(0, 1));
        assertThat(tracks.hasJumped()).isFalse();
        assertThat(tracks.mayHaveJumped()).isTrue();
    }

    @Test
    void oneObjectThatLeapsBesideOneThatStaysIsNoViewShift() {
        List<DetectedObject> after = new ArrayList<>(street("a", 0, 0).subList(0, 1));
        after.addAll(street("a", 0.25, 0).subList(1, 2));
        shift(street("a", 0, 0).subList(0, 2), after);
        assertThat(tracks.mayHaveJumped()).isFalse();
    }

    @Test
    void anIdThatGoesToAnotherObjectIsNoViewShift() {
        DetectedObject one = new DetectedObject("one", "Human", 1, 0.2, 0.4, 0.02, 0.08);
        DetectedObject other = new DetectedObject("other", "Human", 1, 0.6, 0.4, 0.02, 0.08);
        DetectedObject swapped = new DetectedObject("one", "Human", 1, 0.6, 0.4, 0.02, 0.08);
        shift(List.of(one, other), List.of(swapped));
        assertThat(tracks.mayHaveJumped()).isFalse();
    }

    @Test
    void objectsThatLeapApartAreNoViewShift() {
        List<DetectedObject> after = new ArrayList<>(street("a", 0.25, 0).subList(0, 1));
        after.addAll(street("a", -0.15, 0.1).subList(1, 2));
        shift(street("a", 0, 0).subList(0, 2), after);
        assertThat(tracks.hasJumped() || tracks.mayHaveJumped()).isFalse();
    }
}
