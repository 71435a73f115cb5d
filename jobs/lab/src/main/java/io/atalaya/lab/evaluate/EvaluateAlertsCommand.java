package io.atalaya.lab.evaluate;

import io.atalaya.lab.evaluate.camera.AlertReport;
import io.atalaya.lab.evaluate.camera.CameraScorer;
import io.atalaya.lab.evaluate.camera.CameraTable;
import io.atalaya.lab.evaluate.camera.UnusualScorer;
import io.atalaya.lab.evaluate.camera.UnusualTable;
import io.atalaya.lab.evaluate.input.InputFiles;
import io.atalaya.lab.evaluate.input.UnreadableInputException;
import io.atalaya.lab.evaluate.score.CameraFigures;
import io.atalaya.lab.evaluate.score.Figures;
import io.atalaya.lab.evaluate.score.FiguresJson;
import io.atalaya.lab.evaluate.score.FiguresTable;
import io.atalaya.lab.evaluate.score.GroundTruthScorer;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.lab.evaluate.score.UnusualFigures;
import io.atalaya.simulator.recording.Recording;
import io.atalaya.simulator.recording.RecordingException;
import io.atalaya.simulator.truth.GroundTruth;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
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

    @Override
    public Integer call() {
        try {
            GroundTruth known = InputFiles.truth(truth);
            List<ScoredAlert> revisions = InputFiles.alerts(alerts);
            Figures figures = GroundTruthScorer.score(known, revisions);
            new FiguresTable(spec.commandLine().getOut()).print(figures, missed);
            CameraFigures cameras = cameras(known, revisions);
            if (cameras != null) {
                new CameraTable(spec.commandLine().getOut()).print(cameras, missed);
            }
            UnusualFigures unusual = UnusualScorer.score(known, revisions, budget);
            if (!unusual.isEmpty()) {
                new UnusualTable(spec.commandLine().getOut()).print(unusual, missed);
            }
            if (json != null) {
                Files.write(
                        json,
                        FiguresJson.write(figures, cameras, unusual.isEmpty() ? null : unusual));
            }
            if (out != null) {
                report(known, revisions, unusual);
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

    private void report(GroundTruth known, List<ScoredAlert> revisions, UnusualFigures unusual)
            throws IOException {
        new AlertReport(known, revisions, CameraScorer.score(known, revisions), unusual)
                .write(out, frames());
        spec.commandLine().getOut().println("Report: " + out.resolve("report.html"));
        spec.commandLine().getOut().flush();
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

    /** Null if neither the ground truth nor the alerts concern cameras. */
    private CameraFigures cameras(GroundTruth known, List<ScoredAlert> revisions) {
        CameraFigures figures = CameraScorer.score(known, revisions);
        return figures.kinds().isEmpty() ? null : figures;
    }
}
