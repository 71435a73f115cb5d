package io.atalaya.lab.evaluate;

import io.atalaya.lab.evaluate.camera.CameraFigures;
import io.atalaya.lab.evaluate.camera.CameraReport;
import io.atalaya.lab.evaluate.camera.CameraScorer;
import io.atalaya.lab.evaluate.camera.ModelFigures;
import io.atalaya.lab.evaluate.camera.ModelScorer;
import io.atalaya.lab.evaluate.input.InputFiles;
import io.atalaya.lab.evaluate.input.UnreadableInputException;
import io.atalaya.lab.evaluate.score.Figures;
import io.atalaya.lab.evaluate.score.FiguresTable;
import io.atalaya.lab.evaluate.score.GroundTruthScorer;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.recording.Recording;
import io.atalaya.simulator.recording.RecordingException;
import io.atalaya.simulator.truth.GroundTruth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.ObjectMapper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code scripts/evaluate alerts}: scores a replay's alerts against the recording's ground truth.
 */
@Command(
        name = "alerts",
        sortOptions = false,
        description = {
            "Prints recall, precision and delay for each alert type; for hot-list matches"
                    + " also by how the plate was read.",
            "",
            "If the truth has cameras, it also prints for their alerts, beside the goals:"
                    + " anomalies found, false alerts per camera-hour, alerts per incident, and"
                    + " delay. Anomaly models have a budget instead: it prints the rate of their"
                    + " alerts, and which incidents they add to those of the rule detectors.",
            "",
            "The last revision of an alert counts. A cancelled alert finds nothing and, if it is"
                    + " not of a camera, is not false either; it is counted as taken back if it"
                    + " was an ALERT before. What the truth marks as optional is neither missed nor false. Recall counts"
                    + " ALERT and REVIEW. Precision is the share of right alerts among the ALERTs,"
                    + " and among both."
        },
        exitCodeList = {"0:scored", "2:wrong arguments, or a file that cannot be read (file:line)"})
final class EvaluateAlertsCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int WRONG_INPUT = 2;

    @Spec private CommandSpec spec;

    @Option(
            names = "--truth",
            required = true,
            paramLabel = "TRUTH",
            description = "The recording's truth.json.")
    private Path truth;

    @Option(
            names = "--alerts",
            required = true,
            paramLabel = "ALERTS",
            description = "The alerts.jsonl that scripts/replay wrote.")
    private Path alerts;

    @Option(
            names = "--budget",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Budget of the anomaly models in alerts per camera and day, as in the"
                            + " job's models.budget (default: ${DEFAULT-VALUE}).")
    private double budget;

    @Option(
            names = "--missed",
            description = "List each missed passage and each false alert, as read and as listed.")
    private boolean missed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Also write a report on the camera alerts: DIR/report.html with"
                            + " precision and recall, alerts per camera and day by threshold, the"
                            + " scores, and drawings of the worst false alarms; DIR/alerts.csv;"
                            + " DIR/thresholds.csv.")
    private Path out;

    @Option(
            names = "--recording",
            paramLabel = "DIR",
            description =
                    "The recording whose camera-frames are drawn in the report (default:"
                            + " the directory of TRUTH, if it is a recording).")
    private Path recording;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also write the figures to FILE as JSON.")
    private Path json;

    /** The content of the JSON file. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record AllFigures(
            @JsonUnwrapped Figures types, CameraFigures cameras, ModelFigures unusual) {}

    @Override
    public Integer call() {
        PrintWriter console = spec.commandLine().getOut();
        try {
            GroundTruth known = InputFiles.truth(truth);
            List<ScoredAlert> revisions = InputFiles.alerts(alerts);
            Figures figures = GroundTruthScorer.score(known, revisions);
            CameraFigures cameras = CameraScorer.score(known, revisions);
            ModelFigures models = ModelScorer.score(known, revisions, budget);
            FiguresTable.print(figures, missed, console);
            if (!cameras.isEmpty()) {
                cameras.print(console, missed);
            }
            if (!models.isEmpty()) {
                models.print(console, missed);
            }
            if (json != null) {
                new ObjectMapper()
                        .writeValue(
                                json.toFile(),
                                new AllFigures(
                                        figures,
                                        cameras.isEmpty() ? null : cameras,
                                        models.isEmpty() ? null : models));
            }
            if (out != null) {
                new CameraReport(known, revisions, cameras, models).write(out, frames());
                console.println("Report: " + out.resolve("report.html"));
                console.flush();
            }
            return OK;
        } catch (UnreadableInputException | RecordingException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return WRONG_INPUT;
        } catch (IOException e) {
            spec.commandLine().getErr().println("--json or --out: cannot be written: " + e);
            return WRONG_INPUT;
        }
    }

    /** The recording for the drawings; null if there is none next to the truth file. */
    private Recording frames() {
        if (recording != null) {
            return Recording.in(recording);
        }
        try {
            return Recording.in(truth.toAbsolutePath().getParent());
        } catch (RecordingException e) {
            return null;
        }
    }
}
