package io.atalaya.anomaly.budget;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The alert rate stays within 30 % of the budget, measured over 40 or more expected alerts. */
class AlertBudgetTest {
    private static final double DAY = 86_400_000.0;
    private static final int MINUTES = 5;
    private static final int HALF_HOUR = 30;

    /** Typical distributions of scores; each camera draws its own. */
    enum Scores {
        PLAIN {
            @Override
            double next(Camera camera, double day) {
                return camera.random.nextGaussian();
            }
        },
        SLOW_TO_CHANGE {
            @Override
            double next(Camera camera, double day) {
                camera.held = 0.95 * camera.held + 0.31 * camera.random.nextGaussian();
                return camera.held;
            }
        },
        DAILY {
            @Override
            double next(Camera camera, double day) {
                return (2 + Math.sin(2 * Math.PI * day)) * Math.abs(camera.random.nextGaussian());
            }
        },
        WEEKLY {
            @Override
            double next(Camera camera, double day) {
                double busy = 1 + (day % 7 < 5 ? 2 : 0) + Math.max(0, Math.sin(2 * Math.PI * day));
                return -busy * Math.log(1 - camera.random.nextDouble());
            }
        },
        DRIFTING {
            @Override
            double next(Camera camera, double day) {
                return day / 20 + (1 + day / 100) * camera.random.nextGaussian();
            }
        },
        /** Earlier extremes are not reached again, so the threshold must follow. */
        FALLING {
            @Override
            double next(Camera camera, double day) {
                return -day / 10 + camera.random.nextGaussian();
            }
        },
        TWO_LEVELS {
            @Override
            double next(Camera camera, double day) {
                return camera.random.nextGaussian() + (day % 40 < 20 ? 0 : 6);
            }
        },
        HEAVY_TAILED {
            @Override
            double next(Camera camera, double day) {
                return Math.pow(1 - camera.random.nextDouble(), -0.45);
            }
        },
        BOUNDED {
            @Override
            double next(Camera camera, double day) {
                return camera.random.nextDouble();
            }
        },
        TIED {
            @Override
            double next(Camera camera, double day) {
                return Math.floor(-3 * Math.log(1 - camera.random.nextDouble()));
            }
        },
        IN_BURSTS {
            @Override
            double next(Camera camera, double day) {
                if (camera.random.nextDouble() < 0.003) {
                    camera.held = -3 * Math.log(1 - camera.random.nextDouble());
                } else if (camera.random.nextDouble() < 0.1) {
                    camera.held = 0;
                }
                return camera.held + camera.random.nextGaussian();
            }
        };

        abstract double next(Camera camera, double day);
    }

    private static final class Camera {
        private final Random random;
        private double held;

        Camera(long seed) {
            random = new Random(seed);
        }
    }

    @ParameterizedTest
    @EnumSource(Scores.class)
    void realisedRateKeepsTheBudget(Scores scores) {
        for (double perDay : new double[] {0.1, 0.3, 1, 3, 10}) {
            int cameras = perDay < 1 ? 12 : 4;
            double days = perDay < 0.2 ? 120 : perDay < 0.5 ? 40 : perDay < 2 ? 30 : 14;
            double expected = cameras * days * perDay;
            assertTrue(expected >= 40, "too few alerts to evaluate: " + expected);
            int alerts = 0;
            for (int camera = 0; camera < cameras; camera++) {
                alerts += alerts(scores, perDay, days, camera, MINUTES);
            }
            double ratio = alerts / expected;
            assertTrue(
                    ratio > 0.7 && ratio < 1.3,
                    "%s: %s a day and camera: %d alerts, expected %.0f"
                            .formatted(scores, perDay, alerts, expected));
        }
    }

    private static int alerts(Scores scores, double perDay, double days, long seed, int minutes) {
        Camera camera = new Camera(1_000 + seed);
        AlertBudget budget = AlertBudget.fresh(perDay);
        int alerts = 0;
        for (double day = seed / 5.0; day < seed / 5.0 + days; day += minutes / 1440.0) {
            if (budget.offer((long) (day * DAY), scores.next(camera, day)).isAlert()) {
                alerts++;
            }
        }
        return alerts;
    }

