package io.atalaya.lab.demo;

import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.RecordPublisher;
import io.atalaya.simulator.dispatch.DispatchDay;
import io.atalaya.simulator.dispatch.DispatchOptions;
import io.atalaya.simulator.dispatch.Operators;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sends what a command centre has beside readers and cameras: buttons, calls, warnings and both
 * sites, whose operators answer the job. The alerts of the demo come from the other jobs.
 */
final class CentreFeed implements AutoCloseable {
    /** Enough for a few incidents a minute. */
    private static final double LOAD = 2;

    private static final int BUTTONS = 300;
    private static final int HEARTBEAT_MINUTES = 5;
    private static final int MIN_MINUTES = 10;
    private static final long SLEEP_MS = 20;
    private static final long STOPS_WITHIN_MS = 2_000;

    private final Deque<TopicRecord> records = new ArrayDeque<>();
    private final Operators operators;
    private final RecordPublisher publisher;
    private final Thread thread = new Thread(this::run, "demo-centre");
    private volatile RuntimeException failure;

    /**
     * @param start of the traffic, epoch ms
     */
    CentreFeed(long seed, long start, int minutes, RecordPublisher publisher) {
        this.publisher = publisher;
        DispatchDay day =
                DispatchDay.generate(
                        DispatchOptions.defaults(seed, start)
                                .withMinutes(Math.max(MIN_MINUTES, minutes))
                                .withLoad(LOAD)
                                .withButtons(BUTTONS, HEARTBEAT_MINUTES)
                                .withCovert(false)
                                .withSiteFaults(false));
        operators = new Operators(seed, day.truth());
        for (TopicRecord record : day.records()) {
            if (record.topic().equals(Topics.SITE_PRESENCE)) {
                operators.presence(presence(record), record.timestamp());
            }
            if (!record.topic().equals(Topics.ALERTS)) {
                records.add(record);
            }
        }
        thread.setDaemon(true);
    }

    private static SitePresence presence(TopicRecord record) {
        try {
            return SitePresence.CODEC.read(record.value());
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("the day has a presence that its codec rejects", e);
        }
    }

    /** Sends what is due before the traffic, and the rest when it is due. */
    void start() {
        sendDue(System.currentTimeMillis());
        thread.start();
    }

    /** Lets the operators of a site answer a message of the job. */
    void onMessage(String site, DispatchMessage message, long now) {
        synchronized (operators) {
            operators.message(site, message, now);
        }
    }

    /** Rethrows the exception that ended the thread, if any. */
    void requireAlive() {
        if (failure != null) {
            throw failure;
        }
    }

    private void run() {
        try {
            while (!Thread.interrupted()) {
                sendDue(System.currentTimeMillis());
                Thread.sleep(SLEEP_MS);
            }
        } catch (InterruptedException e) {
            // The feed is being closed.
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void sendDue(long now) {
        while (!records.isEmpty() && records.peek().timestamp() <= now) {
            publisher.publish(records.remove());
        }
        synchronized (operators) {
            while (operators.nextArrival() <= now) {
                TopicRecord answer = operators.poll(now);
                // The bridge itself says what was delivered.
                if (!isClose(answer) && !answer.topic().equals(Topics.DELIVERIES)) {
                    publisher.publish(answer);
                }
            }
        }
    }

    /** A demo is too short to find out what its alerts were, so no outcome is reported. */
    private static boolean isClose(TopicRecord answer) {
        try {
            return answer.topic().equals(Topics.DISPATCH_RESPONSES)
                    && DispatchResponse.CODEC.read(answer.value()).action()
                            instanceof DispatchResponse.Close;
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("the codec rejects an answer of an operator", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(STOPS_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
