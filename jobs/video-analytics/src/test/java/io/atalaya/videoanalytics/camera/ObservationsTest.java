package io.atalaya.videoanalytics.camera;

import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.videoanalytics.anomaly.ActivitySample;
import io.atalaya.videoanalytics.recording.CameraRecording.Arrived;
import io.atalaya.videoanalytics.recording.Street;
import io.atalaya.videoanalytics.track.ObjectClass;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Observations that an analyzer emits for the models. */
class ObservationsTest {
    private static final double KNOWN = 26 * 60;
    private static final double END = 36 * 60;
    private static final double PACE = 13;

    private CameraAnalyzer watch = new CameraAnalyzer(CameraAnalyzerSettings.DEFAULT);
    private final List<Passed> passed = new ArrayList<>();
    private final List<ActivityCounter.ActivityCount> counted = new ArrayList<>();

    /** A completed track, as of its end. */
    private record Passed(
            List<String> ids,
            ObjectClass objectClass,
            long since,
            Trajectory trajectory,
            boolean explained) {}

    private static Street street() {
        return new Street(5, 4).withTraffic(0, END);
    }

    private void see(List<Arrived> frames) {
        for (Arrived each : frames) {
            while (watch.timerAt() <= each.at()) {
                watch.onTime(watch.timerAt());
            }
            see(each.frame(), each.at());
        }
    }

    private void see(CameraFrame frame, long arrival) {
        watch.onFrame(frame, arrival);
        watch.passed()
                .forEach(
                        track ->
                                passed.add(
                                        new Passed(
                                                List.copyOf(track.ids()),
                                                track.kind(),
                                                track.firstTime(),
                                                track.trajectory(),
                                                watch.isExplained(track))));
        if (watch.counted() != null) {
            counted.add(watch.counted());
        }
    }

    private static double seconds(long time) {
        return (time - Street.START) / 1000.0;
    }

    @Test
    void emitsACompletedTrackWithItsTrajectory() {
        Street street = street().vehicle(s -> turnsRound(s - KNOWN));
        see(street.film(0, END));

        assertThat(passed)
                .hasSizeGreaterThan(250)
                .allSatisfy(
                        each -> {
                            assertThat(each.objectClass()).isEqualTo(ObjectClass.VEHICLE);
                            assertThat(each.trajectory().size()).isBetween(2, 33);
                        });
        assertThat(passed).filteredOn(Passed::explained).isEmpty();
        Passed turned =
                passed.stream()
                        .filter(each -> Math.abs(seconds(each.since()) - KNOWN) < 2)
                        .max((a, b) -> Double.compare(dip(a), dip(b)))
                        .orElseThrow();
        assertThat(dip(turned)).as("up the frame and back").isGreaterThan(0.3);
    }

    /** Moves away for 4 s, and comes back on the other side. */
    private static double[] turnsRound(double s) {
        double turn = 4;
        double across = Math.max(-1, Math.min(1, s - turn));
        return s < 0 || s > 2 * turn
                ? null
                : new double[] {-5.4 * across, 14 + PACE * (s < turn ? s : 2 * turn - s)};
    }

    /** How far up in the image it went beyond its start and end. */
    private static double dip(Passed each) {
        double[] y = each.trajectory().y();
        double top = Double.MAX_VALUE;
        for (double place : y) {
            top = Math.min(top, place);
        }
        return Math.min(y[0], y[y.length - 1]) - top;
    }

    /** Such as a tracker leaves of a vehicle that it loses. */
    @Test
    void aPieceOfAWayIsNotHandedOn() {
        Street street =
                street().vehicle(
                                s -> s < KNOWN || s > KNOWN + 2 ? null : between20And46(s - KNOWN));
        see(street.film(0, END));

        assertThat(passed).hasSizeGreaterThan(250);
        assertThat(passed)
                .filteredOn(each -> each.trajectory().t()[each.trajectory().size() - 1] < 2.5)
                .isEmpty();
    }

    private static double[] between20And46(double s) {
        return new double[] {5.4, 20 + PACE * s};
    }

    @Test
    void alertedTracksAreSuppressed() {
        Street street = street().vehicle(s -> Street.between(5.4, 150 - PACE * (s - KNOWN)));
        see(street.film(0, END));

        assertThat(passed)
                .filteredOn(Passed::explained)
                .as("the one that drove the wrong way")
                .hasSize(1);
    }

    @Test
    void scoresNothingDuringAnEmittedJam() {
        Street street = street();
        for (int i = 0; i < 9; i++) {
            double z = 20 + 9 * i;
            street.vehicle(s -> s < KNOWN || s > KNOWN + 180 ? null : new double[] {2.2, z});
            street.vehicle(s -> s < KNOWN || s > KNOWN + 180 ? null : new double[] {5.4, z});
        }
        see(street.film(0, END));

        assertThat(counted).filteredOn(ActivityCounter.ActivityCount::isSuppressed).isNotEmpty();
        assertThat(passed).filteredOn(Passed::explained).isNotEmpty();
        assertThat(counted)
                .filteredOn(
                        each -> seconds(each.startedAt()) < KNOWN - ActivitySample.LENGTH / 1000.0)
                .noneMatch(ActivityCounter.ActivityCount::isSuppressed);
    }

    @Test
    void activityIsCountedSpanBySpanAndAnEmptyStreetIsNone() {
        Street street = new Street(5, 4).withTraffic(0, KNOWN);
        see(street.film(0, KNOWN + 15 * 60));

        List<ActivityCounter.ActivityCount> typical =
                counted.stream().filter(each -> seconds(each.startedAt()) + 300 < KNOWN).toList();
        List<ActivityCounter.ActivityCount> empty =
                counted.stream().filter(each -> seconds(each.startedAt()) > KNOWN + 120).toList();
        assertThat(typical).hasSize(5).allMatch(each -> each.vehicles() > 1);
        assertThat(empty).isNotEmpty().allMatch(each -> each.vehicles() == 0);
        assertThat(empty).as("even if the camera may be covered").noneMatch(c -> c.isSuppressed());
    }

    @Test
    void aCameraThatIsSilentCountsNothing() {
        List<Arrived> frames = new ArrayList<>(street().film(0, 20 * 60));
        frames.addAll(street().film(30 * 60, END));
        see(frames);

        assertThat(counted).isNotEmpty().allMatch(each -> each.vehicles() > 1);
        assertThat(counted)
                .extracting(each -> seconds(each.startedAt()))
                .noneMatch(time -> time > 20 * 60 && time + 300 < 30 * 60);
    }

    @Test
    void whatIsWrittenAndReadHandsOnTheSame() throws IOException {
        List<Arrived> frames = street().film(0, 10 * 60);
        see(frames);
        List<Passed> undisturbed = List.copyOf(passed);
        List<ActivityCounter.ActivityCount> spans = List.copyOf(counted);
        passed.clear();
        counted.clear();
        watch = new CameraAnalyzer(CameraAnalyzerSettings.DEFAULT);

        for (int i = 0; i < frames.size(); i++) {
            see(frames.get(i).frame(), frames.get(i).at());
            if (i % 97 == 0) {
                watch = AnalyzerBytes.of(watch).read(CameraAnalyzerSettings.DEFAULT);
            }
        }

        assertThat(counted).isEqualTo(spans);
        assertThat(passed).usingRecursiveComparison().isEqualTo(undisturbed);
    }
}
