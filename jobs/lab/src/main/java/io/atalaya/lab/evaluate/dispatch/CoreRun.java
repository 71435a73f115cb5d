package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.CallCodec;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.warning.PublicWarning;
import io.atalaya.contracts.warning.WarningCodec;
import io.atalaya.dispatch.device.DeviceState;
import io.atalaya.dispatch.device.DeviceSupervisor;
import io.atalaya.dispatch.device.Heard;
import io.atalaya.dispatch.evidence.EvidenceReader;
import io.atalaya.dispatch.evidence.Outcome;
import io.atalaya.dispatch.evidence.SenderState;
import io.atalaya.dispatch.evidence.WarningReader;
import io.atalaya.dispatch.incident.IncidentEngine;
import io.atalaya.dispatch.incident.IncidentOutput;
import io.atalaya.dispatch.incident.IncidentStore;
import io.atalaya.dispatch.incident.Section;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.lab.evaluate.dispatch.DispatchLog.Message;
import io.atalaya.simulator.dispatch.DispatchDay;
import io.atalaya.simulator.dispatch.Operators;
import io.atalaya.simulator.dispatch.TrueIncident;
import io.atalaya.simulator.recording.InputTopic;
import io.atalaya.simulator.recording.MergedRecords;
import io.atalaya.simulator.recording.Recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Runs recorded inputs through the rules of the dispatch job, without Kafka and Flink, in order of
 * arrival.
 */
final class CoreRun implements IncidentOutput {
    private static final long TICK_MS = 1_000;

    /** After the last record, so that what is held is decided. */
    private static final long AFTERWARDS_MS = 5 * 60_000;

    private static final long OPERATORS_SEED = 1;

    private static final Set<InputTopic> INPUTS =
            EnumSet.of(
                    InputTopic.DEVICES,
                    InputTopic.MUTES,
                    InputTopic.DISPATCH_RESPONSES,
                    InputTopic.SITE_PRESENCE,
                    InputTopic.ALERTS,
                    InputTopic.DEVICE_EVENTS,
                    InputTopic.CALLS,
                    InputTopic.PUBLIC_WARNINGS,
                    InputTopic.DELIVERIES);

    /** What people and bridges make of the incidents of one policy. */
    private static final Set<String> ANSWERS = Set.of(Topics.DISPATCH_RESPONSES, Topics.DELIVERIES);

    private final EvidenceReader evidence;
    private final WarningReader warnings;
    private final DeviceSupervisor supervisor;
    private final IncidentEngine engine;
    private final Operators operators;

    private final Map<String, Device> devices = new HashMap<>();
    private final Map<String, DeviceState> deviceStates = new HashMap<>();
    private final PriorityQueue<DeviceTimer> deviceTimers =
            new PriorityQueue<>(
                    Comparator.comparingLong(DeviceTimer::time)
                            .thenComparing(DeviceTimer::deviceId));
    private final Map<String, SenderState> senders = new HashMap<>();

    private final List<Incident> incidents = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final List<DispatchResponse> responses = new ArrayList<>();
    private final List<Disposition> dispositions = new ArrayList<>();
    private final List<TopicRecord> answers = new ArrayList<>();
    private long from;
    private long now;

    private record DeviceTimer(long time, String deviceId) {}

    private CoreRun(Policy policy, Operators operators) {
        this.evidence = new EvidenceReader(policy);
        this.warnings = new WarningReader(policy);
        this.supervisor = new DeviceSupervisor(policy, Heard.NOTHING);
        this.operators = operators;
        this.engine = new IncidentEngine(policy, this, new NoStore());
        engine.restored();
    }

    /** Nothing fails here. */
    private static final class NoStore implements IncidentStore {
        @Override
        public void put(Section section, String key, Object value) {}

        @Override
        public void remove(Section section, String key) {}
    }

    /**
     * Runs a recording. Without responses, simulated operators and bridges answer.
     *
     * @param truth empty if it is not known
     * @param withResponses whether to use those of the recording, which fit one policy only
     */
    static DispatchLog of(
            Recording recording, Policy policy, List<TrueIncident> truth, boolean withResponses) {
        List<TopicRecord> records = new ArrayList<>();
        try (MergedRecords merged = recording.open(INPUTS)) {
            while (merged.hasNext()) {
                records.add(merged.next());
            }
        }
        if (!withResponses) {
            records.removeIf(each -> ANSWERS.contains(each.topic()));
        }
        return run(records, policy, truth).log();
    }

    /** Runs a simulated day with its operators. */
    static DispatchLog of(DispatchDay day, Policy policy) {
        return run(day.records(), policy, day.truth()).log();
    }

    /** What the operators and bridges of a simulated day answer, in order of arrival. */
    static List<TopicRecord> answers(DispatchDay day, Policy policy) {
        return run(day.records(), policy, day.truth()).answers;
    }

    private static CoreRun run(List<TopicRecord> records, Policy policy, List<TrueIncident> truth) {
        boolean isAnswered =
                records.stream().anyMatch(each -> each.topic().equals(Topics.DISPATCH_RESPONSES));
        CoreRun run = new CoreRun(policy, isAnswered ? null : operators(records, truth));
        for (TopicRecord each : records) {
            run.advance(each.timestamp());
            run.handle(each);
        }
        run.advance(run.now + AFTERWARDS_MS);
        return run;
    }

