package io.atalaya.videoanalytics.track;

import io.atalaya.contracts.camera.DetectedObject;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class TrackManagerTest {
    private final TrackManager tracks = new TrackManager(TrackManager.Settings.DEFAULT);

    private static DetectedObject person(String id, double x, double y) {
        return new DetectedObject(id, "Human", 1, x, y, 0.02, 0.06);
    }

    private static DetectedObject vehicle(String id, double x, double y) {
        return new DetectedObject(id, "Car", 1, x, y, 0.05, 0.04);
    }

    private static DetectedObject item(String id, double x) {
        return object(id, "Bag", x, 0.5, 0.03, 0.03);
    }

    private static DetectedObject object(
            String id, String type, double x, double y, double width, double height) {
        return new DetectedObject(id, type, 1, x, y, width, height);
    }

    private void see(long time, DetectedObject... objects) {
        tracks.update(List.of(objects), time, time);
    }

    /**
     * One object is one track with all its ids, at any speed and with any misses of the tracker.
     */
    @Property(tries = 300)
    void oneObjectIsOneTrack(
            @ForAll @DoubleRange(min = -0.04, max = 0.04) double pace,
            @ForAll @IntRange(min = 2, max = 10) int fps,
            @ForAll long seed) {
        TrackManager followed = new TrackManager(TrackManager.Settings.DEFAULT);
        Random random = new Random(seed);
        List<String> ids = new ArrayList<>();
        int id = 1;
        double lostUntil = -1;
        double renameAt = 4 + 4 * random.nextDouble();
        int most = 0;
        for (double s = 0; s < 12; s += 1.0 / fps) {
            if (s >= renameAt) {
                renameAt = s + 4 + 4 * random.nextDouble();
                lostUntil = s + 1 + 1.5 * random.nextDouble();
                id++;
            }
            List<DetectedObject> objects = new ArrayList<>();
            if (s >= lostUntil && random.nextDouble() > 0.02) {
                double x = 0.5 + pace * (s - 6) + 0.001 * random.nextGaussian();
                objects.add(person(String.valueOf(id), x, 0.5 + 0.001 * random.nextGaussian()));
                if (!ids.contains(String.valueOf(id))) {
                    ids.add(String.valueOf(id));
                }
            }
            long time = Math.round(1000 * s);
            followed.update(objects, time, time);
            most = Math.max(most, followed.all().size());
        }
        assertThat(most).isEqualTo(1);
        assertThat(followed.all().get(0).ids()).containsExactlyElementsOf(ids);
    }

    /** Two distant objects are two tracks, whatever their ids do. */
    @Property(tries = 200)
    void twoObjectsStayTwo(@ForAll long seed) {
        TrackManager followed = new TrackManager(TrackManager.Settings.DEFAULT);
        Random random = new Random(seed);
        int id = 0;
        String left = "l";
        String right = "r";
        for (int i = 0; i < 60; i++) {
            if (random.nextInt(10) == 0) {
                left = "n" + id++;
            }
            if (random.nextInt(10) == 0) {
                right = "n" + id++;
            }
            long time = 500L * i;
            followed.update(
                    List.of(person(left, 0.2 + 0.002 * i, 0.5), person(right, 0.8, 0.5)),
                    time,
                    time);
        }
        assertThat(followed.all()).hasSize(2);
        assertThat(followed.all().get(0).x()).isLessThan(1);
        assertThat(followed.all().get(1).x()).isGreaterThan(1);
    }

    @Test
    void anIdThatJumpsIsAnotherObject() {
        see(0, vehicle("1", 0.1, 0.5));
        see(500, vehicle("1", 0.1, 0.5));
        see(1000, vehicle("1", 0.9, 0.5));
        assertThat(tracks.reusedIds()).isEqualTo(1);
        assertThat(tracks.continued()).isZero();
        see(1500, vehicle("1", 0.9, 0.5));
        assertThat(tracks.all()).hasSize(2);
    }

    /** Two vehicles pass each other, and the tracker swaps their ids. */
    @Test
    void idsThatSwapStayWithTheirObjects() {
        for (int i = 0; i < 8; i++) {
            see(500 * i, vehicle("up", 0.3, 0.2 + 0.05 * i), vehicle("down", 0.4, 0.9 - 0.05 * i));
        }
        for (int i = 8; i < 12; i++) {
            see(500 * i, vehicle("down", 0.3, 0.2 + 0.05 * i), vehicle("up", 0.4, 0.9 - 0.05 * i));
        }
        assertThat(tracks.all()).hasSize(2);
        assertThat(tracks.all().get(0).velocityY()).isPositive();
        assertThat(tracks.all().get(0).ids()).containsExactly("up", "down");
        assertThat(tracks.all().get(1).velocityY()).isNegative();
    }

    /** A bag keeps its stay when its id goes to another bag that is carried past. */
    @Test
    void aStayBelongsToItsPlace() {
        long t = 0;
        for (; t < 20_000; t += 500) {
            see(t, item("lies", 0.5), item("carried", 0.5 - 0.3 * (20_000 - t) / 20_000));
        }
        for (int i = 1; i < 8; i++, t += 500) {
            see(t, item("carried", 0.5), item("lies", 0.5 + 0.02 * i));
        }
        assertThat(tracks.all())
                .anyMatch(
                        track ->
                                Math.abs(track.left() - 0.5) < 0.01
                                        && track.stationaryMillis() > 20_000);
    }

    @Test
    void aSingleBoxIsNoObject() {
        see(0, vehicle("1", 0.1, 0.5), vehicle("2", 0.8, 0.5));
        assertThat(tracks.all()).isEmpty();
        see(500, vehicle("1", 0.1, 0.5));
        assertThat(tracks.all()).extracting(Track::id).containsExactly("1");
        assertThat(tracks.all().get(0).isNew()).isTrue();
    }

    @Test
    void aClassIsAVote() {
        for (int i = 0; i < 6; i++) {
            see(500 * i, object("1", "Car", 0.5, 0.5, 0.1, 0.1));
        }
        see(3_000, object("1", "Human", 0.5, 0.5, 0.1, 0.1));
        assertThat(tracks.all()).hasSize(1);
        assertThat(tracks.all().get(0).kind()).isEqualTo(ObjectClass.VEHICLE);
        for (int i = 7; i < 16; i++) {
            see(500 * i, object("1", "Human", 0.5, 0.5, 0.1, 0.1));
        }
        assertThat(tracks.all()).hasSize(1);
        assertThat(tracks.all().get(0).kind()).isEqualTo(ObjectClass.PERSON);
    }

    /**
     * A new id at its place continues the stationary track; what hides it for a moment is another
     * object.
     */
    @Test
    void anObjectBesideAParkedVehicleIsAnother() {
        for (long t = 0; t < 20_000; t += 500) {
            see(t, vehicle("1", 0.5, 0.5));
        }
        see(20_000);
        see(20_500, vehicle("2", 0.53, 0.5));
        see(21_000, vehicle("3", 0.501, 0.5), vehicle("2", 0.56, 0.5));
        assertThat(tracks.all()).hasSize(2);
        assertThat(tracks.all().get(0).ids()).containsExactly("1", "3");
        assertThat(tracks.all().get(0).stationaryMillis()).isEqualTo(21_000);
    }

    @Test
    void anotherClassIsNotTheLostObject() {
        see(0, person("1", 0.5, 0.5));
        see(500, person("1", 0.5, 0.5), vehicle("2", 0.5, 0.5));
        see(1000, person("1", 0.5, 0.5), vehicle("2", 0.5, 0.5));
        assertThat(tracks.all()).hasSize(2);
    }

    @Test
    void keepsLostStationaryTracksLonger() {
        for (int i = 0; i < 40; i++) {
            see(500L * i, vehicle("stands", 0.5, 0.5), vehicle("drives", 0.1 + 0.02 * i, 0.2));
        }
        see(19_500 + 5_000);
        assertThat(tracks.all()).extracting(Track::id).containsExactly("stands");
        see(19_500 + 13_000);
        assertThat(tracks.all()).isEmpty();
        assertThat(tracks.finished()).extracting(Track::id).containsExactly("stands");
    }

    @Test
    void aPersonWhoIsFoundAgainAFewStepsAwayHasAnotherStay() {
        for (int i = 0; i < 60; i++) {
            see(500L * i, person("waits", 0.5, 0.5));
        }
        see(31_500, person("same", 0.51, 0.5));
        see(32_000, person("same", 0.51, 0.5));
        assertThat(tracks.all().get(0).stationaryMillis()).isEqualTo(32_000);
        see(34_000, person("other", 0.56, 0.5));
        see(34_500, person("other", 0.56, 0.5));
        assertThat(tracks.all()).hasSize(1);
        assertThat(tracks.all().get(0).stationaryMillis()).isEqualTo(10_500);
    }

    @Test
    void whatStandsInAViewThatSwaysStaysThere() {
        Random random = new Random(1);
        double aside = 0;
        double down = 0;
        for (int i = 0; i < 1_200; i++) {
            aside = 0.78 * aside + 0.0025 * random.nextGaussian();
            down = 0.78 * down + 0.0025 * random.nextGaussian();
            see(500L * i, object("far", "Car", 0.5 + aside, 0.3 + down, 0.012, 0.012));
        }
        assertThat(tracks.sway()).isGreaterThan(0.002f);
        assertThat(tracks.all().get(0).stationaryMillis()).isGreaterThan(60_000);
    }

    @Test
    void aJitteringBoxIsStationary() {
        Random random = new Random(1);
        for (int i = 0; i < 240; i++) {
            see(
                    500L * i,
                    vehicle(
                            "1",
                            0.5 + 0.0025 * random.nextGaussian(),
                            0.5 + 0.0012 * random.nextGaussian()));
        }
        assertThat(tracks.all().get(0).stationaryMillis()).isEqualTo(119_500);
        see(120_000, vehicle("1", 0.55, 0.5));
        see(120_500, vehicle("1", 0.60, 0.5));
        see(121_000, vehicle("1", 0.65, 0.5));
        assertThat(tracks.all().get(0).finishedStand()).isEqualTo(120_000);
        assertThat(tracks.all().get(0).stationaryMillis()).isZero();
    }

    @Test
    void moreThanTheBoundAreIgnored() {
        List<DetectedObject> many = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            many.add(person("p" + i, (i % 25) / 25.0, (i / 25) / 25.0));
        }
        tracks.update(many, 0, 0);
        tracks.update(many, 500, 500);
        assertThat(tracks.all()).hasSize(TrackManager.MAX_TRACKS);
        assertThat(tracks.ignored()).isEqualTo(500 - TrackManager.MAX_TRACKS);
    }

    @Test
    void boxesWithoutSizeOrOutsideAreNothing() {
        see(
                0,
                new DetectedObject("1", "Car", 1, 0.5, 0.5, 0, 0.1),
                new DetectedObject("2", "Car", 1, 0.5, 0.5, 0.1, 0),
                new DetectedObject("3", "Car", 1, 700, 500, 40, 30));
        assertThat(tracks.all()).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        for (int i = 0; i < 40; i++) {
            see(500L * i, vehicle("a" + i / 15, 0.5, 0.5), person("b", 0.1 + 0.02 * i, 0.2));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        tracks.write(new DataOutputStream(bytes));
        TrackManager read =
                TrackManager.read(
                        TrackManager.Settings.DEFAULT,
                        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        read.write(new DataOutputStream(again));
        assertThat(again.toByteArray()).isEqualTo(bytes.toByteArray());
        assertThat(read.all().get(0).ids()).containsExactly("a0", "a1", "a2");
        read.update(List.of(vehicle("a3", 0.5, 0.5)), 20_000, 20_000);
        assertThat(read.all().get(0).ids()).containsExactly("a0", "a1", "a2", "a3");
    }
}
