package io.atalaya.lab.evaluate.tracks;

import io.atalaya.anomaly.trajectory.TrackEmbedding;
import io.atalaya.lab.evaluate.input.UnreadableInputException;
import io.atalaya.lab.evaluate.tracks.TrackScorer.RecordedTrack;
import io.atalaya.lab.evaluate.tracks.TrackScorer.ScoredTrack;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code scripts/evaluate tracks}: scores how unusual the tracks of a recording are. */
@Command(
        name = "tracks",
        sortOptions = false,
        description = {
            "Scores each track of FILE by how unusual it is in its scene, and writes the scores as CSV,"
                    + " the most unusual first. Nothing is trained on the labels.",
            "",
            "FILE has the columns sceneId,trackId,t,x,y and may have label: a row for each point, in"
                    + " any order; t in any unit that rises with time, or stamps in ISO 8601, which count"
                    + " seconds, points of one time in the order of their rows; x and y in any unit; label 1, true or yes where the track is"
                    + " unusual, 0, false or no where not, empty where it is unknown.",
            "",
            "Of a recording of cameras each id of the tracker is a track; labelled are those of the"
                    + " unusual ways that a truth.json beside it names.",
            "",
            "Two scores: scoreInTimeOrder is a track's against the tracks of its scene that ended"
                    + " before it, with the memory of a camera in the job; the first 30 of a scene have"
                    + " none. score is its score against all other tracks of its scene, before and"
                    + " after it, not itself as a neighbour: a recording is at hand as a whole, and this ranks"
                    + " better (docs/models-trajectory.md has the figures). With labels it prints the"
                    + " area under the ROC curve of both, and of two baselines on the same numbers: a"
                    + " random cut forest and a plain z-score; the last line is that of score."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:scored",
            "1:the scores or the report cannot be written",
            "2:wrong arguments, or a file that cannot be read (file:line)"
        })
public final class EvaluateTracksCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_INPUT = 2;

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "The tracks, as CSV; or the directory of a recording with camera-frames, hours"
                            + " and not weeks of them.")
    private Path file;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Writes DIR/scores.csv, with plots and drawn tracks DIR/report.html, the"
                            + " plots in DIR/plots, and DIR/thresholds.csv (default: the scores alone, beside FILE as"
                            + " FILE-scores.csv).")
    private Path out;

    @Option(
            names = "--tick",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description =
                    "How long one of t is, for the report's alerts a camera and day: 0.04 for frames"
                            + " at 25 a second (default: ${DEFAULT-VALUE}).")
    private double tick;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    private boolean help;

    @Override
    public Integer call() {
        PrintWriter said = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (!(tick > 0 && tick <= 86_400)) {
            err.println("--tick: got " + tick + ", expected more than 0 and at most 86400 seconds");
            return WRONG_INPUT;
        }
        List<RecordedTrack> tracks;
        try {
            tracks = Files.isDirectory(file) ? CameraTracks.read(file) : TrackFile.read(file);
        } catch (UnreadableInputException e) {
            err.println(e.getMessage());
            return WRONG_INPUT;
        }
        List<ScoredTrack> scored;
        try (TrackEmbedding embedding = TrackEmbedding.open()) {
            scored = new TrackScorer(embedding).score(tracks);
        }
        TrackReport report = new TrackReport(name(), scored, cameraDays(tracks));
        try {
            if (out != null) {
                report.write(out);
                said.println("Report: " + out.resolve("report.html"));
            }
            Path scores = out == null ? beside() : out.resolve("scores.csv");
            report.writeScores(scores);
            said.printf(Locale.ROOT, "Scores of %,d tracks: %s%n", scored.size(), scores);
        } catch (IOException e) {
            err.println("--out: " + e + ": cannot be written");
            return FAILED;
        }
        report.print(said);
        return OK;
    }

    /** Sum over the scenes of the time from the first to the last point. */
    private double cameraDays(List<RecordedTrack> tracks) {
        return tracks.stream()
                        .collect(Collectors.groupingBy(RecordedTrack::sceneId))
                        .values()
                        .stream()
                        .mapToDouble(EvaluateTracksCommand::length)
                        .sum()
                * tick
                / 86_400;
    }

    /**
     * In the unit of the times; 0 if all tracks start at the same time, because such times are
     * relative to the track.
     */
    private static double length(List<RecordedTrack> scene) {
        DoubleSummaryStatistics begins =
                scene.stream().mapToDouble(RecordedTrack::begin).summaryStatistics();
        if (scene.size() > 1 && begins.getMin() == begins.getMax()) {
            return 0;
        }
        double end = scene.stream().mapToDouble(RecordedTrack::end).max().orElseThrow();
        return end - begins.getMin();
    }

    private Path beside() {
        String name = name();
        String stem = name.endsWith(".csv") ? name.substring(0, name.length() - 4) : name;
        return file.toAbsolutePath().normalize().resolveSibling(stem + "-scores.csv");
    }

    private String name() {
        return file.toAbsolutePath().normalize().getFileName().toString();
    }
}
