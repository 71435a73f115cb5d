package io.atalaya.lab.demo;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.RecordPublisher;
import io.atalaya.lab.feed.FeedThrottle;
import io.atalaya.lab.feed.ThrottledJob;
import io.atalaya.simulator.City;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Sends the city's records when they are due, and lists a vehicle shortly before it passes. It
 * looks 1 s ahead for these changes only.
 */
final class Feed {
    private static final long AHEAD_MS = 1_000;
    private static final long MAX_SLEEP_MS = 20;
    private static final long MIN_CHANGE_DELAY_MS = 100;
    private static final long MAX_CHANGE_DELAY_MS = 400;
    private static final double WELL_READ = 0.9;
    private static final long CHANGE_EVERY_MS = 10_000;
    private static final long CHANGE_EVERY_WHILE_LOADING_MS = 200;
    private static final int PRIORITY = 70;

    private final City city;
    private final RecordPublisher publisher;
    private final LiveChanges changes;
    private final BooleanSupplier loading;
    private final Deque<TopicRecord> ahead = new ArrayDeque<>();
    private long lastChange;
    private long sentUntil;

    Feed(City city, RecordPublisher publisher, LiveChanges changes, BooleanSupplier loading) {
        this.city = city;
        this.publisher = publisher;
        this.changes = changes;
        this.loading = loading;
        this.lastChange = city.options().start() - CHANGE_EVERY_MS / 2;
    }

    /**
     * Sends everything before the traffic (devices, list and half an hour of camera frames) in
     * batches, within the lead of each job, but nothing before it is due: dispatch takes the latest
     * arrival for the present, and a camera without frames until the traffic starts is silent.
     *
     * @param jobs jobs that read it
     */
    void sendPast(RecordPublisher loader, List<? extends ThrottledJob> jobs)
            throws InterruptedException {
        List<FeedThrottle> leashes =
                jobs.stream().map(job -> new FeedThrottle(job, loader, job.lead())).toList();
        long last = city.options().start() - 1;
        fillAhead(last);
        while (isDue(last)) {
            Thread.sleep(Math.max(0, ahead.peek().timestamp() - System.currentTimeMillis()));
            for (FeedThrottle leash : leashes) {
                leash.awaitTurn(ahead.peek());
            }
            sendNext(loader);
        }
        loader.flush();
    }

    /**
     * Sends the traffic as it becomes due, until it ends.
     *
     * @param everySecond called about once a second
     */
    void run(Runnable everySecond) throws InterruptedException {
        long nextCall = 0;
        while (fillAhead(System.currentTimeMillis() + AHEAD_MS)) {
            long now = System.currentTimeMillis();
            while (isDue(now)) {
                sendNext(publisher);
            }
            if (now - lastChange >= changeEvery()) {
                changeList(now);
            }
            if (now >= nextCall) {
                everySecond.run();
                nextCall = now + 1000;
            }
            long due = ahead.isEmpty() ? MAX_SLEEP_MS : ahead.peek().timestamp() - now;
            Thread.sleep(Math.max(0, Math.min(MAX_SLEEP_MS, due)));
        }
    }

    /** Arrival time of the last record sent, epoch ms. */
    long sentUntil() {
        return sentUntil;
    }

    /** The readIds of the ground truth that were not sent. */
    Set<String> unsentReads() {
        List<TopicRecord> unsent = new ArrayList<>(ahead);
        unsent.addAll(city.pending());
        Set<String> readIds = new HashSet<>();
        for (TopicRecord record : unsent) {
            if (record.topic().equals(Topics.PLATE_READS)) {
                readIds.add(read(record).readId());
            }
        }
        return readIds;
    }

    private long changeEvery() {
        return loading.getAsBoolean() ? CHANGE_EVERY_WHILE_LOADING_MS : CHANGE_EVERY_MS;
    }

    /** Whether anything is left to send, now or later. */
    private boolean fillAhead(long until) {
        while ((ahead.isEmpty() || ahead.peekLast().timestamp() <= until) && city.hasNext()) {
            ahead.add(city.next());
        }
        return !ahead.isEmpty();
    }

    private boolean isDue(long now) {
        return !ahead.isEmpty() && ahead.peek().timestamp() <= now;
    }

    private void sendNext(RecordPublisher to) {
        TopicRecord record = ahead.remove();
        to.publish(record);
        sentUntil = record.timestamp();
    }

    /**
     * Lists the next vehicle, 0.1 to 0.4 s ahead, whose read has a confidence of at least 0.9, if
     * there is one.
     */
    private void changeList(long now) {
        for (TopicRecord record : ahead) {
            long left = record.timestamp() - now;
            if (left < MIN_CHANGE_DELAY_MS || !record.topic().equals(Topics.PLATE_READS)) {
                continue;
            }
            if (left > MAX_CHANGE_DELAY_MS) {
                return;
            }
            PlateRead read = read(record);
            if (read.revises() == null && read.confidence() >= WELL_READ) {
                boolean whileLoading = loading.getAsBoolean();
                String entryId = changes.nextEntryId();
                long at = System.currentTimeMillis();
                changes.sent(entryId, at, whileLoading);
                publisher.publish(
                        new TopicRecord(
                                Topics.HOTLIST,
                                at,
                                entryId,
                                HotlistEntryCodec.write(entry(entryId, read))));
                lastChange = now;
                return;
            }
        }
    }

    private static HotlistEntry entry(String entryId, PlateRead read) {
        return new HotlistEntry(
                entryId,
                read.plate(),
                null,
                null,
                read.country(),
                read.state(),
                "INTEREST",
                "C5/" + entryId,
                "C5",
                "demo",
                PRIORITY,
                null,
                null,
                read.vehicle(),
                Scope.EVERYWHERE,
                MatchMode.EXACT,
                false,
                List.of());
    }

    private static PlateRead read(TopicRecord record) {
        try {
            return PlateReadCodec.read(record.value());
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("the city made a read that its codec rejects", e);
        }
    }
}
