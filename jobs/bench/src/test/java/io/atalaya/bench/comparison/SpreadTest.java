package io.atalaya.bench.comparison;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SpreadTest {
    @Test
    void medianOfAnOddCountIsTheMiddleValue() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(3, 4, 1, 9));
    }

    @Test
    void medianOfAnEvenCountIsTheMeanOfTwo() {
        assertThat(Spread.of(List.of(8.0, 1.0, 4.0, 2.0))).isEqualTo(new Spread(4, 3, 1, 8));
    }

    @Test
    void rejectsNoSamples() {
        assertThatThrownBy(() -> Spread.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("values: got none, expected one or more");
    }

    /** One stalled lap must not move the figure, or a busy machine would decide. */
    @Property
    void medianIgnoresOneOutlierAmongFive(
            @ForAll @Size(4) List<@DoubleRange(min = 1, max = 10) Double> others) {
        List<Double> values = new ArrayList<>(others);
        values.add(1e9);

        assertThat(Spread.of(values).median())
                .isBetween(Collections.min(others), Collections.max(others));
    }
}
