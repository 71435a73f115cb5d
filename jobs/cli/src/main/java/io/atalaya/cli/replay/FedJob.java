package io.atalaya.cli.replay;

import java.time.Duration;
import java.util.Map;

/** A job as seen by who feeds it. */
interface FedJob {
    /**
     * How many records it has not read yet.
     *
     * @param fed records published, by topic
     */
    long behind(Map<String, Long> fed);

    /** Throws unless it is running or on its way to it. */
    void requireAlive() throws InterruptedException;

    /** As of {@link ReplayedJob#lead}. */
    Duration lead();
}
