package io.atalaya.lab.evaluate.page;

import io.atalaya.anomaly.trajectory.Trajectory;

import java.util.List;
import java.util.Locale;

/** Draws a track over others of its scene, as SVG; y points down, as in an image. */
public final class SceneDrawing {
    private static final int WIDTH = 420;
    private static final int HEIGHT = 300;
    private static final int MARGIN = 10;

    /** More lines hide each other. */
    private static final int MOST_OTHERS = 200;

    /** Upper limit of points per line; finer detail is smaller than a pixel. */
    private static final int MOST_POINTS = 40;

    private final double left;
    private final double top;
    private final double scale;
    private final String id;
    private final String others;
    private boolean shown;

    /**
     * @param id unique within the page
     */
    public SceneDrawing(String id, List<Trajectory> scene) {
        this.id = id;
        left = least(scene, Trajectory::x);
        top = least(scene, Trajectory::y);
        double width = -least(scene, w -> negative(w.x())) - left;
        double height = -least(scene, w -> negative(w.y())) - top;
        scale =
                Math.min(
                        (WIDTH - 2 * MARGIN) / Math.max(width, 1e-9),
                        (HEIGHT - 2 * MARGIN) / Math.max(height, 1e-9));
        StringBuilder lines = new StringBuilder();
        int every = Math.max(1, scene.size() / MOST_OTHERS);
        for (int i = 0; i < scene.size(); i += every) {
            lines.append(line(scene.get(i), "#8a8f98", "stroke-opacity=\"0.35\""));
        }
        others = lines.toString();
    }

    /**
     * The scene with one track that starts at a dot. The first drawing contains the other tracks,
     * later ones reference them.
     */
    public String with(Trajectory track) {
        return with(List.of(track));
    }

    /** The same for a track in fragments; each starts at a dot. */
    public String with(List<Trajectory> pieces) {
        String background =
                shown ? "<use href=\"#" + id + "\"/>" : "<g id=\"" + id + "\">" + others + "</g>";
        shown = true;
        StringBuilder track = new StringBuilder();
        for (Trajectory piece : pieces) {
            track.append(line(piece, "#b8383b", "stroke-width=\"2.5\""))
                    .append(
                            String.format(
                                    Locale.ROOT,
                                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#b8383b\"/>",
                                    x(piece.x()[0]),
                                    y(piece.y()[0])));
        }
        return String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" fill=\"none\">%s%s</svg>%n",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT,
                background,
                track);
    }

    private String line(Trajectory way, String color, String style) {
        StringBuilder points = new StringBuilder();
        int n = Math.min(way.size(), MOST_POINTS);
        for (int i = 0; i < n; i++) {
            int at = n == 1 ? 0 : (int) ((long) i * (way.size() - 1) / (n - 1));
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(way.x()[at]), y(way.y()[at])));
        }
        return "<polyline stroke=\"" + color + "\" " + style + " points=\"" + points + "\"/>";
    }

    private double x(double x) {
        return MARGIN + (x - left) * scale;
    }

    private double y(double y) {
        return MARGIN + (y - top) * scale;
    }

    private interface Axis {
        double[] of(Trajectory way);
    }

    private static double least(List<Trajectory> scene, Axis axis) {
        double least = Double.POSITIVE_INFINITY;
        for (Trajectory way : scene) {
            for (double value : axis.of(way)) {
                least = Math.min(least, value);
            }
        }
        return least;
    }

    private static double[] negative(double[] values) {
        double[] negative = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            negative[i] = -values[i];
        }
        return negative;
    }
}
