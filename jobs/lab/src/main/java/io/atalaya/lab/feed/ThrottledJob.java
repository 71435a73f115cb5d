package io.atalaya.lab.feed;

import java.time.Duration;
import java.util.Map;

/** A job, as seen by its feeder. */
public interface ThrottledJob {
    /**
     * Number of records the job has not read yet.
     *
     * @param fed records published, by topic
     */
    long behind(Map<String, Long> fed);

    /** Throws an exception unless the job is running or starting. */
    void requireAlive() throws InterruptedException;

    /**
     * Limit of how far, in arrival time, records may be fed ahead of an unread one, because the
     * job's watermark may advance that far without it.
     */
    Duration lead();

    /** See {@link io.atalaya.flink.job.JobDefinition#isClockedByArrivals}. */
    default boolean isClockedByArrivals() {
        return false;
    }
}
