package io.atalaya.bench.dispatch;

import io.atalaya.bench.comparison.Spread;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.dispatch.Call;
import io.atalaya.contracts.dispatch.CallCodec;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.evidence.EvidenceReader;
import io.atalaya.dispatch.evidence.Outcome;
import io.atalaya.dispatch.incident.IncidentEngine;
import io.atalaya.dispatch.incident.IncidentOutput;
import io.atalaya.dispatch.incident.IncidentStore;
import io.atalaya.dispatch.incident.Section;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.simulator.dispatch.DispatchLoad;
import io.atalaya.simulator.dispatch.DispatchLoad.Area;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one subtask can do: calls and camera alerts through evidence and incidents, without Kafka,
 * Flink, codecs and state.
 */
final class EngineBench {
    private static final long TICK_MS = 1_000;
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;

    /**
     * Events that happen within a time.
     *
     * @param eventsPerSecond by the clock
     * @param cpuMicros processor time of an event
     */
    record Result(
            Area area,
            int events,
            int simulatedSeconds,
            Spread eventsPerSecond,
            Spread cpuMicros,
            long incidents,
            long messages) {}

    /** A decoded record. */
    private record Input(long time, Alert alert, Call call) {}

    private static final class Counts implements IncidentOutput, IncidentStore {
        private final Set<String> incidents = new HashSet<>();
        private long messages;

        @Override
        public void incident(Incident incident) {
            incidents.add(incident.incidentId());
        }

        @Override
        public void message(String site, DispatchMessage message) {
            messages++;
        }

        @Override
        public void decision(Decision decision) {}

        @Override
        public void disposition(Disposition disposition) {}

        @Override
        public void put(Section section, String key, Object value) {}

        @Override
        public void remove(Section section, String key) {}
    }

    private final Policy policy;
    private final List<Double> speeds = new ArrayList<>();
    private final List<Double> cpu = new ArrayList<>();

    EngineBench(Policy policy) {
        this.policy = policy;
    }

    /**
     * @param seconds in which the events happen
     * @param warmups uncounted laps before the others
     */
    Result run(DispatchLoad load, Area area, int events, int seconds, int warmups, int runs) {
        List<Input> inputs = inputs(load, area, events, seconds);
        for (int i = 0; i < warmups; i++) {
            lap(inputs);
        }
        speeds.clear();
        cpu.clear();
        Counts counts = null;
        for (int i = 0; i < runs; i++) {
            counts = lap(inputs);
        }
        return new Result(
                area,
                events,
                seconds,
                Spread.of(speeds),
                Spread.of(cpu),
                counts.incidents.size(),
                counts.messages);
    }

    private static List<Input> inputs(DispatchLoad load, Area area, int events, int seconds) {
        long start = System.currentTimeMillis();
        List<Input> inputs = new ArrayList<>();
        while (inputs.size() < events) {
            long time = start + inputs.size() * seconds * TICK_MS / events;
            TopicRecord record = load.event(area, time);
            try {
                switch (record.topic()) {
                    case Topics.ALERTS ->
                            inputs.add(
                                    new Input(time, AlertCodec.read(record.value(), time), null));
                    case Topics.CALLS ->
                            inputs.add(new Input(time, null, CallCodec.read(record.value())));
                    default -> {}
                }
            } catch (InvalidRecordException e) {
                throw new IllegalStateException("a simulated record", e);
            }
        }
        return inputs;
    }

    private Counts lap(List<Input> inputs) {
        Counts counts = new Counts();
        EvidenceReader reader = new EvidenceReader(policy);
        IncidentEngine engine = new IncidentEngine(policy, counts, counts);
        engine.restored();
        long from = System.nanoTime();
        long cpuFrom = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long ticked = inputs.get(0).time;
        for (Input input : inputs) {
            for (; ticked + TICK_MS <= input.time; ticked += TICK_MS) {
                engine.tick(ticked + TICK_MS);
            }
            Outcome outcome =
                    input.alert == null
                            ? reader.read(input.call, input.time)
                            : reader.read(input.alert, null);
            if (outcome instanceof Outcome.Accepted accepted) {
                engine.evidence(accepted.evidence(), input.time);
            }
        }
        engine.tick(ticked + TICK_MS);
        long cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuFrom;
        speeds.add(inputs.size() / ((System.nanoTime() - from) / NANOS));
        cpu.add(cpuNanos / NANOS * MICROS / inputs.size());
        return counts;
    }
}
