package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.JsonOut;

import java.io.IOException;
import java.util.List;

/** The codec of evidence from a camera's images, or about the camera itself. */
final class CameraEvidenceCodec {
    private CameraEvidenceCodec() {}

    /** Writes the fields that only this kind of evidence has. */
    static void write(CameraEvidence evidence, JsonOut out) throws IOException {
        out.string("zoneId", evidence.zoneId());
        out.object(
                "region",
                evidence.region(),
                (region, o) -> {
                    o.number("x", region.x());
                    o.number("y", region.y());
                    o.number("width", region.width());
                    o.number("height", region.height());
                });
        out.number("objects", evidence.objects());
        out.objects(
                "measures",
                evidence.measures(),
                (measure, o) -> {
                    o.string("name", measure.name());
                    o.number("value", measure.value());
                    o.number("limit", measure.limit());
                    o.string("unit", measure.unit());
                });
        out.object(
                "model",
                evidence.model(),
                (model, o) -> {
                    o.string("name", model.name());
                    o.string("version", model.version());
                });
    }

    static CameraEvidence read(JsonIn in) throws InvalidRecordException {
        String zoneId = null;
        CameraEvidence.Region region = null;
        int objects = 0;
        List<CameraEvidence.Measure> measures = List.of();
        CameraEvidence.Model model = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "zoneId" -> zoneId = in.string(AlertCodec.MAX_TEXT);
                case "region" -> region = in.object(CameraEvidenceCodec::region);
                case "objects" -> objects = in.integer(0, Integer.MAX_VALUE);
                case "measures" ->
                        measures =
                                in.list(
                                        AlertCodec.MAX_LIST,
                                        i -> i.object(CameraEvidenceCodec::measure));
                case "model" -> model = in.object(CameraEvidenceCodec::model);
                default -> in.skip();
            }
        }
        return new CameraEvidence(zoneId, region, objects, measures, model);
    }

    private static CameraEvidence.Region region(JsonIn in) throws InvalidRecordException {
        Double x = null;
        Double y = null;
        Double width = null;
        Double height = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "x" -> x = in.number(0, 1);
                case "y" -> y = in.number(0, 1);
                case "width" -> width = in.number(0, 1);
                case "height" -> height = in.number(0, 1);
                default -> in.skip();
            }
        }
        return new CameraEvidence.Region(
                in.required("x", x),
                in.required("y", y),
                in.required("width", width),
                in.required("height", height));
    }

    private static CameraEvidence.Measure measure(JsonIn in) throws InvalidRecordException {
        String name = null;
        Double value = null;
        Double limit = null;
        String unit = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "name" -> name = in.string(AlertCodec.MAX_NAME);
                case "value" ->
                        value = in.number(-CameraEvidence.MAX_MEASURE, CameraEvidence.MAX_MEASURE);
                case "limit" ->
                        limit = in.number(-CameraEvidence.MAX_MEASURE, CameraEvidence.MAX_MEASURE);
                case "unit" -> unit = in.string(AlertCodec.MAX_NAME);
                default -> in.skip();
            }
        }
        return new CameraEvidence.Measure(
                in.required("name", name), in.required("value", value), limit, unit);
    }

    private static CameraEvidence.Model model(JsonIn in) throws InvalidRecordException {
        String name = null;
        String version = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "name" -> name = in.string(AlertCodec.MAX_NAME);
                case "version" -> version = in.string(AlertCodec.MAX_NAME);
                default -> in.skip();
            }
        }
        return new CameraEvidence.Model(in.required("name", name), in.required("version", version));
    }
}
