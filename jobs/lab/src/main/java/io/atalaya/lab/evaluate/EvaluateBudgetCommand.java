package io.atalaya.lab.evaluate;

import io.atalaya.anomaly.budget.AlertBudget;
import io.atalaya.commandline.TextTable;
import io.atalaya.simulator.random.SeededRandom;
import io.atalaya.simulator.scores.ScoreKind;
import io.atalaya.simulator.scores.ScoredCamera;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * {@code scripts/evaluate budget}: checks that the number of alerts per day keeps to the budget.
 */
@Command(
        name = "budget",
        sortOptions = false,
        description = {
            "Runs the job's alert budget over the scores of simulated cameras, quiet and"
                    + " busy ones, for weeks to months of their time, and prints the alerts raised"
                    + " divided by the alerts expected. 1.00 is exact; 0.70 to 1.30 is promised."
                    + " Each cell counts at least 120 expected alerts of ten cameras, from each"
                    + " camera's first possible alert on."
        },
        exitCodeList = {
            "0:all within 30 %%",
            "1:some further off, marked with !",
            "2:wrong arguments"
        })
final class EvaluateBudgetCommand implements Callable<Integer> {
    private static final double[] BUDGETS = {0.1, 0.3, 1, 3, 10};

    private static final double PROMISED = 0.3;

    private static final int CAMERAS = 10;

    /** A trial lasts until this many alerts are expected, and at least {@link #MIN_DAYS}. */
    private static final int EXPECTED_ALERTS = 120;

    private static final int MIN_DAYS = 28;

    private static final int MAX_SCORES = 1_000_000;
    private static final double DAY = 86_400_000.0;

    @Spec private CommandSpec spec;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Seed of the cameras (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--scores",
            defaultValue = "50,1000,10000",
            split = ",",
            paramLabel = "N",
            description =
                    "Scores of a camera a day (default: ${DEFAULT-VALUE}; a country lane, a street,"
                            + " a motorway).")
    private int[] scores;

    @Override
    public Integer call() {
        for (int scoresADay : scores) {
            if (scoresADay < 1 || scoresADay > MAX_SCORES) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--scores: got %d, expected 1 to %,d".formatted(scoresADay, MAX_SCORES));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        List<String> header = new ArrayList<>(List.of("scores", "a day"));
        for (double budget : BUDGETS) {
            header.add(String.format(Locale.ROOT, "%s a day", text(budget)));
        }
        TextTable table = TextTable.ofNumbers(header.toArray(String[]::new));
        double furthest = 0;
        for (ScoreKind kind : ScoreKind.values()) {
            for (int scoresADay : scores) {
                List<String> row = new ArrayList<>();
                row.add(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '));
                row.add(String.format(Locale.ROOT, "%,d", scoresADay));
                for (double budget : BUDGETS) {
                    double ratio = ratio(kind, scoresADay, budget, seed);
                    furthest = Math.max(furthest, Math.abs(ratio - 1));
                    row.add(String.format(Locale.ROOT, "%.2f%s", ratio, isKept(ratio) ? "" : " !"));
                }
                table.row(row);
            }
        }
        table.print(out);
        out.printf(
                Locale.ROOT,
                "furthest from the budget: %.0f %% (promised: %.0f)%n",
                100 * furthest,
                100 * PROMISED);
        out.flush();
        return furthest <= PROMISED ? 0 : 1;
    }

    /** Alerts raised over alerts expected, counted from each camera's first alert verdict on. */
    private static double ratio(ScoreKind kind, int scoresADay, double perDay, long seed) {
        int days = (int) Math.max(MIN_DAYS, Math.ceil(EXPECTED_ALERTS / perDay / CAMERAS));
        SeededRandom random = new SeededRandom(seed);
        double cameraDays = 0;
        int alerts = 0;
        for (int i = 0; i < CAMERAS; i++) {
            ScoredCamera camera = new ScoredCamera(kind, scoresADay, random.split());
            AlertBudget budget = AlertBudget.fresh(perDay);
            double knownFrom = days;
            for (long time = camera.next(); time < days * DAY; time = camera.next()) {
                AlertBudget.Verdict verdict = budget.offer(time, camera.score());
                if (verdict.days() > 0) {
                    knownFrom = Math.min(knownFrom, time / DAY);
                }
                alerts += verdict.isAlert() ? 1 : 0;
            }
            // Calendar days instead of the budget's own days, because people count calendar days.
            cameraDays += days - knownFrom;
        }
        return alerts / (perDay * cameraDays);
    }

    private static boolean isKept(double ratio) {
        return Math.abs(ratio - 1) <= PROMISED;
    }

    private static String text(double budget) {
        return budget < 1
                ? String.format(Locale.ROOT, "%.1f", budget)
                : String.format(Locale.ROOT, "%.0f", budget);
    }
}
