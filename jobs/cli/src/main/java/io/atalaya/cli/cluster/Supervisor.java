package io.atalaya.cli.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts the cluster's processes, starts again the one that ends, and stops them all when it is
 * told to stop itself. What it does it says, with the time.
 */
final class Supervisor {
    static final String NAME = "supervisor";

    /** Longer than any of them takes to stop in good order. */
    private static final long STOP_WITHIN_SECONDS = 20;

    private final ClusterDirectory directory;
    private final List<Watched> watched;
    private boolean stopping;

    private Supervisor(ClusterDirectory directory, List<ClusterProcess> processes) {
        this.directory = directory;
        watched = processes.stream().map(Watched::new).toList();
    }

    /**
     * Runs until the process is told to stop.
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
     * TaskManagers first, so that none looks for a JobManager; the broker last, for their sinks.
     */
    private void stop() {
        synchronized (this) {
            stopping = true;
        }
        say("stopping");
        List<Watched> taskManagers = watched.stream().filter(Watched::isTaskManager).toList();
        taskManagers.forEach(Watched::askToStop);
        taskManagers.forEach(Watched::awaitStop);
        for (int each = watched.size() - 1; each >= 0; each--) {
            watched.get(each).askToStop();
            watched.get(each).awaitStop();
        }
        ProcessMark.deleteAll(directory);
        say("stopped");
    }

    private static void say(String what) {
        System.out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + what);
    }

    /** One process and its successors. */
    private final class Watched implements Runnable {
        /** A process that lived so long did not end for what is wrong with its settings. */
        private static final Duration STEADY = Duration.ofMinutes(1);

        private static final long FIRST_PAUSE_MS = 200;
        private static final long LONGEST_PAUSE_MS = 30_000;

        private final ClusterProcess process;
        private Process running;
        private int restarts;

        private Watched(ClusterProcess process) {
            this.process = process;
        }

        private boolean isTaskManager() {
            return process.name().startsWith("taskmanager");
        }

        @Override
        public void run() {
            long pause = FIRST_PAUSE_MS;
            try {
                while (start()) {
                    Instant started = Instant.now();
                    int code = running.waitFor();
                    synchronized (Supervisor.this) {
                        if (stopping) {
                            return;
                        }
                    }
                    boolean steady = Duration.between(started, Instant.now()).compareTo(STEADY) > 0;
                    pause = steady ? FIRST_PAUSE_MS : pause;
                    say(
                            process.name()
                                    + " has ended with code "
                                    + code
                                    + "; it is started again in "
                                    + pause
                                    + " ms");
                    Thread.sleep(pause);
                    pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
                    restarts++;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean start() {
            synchronized (Supervisor.this) {
                if (stopping) {
                    return false;
                }
                directory.emptyTmp(process.name());
                running = process.start(directory);
                ProcessMark.of(process.name(), running.toHandle(), restarts).write(directory);
                say(process.name() + " is process " + running.pid());
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
                    say(process.name() + " does not stop; it is killed");
                    running.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
