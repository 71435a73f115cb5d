package io.atalaya.cli.replay;

import io.atalaya.kafka.TopicRecord;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes records from a recording and publishes them, at a speed, and never far ahead of the jobs: a
 * job reads its topics each at its own pace, so what lies ready lets one run ahead of another by as
 * much, and is remembered until the other has come.
 */
final class RecordFeeder {
    /** Enough to keep the jobs busy between two looks. */
    private static final long MAX_LEAD = 20_000;

    private static final int LOOK_EVERY = 1_000;
    private static final long LOOK_PAUSE_NANOS = 2_000_000;

    /** A job that has restarted counts anew what it reads. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final MergedRecords records;
    private final RecordPublisher publisher;
    private final List<JobProgress> jobs;
    private final ReplayLog log;

    /**
     * @param jobs that take the records
     */
    RecordFeeder(
            MergedRecords records,
            RecordPublisher publisher,
            List<JobProgress> jobs,
            ReplayLog log) {
        this.records = records;
        this.publisher = publisher;
        this.jobs = jobs;
        this.log = log;
    }

    /**
     * Publishes what is older than the first observation, as fast as it goes: it was there when the
     * recording began.
     */
    void feedBackground() throws InterruptedException {
        while (records.hasNext() && !records.nextObserves()) {
            publish(records.next());
        }
        publisher.flush();
    }

    /** Publishes the rest, each record when it is due. */
    void feedRest(Speed speed) throws InterruptedException {
        long start = System.nanoTime();
        long first = -1;
        while (records.hasNext()) {
            TopicRecord record = records.next();
            if (first < 0) {
                first = record.timestamp();
            }
            sleepUntil(start + speed.dueNanos(first, record.timestamp()));
            publish(record);
        }
        publisher.flush();
    }

    private void publish(TopicRecord record) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("while feeding");
        }
        publisher.publish(record);
        long total = publisher.total();
        log.fed(total, record.timestamp());
        if (total % LOOK_EVERY == 0) {
            awaitJobs();
        }
    }

    private void awaitJobs() throws InterruptedException {
        for (JobProgress job : jobs) {
            long giveUp = System.nanoTime() + PATIENCE_NANOS;
            while (job.behind(publisher.counts()) > MAX_LEAD && System.nanoTime() < giveUp) {
                job.requireAlive();
                sleepUntil(System.nanoTime() + LOOK_PAUSE_NANOS);
            }
        }
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException("while waiting to publish");
            }
            left = nanos - System.nanoTime();
        }
    }
}
