package io.atalaya.videoanalytics.anomaly;

import io.atalaya.inference.InvalidModelException;
import io.atalaya.inference.RowNetwork;
import io.atalaya.inference.SharedResources;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The served models of one subtask, replaced while it runs. A separate thread loads and releases
 * them, which takes up to a second; the subtask only exchanges loaded ones.
 */
public final class ModelSwitcher implements ServedModels {
    private static final Logger LOG = LoggerFactory.getLogger(ModelSwitcher.class);
    private static final int PATIENCE_SECONDS = 60;

    private final String directory;
    private final Map<ModelKind, String> started = new EnumMap<>(ModelKind.class);
    private final Map<ModelKind, Served> served = new EnumMap<>(ModelKind.class);
    private final Map<ModelKind, CompletableFuture<Served>> coming = new EnumMap<>(ModelKind.class);
    private final ExecutorService loader =
            Executors.newSingleThreadExecutor(
                    task -> {
                        Thread thread = new Thread(task, "model-loader");
                        thread.setDaemon(true);
                        return thread;
                    });
    private long switches;
    private long failures;

    /** Versions of one model kind; {@code shadow} may be null. */
    private record Served(Factory.Lease active, Factory.Lease shadow) {
        void release() {
            active.release();
            if (shadow != null) {
                shadow.release();
            }
        }

        String words() {
            return active.version() + (shadow == null ? "" : ", in shadow " + shadow.version());
        }
    }

    ModelSwitcher(String directory) {
        this.directory = directory;
    }

    /** Starts a model kind with a version; a kind without one is not served. */
    void start(ModelLocation stored) {
        started.put(stored.kind(), stored.version());
        served.put(stored.kind(), new Served(Factory.lease(stored), null));
        LOG.info("{} is served by version {}", stored.kind().model(), stored.version());
    }

    @Override
    public ServedModels.Model active(ModelKind kind) {
        return served.get(kind).active();
    }

    @Override
    public ServedModels.Model shadow(ModelKind kind) {
        return served.get(kind).shadow();
    }

    @Override
    public void choose(ModelRequestResult.Versions versions) {
        ModelKind kind = versions.kind();
        if (!served.containsKey(kind)) {
            return;
        }
        CompletableFuture<Served> overtaken =
                coming.put(kind, CompletableFuture.supplyAsync(() -> fetch(versions), loader));
        if (overtaken != null) {
            overtaken.thenAccept(Served::release);
        }
    }

    /** A version that is already served is not loaded again. */
    private Served fetch(ModelRequestResult.Versions versions) {
        ModelKind kind = versions.kind();
        String active = versions.active() == null ? started.get(kind) : versions.active();
        Factory.Lease first = Factory.lease(new ModelLocation(kind, active, directory));
        try {
            return new Served(
                    first,
                    versions.shadow() == null
                            ? null
                            : Factory.lease(new ModelLocation(kind, versions.shadow(), directory)));
        } catch (RuntimeException e) {
            first.release();
            throw e;
        }
    }

    @Override
    public void replaceLoaded() {
        for (ModelKind kind : ModelKind.values()) {
            CompletableFuture<Served> fetched = coming.get(kind);
            if (fetched != null && fetched.isDone()) {
                coming.remove(kind);
                exchange(kind, fetched);
            }
        }
    }

    @Override
    public void settle() {
        coming.values().forEach(each -> each.exceptionally(e -> null).join());
        replaceLoaded();
    }

    /**
     * Loading can fail although the version was validated, because that may have happened on
     * another machine or the files may be gone.
     */
    private void exchange(ModelKind kind, CompletableFuture<Served> fetched) {
        try {
            Served old = served.put(kind, fetched.join());
            switches++;
            loader.execute(old::release);
            LOG.info("{} is served by version {}", kind.model(), served.get(kind).words());
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof InvalidModelException)) {
                throw e;
            }
            failures++;
            LOG.error(
                    "{} is still served by version {}: {}",
                    kind.model(),
                    served.get(kind).words(),
                    e.getCause().getMessage());
        }
    }

    @Override
    public void dropShadow(ModelKind kind, RuntimeException reason) {
        Served now = served.get(kind);
        served.put(kind, new Served(now.active(), null));
        loader.execute(now.shadow()::release);
        failures++;
        LOG.error(
                "{}: the shadow {} does not work and is not asked any more",
                kind.model(),
                now.shadow().version(),
                reason);
    }

    /** Loads synchronously, because no observation can be scored meanwhile. */
    @Override
    public boolean fallBack(ModelKind kind, RuntimeException reason) {
        Served now = served.get(kind);
        String before = started.get(kind);
        if (now.active().version().equals(before)) {
            return false;
        }
        served.put(
                kind, new Served(Factory.lease(new ModelLocation(kind, before, directory)), null));
        loader.execute(now::release);
        failures++;
        LOG.error(
                "{}: version {} does not work; version {} serves instead",
                kind.model(),
                now.active().version(),
                before,
                reason);
        return true;
    }

    @Override
    public long switches() {
        return switches;
    }

    @Override
    public long failures() {
        return failures;
    }

    @Override
    public void close() {
        coming.values().forEach(each -> each.thenAccept(Served::release));
        coming.clear();
        served.values().forEach(each -> loader.execute(each::release));
        served.clear();
        loader.shutdown();
        try {
            if (!loader.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Networks are still being loaded after {} s", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Served models that are in memory once per process, whatever its number of subtasks.
     *
     * @param stored the first version per model kind; a kind without one is not run
     * @param directory directory of other versions; if empty, those that come with the job
     */
    public record Factory(List<ModelLocation> stored, String directory)
            implements ServedModels.Factory {
        private static final SharedResources<ModelLocation, RowNetwork> IN_MEMORY =
                new SharedResources<>(ModelLocation::open);

        @Override
        public ServedModels open() {
            ModelSwitcher served = new ModelSwitcher(directory);
            try {
                stored.forEach(served::start);
            } catch (RuntimeException e) {
                served.close();
                throw e;
            }
            return served;
        }

        /** Acquires a model; the caller releases it. */
        static Lease lease(ModelLocation stored) {
            return new Lease(stored, IN_MEMORY.acquire(stored));
        }

        /** Checksum of the weights that this process serves as a version, or null. */
        static String servedChecksum(ModelLocation stored) {
            RowNetwork served = IN_MEMORY.ifHeld(stored);
            return served == null ? null : served.manifest().sha256();
        }

        /** Lease of a model by one subtask. */
        static final class Lease implements ServedModels.Model {
            private final ModelLocation stored;
            private final RowNetwork servedModel;
            private final RowNetwork.Runner runner;

            private Lease(ModelLocation stored, RowNetwork servedModel) {
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
}
