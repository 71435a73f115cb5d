package io.atalaya.lab.replay;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.embedded.RecordPublisher;
import io.atalaya.lab.feed.FeedThrottle;
import io.atalaya.lab.feed.ThrottledJob;
import io.atalaya.simulator.recording.Disorder;
import io.atalaya.simulator.recording.MergedRecords;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Publishes the records of a recording at a given speed, within a limit ahead of the jobs. */
final class RecordFeeder {
    private final MergedRecords records;
    private final RecordPublisher publisher;
    private final List<FeedThrottle> leashes;
    private final ReplayLog log;
    private final Set<Path> warned = new HashSet<>();
    private long lastArrival;

    /**
     * @param jobs jobs that read the records
     */
    RecordFeeder(
            MergedRecords records,
            RecordPublisher publisher,
            List<? extends ThrottledJob> jobs,
            ReplayLog log) {
        this.records = records;
        this.publisher = publisher;
        leashes = leashes(jobs, publisher);
        this.log = log;
    }

    /** A job that is clocked by arrivals waits for the output of the others, too; it comes last. */
    private static List<FeedThrottle> leashes(
            List<? extends ThrottledJob> jobs, RecordPublisher publisher) {
        Optional<Duration> shortest =
                jobs.stream().anyMatch(ThrottledJob::isClockedByArrivals)
                        ? jobs.stream().map(ThrottledJob::lead).min(Comparator.naturalOrder())
                        : Optional.empty();
        return jobs.stream()
                .sorted(Comparator.comparing(ThrottledJob::isClockedByArrivals))
                .map(job -> new FeedThrottle(job, publisher, shortest.orElse(job.lead())))
                .toList();
    }

    /**
     * Publishes all records older than the first observation at full speed, because they existed
     * when the recording began.
     */
    void feedBackground() throws InterruptedException {
        while (records.hasNext() && !records.nextObserves()) {
            publish(records.next());
        }
        publisher.flush();
    }

    /** Publishes the remaining records, each when it is due. */
    void feedRest(Speed speed) throws InterruptedException {
        long start = System.nanoTime();
        long first = -1;
        while (records.hasNext()) {
            TopicRecord record = records.next();
            if (first < 0) {
                first = record.timestamp();
            }
            sleepUntil(start + speed.dueNanos(first, record.timestamp()));
            for (FeedThrottle leash : leashes) {
                leash.awaitTurn(record);
            }
            publish(record);
        }
        publisher.flush();
        records.disorders().stream()
                .filter(each -> each.lines() > 1)
                .forEach(each -> log.step("Warning: " + each));
    }

    /** Time of the latest record that was published, epoch ms. */
    long lastArrival() {
        return lastArrival;
    }

    private void publish(TopicRecord record) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("while feeding");
        }
        publisher.publish(record);
        if (record.timestamp() < lastArrival) {
            warnAtFirst();
        }
        lastArrival = Math.max(lastArrival, record.timestamp());
        log.fed(publisher.total(), lastArrival);
        for (FeedThrottle leash : leashes) {
            leash.awaitRoom();
        }
    }

    /** A line a file; the feed goes on, and all falls are known at its end only. */
    private void warnAtFirst() {
        for (Disorder each : records.disorders()) {
            if (warned.add(each.file())) {
                log.step("Warning: " + each.first());
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
