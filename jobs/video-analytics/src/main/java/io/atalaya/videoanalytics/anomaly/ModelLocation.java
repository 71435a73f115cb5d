package io.atalaya.videoanalytics.anomaly;

import io.atalaya.inference.InvalidModelException;
import io.atalaya.inference.RowNetwork;
import io.atalaya.inference.StoredModel;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A version of a model and where it is stored.
 *
 * @param directory directory that holds {@code <model>/<version>/} on every TaskManager; if empty,
 *     or for what it does not hold, the version that comes with the job
 */
public record ModelLocation(ModelKind kind, String version, String directory)
        implements Serializable {

    /**
     * Reads its manifest and weights.
     *
     * @throws io.atalaya.inference.InvalidModelException if it must not be used, or its rows do not
     *     match the observations of its kind
     */
    public StoredModel read() {
        StoredModel stored = stored();
        RowNetwork.outputs(stored.manifest(), kind.inputs());
        return stored;
    }

    private StoredModel stored() {
        if (directory.isEmpty()) {
            return StoredModel.onClassPath(kind.model(), version);
        }
        Path kept = Path.of(directory, kind.model(), version);
        if (Files.isDirectory(kept)) {
            return StoredModel.in(kept);
        }
        try {
            return StoredModel.onClassPath(kind.model(), version);
        } catch (InvalidModelException e) {
            throw new InvalidModelException("there is no " + kept + "; " + e.getMessage(), e);
        }
    }

    RowNetwork open() {
        return RowNetwork.open(read(), kind.inputs());
    }
}