    /** The people who answer on a day. */
    static Operators operators(List<TopicRecord> records, List<TrueIncident> truth) {
        Operators operators = new Operators(OPERATORS_SEED, truth);
        for (TopicRecord each : records) {
            if (each.topic().equals(Topics.SITE_PRESENCE)) {
                try {
                    operators.presence(SitePresence.CODEC.read(each.value()), each.timestamp());
                } catch (InvalidRecordException e) {
                    // It is ignored by the job as well.
                }
            }
        }
        return operators;
    }

    private DispatchLog log() {
        return new DispatchLog(from, now, incidents, messages, decisions, responses, dispositions);
    }

    /** Lets time pass: ticks, timers of devices, and answers of the operators. */
    private void advance(long time) {
        now = now == 0 ? time : now;
        while (true) {
            long tick = now - now % TICK_MS + TICK_MS;
            long answer = operators == null ? Long.MAX_VALUE : operators.nextArrival();
            long next = Math.min(tick, Math.max(now, answer));
            if (next > time) {
                now = Math.max(now, time);
                return;
            }
            now = next;
            if (answer <= now) {
                TopicRecord record = operators.poll(now);
                answers.add(record);
                handle(record);
            } else {
                deviceTimers();
                engine.tick(now);
            }
        }
    }

    private void handle(TopicRecord record) {
        from = from == 0 && !record.topic().equals(Topics.DEVICES) ? now : from;
        byte[] value = record.value();
        try {
            switch (record.topic()) {
                case Topics.DEVICES -> register(record);
                case Topics.MUTES ->
                        engine.mute(
                                record.key(), value == null ? null : Mute.CODEC.read(value), now);
                case Topics.DISPATCH_RESPONSES -> respond(DispatchResponse.CODEC.read(value));
                case Topics.SITE_PRESENCE -> engine.presence(SitePresence.CODEC.read(value), now);
                case Topics.DELIVERIES -> engine.delivery(Delivery.CODEC.read(value), now);
                case Topics.ALERTS -> alert(AlertCodec.read(value, now));
                case Topics.CALLS -> accept(evidence.read(CallCodec.read(value), now));
                case Topics.DEVICE_EVENTS -> deviceEvent(DeviceEvent.CODEC.read(value));
                case Topics.PUBLIC_WARNINGS ->
                        WarningCodec.read(value).usable().forEach(this::warning);
                default -> {}
            }
        } catch (InvalidRecordException e) {
            // The job sends it to the dead letter and goes on.
            return;
        }
    }

    private void register(TopicRecord record) throws InvalidRecordException {
        if (record.value() == null) {
            devices.remove(record.key());
        } else {
            devices.put(record.key(), Device.CODEC.read(record.value()));
        }
    }

    private void alert(Alert alert) {
        accept(evidence.read(alert, devices.get(alert.deviceId())));
    }

    private void warning(PublicWarning warning) {
        WarningReader.Result result = warnings.read(senders.get(warning.sender()), warning, now);
        senders.put(warning.sender(), result.state());
        result.outcomes().forEach(this::accept);
    }

    private void deviceEvent(DeviceEvent event) {
        String deviceId = event.deviceId();
        supervised(
                deviceId,
                supervisor.onEvent(deviceStates.get(deviceId), event, now, devices.get(deviceId)));
    }

    private void deviceTimers() {
        while (!deviceTimers.isEmpty() && deviceTimers.peek().time() <= now) {
            String deviceId = deviceTimers.remove().deviceId();
            DeviceState state = deviceStates.get(deviceId);
            if (state != null && supervisor.nextTimer(state) <= now) {
                supervised(
                        deviceId, supervisor.onTimer(state, deviceId, now, devices.get(deviceId)));
            }
        }
    }

    private void supervised(String deviceId, DeviceSupervisor.Result result) {
        if (result.state() == null) {
            deviceStates.remove(deviceId);
        } else {
            deviceStates.put(deviceId, result.state());
            deviceTimers.add(new DeviceTimer(supervisor.nextTimer(result.state()), deviceId));
        }
        result.outcomes().forEach(this::accept);
    }

    private void accept(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted) {
            engine.evidence(accepted.evidence(), now);
        } else if (outcome instanceof Outcome.Suppressed suppressed) {
            decisions.add(suppressed.decision());
            if (suppressed.withdrawn() != null) {
                engine.withdraw(suppressed.withdrawn(), now);
            }
        }
    }

    private void respond(DispatchResponse response) {
        responses.add(response);
        engine.response(response, now);
    }

    @Override
    public void incident(Incident incident) {
        incidents.add(incident);
    }

    @Override
    public void message(String site, DispatchMessage message) {
        messages.add(new Message(now, site, message));
        if (operators != null) {
            operators.message(site, message, now);
        }
    }

    @Override
    public void decision(Decision decision) {
        decisions.add(decision);
    }

    @Override
    public void disposition(Disposition disposition) {
        dispositions.add(disposition);
    }
}
