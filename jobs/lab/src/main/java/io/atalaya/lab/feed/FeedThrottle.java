package io.atalaya.lab.feed;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.embedded.RecordPublisher;

import java.util.concurrent.locks.LockSupport;

/**
 * Limits how far the feed runs ahead of one job, both in records and in arrival time. The limit in
 * records is needed because a job reads each topic at its own pace, so a backlog lets one topic run
 * ahead of another by as much. The limit in time is needed because a partition that a busy machine
 * reads late counts as idle, and the watermark then advances without it to the latest fed record;
 * for its cameras, that looks like a time without frames.
 */
public final class FeedThrottle {
    /** Enough records to keep a job busy between two checks. */
    private static final long MAX_BEHIND = 20_000;

    private static final int CHECK_EVERY = 1_000;
    private static final long CHECK_PAUSE_NANOS = 1_000_000;

    /**
     * A job that reads nothing for 30 s has restarted, and its counter of read records starts at 0.
     */
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final ThrottledJob job;
    private final RecordPublisher fed;
    private final long lead;

    /** Records with an arrival time (epoch ms) below this value may be fed. */
    private long fedUntil = Long.MIN_VALUE;

    private long turnCount;

    /** Records that the job read before a restart and that its counter no longer includes. */
    private long uncounted;

    public FeedThrottle(ThrottledJob job, RecordPublisher fed) {
        this.job = job;
        this.fed = fed;
        lead = job.lead().toMillis();
    }

    /** Returns once the limit in time permits the record. */
    public void awaitTurn(TopicRecord next) throws InterruptedException {
        if (next.timestamp() < fedUntil) {
            return;
        }
        // Afterwards, every record older than this one has been read.
        fed.flush();
        awaitBehind(0);
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
