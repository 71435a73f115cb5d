package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Call;
import io.atalaya.contracts.dispatch.CallCodec;
import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.dispatch.EventId;
import io.atalaya.contracts.dispatch.EventId.Source;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.warning.PublicWarning;
import io.atalaya.simulator.dispatch.Towns.Spot;
import io.atalaya.simulator.dispatch.TrueIncident.Outcome;
import io.atalaya.simulator.dispatch.TrueIncident.Subject;
import io.atalaya.simulator.random.SeededRandom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the records of all sources, and what they are about. */
final class SourceRecords {
    private final List<TopicRecord> records = new ArrayList<>();
    private final List<Occurrence> occurrences = new ArrayList<>();

    /** Something that happens, while its records are made. */
    final class Occurrence {
        private final String kind;
        private final Subject subject;
        private final Outcome outcome;
        private final long time;
        private final Spot spot;
        private final String site;
        private final int priority;
        private final boolean covert;
        private final Set<String> events = new LinkedHashSet<>();
        private long arrival = Long.MAX_VALUE;

        private Occurrence(
                String kind,
                Subject subject,
                Outcome outcome,
                long time,
                Spot spot,
                String site,
                int priority,
                boolean covert) {
            this.kind = kind;
            this.subject = subject;
            this.outcome = outcome;
            this.time = time;
            this.spot = spot;
            this.site = site;
            this.priority = priority;
            this.covert = covert;
            occurrences.add(this);
        }

        Spot spot() {
            return spot;
        }

        /** Whether records have arrived about it, and it is at a place. */
        boolean isAtPlace() {
            return subject == Subject.PLACE && spot != null && !events.isEmpty();
        }

        /** Arrival time of the first record about it. */
        long arrival() {
            return arrival;
        }

        /** A call about it arrives. */
        void call(Call call, long arrives) {
            send(Topics.CALLS, arrives, call.callId(), CallCodec.write(call));
            add(EventId.of(Source.CALL, call.callId()), arrives);
        }

        /** A device reports it. */
        void event(DeviceEvent event, long arrives) {
            send(event, arrives);
            add(EventId.ofDevice(event.deviceId(), event.eventId()), arrives);
        }

        /** An alert about it is raised or changes. */
        void alert(Alert alert, long arrives) {
            send(Topics.ALERTS, arrives, alert.alertId(), AlertCodec.write(alert));
            add(EventId.of(Source.ALERT, alert.alertId()), arrives);
        }

        void warning(PublicWarning warning, long arrives) {
            send(
                    Topics.PUBLIC_WARNINGS,
                    arrives,
                    warning.sender(),
                    PublicWarning.CODEC.write(warning));
            add(EventId.ofWarning(warning.sender(), warning.identifier()), arrives);
        }

        private void add(String eventId, long arrives) {
            events.add(eventId);
            arrival = Math.min(arrival, arrives);
        }

        private TrueIncident truth(int number) {
            return new TrueIncident(
                    "T" + number,
                    kind,
                    subject,
                    outcome,
                    time,
                    arrival,
                    spot == null ? null : spot.place(0),
                    site,
                    priority,
                    covert,
                    List.copyOf(events));
        }
    }

    /** Something that happens at a place. */
    Occurrence at(Spot spot, String kind, int priority, Outcome outcome, long time) {
        return new Occurrence(
                kind, Subject.PLACE, outcome, time, spot, spot.site(), priority, false);
    }

    /** A defect of a device. */
    Occurrence fault(Spot spot, long time, Outcome outcome) {
        return new Occurrence(
                "equipment-fault", Subject.DEVICE, outcome, time, spot, spot.site(), 20, false);
    }

    /** A vehicle that is found by its plate. */
    Occurrence vehicle(
            Spot first, String kind, int priority, Outcome outcome, long time, boolean covert) {
        return new Occurrence(
                kind, Subject.VEHICLE, outcome, time, first, first.site(), priority, covert);
    }

    /** A warning to all. */
    Occurrence warning(String kind, int priority, Outcome outcome, long time) {
        return new Occurrence(kind, Subject.WARNING, outcome, time, null, null, priority, false);
    }

    /** Everything that has happened so far. */
    List<Occurrence> occurrences() {
        return List.copyOf(occurrences);
    }

    void send(String topic, long arrival, String key, byte[] value) {
        records.add(new TopicRecord(topic, arrival, key, value));
    }

    /** An event that is no evidence, such as a heartbeat. */
    void send(DeviceEvent event, long arrives) {
        send(Topics.DEVICE_EVENTS, arrives, event.deviceId(), DeviceEvent.CODEC.write(event));
    }

    /** Registers devices before the day begins. */
    void register(List<Device> devices, long arrival) {
        for (Device device : devices) {
            send(Topics.DEVICES, arrival, device.deviceId(), Device.CODEC.write(device));
        }
    }

    /** All records by arrival; at equal times in the order in which they were made. */
    List<TopicRecord> byArrival() {
        return records.stream().sorted(Comparator.comparingLong(TopicRecord::timestamp)).toList();
    }

    /** What happened; without what no record arrived about. */
    List<TrueIncident> truth() {
        List<TrueIncident> truth = new ArrayList<>();
        for (Occurrence each : occurrences) {
            if (!each.events.isEmpty()) {
                truth.add(each.truth(truth.size() + 1));
            }
        }
        return truth;
    }

    /** A time that is due so often in a day, by a Poisson process over the given hours. */
    static List<Long> times(
            SeededRandom random, DispatchOptions options, double perDay, double[] hours) {
        List<Long> times = new ArrayList<>();
        double highest = 0;
        double mean = 0;
        for (double hour : hours) {
            highest = Math.max(highest, hour);
            mean += hour / hours.length;
        }
        double meanGap = 86_400_000 / (perDay * highest / mean);
        for (double time = options.start() + random.exponential(meanGap);
                time < options.end();
                time += random.exponential(meanGap)) {
            if (random.happens(hours[DispatchDay.hour((long) time)] / highest)) {
                times.add((long) time);
            }
        }
        return times;
    }
}
