package io.atalaya.cli.embedded;

import io.atalaya.testkit.EmbeddedFlink;
import io.atalaya.testkit.EmbeddedKafka;

import org.apache.flink.configuration.Configuration;

/**
 * A broker and a cluster in this JVM, for the length of one command. Ctrl-C stops both and deletes
 * their files, and wakes the thread that started them.
 */
public final class EmbeddedPlatform implements AutoCloseable {
    private final EmbeddedKafka kafka;
    private final EmbeddedFlink flink;
    private final Thread owner = Thread.currentThread();
    private final Thread onInterrupt = new Thread(this::interrupted, "atalaya-stop");
    private volatile boolean interrupted;

    private EmbeddedPlatform(EmbeddedKafka kafka, EmbeddedFlink flink) {
        this.kafka = kafka;
        this.flink = flink;
    }

    /**
     * Starts both and returns once they serve.
     *
     * @param settings Flink's, by rule the profile {@code local}
     * @param slots how many tasks of the jobs' highest parallelism, summed over the jobs
     */
    public static EmbeddedPlatform start(Configuration settings, int slots) {
        EmbeddedKafka kafka = EmbeddedKafka.start();
        EmbeddedFlink flink;
        try {
            flink = EmbeddedFlink.start(settings, 1, slots);
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
        EmbeddedPlatform platform = new EmbeddedPlatform(kafka, flink);
        Runtime.getRuntime().addShutdownHook(platform.onInterrupt);
        return platform;
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
        owner.interrupt();
        stop();
    }

    private void stop() {
        flink.close();
        kafka.close();
    }
}
