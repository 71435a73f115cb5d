package io.atalaya.bench.throughput;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RoundsTest {
    /** Its compiler has half as much to do from lap to lap. */
    private static final class Compiled implements Contender {
        private final String name;
        private double compilerSeconds;

        Compiled(String name, double compilerSeconds) {
            this.name = name;
            this.compilerSeconds = compilerSeconds;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Lap lap(int round, long records) {
            Lap lap = new Lap(name, round, records, 1, 1, compilerSeconds);
            compilerSeconds /= 2;
            return lap;
        }
    }

    @Test
    void warmsUpUntilTheCompilerHasLittleToDoForAnybody() throws Exception {
        List<Lap> shown = new ArrayList<>();

        List<Lap> laps =
                Rounds.race(
                        List.of(new Compiled("long", 0.7), new Compiled("short", 0.1)),
                        100,
                        8,
                        2,
                        shown::add);

        // 0.7, 0.35, 0.175, 0.0875
        assertThat(shown)
                .extracting(Lap::round)
                .containsExactly(-8, -8, -7, -7, -6, -6, -5, -5, 0, 0, 1, 1);
        assertThat(laps).isEqualTo(shown.subList(8, 12));
        assertThat(laps)
                .extracting(Lap::contender)
                .containsExactly("long", "short", "long", "short");
    }

    @Test
    void warmsUpNoLongerThanItMay() throws Exception {
        List<Lap> shown = new ArrayList<>();

        Rounds.race(List.of(new Compiled("endless", 1_000)), 100, 3, 1, shown::add);

        assertThat(shown).extracting(Lap::round).containsExactly(-3, -2, -1, 0);
    }
}
