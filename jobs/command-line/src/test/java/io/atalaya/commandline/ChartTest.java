package io.atalaya.commandline;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ChartTest {
    private static List<Integer> ranks(int many) {
        return IntStream.range(0, many).boxed().toList();
    }

    @Test
    void keepsFewPointsAsTheyAre() {
        assertThat(Chart.thinned(ranks(50))).isEqualTo(ranks(50));
    }

    /** A curve on a logarithmic axis consists mostly of its first ranks. */
    @Test
    void keepsTheFirstRanksTheLastAndSomeOfAllBetween() {
        List<Integer> some = Chart.thinned(ranks(1_000_000));

        assertThat(some)
                .startsWith(0, 1, 2, 3, 4, 5)
                .endsWith(999_999)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSizeLessThan(1_000);
        for (int i = 1; i < some.size(); i++) {
            assertThat(some.get(i)).isLessThan(some.get(i - 1) + 20_000);
            assertThat(some.get(i) + 1.0).isLessThan(2.1 * (some.get(i - 1) + 1));
        }
    }
}