    /** 10 alerts among 48 scores are not a tail any more. */
    @ParameterizedTest
    @EnumSource(Scores.class)
    void realisedRateKeepsTheBudgetWithFewScores(Scores scores) {
        for (double perDay : new double[] {1, 3, 10}) {
            int alerts = 0;
            for (int camera = 0; camera < 4; camera++) {
                alerts += alerts(scores, perDay, 40, camera, HALF_HOUR);
            }
            double ratio = alerts / (4 * 40 * perDay);
            assertTrue(
                    ratio > 0.7 && ratio < 1.3,
                    "%s: %s a day and camera: ratio %.2f".formatted(scores, perDay, ratio));
        }
    }

    @Test
    void doubleShareAlertsTwiceAsOften() {
        Camera camera = new Camera(5);
        AlertBudget budget = AlertBudget.fresh(1);
        int alerts = 0;
        for (int row = 0; row < 60 * 288; row++) {
            double score = Scores.PLAIN.next(camera, row / 288.0);
            alerts += budget.offer(row * 300_000L, score, 2).isAlert() ? 1 : 0;
        }

        assertTrue(alerts > 0.8 * 120 && alerts < 1.2 * 120, alerts + " alerts");
        assertTrue(budget.days() > 0.9 * 120 && budget.days() <= 120, budget.days() + " days");
    }

    @Test
    void alertsOnTheRarestScores() {
        Camera camera = new Camera(7);
        AlertBudget budget = AlertBudget.fresh(1);
        double leastOfAlerts = Double.POSITIVE_INFINITY;
        int higherWithoutAlert = 0;
        int rows = 30 * 288;
        double[] quiet = new double[rows];
        for (int row = 0; row < rows; row++) {
            double score = Scores.PLAIN.next(camera, row / 288.0);
            boolean alert = budget.offer((long) (row / 288.0 * DAY), score).isAlert();
            quiet[row] = alert || row < 10 * 288 ? Double.NEGATIVE_INFINITY : score;
            if (alert && row >= 10 * 288) {
                leastOfAlerts = Math.min(leastOfAlerts, score);
            }
        }
        double least = leastOfAlerts;
        higherWithoutAlert = (int) Arrays.stream(quiet).filter(score -> score > least).count();
        // One score a day out of 288 is above 2.7 deviations; the correction moves the bar around
        // that.
        assertTrue(least > 2, "an alert at " + least);
        assertTrue(higherWithoutAlert < 100, higherWithoutAlert + " were higher and passed over");
    }

    @Test
    void constantScoresDoNotAlert() {
        AlertBudget budget = AlertBudget.fresh(10);
        for (int row = 0; row < 30 * 288; row++) {
            assertFalse(budget.offer(row * 300_000L, 1).isAlert());
        }
        assertTrue(budget.offer(30 * 288 * 300_000L + 1, 1).perDay().isEmpty());
    }

    @Test
    void silenceDoesNotEarnAlerts() {
        Camera camera = new Camera(3);
        AlertBudget budget = AlertBudget.fresh(1);
        long time = 0;
        for (int row = 0; row < 20 * 288; row++, time += 300_000) {
            budget.offer(time, Scores.PLAIN.next(camera, 0));
        }
        time += (long) (100 * DAY);
        int alerts = 0;
        for (int row = 0; row < 288; row++, time += 300_000) {
            alerts += budget.offer(time, Scores.PLAIN.next(camera, 0)).isAlert() ? 1 : 0;
        }
        assertTrue(alerts <= 4, alerts + " alerts in a day after a hundred days of silence");
    }

