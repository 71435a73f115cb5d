package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.JsonOut;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.plate.VehicleCodec;
import io.atalaya.contracts.text.Text;

import java.io.IOException;

/**
 * The codec of an alert's {@code evidence} object, whose kind follows from the alert's type, and of
 * the parts that several kinds share.
 */
final class EvidenceCodec {
    static final double MAX_LOG_ODDS = 1e6;

    private EvidenceCodec() {}

    static void write(Evidence evidence, JsonOut out) throws IOException {
        out.strings("reads", evidence.reads());
        out.strings("images", evidence.images());
        if (evidence instanceof HotlistEvidence hotlist) {
            HotlistEvidenceCodec.write(hotlist, out);
        } else if (evidence instanceof CloneEvidence clone) {
            CloneEvidenceCodec.write(clone, out);
        } else if (evidence instanceof MismatchEvidence mismatch) {
            MismatchEvidenceCodec.write(mismatch, out);
        } else if (evidence instanceof ConvoyEvidence convoy) {
            ConvoyEvidenceCodec.write(convoy, out);
        } else if (evidence instanceof CameraEvidence camera) {
            CameraEvidenceCodec.write(camera, out);
        } else if (evidence instanceof FaultEvidence fault) {
            FaultEvidenceCodec.write(fault, out);
        }
        out.objects(
                "parts",
                evidence.parts(),
                (part, o) -> {
                    o.string("name", part.name());
                    o.number("logOdds", part.logOdds());
                    AlertCodec.writeText("evidence.parts", part.text(), o);
                });
    }

    /** Reads the evidence of an alert of that type; null where there is none. */
    static Evidence read(AlertType type, JsonIn.Deferred evidence) throws InvalidRecordException {
        if (evidence == null) {
            return null;
        }
        return switch (type) {
            case HOTLIST_MATCH -> evidence.read(HotlistEvidenceCodec::read);
            case CLONED_PLATE -> evidence.read(CloneEvidenceCodec::read);
            case PLATE_TAG_MISMATCH -> evidence.read(MismatchEvidenceCodec::read);
            case CONVOY -> evidence.read(ConvoyEvidenceCodec::read);
            case STOPPED_VEHICLE,
                    WRONG_WAY,
                    SPEEDING,
                    CRAWLING,
                    LOITERING,
                    CROWD,
                    CONGESTION,
                    ABANDONED_OBJECT,
                    ZONE_INTRUSION,
                    LINE_CROSSING,
                    UNUSUAL_TRAJECTORY,
                    UNUSUAL_ACTIVITY,
                    CAMERA_SILENT,
                    CAMERA_FROZEN,
                    CAMERA_MOVED,
                    STREAM_INCONSISTENT ->
                    evidence.read(CameraEvidenceCodec::read);
            case ANALYTICS_FAULT -> evidence.read(FaultEvidenceCodec::read);
        };
    }

    static ScoreContribution part(JsonIn in) throws InvalidRecordException {
        String name = null;
        double logOdds = 0;
        String es = null;
        String en = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "name" -> name = in.string(AlertCodec.MAX_NAME);
                case "logOdds" -> logOdds = in.number(-MAX_LOG_ODDS, MAX_LOG_ODDS);
                case "es" -> es = in.anyString(AlertCodec.MAX_TEXT);
                case "en" -> en = in.anyString(AlertCodec.MAX_TEXT);
                default -> in.skip();
            }
        }
        return new ScoreContribution(
                in.required("name", name), logOdds, new Text.Translation(es, en));
    }

    static void writeTag(HotlistEvidence.Tag tag, JsonOut out) throws IOException {
        out.string("readId", tag.readId());
        out.string("tagId", tag.tagId());
        out.string("registeredPlate", tag.registeredPlate());
        out.object("registeredVehicle", tag.registeredVehicle(), VehicleCodec::write);
    }

    static HotlistEvidence.Tag tag(JsonIn in) throws InvalidRecordException {
        String readId = null;
        String tagId = null;
        String registeredPlate = null;
        Vehicle registeredVehicle = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "readId" -> readId = in.string(AlertCodec.MAX_TEXT);
                case "tagId" -> tagId = in.string(AlertCodec.MAX_TEXT);
                case "registeredPlate" -> registeredPlate = in.anyString(AlertCodec.MAX_PLATE);
                case "registeredVehicle" -> registeredVehicle = in.object(VehicleCodec::read);
                default -> in.skip();
            }
        }
        return new HotlistEvidence.Tag(
                in.required("readId", readId),
                in.required("tagId", tagId),
                registeredPlate,
                registeredVehicle);
    }
}
