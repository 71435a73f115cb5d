package io.atalaya.contracts.json;

import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.plate.Vehicle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FieldTest {
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNotFiniteIsRejectedWhereverItIsMadeOrWritten(double value) {
        String message = ": got " + value + ", expected a finite number";
        assertThatThrownBy(() -> Field.finite("score", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("score" + message);
        assertThatThrownBy(() -> new DetectedObject("1", "Car", 1, value, 0, 1, 1))
                .hasMessage("x" + message);
        assertThatThrownBy(() -> JsonOut.object(out -> out.number("score", value)))
                .hasMessage("score" + message);
        assertThatThrownBy(() -> JsonOut.object(out -> out.numbers("box", 1, value)))
                .hasMessage("box" + message);
    }

    /** Equal numbers must be written and compared alike. */
    @Test
    void minusZeroIsZero() throws InvalidRecordException {
        assertThat(Double.doubleToRawLongBits(Field.finite("a", -0.0))).isZero();
        assertThat(Double.doubleToRawLongBits(Field.number("a", -0.0, 0, 1))).isZero();
        assertThat(Field.numberOrNull("a", -0.0, 0, 1)).isEqualTo(0.0);
        try (JsonIn in = JsonIn.object("{\"a\":-0.0}".getBytes(), 99)) {
            assertThat(in.nextField()).isTrue();
            assertThat(Double.doubleToRawLongBits(in.number(-1, 1))).isZero();
        }
    }

    /** Huge sizes are valid numbers here; the analysis of the boxes evaluates them. */
    @Test
    void hugeNumbersAreNumbers() {
        double huge = Double.MAX_VALUE;
        assertThat(new DetectedObject("1", "Car", 1, huge, huge, huge, huge).x()).isEqualTo(huge);
    }

    @Test
    void namesWhatIsWrongWithATextAListOrATime() {
        assertThatThrownBy(() -> Field.text("id", null, 1, 4))
                .hasMessage("id: got nothing, expected a value: the field is required");
        assertThatThrownBy(() -> Field.text("id", "", 1, 4))
                .hasMessage("id: got \"\", expected 1 to 4 characters");
        assertThatThrownBy(() -> Field.text("id", "a\ud83d", 1, 4))
                .hasMessage("id: got \"a\\ud83d\", expected text without half surrogate pairs");
        assertThat(Field.text("id", "\ud83d\ude97".repeat(4), 1, 4)).hasSize(8);
        assertThatThrownBy(() -> Field.visibleOrNull("id", " \u00a0", 4))
                .hasMessageEndingWith("expected a character that is not blank");
        assertThatThrownBy(() -> Field.list("ids", Arrays.asList("a", null), 4))
                .hasMessage("ids: got a null element, expected elements that are not null");
        assertThatThrownBy(() -> Field.texts("ids", List.of("a", "b"), 1, 4))
                .hasMessage("ids: got 2 elements, expected at most 1 elements");
        assertThatThrownBy(() -> Field.time("time", -1))
                .hasMessage("time: got -1, expected epoch milliseconds, years 1970 to 9999");
    }

    @Test
    void aVehicleIsWhatTheContractAllows() {
        assertThatThrownBy(() -> new Vehicle("a".repeat(65), null, null, null, null))
                .hasMessageStartingWith("make: got ");
        assertThatThrownBy(() -> new Vehicle(null, null, null, null, 1.01))
                .hasMessage("confidence: got 1.01, expected a number from 0.0 to 1.0");
    }
}
