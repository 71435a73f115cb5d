package io.atalaya.videoanalytics.anomaly;

import io.atalaya.inference.InvalidModelException;
import io.atalaya.inference.RowNetwork;
import io.atalaya.inference.StoredModel;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A version of a model, by where it is kept.
 *
 * @param directory that holds {@code <model>/<version>/}, on every TaskManager; what it does not
 *     hold, and all if it is empty, comes with the job
 */
public record StoredModelFactory(ModelKind kind, String version, String directory)
        implements Serializable {

    /**
     * Its manifest and weights.
     *
     * @throws io.atalaya.inference.InvalidModelException if it must not be used, or its servedModel
     *     takes or makes other rows than observations of that kind need
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
