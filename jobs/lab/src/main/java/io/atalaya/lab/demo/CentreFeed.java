package io.atalaya.lab.demo;

import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.PolicyAnswer;
import io.atalaya.contracts.dispatch.PolicyRequest;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.RecordPublisher;
import io.atalaya.simulator.dispatch.DispatchDay;
import io.atalaya.simulator.dispatch.DispatchOptions;
import io.atalaya.simulator.dispatch.Operators;
import io.atalaya.simulator.dispatch.OtherAgency;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

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
    private static final long ACCEPTS_AFTER_MS = 8_000;
    private static final String OPERATOR = "drones-1";
    private static final String POLICY = "demo";
    private static final long BEFORE_MS = 60_000;
    private static final long STOPS_WITHIN_MS = 2_000;

    private final Deque<TopicRecord> records = new ArrayDeque<>();

    /** What is due from the other agency before a policy that trusts it is in force. */
    private final Deque<TopicRecord> untrusted = new ArrayDeque<>();

    private final Queue<TopicRecord> answers = new ConcurrentLinkedQueue<>();
    private final Set<String> accepted = new HashSet<>();
    private final Operators operators;
    private final RecordPublisher publisher;
    private final Thread thread = new Thread(this::run, "demo-centre");
    private volatile boolean isTrusting;
    private volatile RuntimeException failure;

    /**
     * @param start of the traffic, epoch ms
     * @param policy files of the policy that is to trust another agency; empty to hear of none
     */
    CentreFeed(
            long seed,
            long start,
            int minutes,
            Map<String, String> policy,
            RecordPublisher publisher) {
        this.publisher = publisher;
        DispatchOptions options =
                DispatchOptions.defaults(seed, start)
                        .withMinutes(Math.max(MIN_MINUTES, minutes))
                        .withLoad(LOAD)
                        .withButtons(BUTTONS, HEARTBEAT_MINUTES)
                        .withCovert(false)
                        .withSiteFaults(false);
        OtherAgency other = new OtherAgency();
        DispatchDay day = DispatchDay.generate(options);
        if (!policy.isEmpty()) {
            records.add(trusting(other, policy, start));
            day = day.with(other.records(options));
        }
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

    /** The same policy, which trusts another agency. */
    private static TopicRecord trusting(
            OtherAgency agency, Map<String, String> policy, long start) {
        Map<String, String> files = new TreeMap<>(policy);
        files.put("exchange", agency.policy());
        files.put("policy", "version: " + POLICY);
        PolicyRequest request =
                new PolicyRequest(POLICY, files, OPERATOR, "demo", start - BEFORE_MS);
        return new TopicRecord(
                Topics.POLICY_REQUESTS,
                start - BEFORE_MS,
                PolicyRequest.KEY,
                PolicyRequest.CODEC.write(request));
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

    /** Lets the messages of the other agency go once the policy that trusts it is in force. */
    void onPolicyAnswer(PolicyAnswer answer) {
        if (!POLICY.equals(answer.version())) {
            return;
        }
        if (!answer.isAccepted()) {
            throw new IllegalStateException(
                    "dispatch rejects the demo's policy: " + String.join("; ", answer.faults()));
        }
        isTrusting = true;
    }

    /** Lets a person accept a drone that is proposed. */
    void onTask(DroneTask task) {
        if (task.status() == DroneTask.Status.PROPOSED && accepted.add(task.taskId())) {
            long time = System.currentTimeMillis() + ACCEPTS_AFTER_MS;
            DispatchResponse response =
                    new DispatchResponse(
                            "drone-" + task.taskId(),
                            task.incidentId(),
                            task.revision(),
                            OPERATOR,
                            null,
                            null,
                            task.site(),
                            time,
                            new DispatchResponse.AcceptDrone(task.taskId()));
            answers.add(
                    new TopicRecord(
                            Topics.DISPATCH_RESPONSES,
                            time,
                            task.incidentId(),
                            DispatchResponse.CODEC.write(response)));
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
        boolean trusts = isTrusting;
        while (trusts && !untrusted.isEmpty()) {
            publisher.publish(untrusted.remove());
        }
        while (!records.isEmpty() && records.peek().timestamp() <= now) {
            TopicRecord record = records.remove();
            if (trusts || !record.topic().equals(Topics.NATIONAL_INBOUND)) {
                publisher.publish(record);
            } else {
                untrusted.add(record);
            }
        }
        while (!answers.isEmpty() && answers.peek().timestamp() <= now) {
            publisher.publish(answers.remove());
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
