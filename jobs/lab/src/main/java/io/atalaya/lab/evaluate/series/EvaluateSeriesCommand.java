package io.atalaya.lab.evaluate.series;

import io.atalaya.anomaly.series.EpisodeGate;
import io.atalaya.anomaly.series.SceneActivityNetwork;
import io.atalaya.inference.InvalidModelException;
import io.atalaya.inference.StoredModel;
import io.atalaya.lab.evaluate.input.Problems;
import io.atalaya.lab.evaluate.input.UnreadableInputException;
import io.atalaya.lab.evaluate.page.Page;
import io.atalaya.lab.evaluate.page.Table;
import io.atalaya.lab.evaluate.series.EvaluatedSeries.Total;
import io.atalaya.lab.evaluate.series.StandardProfile.RowRange;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** {@code scripts/evaluate series}: detects unusual activity in labelled series. */
@Command(
        name = "series",
        sortOptions = false,
        description = {
            "Runs the scene-activity model over every series of DIR (CSV with"
                    + " timestamp,value), row by row and with the same settings for all. It scores"
                    + " the alarms by the standard profile of the Numenta Anomaly Benchmark: a"
                    + " window found counts up to 1, the earlier the more; a missed one -1; a false"
                    + " alarm up to -0.11. The first 15 %% of a series do not count.",
            "",
            "Prints windows found and false alarms of each series, the sums for the model"
                    + " without its network and for a slow average, and the score in the last line."
        },
        exitCodeList = {
            "0:scored",
            "1:OUT cannot be written",
            "2:wrong arguments, or a file that cannot be read (file:line)"
        })
public final class EvaluateSeriesCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_INPUT = 2;

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            description =
                    "The series, also in subdirectories; series without labels are left" + " out.")
    private Path directory;

    @Option(
            names = "--labels",
            required = true,
            paramLabel = "WINDOWS",
            description =
                    "JSON with the windows by path: {\"folder/a.csv\": [[from, to], ...],"
                            + " ...}. A series whose path is missing gets the windows of its file"
                            + " name, if that name is unique.")
    private Path labels;

    @Option(
            names = "--out",
            paramLabel = "OUT",
            description =
                    "Also write report.html (precision and recall, alarms per series and"
                            + " day by threshold, scores, the worst false alarms, every series),"
                            + " series.csv, thresholds.csv, and scores.csv with every row.")
    private Path out;

    @Option(
            names = "--forest",
            description =
                    "Also run a random cut forest as a baseline; it takes some seconds"
                            + " for 10,000 rows.")
    private boolean forest;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description =
                    "Directory of a model with its manifest (default: the built-in" + " model).")
    private Path model;

    @Option(
            names = "--bar",
            paramLabel = "SCORE",
            description = "Lowest score of an alarm (default: the manifest's threshold).")
    private Double bar;

    @Override
    public Integer call() {
        PrintWriter said = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (bar != null && !Double.isFinite(bar)) {
            err.println("--bar: got " + bar + ", expected a finite number");
            return WRONG_INPUT;
        }
        try (SceneActivityNetwork network = SceneActivityNetwork.open(stored())) {
            Map<SeriesFile, List<RowRange>> labelled = labelled(said, err);
            EpisodeGate.Settings gate = bar == null ? network.gate() : network.gate().withBar(bar);
            Detector detector = Detector.sceneActivity(network, gate);
            List<EvaluatedSeries> evaluated = evaluated(labelled, detector);
            Map<String, List<EvaluatedSeries>> others = new LinkedHashMap<>();
            for (Detector other : baselines()) {
                others.put(other.name(), evaluated(labelled, other));
            }
            print(evaluated, others, said);
            if (out != null) {
                SeriesReport.write(detector.name(), evaluated, others, gate, out);
                said.println("Written: " + out.resolve("report.html"));
            }
            Total total = Total.of(evaluated);
            said.printf(
                    Locale.ROOT,
                    "standard-profile score: %.2f of %d%n",
                    total.score(),
                    total.windows());
            said.flush();
            return OK;
        } catch (UnreadableInputException | InvalidModelException e) {
            err.println(e.getMessage());
            return WRONG_INPUT;
        } catch (IOException e) {
            err.println("--out: " + out + ": cannot be written: " + e);
            return FAILED;
        }
    }

    private List<Detector> baselines() {
        return forest
                ? List.of(
                        Detector.withoutNetwork(),
                        Detector.slowAverage(),
                        Detector.randomCutForest())
                : List.of(Detector.withoutNetwork(), Detector.slowAverage());
    }

    private StoredModel stored() {
        return model == null
                ? StoredModel.onClassPath(SceneActivityNetwork.MODEL, SceneActivityNetwork.VERSION)
                : StoredModel.in(model);
    }

    private Map<SeriesFile, List<RowRange>> labelled(PrintWriter said, PrintWriter err) {
        Map<String, Path> files = SeriesFile.in(directory);
        WindowsFile windows = WindowsFile.read(labels, files.keySet());
        Map<SeriesFile, List<RowRange>> labelled = new LinkedHashMap<>();
        List<String> without = new ArrayList<>();
        Consumer<String> warnings = warning -> err.println("Warning: " + warning);
        Problems problems = new Problems();
        files.forEach(
                (name, file) -> {
                    if (windows.has(name)) {
                        problems.read(
                                () -> {
                                    SeriesFile series = SeriesFile.read(name, file).requireLength();
                                    return labelled.put(series, windows.of(series, warnings));
                                },
                                null);
                    } else {
                        without.add(name);
                    }
                });
        problems.reject();
        if (labelled.isEmpty()) {
            throw new UnreadableInputException(
                    labels + ": it names none of the series in " + directory, null);
        }
        if (!without.isEmpty()) {
            said.println("Without labels, left out: " + String.join(", ", without));
        }
        return labelled;
    }

    private static List<EvaluatedSeries> evaluated(
            Map<SeriesFile, List<RowRange>> labelled, Detector detector) {
        return labelled.entrySet().stream()
                .map(each -> EvaluatedSeries.of(each.getKey(), each.getValue(), detector))
                .toList();
    }

    private static void print(
            List<EvaluatedSeries> evaluated,
            Map<String, List<EvaluatedSeries>> others,
            PrintWriter said) {
        Table table = new Table("series | rows | days | windows | found | false | score");
        evaluated.forEach(each -> addRow(table, each.series().name(), List.of(each)));
        addRow(table, "in all", evaluated);
        others.forEach((name, all) -> addRow(table, name, all));
        table.print(said);
    }

    private static void addRow(Table table, String name, List<EvaluatedSeries> all) {
        Total total = Total.of(all);
        table.row(
                name,
                total.rows(),
                Page.formatted("%.1f", total.days()),
                total.windows(),
                total.found(),
                total.wrong(),
                Page.formatted("%.2f", total.score()));
    }
}
