package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.EpochMillis;
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
 * @param boxes where those objects were last seen as part of it, in the order of their detection;
 *     of more than {@link #MAX_BOXES} the latest ones
 * @param measures in descending order of importance
 * @param model that decided, or null where a rule decided
 */
public record CameraEvidence(
        String zoneId,
        Region region,
        @JsonProperty(defaultValue = "0") int objects,
        List<ObjectBox> boxes,
        List<Measure> measures,
        Model model)
        implements Evidence {
    /** More boxes would hide each other. */
    public static final int MAX_BOXES = 16;

    private static final double MAX_MEASURE = 1e15;

    public CameraEvidence {
        Field.textOrNull("zoneId", zoneId, 1, AlertCodec.MAX_TEXT);
        Field.integer("objects", objects, 0, Integer.MAX_VALUE);
        boxes = Field.list("boxes", boxes, MAX_BOXES);
        measures = Field.list("measures", measures, AlertCodec.MAX_LIST);
    }

    /** Evidence found by a rule about no single objects. */
    public CameraEvidence(String zoneId, Region region, int objects, List<Measure> measures) {
        this(zoneId, region, objects, List.of(), measures, null);
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

        /** The rectangle between these edges, clipped to the image. */
        public static Region clipped(double left, double top, double right, double bottom) {
            double x = clip(left);
            double y = clip(top);
            return new Region(x, y, Math.max(0, clip(right) - x), Math.max(0, clip(bottom) - y));
        }

        private static double clip(double place) {
            return Math.max(0, Math.min(1, place));
        }
    }

    /** What an object in the image is. */
    public enum ObjectClass {
        VEHICLE,
        PERSON,
        ITEM,
        OTHER
    }

    /**
     * One object in the image.
     *
     * @param trackId the tracker's id for the object, or null where it is not known
     * @param time device time at which it was there, epoch ms
     */
    public record ObjectBox(
            String trackId, ObjectClass objectClass, Region box, @EpochMillis long time) {
        public ObjectBox {
            Field.textOrNull("trackId", trackId, 1, AlertCodec.MAX_TEXT);
            Field.required("objectClass", objectClass);
            Field.required("box", box);
            Field.time("time", time);
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
