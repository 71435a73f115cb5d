package io.atalaya.lab.demo;

import io.atalaya.commandline.RateLimiter;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.RecordPublisher;
import io.atalaya.simulator.City;

/** Loads many entries while reads flow, like {@code hotlist load}, on its own thread. */
final class BulkLoad implements AutoCloseable {
    private static final long STOPS_WITHIN_MS = 2_000;

    private final City city;
    private final RecordPublisher publisher;
    private final int entries;
    private final int perSecond;
    private final Thread thread = new Thread(this::run, "demo-bulk-load");
    private volatile int sent;
    private volatile boolean isStopping;
    private volatile RuntimeException failure;

    BulkLoad(City city, RecordPublisher publisher, int entries, int perSecond) {
        this.city = city;
        this.publisher = publisher;
        this.entries = entries;
        this.perSecond = perSecond;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Whether entries are being sent. */
    boolean isRunning() {
        return thread.isAlive();
    }

    int sent() {
        return sent;
    }

    /** Rethrows the exception that ended the load early, if any. */
    void requireAlive() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        isStopping = true;
        thread.interrupt();
        try {
            thread.join(STOPS_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        RateLimiter limiter = new RateLimiter(perSecond);
        try {
            while (sent < entries && !isStopping) {
                limiter.await();
                HotlistEntry entry = city.anotherEntry(sent);
                publisher.publish(
                        new TopicRecord(
                                Topics.HOTLIST,
                                System.currentTimeMillis(),
                                entry.entryId(),
                                HotlistEntryCodec.write(entry)));
                sent++;
            }
        } catch (InterruptedException e) {
            // The load is being closed.
        } catch (RuntimeException e) {
            if (!isStopping) {
                failure = e;
            }
        }
    }
}
