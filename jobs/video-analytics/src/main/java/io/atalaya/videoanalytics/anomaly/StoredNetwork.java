package io.atalaya.videoanalytics.anomaly;

import io.atalaya.inference.RowNetwork;
import io.atalaya.inference.StoredModel;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * A version of a model, by where it is kept.
 *
 * @param directory that holds {@code <model>/<version>/}, on every TaskManager; empty: the versions
 *     that come with the job
 */
public record StoredNetwork(ModelKind kind, String version, String directory)
        implements Serializable {

    /**
     * Its manifest and weights.
     *
     * @throws io.atalaya.inference.InvalidModelException if it must not be used, or its network
     *     takes or makes other rows than observations of that kind need
     */
    public StoredModel read() {
        StoredModel stored =
                directory.isEmpty()
                        ? StoredModel.onClassPath(kind.model(), version)
                        : StoredModel.in(Path.of(directory, kind.model(), version));
        RowNetwork.outputs(stored.manifest(), kind.inputs());
        return stored;
    }

    RowNetwork open() {
        return RowNetwork.open(read(), kind.inputs());
    }
}
