package io.atalaya.lab.feed;

import io.atalaya.contracts.topic.TopicRecord;

import java.util.concurrent.locks.LockSupport;

/**
 * Holds the feeding back where it would run too far ahead of one job: in records, for a job reads
 * its topics each at its own pace, so what lies ready lets one run ahead of another by as much; and
 * in time. A partition that a busy machine reads late counts as idle, and the clock goes on without
 * it, as far as what has been fed: to its cameras, that is time in which nothing came of them.
 */
public final class FeedThrottle {
    /** Enough to keep a job busy between two looks. */
    private static final long MOST_BEHIND = 20_000;

    private static final int LOOK_EVERY = 1_000;
    private static final long LOOK_PAUSE_NANOS = 1_000_000;

    /** A job that reads nothing for so long has restarted, and counts anew what it reads. */
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final FedJob job;
    private final Fed fed;
    private final long lead;

    /** Before this time, arrival epoch ms, records may be fed on. */
    private long until = Long.MIN_VALUE;

    private long asked;

    /** Records that the job has read and does not count any more. */
    private long uncounted;

    public FeedThrottle(FedJob job, Fed fed) {
        this.job = job;
        this.fed = fed;
        lead = job.lead().toMillis();
    }

    /** Returns once the record may be fed, as far as time is concerned. */
    public void awaitTurn(TopicRecord next) throws InterruptedException {
        if (next.timestamp() < until) {
            return;
        }
        // Nothing that is older than this record is unread then.
        fed.flush();
        awaitBehind(0);
        until = next.timestamp() + Math.min(lead, Long.MAX_VALUE - next.timestamp());
    }

    /** Returns once no more lies ready than the job may have before it. */
    public void awaitRoom() throws InterruptedException {
        if (++asked % LOOK_EVERY == 0) {
            awaitBehind(MOST_BEHIND);
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
            LockSupport.parkNanos(LOOK_PAUSE_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException("while waiting for a job");
            }
            behind = job.behind(fed.counts()) - uncounted;
        }
    }
}
