package io.atalaya.cli.demo;

import io.atalaya.hotlist.HotlistEntry;
import io.atalaya.hotlist.HotlistEntryJson;
import io.atalaya.kafka.TopicRecord;
import io.atalaya.kafka.Topics;
import io.atalaya.loadgenerator.City;

/** Loads many entries while reads flow, on a thread of its own, at an even pace. */
final class BulkLoad implements AutoCloseable {
    static final int ENTRIES_A_SECOND = 20_000;

    private static final int SLICE_MS = 20;
    private static final long STOPS_WITHIN_MS = 2_000;

    private final City city;
    private final LivePublisher publisher;
    private final int entries;
    private final Thread thread = new Thread(this::run, "demo-bulk-load");
    private volatile int sent;
    private volatile boolean stopping;
    private volatile RuntimeException failure;

    BulkLoad(City city, LivePublisher publisher, int entries) {
        this.city = city;
        this.publisher = publisher;
        this.entries = entries;
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

    /** Throws what ended the load early, if anything did. */
    void requireAlive() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        try {
            thread.join(STOPS_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long from = System.nanoTime();
        try {
            while (sent < entries && !stopping) {
                long elapsedMs = (System.nanoTime() - from) / 1_000_000 + SLICE_MS;
                long due = Math.min(entries, elapsedMs * ENTRIES_A_SECOND / 1000);
                for (int i = sent; i < due; i++) {
                    HotlistEntry entry = city.anotherEntry(i);
                    publisher.publish(
                            new TopicRecord(
                                    Topics.HOTLIST,
                                    System.currentTimeMillis(),
                                    entry.entryId(),
                                    HotlistEntryJson.write(entry)));
                    sent = i + 1;
                }
                Thread.sleep(SLICE_MS);
            }
        } catch (InterruptedException e) {
            // Asked to stop.
        } catch (RuntimeException e) {
            if (!stopping) {
                failure = e;
            }
        }
    }
}
