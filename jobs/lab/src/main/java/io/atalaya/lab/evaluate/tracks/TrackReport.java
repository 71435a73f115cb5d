package io.atalaya.lab.evaluate.tracks;

import io.atalaya.anomaly.trajectory.View;
import io.atalaya.commandline.Chart;
import io.atalaya.lab.evaluate.page.CsvFile;
import io.atalaya.lab.evaluate.page.Page;
import io.atalaya.lab.evaluate.page.SceneDrawing;
import io.atalaya.lab.evaluate.score.ThresholdCurve;
import io.atalaya.lab.evaluate.score.ThresholdCurve.Labelled;
import io.atalaya.lab.evaluate.score.ThresholdCurve.Scored;
import io.atalaya.lab.evaluate.tracks.TrackScorer.RecordedTrack;
import io.atalaya.lab.evaluate.tracks.TrackScorer.ScoredTrack;

import org.knowm.xchart.style.Styler.LegendPosition;

import java.awt.Color;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How unusual the tracks of a recording are, and how well that agrees with their labels. */
final class TrackReport {
    private static final int WORST = 24;
    private static final int HISTOGRAM_BINS = 40;

    /** A higher score is drawn at the edge. */
    private static final double HIGHEST = 60;

    private final String recording;
    private final List<ScoredTrack> falling;
    private final double cameraDays;
    private final ThresholdCurve ranking;
    private final ThresholdCurve inTimeOrder;
    private final Map<View, ThresholdCurve> views = new EnumMap<>(View.class);
    private final Map<Baseline, ThresholdCurve> baselines = new EnumMap<>(Baseline.class);
    private final Map<String, SceneDrawing> drawings = new HashMap<>();

    /** A list of drawn tracks. */
    private record TrackList(String title, List<DrawnTrack> tracks) {}

    private record DrawnTrack(String drawing, String description) {}

    /**
     * @param recording name of the recording
     * @param tracks in any order
     * @param cameraDays recorded days; 0 if unknown
     */
    TrackReport(String recording, List<ScoredTrack> tracks, double cameraDays) {
        this.recording = recording;
        this.cameraDays = cameraDays;
        falling =
                tracks.stream()
                        .sorted(Comparator.comparingDouble(ScoredTrack::score).reversed())
                        .toList();
        ranking = ranking(tracks, ScoredTrack::score);
        inTimeOrder = ranking(tracks, ScoredTrack::inTimeOrder);
        if (ranking.hasBothLabels()) {
            for (View view : View.values()) {
                views.put(view, ranking(tracks, track -> track.views().get(view)));
            }
            for (Baseline baseline : Baseline.values()) {
                baselines.put(baseline, ranking(tracks, track -> track.baselines().get(baseline)));
            }
        }
    }

    /**
     * The labelled tracks that have a score.
     *
     * @param score null for a track without one
     */
    static ThresholdCurve ranking(List<ScoredTrack> tracks, Function<ScoredTrack, Double> score) {
        return ThresholdCurve.ofLabelled(
                tracks.stream()
                        .filter(each -> each.track().isUnusual() != null)
                        .filter(each -> score.apply(each) != null)
                        .map(each -> new Labelled(score.apply(each), each.track().isUnusual()))
                        .toList());
    }

    /** Prints how well the scores agree with the labels; nothing without labels. */
    void print(PrintWriter out) {
        if (!ranking.hasBothLabels()) {
            return;
        }
        out.printf(
                Locale.ROOT,
                "%,d tracks labelled, %,d of them unusual. Average precision: %.4f%n",
                ranking.required() + ranking.negatives(),
                ranking.required(),
                ranking.averagePrecision());
        views.forEach(
                (view, of) ->
                        out.printf(
                                Locale.ROOT,
                                "ROC AUC of a view alone, %s: %.4f%n",
                                view.title(),
                                of.rocAuc()));
        baselines.forEach(
                (baseline, of) ->
                        out.printf(
                                Locale.ROOT,
                                "ROC AUC of a baseline, %s: %.4f%n",
                                baseline.title(),
                                of.rocAuc()));
        if (inTimeOrder.hasBothLabels()) {
            out.printf(Locale.ROOT, "ROC AUC in the order of time: %.4f%n", inTimeOrder.rocAuc());
        }
        out.printf(Locale.ROOT, "ROC AUC: %.4f%n", ranking.rocAuc());
    }

