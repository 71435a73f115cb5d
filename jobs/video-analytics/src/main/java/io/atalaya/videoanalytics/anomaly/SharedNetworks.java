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
public record SharedNetworks(List<StoredNetwork> stored, String directory)
        implements NetworkSource {
    private static final Shared<StoredNetwork, RowNetwork> IN_MEMORY =
            new Shared<>(StoredNetwork::open);

    @Override
    public Networks open() {
        ServedNetworks served = new ServedNetworks(directory);
        try {
            stored.forEach(served::start);
        } catch (RuntimeException e) {
            served.close();
            throw e;
        }
        return served;
    }

    /** To be released. */
    static Lease lease(StoredNetwork stored) {
        return new Lease(stored, IN_MEMORY.acquire(stored));
    }

    /** One subtask's hold on a network. */
    static final class Lease implements Network {
        private final StoredNetwork stored;
        private final RowNetwork network;
        private final RowNetwork.Runner runner;

        private Lease(StoredNetwork stored, RowNetwork network) {
            this.stored = stored;
            this.network = network;
            this.runner = network.runner();
        }

        @Override
        public String version() {
            return network.manifest().version();
        }

        @Override
        public int outputs() {
            return network.outputs();
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
