package io.atalaya.testutils;

import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.embedded.EmbeddedKafka;
import io.atalaya.embedded.FlinkConf;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A broker and a cluster that the tests of a JVM use in turn, because starting them takes longer
 * than most tests. Concurrent tests have one platform each.
 */
record SharedPlatform(EmbeddedKafka kafka, EmbeddedFlink flink) {
    private static final int TASK_MANAGERS = 2;
    private static final int SLOTS = 3;

    /**
     * Longer than the 1 s of the local profile, which costs CPU time; tests trigger the checkpoints
     * they wait for.
     */
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

    private static final Deque<SharedPlatform> FREE = new ArrayDeque<>();

    /** Takes an unused platform, without topics and jobs. */
    static SharedPlatform take() {
        synchronized (FREE) {
            if (!FREE.isEmpty()) {
                return FREE.pop();
            }
        }
        EmbeddedKafka kafka = EmbeddedKafka.start();
        try {
            Configuration cluster = new Configuration(FlinkConf.local());
            cluster.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
            return new SharedPlatform(kafka, EmbeddedFlink.start(cluster, TASK_MANAGERS, SLOTS));
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    /** Cancels the jobs, deletes the topics and releases the platform; stops it if that fails. */
    void giveBack() {
        try {
            flink.cancelJobs();
            kafka.deleteTopics();
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
        synchronized (FREE) {
            FREE.push(this);
        }
    }

    private void stop() {
        flink.close();
        kafka.close();
    }

    /** Stops the platforms after the last test; a service of the JUnit platform. */
    public static final class Stop implements LauncherSessionListener {
        @Override
        public void launcherSessionClosed(LauncherSession session) {
            synchronized (FREE) {
                FREE.forEach(SharedPlatform::stop);
                FREE.clear();
            }
        }
    }
}
