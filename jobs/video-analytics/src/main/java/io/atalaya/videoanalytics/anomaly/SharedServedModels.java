package io.atalaya.videoanalytics.anomaly;

import io.atalaya.inference.RowNetwork;
import io.atalaya.inference.Shared;

import java.util.List;

/**
 * Networks of which each process has one in memory, whatever the number of its subtasks.
 *
 * @param stored one a kind of model, to start with; a kind without one is not asked
 * @param directory of other versions; empty: those that come with the job
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

    /** To be released. */
    static Lease lease(StoredModelFactory stored) {
        return new Lease(stored, IN_MEMORY.acquire(stored));
    }

    /** One subtask's hold on a network. */
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
