package io.atalaya.lab.platform;

import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.embedded.EmbeddedKafka;

import org.apache.flink.configuration.Configuration;

/**
 * A broker and a cluster in this JVM, for the length of one command. Ctrl-C stops both and deletes
 * their files, and wakes the thread that started them.
 */
public final class EmbeddedPlatform implements AutoCloseable {
    private final Thread owner = Thread.currentThread();
    private final Thread onInterrupt = new Thread(this::interrupted, "atalaya-stop");
    private volatile boolean interrupted;
    private EmbeddedKafka kafka;
    private EmbeddedFlink flink;

    private EmbeddedPlatform() {}

    /**
     * Starts both and returns once they serve.
     *
     * @param settings Flink's, by rule the profile {@code local}
     * @param slots how many tasks of the jobs' highest parallelism, summed over the jobs
     */
    public static EmbeddedPlatform start(Configuration settings, int slots) {
        EmbeddedPlatform platform = new EmbeddedPlatform();
        // Before anything is started: Ctrl-C may come meanwhile.
        Runtime.getRuntime().addShutdownHook(platform.onInterrupt);
        try {
            platform.startBoth(settings, slots);
        } catch (RuntimeException | Error e) {
            platform.close();
            // Libraries that register hooks of their own fail in a JVM that is being stopped.
            if (!platform.interrupted) {
                throw e;
            }
        }
        if (platform.interrupted) {
            throw new IllegalStateException(
                    "stopped while starting", new InterruptedException("Ctrl-C"));
        }
        return platform;
    }

    /**
     * Holds the lock, so that a stop waits until there is something whole to stop: a broker
     * interrupted while it starts takes that for a broken disk, and halts the JVM.
     */
    private synchronized void startBoth(Configuration settings, int slots) {
        kafka = EmbeddedKafka.start();
        if (!interrupted) {
            flink = EmbeddedFlink.start(settings, 1, slots);
        }
    }

    public EmbeddedKafka kafka() {
        return kafka;
    }

    public EmbeddedFlink flink() {
        return flink;
    }

    /** Whether the JVM is being stopped, so that what fails now fails for that reason. */
    public boolean isInterrupted() {
        return interrupted;
    }

    @Override
    public void close() {
        if (interrupted) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running and closes them.
            return;
        }
        stop();
    }

    private void interrupted() {
        interrupted = true;
        synchronized (this) {
            owner.interrupt();
            stop();
        }
    }

    private synchronized void stop() {
        if (flink != null) {
            flink.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }
}
