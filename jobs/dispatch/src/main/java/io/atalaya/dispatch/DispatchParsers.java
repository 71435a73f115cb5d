package io.atalaya.dispatch;

import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.dispatch.Call;
import io.atalaya.contracts.dispatch.CallCodec;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Drone;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.RecordKey;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.warning.WarningCodec;
import io.atalaya.dispatch.incident.IncidentInput;
import io.atalaya.dispatch.incident.IncidentSummary;
import io.atalaya.dispatch.outreach.OutreachInput;
import io.atalaya.dispatch.policy.PolicyUpdate;
import io.atalaya.dispatch.source.DeviceMessage;
import io.atalaya.dispatch.source.SourceMessage;
import io.atalaya.flink.clock.PlausibleTime;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.flink.parse.ParseOperator.FeedParser;
import io.atalaya.flink.parse.ParseOperator.SingleParser;

import org.apache.flink.util.Collector;

/** Parsers from raw records to the job's inputs: the codec, and the checks that need the record. */
final class DispatchParsers {
    private DispatchParsers() {}

    static SingleParser<SourceMessage> alerts() {
        return record ->
                source(
                        record,
                        new SourceMessage.OfAlert(
                                AlertCodec.read(record.value(), record.timestamp())));
    }

    /**
     * @param maxBehind by which a call may lie behind its arrival, ms
     */
    static SingleParser<SourceMessage> calls(long maxBehind) {
        return record -> {
            Call call = CallCodec.read(record.value());
            PlausibleTime.require(call.time(), record.timestamp(), maxBehind);
            return source(record, new SourceMessage.OfCall(call));
        };
    }

    static FeedParser<SourceMessage> warnings() {
        return (record, rejected) -> {
            WarningCodec.Warnings warnings = WarningCodec.read(record.value());
            warnings.rejected().forEach(rejected);
            return warnings.usable().stream()
                    .map(warning -> source(record, new SourceMessage.OfWarning(warning)))
                    .toList();
        };
    }

    static SourceMessage national(RawRecord record) {
        return source(record, new SourceMessage.OfNational(record));
    }

    private static SourceMessage source(RawRecord record, SourceMessage.Content content) {
        return new SourceMessage(record.timestamp(), record.address(), content);
    }

    /**
     * @param maxBehind by which an event may lie behind its arrival, ms
     */
    static SingleParser<DeviceMessage> deviceEvents(long maxBehind) {
        return record -> {
            DeviceEvent event = DeviceEvent.CODEC.read(record.value());
            PlausibleTime.require(event.time(), record.timestamp(), maxBehind);
            return new DeviceMessage.Happened(event, record.timestamp(), record.position());
        };
    }

    static SingleParser<IncidentInput> responses() {
        return record ->
                input(
                        record,
                        new IncidentInput.Responded(DispatchResponse.CODEC.read(record.value())));
    }

    static SingleParser<IncidentInput> presences() {
        return record ->
                input(record, new IncidentInput.Present(SitePresence.CODEC.read(record.value())));
    }

    static SingleParser<IncidentInput> deliveries() {
        return record ->
                input(record, new IncidentInput.Delivered(Delivery.CODEC.read(record.value())));
    }

    static SingleParser<IncidentInput> mutes() {
        return record -> {
            String key = RecordKey.text(record.key());
            if (record.value() == null) {
                return input(record, new IncidentInput.Muted(RecordKey.ofRemoval(key), null));
            }
            Mute mute = Mute.CODEC.read(record.value());
            RecordKey.require(key, "muteId", mute.muteId());
            return input(record, new IncidentInput.Muted(mute.muteId(), mute));
        };
    }

    private static IncidentInput input(RawRecord record, IncidentInput.Content content) {
        return new IncidentInput(record.timestamp(), record.address(), content);
    }

    static SourceMessage reference(DeviceChange change) {
        return new SourceMessage(
                change.arrivalTime(),
                change.position().in(Topics.DEVICES),
                new SourceMessage.OfDevice(change));
    }

    static SourceMessage reference(PolicyUpdate update) {
        return new SourceMessage(
                update.arrivalTime(),
                update.position().in(Topics.POLICY_REQUESTS),
                new SourceMessage.OfPolicy(update));
    }

    static IncidentInput input(PolicyUpdate update) {
        return new IncidentInput(
                update.arrivalTime(),
                update.position().in(Topics.POLICY_REQUESTS),
                new IncidentInput.Governed(update));
    }

    static SingleParser<OutreachInput> drones() {
        return record ->
                new OutreachInput(
                        record.timestamp(),
                        record.address(),
                        new OutreachInput.Reported(Drone.CODEC.read(record.value())));
    }

    static OutreachInput outreach(IncidentSummary incident) {
        return new OutreachInput(incident.revision(), null, new OutreachInput.Revised(incident));
    }

    static OutreachInput outreach(DeviceChange change) {
        return new OutreachInput(
                change.arrivalTime(),
                change.position().in(Topics.DEVICES),
                new OutreachInput.Registered(change));
    }

    static OutreachInput outreach(PolicyUpdate update) {
        return new OutreachInput(
                update.arrivalTime(),
                update.position().in(Topics.POLICY_REQUESTS),
                new OutreachInput.Governed(update));
    }

    /** Answers about drones, and receipts of loudspeakers. */
    static void outreach(IncidentInput input, Collector<OutreachInput> collector) {
        if (input.content() instanceof IncidentInput.Responded responded
                && responded.response().action() instanceof DispatchResponse.DroneAction) {
            collector.collect(
                    new OutreachInput(
                            input.arrivalTime(),
                            input.address(),
                            new OutreachInput.Answered(responded.response())));
        } else if (input.content() instanceof IncidentInput.Delivered delivered
                && delivered.delivery().deviceId() != null) {
            collector.collect(
                    new OutreachInput(
                            input.arrivalTime(),
                            input.address(),
                            new OutreachInput.Received(delivered.delivery())));
        }
    }
}
