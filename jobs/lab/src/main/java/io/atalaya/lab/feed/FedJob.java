package io.atalaya.lab.feed;

import java.time.Duration;
import java.util.Map;

/** A job as seen by who feeds it. */
public interface FedJob {
    /**
     * How many records it has not read yet.
     *
     * @param fed records published, by topic
     */
    long behind(Map<String, Long> fed);

    /** Throws unless it is running or on its way to it. */
    void requireAlive() throws InterruptedException;

    /**
     * How far, in the time of arrival, records may be fed ahead of one that it has not read: by so
     * much its clock may go on without it.
     */
    Duration lead();
}
