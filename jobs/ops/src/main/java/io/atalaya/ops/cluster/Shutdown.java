package io.atalaya.ops.cluster;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Ends the processes of a cluster, and no others. */
final class Shutdown {
    /** Longer than a process gets, because the supervisor waits up to 20 s for each. */
    private static final long SUPERVISOR_WITHIN_SECONDS = 90;

    private static final long PROCESS_WITHIN_SECONDS = 20;

    private final ClusterDirectory directory;

    Shutdown(ClusterDirectory directory) {
        this.directory = directory;
    }

    /**
     * Ends all running processes.
     *
     * @return whether any was running
     */
    boolean run() {
        List<ProcessMark> running =
                ProcessMark.in(directory).stream()
                        .filter(mark -> mark.process().isPresent())
                        .toList();
        // The supervisor goes first, because it stops the others in order and would otherwise
        // restart them.
        running.stream()
                .filter(mark -> mark.name().equals(Supervisor.NAME))
                .forEach(mark -> end(mark, SUPERVISOR_WITHIN_SECONDS));
        // Processes are left only if the supervisor was killed.
        running.forEach(mark -> end(mark, PROCESS_WITHIN_SECONDS));
        ProcessMark.deleteAll(directory);
        return !running.isEmpty();
    }

    private static void end(ProcessMark mark, long withinSeconds) {
        Optional<ProcessHandle> process = mark.process();
        if (process.isEmpty()) {
            return;
        }
        CompletableFuture<ProcessHandle> exit = process.get().onExit();
        process.get().destroy();
        if (!hasEnded(exit, withinSeconds)) {
            process.get().destroyForcibly();
            hasEnded(exit, withinSeconds);
        }
    }

    private static boolean hasEnded(CompletableFuture<ProcessHandle> exit, long withinSeconds) {
        return exit.thenApply(process -> true)
                .completeOnTimeout(false, withinSeconds, TimeUnit.SECONDS)
                .join();
    }
}
