package io.atalaya.videoanalytics.anomaly;

import io.atalaya.inference.RowNetwork;
import io.atalaya.inference.Shared;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Networks of which each process has one in memory, whatever the number of its subtasks.
 *
 * @param stored one a kind of model; a kind without one is not asked
 */
public record SharedNetworks(List<StoredNetwork> stored) implements NetworkSource {
    private static final Shared<StoredNetwork, RowNetwork> IN_MEMORY =
            new Shared<>(StoredNetwork::open);

    @Override
    public Networks open() {
        Opened opened = new Opened();
        try {
            stored.forEach(opened::add);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    private static final class Opened implements Networks {
        private final Map<ModelKind, Acquired> active = new EnumMap<>(ModelKind.class);

        void add(StoredNetwork stored) {
            active.put(stored.kind(), new Acquired(stored, IN_MEMORY.acquire(stored)));
        }

        @Override
        public Network active(ModelKind kind) {
            return active.get(kind);
        }

        @Override
        public void close() {
            active.values().forEach(Acquired::release);
            active.clear();
        }
    }

    /** One thread's hold on a network. */
    private static final class Acquired implements Network {
        private final StoredNetwork stored;
        private final RowNetwork network;
        private final RowNetwork.Runner runner;

        Acquired(StoredNetwork stored, RowNetwork network) {
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
