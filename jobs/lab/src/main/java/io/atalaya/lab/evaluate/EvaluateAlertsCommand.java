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
            "Prints recall, precision and delay for each type of alert, and for the hot list by how"
                    + " the plate was read.",
            "",
            "Where the truth names cameras, what they see is judged beside what is asked of it: found,"
                    + " false an hour of one camera, alerts an incident, delay. Unusual alerts have a"
                    + " budget instead: shown are their rate beside it, and which incidents they add"
                    + " that no rule detector reports.",
            "",
            "An alert counts by its last revision: cancelled ones found nothing. What the truth"
                    + " marks as not required is neither missed nor false. recall counts ALERT and"
                    + " REVIEW; precision is the share of right ones among the ALERTs, and among both."
        },
        exitCodeListHeading = "%nExit codes:%n",
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
                    "Unusual alerts a camera and day that were allowed, as models.budget of the job"
                            + " (default: ${DEFAULT-VALUE}).")
    private double budget;

    @Option(
            names = "--missed",
            description = "List each missed passage and each false alert, as read and as listed.")
    private boolean missed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write a report on what cameras see, too: DIR/report.html with precision and"
                            + " recall, alerts a camera and day against the threshold, the scores and"
                            + " the worst false alarms, drawn; DIR/alerts.csv and DIR/thresholds.csv.")
    private Path out;

    @Option(
            names = "--recording",
            paramLabel = "DIR",
            description =
                    "The recording, from whose camera-frames the report draws (default: the directory"
                            + " of TRUTH, where it holds one).")
    private Path recording;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the figures to FILE as JSON, too.")
    private Path json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    private boolean help;

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
