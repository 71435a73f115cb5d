package io.atalaya.videoanalytics.anomaly;

import io.atalaya.inference.RowNetwork;
import io.atalaya.inference.Shared;

import java.util.List;

/**
 * Served models that are in memory once per process, whatever its number of subtasks.
 *
 * @param stored the first version per model kind; a kind without one is not run
 * @param directory directory of other versions; if empty, those that come with the job
 */
public record SharedServedModels(List<StoredModelFactory> stored, String directory)
        implements ServedModelFactory {
    private static final Shared<StoredModelFactory, RowNetwork> IN_MEMORY =
            new Shared<>(StoredModelFactory::open);

    @Override
    public ServedModels open() {
        ActiveAndShadowModels served = new ActiveAndShadowModels(directory);
        try {
            stored.forEach(served::start);
        } catch (RuntimeException e) {
            served.close();
            throw e;
        }
        return served;
    }

    /** Acquires a model; the caller releases it. */
    static Lease lease(StoredModelFactory stored) {
        return new Lease(stored, IN_MEMORY.acquire(stored));
    }

    /** Lease of a model by one subtask. */
    static final class Lease implements ServedModel {
        private final StoredModelFactory stored;
        private final RowNetwork servedModel;
        private final RowNetwork.Runner runner;

        private Lease(StoredModelFactory stored, RowNetwork servedModel) {
            this.stored = stored;
            this.servedModel = servedModel;
            this.runner = servedModel.runner();
        }

        @Override
        public String version() {
            return servedModel.manifest().version();
        }

        @Override
        public int outputs() {
            return servedModel.outputs();
        }

        @Override
        public List<float[]> run(List<float[]> rows) {
            return runner.run(rows);
        }

        void release() {
            runner.close();
            try {
                IN_MEMORY.release(stored);
            } catch (Exception e) {
                throw new IllegalStateException("closing " + stored, e);
            }
        }
    }
}
