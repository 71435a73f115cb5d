package io.atalaya.videoanalytics.camera;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

class TrajectoryLengthsTest {
    private TrajectoryLengths lengths = new TrajectoryLengths();

    private int pieces(int flowModel, double length) {
        int pieces = 0;
        for (int i = 0; i < flowModel; i++) {
            pieces += lengths.isFragment(length) ? 1 : 0;
        }
        return pieces;
    }

    @Test
    void lessThanHalfOfTheTypicalIsAFragment() {
        assertThat(pieces(200, 0.6)).isZero();

        assertThat(lengths.isFragment(0.25)).isTrue();
        assertThat(lengths.isFragment(0.35)).isFalse();
        assertThat(lengths.isFragment(1.2)).as("there and back").isFalse();
    }

    @Test
    void noFragmentsBeforeTheTypicalLengthIsKnown() {
        assertThat(pieces(5, 0.6)).isZero();
        assertThat(lengths.isFragment(0.05)).isFalse();
    }

    @Test
    void aCameraThatWasTurnedHasOtherTrajectories() {
        pieces(1_000, 0.8);
        assertThat(pieces(2_000, 0.3))
                .as("until the shorter ones are the usual")
                .isBetween(100, 500);
        assertThat(pieces(100, 0.3)).isZero();
    }

    @Test
    void goesOnFromItsBytes() throws IOException {
        pieces(50, 0.6);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        lengths.write(new DataOutputStream(bytes));
        lengths =
                TrajectoryLengths.read(
                        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(lengths.isFragment(0.29)).isTrue();
    }
}
