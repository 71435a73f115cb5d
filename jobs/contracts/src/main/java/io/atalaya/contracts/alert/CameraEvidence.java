package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.Field;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.List;

/**
 * What a camera detected, and the numbers that decided, each with the limit that it broke, so that
 * a person sees by how much.
 *
 * @param zoneId of the zone that the alert is about, or null
 * @param region in the image, or null where the alert is about the whole camera
 * @param objects number of objects that are or were part of it
 * @param measures in descending order of importance
 * @param model that decided, or null where a rule decided
 */
public record CameraEvidence(
        String zoneId,
        Region region,
        @JsonProperty(defaultValue = "0") int objects,
        List<Measure> measures,
        Model model)
        implements Evidence {
    private static final double MAX_MEASURE = 1e15;

    public CameraEvidence {
        Field.textOrNull("zoneId", zoneId, 1, AlertCodec.MAX_TEXT);
        Field.integer("objects", objects, 0, Integer.MAX_VALUE);
        measures = Field.list("measures", measures, AlertCodec.MAX_LIST);
    }

    /** Evidence found by a rule, without a model. */
    public CameraEvidence(String zoneId, Region region, int objects, List<Measure> measures) {
        this(zoneId, region, objects, measures, null);
    }

    /** A model by its directory {@code models/<name>/<version>/}. */
    public record Model(String name, String version) {
        public Model {
            Field.text("name", name, 1, AlertCodec.MAX_NAME);
            Field.text("version", version, 1, AlertCodec.MAX_NAME);
        }
    }

    /** A rectangle in fractions of the image, with the origin at the top left. */
    public record Region(double x, double y, double width, double height) {
        public Region {
            x = Field.number("x", x, 0, 1);
            y = Field.number("y", y, 0, 1);
            width = Field.number("width", width, 0, 1);
            height = Field.number("height", height, 0, 1);
        }
    }

    /**
     * One measured number.
     *
     * @param name for example {@code standing}
     * @param value as measured
     * @param limit the bound that decided, or null where the number only explains
     * @param unit for example {@code s}, or null for a count or a ratio
     */
    public record Measure(String name, double value, Double limit, String unit) {
        public Measure {
            Field.text("name", name, 1, AlertCodec.MAX_NAME);
            value = Field.number("value", value, -MAX_MEASURE, MAX_MEASURE);
            limit = Field.numberOrNull("limit", limit, -MAX_MEASURE, MAX_MEASURE);
            Field.textOrNull("unit", unit, 1, AlertCodec.MAX_NAME);
        }
    }
}
