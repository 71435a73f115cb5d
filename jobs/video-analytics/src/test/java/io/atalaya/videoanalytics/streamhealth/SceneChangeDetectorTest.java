package io.atalaya.videoanalytics.streamhealth;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.videoanalytics.camera.CameraAnalyzerSettings;
import io.atalaya.videoanalytics.recording.AnalyzerRun;
import io.atalaya.videoanalytics.recording.Street;

import org.junit.jupiter.api.Test;

import java.util.function.DoubleConsumer;

import static org.assertj.core.api.Assertions.assertThat;

/** A street that has been known for 30 min, and then objects move where none moved before. */
class SceneChangeDetectorTest {
    private static final double KNOWN = 30 * 60;
    private static final double END = KNOWN + 4 * 60;

    /** On a path beside the street, in one corner of the image. */
    private static double[] aside(double metres) {
        return metres >= 0 && metres <= 12 ? new double[] {-22 + metres, 22} : null;
    }

    private static void every(double seconds, DoubleConsumer from) {
        for (double at = KNOWN; at < END; at += seconds) {
            from.accept(at);
        }
    }

    private static boolean isFoundMoved(Street street) {
        return new AnalyzerRun(CameraAnalyzerSettings.DEFAULT)
                .feed(street.film(0, END)).emitted().stream()
                        .anyMatch(emitted -> emitted.update().type() == AlertType.CAMERA_MOVED);
    }

    /** As if the camera was turned along its road: the nearer lanes still fit. */
    @Test
    void vehiclesInOneCornerWhereNoneWentAreAnotherFrame() {
        Street street = new Street(5, 4).withTraffic(0, KNOWN);
        every(8, from -> street.vehicle(s -> aside(4 * (s - from))));
        every(24, from -> street.vehicle(s -> Street.between(5.4, 12 + 13 * (s - from))));
        assertThat(isFoundMoved(street)).isTrue();
    }

    @Test
    void peopleInOneCornerWhereNoneWentAreACrowd() {
        Street street = new Street(5, 4).withTraffic(0, END);
        every(8, from -> street.person(s -> aside(1.4 * (s - from))));
        assertThat(isFoundMoved(street)).isFalse();
    }

    /**
     * Fast vehicles are compared beyond the edge, because each was first detected at another
     * position.
     */
    @Test
    void aJamThatComesSlowlyOverTheEdgeIsNoOtherFrame() {
        Street street = new Street(5, 2).withTraffic(0, KNOWN);
        every(
                5,
                from ->
                        street.vehicle(s -> Street.between(2.2, 12 + s - from))
                                .vehicle(s -> Street.between(5.4, 12 + s - from)));
        assertThat(isFoundMoved(street)).isFalse();
    }

    /** All that comes goes beside the lanes, which alone would be another frame. */
    private static Street beside() {
        Street street = new Street(5, 4).withTraffic(0, KNOWN);
        every(8, from -> street.vehicle(s -> Street.between(9.5, 12 + 13 * (s - from))));
        return street;
    }

    @Test
    void vehiclesThatGoRoundOneThatStoppedAreNoOtherFrame() {
        assertThat(isFoundMoved(beside())).isTrue();
        double from = KNOWN - 10;
        Street blocked =
                beside().vehicle(s -> Street.between(5.4, Math.min(30, 12 + 5 * (s - from))));
        assertThat(isFoundMoved(blocked)).isFalse();
    }

    /** As vehicles parked beside the road seem to stand in a lane of the former view. */
    @Test
    void aVehicleThatWasNotSeenToComeIsNotInTheWay() {
        Street parked = beside().vehicle(s -> s < KNOWN ? null : Street.between(5.4, 30));
        assertThat(isFoundMoved(parked)).isTrue();
    }
}
