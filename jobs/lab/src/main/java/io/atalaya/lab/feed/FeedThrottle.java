package io.atalaya.lab.feed;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.embedded.RecordPublisher;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Limits how far the feed runs ahead of one job, both in records and in arrival time. The limit in
 * records is needed because a job reads each topic at its own pace, so a backlog lets one topic run
 * ahead of another by as much. The limit in time is needed because a partition whose new records a
 * busy machine fetches late counts as idle, and the watermark then advances without it to the
 * latest fed record; for its cameras, that looks like a time without frames.
 */
public final class FeedThrottle {
    /** Enough records to keep a job busy between two checks. */
    private static final long MAX_BEHIND = 20_000;

    private static final int CHECK_EVERY = 1_000;
    private static final long CHECK_PAUSE_NANOS = 1_000_000;

    /** In which a job that has read a record is done with it, when its classes are loaded. */
    private static final long SETTLED_NANOS = 10_000_000;

    private static final long SETTLED_AT_FIRST_NANOS = 50_000_000;
    private static final long AT_FIRST_NANOS = 60_000_000_000L;

    /**
     * A job that reads nothing for 30 s has restarted, and its counter of read records starts at 0.
     */
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final ThrottledJob job;
    private final RecordPublisher fed;
    private final long lead;
    private final long startedAt = System.nanoTime();

    /** Records with an arrival time (epoch ms) below this value may be fed. */
    private long fedUntil = Long.MIN_VALUE;

    private long turnCount;

    /** Records that the job read before a restart and that its counter no longer includes. */
    private long uncounted;

    /**
     * @param lead limit in arrival time
     */
    public FeedThrottle(ThrottledJob job, RecordPublisher fed, Duration lead) {
        this.job = job;
        this.fed = fed;
        this.lead = lead.toMillis();
    }

    /** Returns once the limit in time permits the record. */
    public void awaitTurn(TopicRecord next) throws InterruptedException {
        if (next.timestamp() < fedUntil) {
            return;
        }
        // Afterwards, every record older than this one has been read.
        fed.flush();
        awaitBehind(0);
        if (job.isClockedByArrivals()) {
            boolean isFirst = System.nanoTime() - startedAt < AT_FIRST_NANOS;
            LockSupport.parkNanos(isFirst ? SETTLED_AT_FIRST_NANOS : SETTLED_NANOS);
        }
        fedUntil = next.timestamp() + Math.min(lead, Long.MAX_VALUE - next.timestamp());
    }

    /** Returns once the number of unread records is within the limit. */
    public void awaitRoom() throws InterruptedException {
        if (++turnCount % CHECK_EVERY == 0) {
            awaitBehind(MAX_BEHIND);
        }
    }

    private void awaitBehind(long most) throws InterruptedException {
        long least = Long.MAX_VALUE;
        long giveUp = 0;
        long behind = job.behind(fed.counts()) - uncounted;
        while (behind > most) {
            job.requireAlive();
            long now = System.nanoTime();
            if (behind < least) {
                least = behind;
                giveUp = now + PATIENCE_NANOS;
            } else if (now > giveUp) {
                uncounted += behind - most;
                return;
            }
            LockSupport.parkNanos(CHECK_PAUSE_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException("while waiting for a job");
            }
            behind = job.behind(fed.counts()) - uncounted;
        }
    }
}