    /** Writes a row for each track, the most unusual first. */
    void writeScores(Path file) throws IOException {
        CsvFile.write(
                file,
                "sceneId,trackId,start,end,points,score,scoreInTimeOrder,label",
                falling.stream()
                        .map(
                                scored -> {
                                    RecordedTrack track = scored.track();
                                    return new Object[] {
                                        track.sceneId(),
                                        track.trackId(),
                                        track.begin(),
                                        track.end(),
                                        track.trajectory().size(),
                                        text(scored.score()),
                                        scored.inTimeOrder() == null
                                                ? ""
                                                : text(scored.inTimeOrder()),
                                        track.isUnusual() == null ? "" : track.isUnusual() ? 1 : 0
                                    };
                                }));
    }

    /** Writes the page and thresholds.csv, the number of tracks at or above each threshold. */
    void write(Path out) throws IOException {
        Map<String, String> plots = new HashMap<>();
        if (ranking.hasBothLabels()) {
            plots.put("precision-and-recall", precisionRecall());
        }
        if (cameraDays > 0) {
            plots.put(
                    "alerts-a-camera-and-day-against-the-threshold",
                    alerts("a camera and day", cameraDays, "alerts-a-day"));
        }
        plots.put(
                "alerts-in-1-000-tracks-against-the-threshold",
                alerts("in 1,000 tracks", falling.size() / 1000.0, "alerts"));
        plots.put("scores", histogram());
        Page.write(
                out,
                "tracks",
                Map.of(
                        "recording", recording,
                        "tracks", falling.size(),
                        "scenes", falling.stream().map(t -> t.track().sceneId()).distinct().count(),
                        "ranking", ranking,
                        "inTimeOrder", inTimeOrder,
                        "views", views,
                        "baselines", baselines,
                        "cameraDays", cameraDays,
                        "drawn", drawn()),
                plots);
        ThresholdCurve all =
                ThresholdCurve.of(
                        falling.stream()
                                .map(each -> new Scored(each.score(), each.verdict(), List.of()))
                                .toList(),
                        0);
        CsvFile.write(
                out.resolve("thresholds.csv"),
                "threshold,alerts,perCameraDay,unusual,usual",
                all.points().stream()
                        .map(
                                point ->
                                        new Object[] {
                                            text(point.threshold()),
                                            point.shown(),
                                            cameraDays > 0 ? text(point.shown() / cameraDays) : "",
                                            point.right(),
                                            point.wrong()
                                        }));
    }

    private static String text(double score) {
        return Page.formatted("%.4f", score);
    }

    private List<TrackList> drawn() {
        if (!ranking.hasBothLabels()) {
            return List.of(new TrackList("The most unusual tracks", draw(falling.stream())));
        }
        List<ScoredTrack> unusual = falling.stream().filter(t -> t.isLabelled(true)).toList();
        return List.of(
                new TrackList(
                        "The worst false alarms: labelled usual, of the highest score",
                        draw(falling.stream().filter(t -> t.isLabelled(false)))),
                new TrackList(
                        "Missed the most: labelled unusual, of the lowest score",
                        draw(
                                IntStream.range(0, unusual.size())
                                        .mapToObj(i -> unusual.get(unusual.size() - 1 - i)))));
    }

    private List<DrawnTrack> draw(Stream<ScoredTrack> tracks) {
        return tracks.limit(WORST)
                .map(each -> new DrawnTrack(draw(each.track()), describe(each)))
                .toList();
    }

