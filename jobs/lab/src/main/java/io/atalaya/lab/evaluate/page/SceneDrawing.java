package io.atalaya.lab.evaluate.page;

import io.atalaya.anomaly.trajectory.Trajectory;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Draws a track over others of its scene, as SVG; y points down, as in an image. */
public final class SceneDrawing {
    private static final int WIDTH = 420;
    private static final int HEIGHT = 300;
    private static final int MARGIN = 10;

    /** More lines hide each other. */
    private static final int MAX_OTHERS = 200;

    /** Upper limit of points per line; finer detail is smaller than a pixel. */
    private static final int MAX_POINTS = 40;

    private final double left;
    private final double top;
    private final double scale;
    private final String id;
    private final String others;
    private boolean isReferable;

    /**
     * @param id unique within the page
     */
    public SceneDrawing(String id, List<Trajectory> scene) {
        this.id = id;
        DoubleSummaryStatistics x = statistics(scene, Trajectory::x);
        DoubleSummaryStatistics y = statistics(scene, Trajectory::y);
        left = x.getMin();
        top = y.getMin();
        scale =
                Math.min(
                        (WIDTH - 2 * MARGIN) / Math.max(x.getMax() - left, 1e-9),
                        (HEIGHT - 2 * MARGIN) / Math.max(y.getMax() - top, 1e-9));
        int step = Math.max(1, scene.size() / MAX_OTHERS);
        others =
                IntStream.iterate(0, i -> i < scene.size(), i -> i + step)
                        .mapToObj(i -> line(scene.get(i), "#8a8f98", "stroke-opacity=\"0.35\""))
                        .collect(Collectors.joining());
    }

    private static DoubleSummaryStatistics statistics(
            List<Trajectory> scene, Function<Trajectory, double[]> axis) {
        return scene.stream()
                .flatMapToDouble(trajectory -> Arrays.stream(axis.apply(trajectory)))
                .summaryStatistics();
    }

    /**
     * The scene with one track in fragments; each starts at a dot. The first drawing contains the
     * other tracks, later ones reference them.
     */
    public String with(List<Trajectory> fragments) {
        String background =
                isReferable
                        ? "<use href=\"#" + id + "\"/>"
                        : "<g id=\"" + id + "\">" + others + "</g>";
        isReferable = true;
        String track =
                fragments.stream()
                        .map(
                                each ->
                                        line(each, "#b8383b", "stroke-width=\"2.5\"")
                                                + String.format(
                                                        Locale.ROOT,
                                                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\""
                                                                + " fill=\"#b8383b\"/>",
                                                        x(each.x()[0]),
                                                        y(each.y()[0])))
                        .collect(Collectors.joining());
        return String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                        + " height=\"%d\" fill=\"none\">%s%s</svg>%n",
                WIDTH, HEIGHT, WIDTH, HEIGHT, background, track);
    }

    private String line(Trajectory trajectory, String color, String style) {
        int points = Math.min(trajectory.size(), MAX_POINTS);
        return IntStream.range(0, points)
                .map(i -> (int) ((long) i * (trajectory.size() - 1) / Math.max(1, points - 1)))
                .mapToObj(
                        i ->
                                String.format(
                                        Locale.ROOT,
                                        "%.1f,%.1f ",
                                        x(trajectory.x()[i]),
                                        y(trajectory.y()[i])))
                .collect(
                        Collectors.joining(
                                "",
                                "<polyline stroke=\"" + color + "\" " + style + " points=\"",
                                "\"/>"));
    }

    private double x(double x) {
        return MARGIN + (x - left) * scale;
    }

    private double y(double y) {
        return MARGIN + (y - top) * scale;
    }
}
