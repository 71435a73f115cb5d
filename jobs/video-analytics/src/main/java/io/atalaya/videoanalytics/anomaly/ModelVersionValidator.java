package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.model.ModelControl;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.RecordKey;
import io.atalaya.inference.InvalidModelException;
import io.atalaya.inference.ModelCheck;
import io.atalaya.inference.StoredModel;

import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Accepts or rejects requests for versions of a model. A version that is missing, differs from its
 * manifest or does not work is rejected before it scores anything.
 *
 * @param started the versions from the job's settings
 * @param directory directory of other versions; if empty, only those that come with the job
 * @param slowest maximum time of a version for {@value ModelCheck#ROWS} rows
 */
public record ModelVersionValidator(
        Map<ModelKind, String> started, String directory, Duration slowest)
        implements Serializable {

    /** Validates a record of topic {@code model-control}; takes up to seconds. */
    public ModelRequestResult validate(RawRecord record) {
        try {
            ModelRequestResult.Versions versions = versions(record);
            return new ModelRequestResult.Accepted(versions, record, served(versions));
        } catch (InvalidRecordException e) {
            return rejected(record, e);
        }
    }

    /** Rejects a request that was not validated in time; its model may keep running forever. */
    public static ModelRequestResult late(RawRecord record, Duration limit) {
        return rejected(
                record,
                InvalidRecordException.fault(
                        "value",
                        "versions of which one has not finished its trial within "
                                + limit.toSeconds()
                                + " s",
                        "versions that work"));
    }

    private static ModelRequestResult rejected(RawRecord record, InvalidRecordException reason) {
        return new ModelRequestResult.Rejected(
                DeadLetter.invalid(record, reason.field(), reason.getMessage()));
    }

    private static String served(ModelRequestResult.Versions versions) {
        return versions.kind().model()
                + " is served by "
                + (versions.active() == null
                        ? "the version of the job's settings"
                        : versions.active())
                + (versions.shadow() == null ? "" : ", with " + versions.shadow() + " in shadow");
    }

    private ModelRequestResult.Versions versions(RawRecord record) throws InvalidRecordException {
        String key = RecordKey.text(record.key());
        if (record.value() == null) {
            ModelKind kind = kind("key", RecordKey.ofRemoval(key));
            return new ModelRequestResult.Versions(kind, null, null, record.position());
        }
        ModelControl control = ModelControl.CODEC.read(record.value());
        RecordKey.require(key, "model", control.model());
        ModelKind kind = kind("model", control.model());
        tried("active", kind, control.active());
        tried("shadow", kind, control.shadow());
        if (control.active() == null
                && control.shadow() != null
                && control.shadow().equals(started.get(kind))) {
            throw new InvalidRecordException(
                    "shadow", control.shadow(), "another version than the active one");
        }
        return new ModelRequestResult.Versions(
                kind, control.active(), control.shadow(), record.position());
    }

    private static ModelKind kind(String field, String model) throws InvalidRecordException {
        List<String> known = Arrays.stream(ModelKind.values()).map(ModelKind::model).toList();
        int index = known.indexOf(model);
        if (index < 0) {
            throw new InvalidRecordException(field, model, "one of " + known);
        }
        return ModelKind.values()[index];
    }

    private void tried(String field, ModelKind kind, String version) throws InvalidRecordException {
        if (version == null) {
            return;
        }
        try {
            ModelLocation location = new ModelLocation(kind, version, directory);
            StoredModel stored = location.read();
            requireUnchanged(stored, ModelSwitcher.Factory.servedChecksum(location));
            new ModelCheck(kind.inputs(), slowest).require(stored, kind.model(), version);
        } catch (InvalidModelException e) {
            throw InvalidRecordException.fault(
                    field,
                    '"' + version + '"',
                    "a version of " + kind.model() + " that can be served; " + e.getMessage());
        }
    }

    /**
     * Rejects other weights under the name of a version in service: it would be served from memory
     * as before, and after a restart score against states that the old weights learned.
     */
    private static void requireUnchanged(StoredModel stored, String servedChecksum) {
        String checksum = stored.manifest().sha256();
        if (servedChecksum != null && !servedChecksum.equals(checksum)) {
            throw new InvalidModelException(
                    "version %s is in service with other weights, of sha256 %s instead of %s"
                            .formatted(stored.manifest().version(), servedChecksum, checksum));
        }
    }
}
