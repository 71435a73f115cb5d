package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.hotlistmatch.HotlistMatchOptions;
import io.atalaya.hotlistmatch.score.Thresholds;
import io.atalaya.lab.evaluate.input.InputFiles;
import io.atalaya.lab.evaluate.input.UnreadableInputException;
import io.atalaya.lab.platform.JobOverrides;
import io.atalaya.lab.replay.ReplayRun;
import io.atalaya.simulator.recording.Recording;
import io.atalaya.simulator.recording.RecordingException;
import io.atalaya.simulator.truth.GroundTruth;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code scripts/evaluate hotlist}: reports the quality of hot-list matching on a recording. */
@Command(
        name = "hotlist",
        sortOptions = false,
        customSynopsis =
                "Usage: scripts/evaluate hotlist DATA_DIR --out OUT_DIR [--truth TRUTH]"
                        + " [--alerts ALERTS] [--scores SCORES] [--floor SCORE] [--parallelism N]"
                        + " [-D KEY=VALUE]...",
        synopsisHeading = "",
        description = {
            "Writes OUT_DIR/report.html with precision and recall, the reliability of the"
                    + " score, alerts and reviews per day by threshold, and the worst false alarms"
                    + " with their evidence. Prints a table that compares the job with two"
                    + " baselines on the same reads: exact equality, and edit distance 1. With"
                    + " plates of several countries it has a row for each; with plate images it"
                    + " also shows the effect of OCR verification.",
            "",
            "It replays the recording twice: with the settings in force, for all counts;"
                    + " and showing every score from --floor on, for the curves. Each takes as long"
                    + " as scripts/replay (a million reads against 200,000 entries: some minutes)."
                    + " --alerts and --scores take the alerts of earlier runs instead."
        },
        exitCodeList = {
            "0:written",
            "1:a job failed, or OUT_DIR cannot be written",
            "2:wrong arguments, or a file that cannot be read (file:line)",
            "130:stopped by Ctrl-C"
        })
public final class EvaluateHotlistCommand implements Callable<Integer> {
    private static final String ALERTS = "alerts.jsonl";

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DATA_DIR", description = "A recording, as for scripts/replay.")
    private Path data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "OUT_DIR",
            description =
                    "Directory for report.html and the alerts of both runs (alerts.jsonl,"
                            + " scores/alerts.jsonl).")
    private Path out;

    @Option(
            names = "--truth",
            paramLabel = "TRUTH",
            description = "The recording's truth (default: truth.json in DATA_DIR).")
    private Path truthFile;

    @Option(
            names = "--alerts",
            paramLabel = "ALERTS",
            description =
                    "Alerts of a replay with the settings in force; replaces the first" + " run.")
    private Path alertsFile;

    @Option(
            names = "--scores",
            paramLabel = "SCORES",
            description =
                    "Alerts of a replay from --floor on (scores/alerts.jsonl); replaces"
                            + " the second run.")
    private Path scoresFile;

    @Option(
            names = "--floor",
            defaultValue = "0.0005",
            paramLabel = "SCORE",
            description =
                    "Lowest score of the curves (default: ${DEFAULT-VALUE}, which is a"
                            + " review without a contradicting OCR verification).")
    private double floor;

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            paramLabel = "N",
            description = "Parallelism of the replays (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description =
                    "A setting of the job, as in its OPTIONS.md, for example"
                            + " score.thresholds; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Override
    public Integer call() {
        PrintWriter said = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Thresholds thresholds = thresholds();
        try {
            Recording recording = Recording.in(data);
            GroundTruth truth =
                    InputFiles.truth(truthFile != null ? truthFile : data.resolve("truth.json"));
            Path alerts = alertsFile;
            if (alerts == null) {
                said.println("First run, with the settings in force:");
                alerts = out.resolve(ALERTS);
                int code = ReplayRun.atFullSpeed(data, out, parallelism, settings).run(said, err);
                if (code != ReplayRun.OK) {
                    return code;
                }
            }
            Path scores = scoresFile;
            if (scores == null) {
                said.printf(Locale.ROOT, "%nSecond run, every score from %s on:%n", floor);
                Path lowered = out.resolve("scores");
                scores = lowered.resolve(ALERTS);
                int code =
                        ReplayRun.atFullSpeed(
                                        data, lowered, parallelism, showingFrom(floor, thresholds))
                                .run(said, err);
                if (code != ReplayRun.OK) {
                    return code;
                }
            }
            write(recording, truth, thresholds, alerts, scores, said);
            return ReplayRun.OK;
        } catch (UnreadableInputException | RecordingException e) {
            err.println(e.getMessage());
            return ReplayRun.WRONG_INPUT;
        } catch (IOException e) {
            err.println("--out: " + out + ": cannot be written: " + e);
            return ReplayRun.FAILED;
        }
    }

    private void write(
            Recording recording,
            GroundTruth truth,
            Thresholds thresholds,
            Path alerts,
            Path scores,
            PrintWriter said)
            throws IOException {
        HotlistReport report =
                new HotlistReport(
                        truth,
                        thresholds,
                        Baselines.over(recording, truth),
                        InputFiles.alerts(alerts),
                        InputFiles.alerts(scores),
                        floor);
        Path name = data.toAbsolutePath().normalize().getFileName();
        new HotlistPage(report)
                .write(out, name == null ? data.toString() : name.toString(), alerts);
        said.println();
        report.comparison().print(said);
        if (!report.ocrEffects().isEmpty()) {
            said.println();
            report.ocrTable().print(said);
        }
        Reliability shown = report.reliabilityShown();
        said.printf(
                Locale.ROOT,
                "%n%,d reads; calibration error of the score %.3f over %,d alerts from %.3g on"
                        + "%nWritten: %s%n",
                report.baselines().reads(),
                shown.calibrationError(),
                shown.count(),
                report.lowestReview(),
                out.resolve("report.html"));
        said.flush();
    }

    private Thresholds thresholds() {
        if (!(floor >= 0 && floor <= 1)) {
            throw wrong("--floor: got " + floor + ", expected 0 to 1");
        }
        if (parallelism < 1 || parallelism > 128) {
            throw wrong("--parallelism: " + parallelism + ", expected 1 to 128");
        }
        List<String> faults = JobOverrides.faults(settings);
        if (!faults.isEmpty()) {
            throw wrong(String.join("\n", faults));
        }
        return Thresholds.parse(
                settings.getOrDefault(
                        HotlistMatchOptions.SCORE_THRESHOLDS.key(),
                        HotlistMatchOptions.SCORE_THRESHOLDS.defaultValue()));
    }

    /** Keeps the ALERT thresholds, so that OCR verification runs as before. */
    private Map<String, String> showingFrom(double lowest, Thresholds inForce) {
        Map<String, String> lowered = new LinkedHashMap<>(settings);
        lowered.put(
                HotlistMatchOptions.SCORE_THRESHOLDS.key(),
                inForce.bands().stream()
                        .map(
                                band ->
                                        band.fromPriority()
                                                + ":"
                                                + Math.max(band.alert(), lowest)
                                                + ":"
                                                + Math.min(band.review(), lowest))
                        .collect(Collectors.joining(",")));
        return lowered;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
