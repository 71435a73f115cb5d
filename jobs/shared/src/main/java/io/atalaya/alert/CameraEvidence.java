package io.atalaya.alert;

import java.util.List;

/**
 * What a camera saw, and the numbers that decided: each with the bound that it broke, so that a
 * person can judge by how much.
 *
 * @param zoneId of the zone that it is about, or null
 * @param region where in the picture, or null where it is about the whole camera
 * @param objects how many things are or were part of it
 * @param measures in the order of their weight
 * @param model whose judgement it is, or null where a rule decided
 */
public record CameraEvidence(
        String zoneId, Region region, int objects, List<Measure> measures, Model model)
        implements Evidence {

    /** What a rule found, without a model. */
    public CameraEvidence(String zoneId, Region region, int objects, List<Measure> measures) {
        this(zoneId, region, objects, measures, null);
    }

    /** A model as it is kept under {@code models/<name>/<version>/}. */
    public record Model(String name, String version) {}

    /** A rectangle in fractions of the picture, the origin at the top left. */
    public record Region(double x, double y, double width, double height) {}

    /**
     * One number.
     *
     * @param name for example {@code standing}
     * @param value as measured
     * @param limit the bound that decided, or null where the number only explains
     * @param unit for example {@code s}, or null for a count or a ratio
     */
    public record Measure(String name, double value, Double limit, String unit) {}

    @Override
    public List<String> reads() {
        return List.of();
    }

    @Override
    public List<String> images() {
        return List.of();
    }

    @Override
    public List<HotlistEvidence.Part> parts() {
        return List.of();
    }
}
