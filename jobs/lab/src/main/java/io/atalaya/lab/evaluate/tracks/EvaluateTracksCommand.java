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
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code scripts/evaluate tracks}: scores how unusual the tracks of a recording are. */
@Command(
        name = "tracks",
        sortOptions = false,
        description = {
            "Scores how unusual each track of FILE is in its scene, and writes the scores"
                    + " as CSV, the most unusual first. Nothing is trained on the labels.",
            "",
            "FILE has the columns sceneId,trackId,t,x,y and optionally label, with a row"
                    + " for each point in any order. t is a number that rises with time, or an ISO"
                    + " 8601 time; points of equal t keep the order of their rows. x and y have any"
                    + " unit. label is 1, true or yes for an unusual track, 0, false or no for a"
                    + " typical one, and empty if unknown.",
            "",
            "In a recording of cameras each id of the tracker is a track; the unusual"
                    + " trajectories in its truth.json are the labels.",
            "",
            "scoreInTimeOrder compares a track with those of its scene that ended before"
                    + " it, as a camera in the job does; the first 30 of a scene have none. score"
                    + " compares it with all other tracks of its scene and ranks better. With"
                    + " labels it prints the area under the ROC curve of both, of each view alone, and"
                    + " of a random cut forest and a plain z-score as baselines; the last line is that"
                    + " of score."
        },
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
                    "The tracks as CSV, or the directory of a recording with hours (not"
                            + " weeks) of camera-frames.")
    private Path file;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write DIR/scores.csv, DIR/report.html with plots and drawn tracks,"
                            + " DIR/plots, and DIR/thresholds.csv (default: only the scores, beside"
                            + " FILE as FILE-scores.csv).")
    private Path out;

    @Option(
            names = "--tick",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description =
                    "Seconds per unit of t, for alerts per camera and day: 0.04 for"
                            + " frames at 25 per second (default: ${DEFAULT-VALUE}).")
    private double tick;

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
            scored = new TrackScorer(embedding, EnumSet.allOf(Baseline.class)).score(tracks);
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