    private String draw(RecordedTrack track) {
        return drawings.computeIfAbsent(
                        track.sceneId(),
                        id ->
                                new SceneDrawing(
                                        "scene-" + drawings.size(),
                                        falling.stream()
                                                .map(ScoredTrack::track)
                                                .filter(other -> other.sceneId().equals(id))
                                                .map(RecordedTrack::trajectory)
                                                .toList()))
                .with(List.of(track.trajectory()));
    }

    private static String describe(ScoredTrack scored) {
        return String.format(
                Locale.ROOT,
                "%s in %s: score %.1f%s, %d points",
                scored.track().trackId(),
                scored.track().sceneId(),
                scored.score(),
                scored.inTimeOrder() == null
                        ? ""
                        : Page.formatted(" (%.1f in the order of time)", scored.inTimeOrder()),
                scored.track().trajectory().size());
    }

    private String precisionRecall() {
        Chart chart =
                new Chart(
                                "recall: unusual tracks found",
                                "precision: found ones that are so",
                                LegendPosition.InsideSW)
                        .ofShares();
        precisionRecall(chart, "against all other tracks", ranking, Chart.BLUE);
        if (inTimeOrder.hasBothLabels()) {
            precisionRecall(chart, "in the order of time", inTimeOrder, Chart.ORANGE);
        }
        baselines.forEach(
                (baseline, curve) ->
                        precisionRecall(
                                chart, "baseline: " + baseline.title(), curve, baseline.color()));
        return chart.svg("precision-recall");
    }

    private static void precisionRecall(
            Chart chart, String name, ThresholdCurve curve, Color color) {
        chart.curve(name, curve.points(), curve::recall, ThresholdCurve.Point::precision, color);
    }

    /**
     * Number of tracks at or above each threshold.
     *
     * @param unit unit of the count, for the axis
     * @param units number of units recorded
     */
    private String alerts(String unit, double units, String id) {
        Chart chart =
                new Chart("threshold", "alerts " + unit, LegendPosition.InsideNE)
                        .logarithmic()
                        .patterns("0.#", "#,##0.##");
        alerts(chart, "all", track -> true, units, Chart.BLUE);
        if (ranking.hasBothLabels()) {
            alerts(chart, "unusual", track -> track.isLabelled(true), units, Chart.GREEN);
            alerts(chart, "usual", track -> track.isLabelled(false), units, Chart.RED);
        }
        return chart.svg(id);
    }

    private void alerts(
            Chart chart, String name, Predicate<ScoredTrack> isCounted, double units, Color color) {
        List<ScoredTrack> counted = falling.stream().filter(isCounted).toList();
        chart.curve(
                name,
                IntStream.range(0, counted.size()).boxed().toList(),
                rank -> Math.min(HIGHEST, counted.get(rank).score()),
                rank -> (rank + 1) / units,
                color);
    }

    /** Distribution of the scores; each label has its own total of 1. */
    private String histogram() {
        Chart chart =
                new Chart("score", "share of the tracks", LegendPosition.InsideNE)
                        .patterns("0.#", "0.##");
        if (ranking.hasBothLabels()) {
            histogram(chart, "usual", track -> track.isLabelled(false), Chart.GRAY);
            histogram(chart, "unusual", track -> track.isLabelled(true), Chart.RED);
        } else {
            histogram(chart, "all", track -> true, Chart.BLUE);
        }
        return chart.svg("histogram");
    }

    private void histogram(
            Chart chart, String name, Predicate<ScoredTrack> isCounted, Color color) {
        double[] scores =
                falling.stream().filter(isCounted).mapToDouble(ScoredTrack::score).toArray();
        chart.histogram(
                name,
                scores,
                0,
                HIGHEST,
                HISTOGRAM_BINS,
                count -> (double) count / scores.length,
                color);
    }
}
