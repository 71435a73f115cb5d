package io.atalaya.bench.measure;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LineTest {
    @Test
    void goes_through_both_points_and_on() {
        Line line = Line.through(2, 50, 10, 90);

        assertThat(line).isEqualTo(new Line(40, 5));
        assertThat(line.at(100)).isEqualTo(540);
    }

    @Test
    void one_size_is_no_line() {
        assertThatThrownBy(() -> Line.through(3, 1, 3, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sizes: got 3.0 twice, expected two");
    }
}