    /** Of 50 scores per day hardly one comes at night, but the budget is for the whole day. */
    @Test
    void quietNightsCountAsTime() {
        int alerts = 0;
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            AlertBudget budget = AlertBudget.fresh(10);
            for (double day = 0; day < 14; day += -Math.log(random.nextDouble()) / 72) {
                boolean alerted =
                        hour(day) >= 7
                                && budget.offer((long) (day * DAY), random.nextGaussian())
                                        .isAlert();
                alerts += alerted && day >= 7 ? 1 : 0;
            }
        }
        assertTrue(alerts > 0.75 * 700 && alerts < 1.3 * 700, alerts + " alerts, expected 700");
    }

    private static double hour(double day) {
        return day % 1 * 24;
    }

    @Test
    void continuesAfterRestore() {
        Camera camera = new Camera(11);
        AlertBudget kept = AlertBudget.fresh(1);
        AlertBudget restored = AlertBudget.fresh(1);
        for (int row = 0; row < 10 * 288; row++) {
            double score = Scores.IN_BURSTS.next(camera, row / 288.0);
            restored = AlertBudget.fromBytes(1, restored.toBytes());
            assertEquals(kept.offer(row * 300_000L, score), restored.offer(row * 300_000L, score));
        }
        assertEquals(AlertBudget.BYTES, kept.toBytes().length);
    }

    @Test
    void pValueIsTheShareOfScoresAsHigh() {
        Camera camera = new Camera(5);
        AlertBudget budget = AlertBudget.fresh(1);
        for (int row = 0; row < 60 * 288; row++) {
            budget.offer(row * 300_000L, Scores.PLAIN.next(camera, 0));
        }
        // Probabilities of a standard normal distribution beyond 2.5 and 3 deviations.
        assertEquals(0.0062, pValue(budget, 2.5), 0.003);
        assertEquals(0.00135, pValue(budget, 3), 0.0007);
        assertEquals(1, pValue(budget, 0), 0);
    }

    private static double pValue(AlertBudget budget, double score) {
        AlertBudget.Verdict verdict =
                AlertBudget.fromBytes(1, budget.toBytes()).learn(61 * 288 * 300_000L, score, 1);
        if (score >= 1) {
            double scoresADay = verdict.perDay().orElseThrow() / verdict.pValue();
            assertTrue(Math.abs(scoresADay - 288) < 30, scoresADay + " scores a day");
        }
        return verdict.pValue();
    }

    @Test
    void learningDoesNotAlertOrSpendTheBudget() {
        Camera camera = new Camera(6);
        AlertBudget budget = AlertBudget.fresh(1);
        for (int row = 0; row < 10 * 288; row++) {
            budget.offer(row * 300_000L, Scores.PLAIN.next(camera, 0));
        }
        long next = 10 * 288 * 300_000L;
        AlertBudget.Verdict learned = budget.learn(next, 9, 1);
        AlertBudget.Verdict after = budget.offer(next + 300_000, 9);

        assertFalse(learned.isAlert());
        assertTrue(learned.perDay().orElseThrow() < learned.allowance());
        assertTrue(after.isAlert());
        assertTrue(after.allowance() > learned.allowance(), "time alone passed");
    }

    @Test
    void realisedRateCountsTimeInWhichItCouldAlert() {
        Camera camera = new Camera(8);
        AlertBudget budget = AlertBudget.fresh(3);
        int alerts = 0;
        double days = 0;
        for (int row = 0; row < 30 * 288; row++) {
            AlertBudget.Verdict verdict =
                    budget.offer(row * 300_000L, Scores.PLAIN.next(camera, 0));
            alerts += verdict.isAlert() ? 1 : 0;
            days += verdict.days();
        }
        assertTrue(days > 25 && days < 30, days + " days");
        assertEquals(days, budget.days(), 1e-6);
        assertEquals(alerts / days, budget.realisedPerDay(), 1e-6);
    }

    @Test
    void rejectsInvalidStateAndBudget() {
        byte[] later = AlertBudget.fresh(1).toBytes();
        later[0] = 9;
        assertThrows(IllegalArgumentException.class, () -> AlertBudget.fromBytes(1, later));
        assertThrows(IllegalArgumentException.class, () -> AlertBudget.fromBytes(1, new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> AlertBudget.fresh(0));
        assertThrows(IllegalArgumentException.class, () -> AlertBudget.fresh(Double.NaN));
        assertThrows(
                IllegalArgumentException.class, () -> AlertBudget.fresh(1).offer(0, Double.NaN));
    }
}
