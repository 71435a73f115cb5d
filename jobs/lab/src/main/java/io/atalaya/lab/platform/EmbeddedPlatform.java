package io.atalaya.lab.platform;

import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.embedded.EmbeddedKafka;
import io.atalaya.flink.job.JobDefinition;
import io.atalaya.flink.kafka.KafkaOptions;
import io.atalaya.lab.feed.RunningJob;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A broker and a cluster in this JVM for the duration of one command. Ctrl-C stops both, deletes
 * their files and interrupts the thread that started them.
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
     * @param settings Flink settings, normally the profile {@code local}
     * @param slots sum of the jobs' highest parallelism
     */
    public static EmbeddedPlatform start(Configuration settings, int slots) {
        EmbeddedPlatform platform = new EmbeddedPlatform();
        // Registered before the start, because Ctrl-C may arrive during it.
        Runtime.getRuntime().addShutdownHook(platform.onInterrupt);
        try {
            platform.startBoth(settings, slots);
        } catch (RuntimeException | Error e) {
            platform.close();
            // During JVM shutdown, libraries that register their own shutdown hooks fail.
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
     * Holds the lock, so that a stop waits for a complete start: a broker interrupted while it
     * starts takes that for a disk failure and halts the JVM.
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

    /**
     * Submits a job that reads its topics on this broker from their beginning.
     *
     * @param options of the job, without those reserved for the command
     * @param partsOfSilence the feed runs ahead of the job by at most this part, 1 / n, of the
     *     shortest silence that the job notices
     */
    public RunningJob submit(
            JobDefinition<?> job,
            Configuration options,
            String group,
            int parallelism,
            int partsOfSilence) {
        Configuration all = new Configuration(options);
        all.set(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        all.set(KafkaOptions.groupId(job.name()), group);
        // A new group has no committed offset, and the job must not miss the first reads.
        all.set(KafkaOptions.READS_START, KafkaOptions.StartFrom.EARLIEST);
        StreamExecutionEnvironment env = flink.environment(parallelism);
        job.addTo(env, all);
        return new RunningJob(
                job,
                group,
                flink,
                flink.submit(env, job.name()),
                job.minSilence(all).dividedBy(partsOfSilence));
    }

    /** Whether the JVM is being stopped; failures from then on have this cause. */
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
            // The running shutdown hook closes them.
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
