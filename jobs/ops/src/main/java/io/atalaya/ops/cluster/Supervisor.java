package io.atalaya.ops.cluster;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts the cluster's processes, restarts each that ends, and stops all of them on SIGTERM. It
 * prints its actions with the time. Flink itself recovers the jobs.
 */
final class Supervisor {
    static final String NAME = "supervisor";

    /** Longer than any process needs for an orderly stop. */
    private static final long STOP_WITHIN_SECONDS = 20;

    /** Restarts are unlimited; the pause keeps a process that cannot start from using up a core. */
    private static final long PAUSE_MS = 1_000;

    /** How often a process that starts after another one looks for it. */
    private static final long POLL_MS = 200;

    private final ClusterDirectory directory;
    private final List<SupervisedProcess> watched;
    private boolean isStopping;

    private Supervisor(ClusterDirectory directory, List<ClusterProcess> processes) {
        this.directory = directory;
        watched = processes.stream().map(SupervisedProcess::new).toList();
    }

    /**
     * Runs until the process receives a stop signal.
     *
     * @param args the cluster's directory
     */
    public static void main(String[] args) {
        ClusterDirectory directory = new ClusterDirectory(Path.of(args[0]));
        List<ClusterProcess> processes =
                new ClusterProcesses(
                                ClusterDescription.of(directory), directory, Installation.current())
                        .all();
        ProcessMark.of(NAME, ProcessHandle.current(), 0).write(directory);
        Supervisor supervisor = new Supervisor(directory, processes);
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stop-cluster"));
        supervisor.watched.forEach(each -> new Thread(each, each.process.name()).start());
    }

    /**
     * TaskManagers stop first, so that they do not look for a JobManager; broker and ZooKeeper stop
     * last, because the others write to them until they end.
     */
    private void stop() {
        synchronized (this) {
            isStopping = true;
        }
        log("stopping");
        List<SupervisedProcess> taskManagers =
                watched.stream().filter(SupervisedProcess::isTaskManager).toList();
        taskManagers.forEach(SupervisedProcess::askToStop);
        taskManagers.forEach(SupervisedProcess::awaitStop);
        for (int each = watched.size() - 1; each >= 0; each--) {
            watched.get(each).askToStop();
            watched.get(each).awaitStop();
        }
        ProcessMark.deleteAll(directory);
        log("stopped");
    }

    private static void log(String what) {
        System.out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + what);
    }

    /** A process and its restarts. */
    private final class SupervisedProcess implements Runnable {
        private final ClusterProcess process;
        private Process running;
        private int restarts;

        private SupervisedProcess(ClusterProcess process) {
            this.process = process;
        }

        private boolean isTaskManager() {
            return process.name().startsWith("taskmanager");
        }

        @Override
        public void run() {
            try {
                while (awaitStart() && start()) {
                    String how = running == null ? "" : " with code " + running.waitFor();
                    synchronized (Supervisor.this) {
                        if (isStopping) {
                            return;
                        }
                    }
                    log(
                            process.name()
                                    + " has ended"
                                    + how
                                    + "; it is started again in "
                                    + PAUSE_MS
                                    + " ms");
                    Thread.sleep(PAUSE_MS);
                    restarts++;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Returns false once the supervisor is stopping. */
        private boolean awaitStart() throws InterruptedException {
            while (!process.canStart()) {
                synchronized (Supervisor.this) {
                    if (isStopping) {
                        return false;
                    }
                }
                Thread.sleep(POLL_MS);
            }
            return true;
        }

        /**
         * Returns false once the supervisor is stopping. After an I/O failure such as a full disk
         * the caller tries again.
         */
        private boolean start() {
            synchronized (Supervisor.this) {
                if (isStopping) {
                    return false;
                }
                try {
                    directory.emptyTmp(process.name());
                    running = process.start(directory);
                    ProcessMark.of(process.name(), running.toHandle(), restarts).write(directory);
                    log(process.name() + " is process " + running.pid());
                } catch (UncheckedIOException e) {
                    log(process.name() + ": " + e.getMessage() + ": " + e.getCause());
                }
                return true;
            }
        }

        private void askToStop() {
            if (running != null) {
                running.destroy();
            }
        }

        private void awaitStop() {
            try {
                if (running != null && !running.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                    log(process.name() + " does not stop; it is killed");
                    running.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
