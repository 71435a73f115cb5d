package io.atalaya.lab.evaluate.tracks;

import io.atalaya.lab.evaluate.page.Html;
import io.atalaya.lab.evaluate.page.SceneDrawing;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** The report on a recording's tracks as one self-contained HTML page. */
final class TrackReport {
    private static final int WORST = 24;

    private final String recording;
    private final List<ScoredTrack> falling;
    private final Ranking ranking;
    private final Ranking inTimeOrder;
    private final Map<Baseline, Ranking> baselines;
    private final double cameraDays;
    private final Map<String, SceneDrawing> drawings = new HashMap<>();
    private final Html html = new Html();

    /**
     * @param recording name of the recording
     * @param falling tracks, the most unusual first
     * @param cameraDays recorded days; 0 if unknown
     */
    TrackReport(
            String recording,
            List<ScoredTrack> falling,
            Ranking ranking,
            Ranking inTimeOrder,
            Map<Baseline, Ranking> baselines,
            double cameraDays) {
        this.baselines = baselines;
        this.cameraDays = cameraDays;
        this.recording = recording;
        this.falling = falling;
        this.ranking = ranking;
        this.inTimeOrder = inTimeOrder;
    }

    Html write() {
        html.begin("Unusual tracks: " + recording);
        html.element("h1", "", "Unusual tracks of " + recording);
        html.element(
                "p",
                "soft",
                String.format(
                        Locale.ROOT,
                        "%,d tracks in %,d scenes. A score is a track's distance from the tracks of"
                                + " its own scene, in robust deviations; 0 is the median.",
                        falling.size(),
                        falling.stream().map(t -> t.track().sceneId()).distinct().count()));
        if (ranking.judges()) {
            quality();
        }
        if (cameraDays > 0) {
            plot(
                    "Alerts a camera and day against the threshold",
                    TrackPlots.alerts(
                            falling, ranking, "a camera and day", cameraDays, "alerts-a-day"));
            html.element(
                    "p",
                    "small soft",
                    String.format(
                            Locale.ROOT,
                            "A scene is a camera; %.3g camera-days from the first to the last point of"
                                    + " each. The live job holds a budget of alerts a day instead of a"
                                    + " threshold.",
                            cameraDays));
        }
        plot(
                "Alerts in 1,000 tracks against the threshold",
                TrackPlots.alerts(
                        falling, ranking, "in 1,000 tracks", falling.size() / 1000.0, "alerts"));
        plot("Scores", TrackPlots.histogram(falling, ranking));
        if (ranking.judges()) {
            worst("The worst false alarms: labelled usual, of the highest score", false);
            worst("Missed the most: labelled unusual, of the lowest score", true);
        } else {
            drawn("The most unusual tracks", falling);
        }
        return html.end();
    }

    private void quality() {
        html.raw("<div class=\"tiles\">\n");
        html.tile(String.format(Locale.ROOT, "%.4f", ranking.rocAuc()), "area under the ROC curve");
        if (inTimeOrder.judges()) {
            html.tile(
                    String.format(Locale.ROOT, "%.4f", inTimeOrder.rocAuc()),
                    "the same in the order of time, without what came later");
        }
        html.tile(
                String.format(Locale.ROOT, "%.3f", ranking.averagePrecision()),
                "average precision");
        html.tile(
                String.format(
                        Locale.ROOT,
                        "%,d of %,d",
                        ranking.unusual(),
                        ranking.unusual() + ranking.usual()),
                "labelled tracks are unusual");
        baselines.forEach(
                (baseline, of) ->
                        html.tile(
                                String.format(Locale.ROOT, "%.4f", of.rocAuc()),
                                "baseline: area of a " + baseline.title()));
        html.raw("</div>\n");
        plot("Precision and recall", TrackPlots.precisionRecall(ranking, inTimeOrder, baselines));
    }

    private void worst(String title, boolean unusual) {
        List<ScoredTrack> labelled =
                falling.stream()
                        .filter(t -> t.track().unusual() != null && t.track().unusual() == unusual)
                        .toList();
        drawn(title, unusual ? reversed(labelled) : labelled);
    }

    private void drawn(String title, List<ScoredTrack> tracks) {
        html.element("h2", "", title);
        html.element(
                "p",
                "small soft",
                "Red: the track, from its dot on. Grey: others of its scene. y points down.");
        html.raw("<div class=\"views\">\n");
        for (ScoredTrack scored : tracks.subList(0, Math.min(WORST, tracks.size()))) {
            RecordedTrack track = scored.track();
            html.raw("<div class=\"tile plot\">")
                    .raw(drawing(track.sceneId()).with(track.way()))
                    .element(
                            "span",
                            "",
                            String.format(
                                    Locale.ROOT,
                                    "%s in %s: score %.1f%s, %d points",
                                    track.trackId(),
                                    track.sceneId(),
                                    scored.score(),
                                    scored.inTimeOrder() == null
                                            ? ""
                                            : String.format(
                                                    Locale.ROOT,
                                                    " (%.1f in the order of time)",
                                                    scored.inTimeOrder()),
                                    track.way().size()))
                    .raw("</div>\n");
        }
        html.raw("</div>\n");
    }

    private SceneDrawing drawing(String sceneId) {
        return drawings.computeIfAbsent(
                sceneId,
                id ->
                        new SceneDrawing(
                                "scene-" + drawings.size(),
                                falling.stream()
                                        .filter(t -> t.track().sceneId().equals(id))
                                        .map(t -> t.track().way())
                                        .toList()));
    }

    private void plot(String title, String svg) {
        html.element("h2", "", title);
        html.plot(svg);
    }

    private static List<ScoredTrack> reversed(List<ScoredTrack> tracks) {
        return IntStream.range(0, tracks.size())
                .mapToObj(i -> tracks.get(tracks.size() - 1 - i))
                .toList();
    }
}
