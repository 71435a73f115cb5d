package io.atalaya.anomaly.series;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class EpisodeGateTest {
    private static final long MINUTES = 300_000;
    private static final EpisodeGate.Settings SETTINGS =
            new EpisodeGate.Settings(2, 0.25, 0.5, 1000, 3, 10, 1, 5, 0.5);

    private static List<Integer> alerts(double... scores) {
        return alerts(SETTINGS, MINUTES, scores);
    }

    private static List<Integer> alerts(
            EpisodeGate.Settings settings, long interval, double... scores) {
        EpisodeGate gate = new EpisodeGate(settings);
        List<Integer> alerts = new ArrayList<>();
        for (int row = 0; row < scores.length; row++) {
            if (gate.offer(row * interval, scores[row])) {
                alerts.add(row);
            }
        }
        return alerts;
    }

    private static double[] scores(int length) {
        return new double[length];
    }

    @Test
    void oneEpisodeIsOneAlert() {
        double[] scores = scores(60);
        for (int row = 20; row < 50; row++) {
            scores[row] = row % 3 == 0 ? 1 : 3;
        }
        assertThat(alerts(scores)).containsExactly(20);
    }

    /** What false alarms have in common is that they are one value long. */
    @Test
    void valueAloneMustBeHigherThanTwoInARow() {
        double[] scores = scores(80);
        scores[20] = 2.2;
        scores[22] = 2.2;
        scores[40] = 2.2;
        scores[41] = 2.2;
        assertThat(alerts(scores)).containsExactly(41);
        scores[20] = 2.3;
        assertThat(alerts(scores)).startsWith(20);
    }

    @Test
    void alertsAgainWhenFarWorse() {
        double[] scores = scores(60);
        scores[20] = 3;
        scores[22] = 5;
        scores[24] = 6.5;
        assertThat(alerts(scores)).containsExactly(20, 24);
    }

    @Test
    void alertsAfterARestAboveTheRaisedThreshold() {
        double[] scores = scores(90);
        scores[20] = 3;
        scores[25] = 3;
        scores[50] = 2.3;
        scores[70] = 2.8;
        assertThat(alerts(scores)).containsExactly(20, 70);
    }

    /** In hourly values the rest is longer than the quiet that ends the first episode. */
    @Test
    void anEpisodeThatBeginsDuringTheRestAlertsAfterIt() {
        double[] scores = scores(60);
        scores[0] = 3;
        Arrays.fill(scores, 20, 40, 3);
        EpisodeGate.Settings hourly = new EpisodeGate.Settings(2, 0.25, 0.5, 1000, 3, 24, 2, 12, 2);
        assertThat(alerts(hourly, 12 * MINUTES, scores)).containsExactly(0, 24);
    }

    /** The same score is too low soon after an alert, and enough long after it. */
    @Test
    void raiseWearsOff() {
        double[] scores = scores(4_000);
        scores[1_000] = 3;
        for (int row : new int[] {999, 1_300, 1_301, 3_500, 3_501}) {
            scores[row] = Math.max(scores[row], 2.2);
        }
        assertThat(alerts(scores)).containsExactly(1_000, 3_501);
    }
}
