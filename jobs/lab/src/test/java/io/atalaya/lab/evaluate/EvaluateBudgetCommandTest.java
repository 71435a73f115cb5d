package io.atalaya.lab.evaluate;

import io.atalaya.lab.Lab;
import io.atalaya.simulator.random.SeededRandom;
import io.atalaya.simulator.scores.ScoreKind;
import io.atalaya.simulator.scores.ScoredCamera;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class EvaluateBudgetCommandTest {
    @Test
    void theBudgetIsKeptOnQuietAndOnBusyCameras() {
        StringWriter out = new StringWriter();
        CommandLine line = Lab.commandLine();
        line.setOut(new PrintWriter(out, true));

        assertThat(line.execute("evaluate", "budget", "--seed", "5", "--scores", "50,1500"))
                .as(out.toString())
                .isZero();
        assertThat(out.toString().lines()).hasSize(1 + 4 * 2 + 1);
        assertThat(out.toString())
                .contains("0.1 a day")
                .contains("heavy tail")
                .contains("furthest from the budget: ")
                .doesNotContain("!");
    }

    @Test
    void aCameraWithoutScoresIsRejected() {
        StringWriter err = new StringWriter();
        CommandLine line = Lab.commandLine();
        line.setErr(new PrintWriter(err, true));

        assertThat(line.execute("evaluate", "budget", "--scores", "50,0")).isEqualTo(2);
        assertThat(err.toString()).contains("--scores: got 0, expected 1 to 1,000,000");
    }

    @Test
    void aCameraHasAsManyScoresADayAsItIsGiven() {
        ScoredCamera camera = new ScoredCamera(ScoreKind.SEASONS, 1_000, new SeededRandom(1));
        int scores = 0;
        while (camera.next() < 20 * 86_400_000L) {
            scores++;
        }
        assertThat(scores / 20.0).isCloseTo(1_000, within(30.0));
    }
}
