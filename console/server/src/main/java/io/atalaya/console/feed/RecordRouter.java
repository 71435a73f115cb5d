package io.atalaya.console.feed;

import io.atalaya.console.health.Budgets;
import io.atalaya.console.health.Health;
import io.atalaya.console.item.Item;
import io.atalaya.console.item.Items;
import io.atalaya.console.item.KnownRecords;
import io.atalaya.console.map.Devices;
import io.atalaya.console.map.Duty;
import io.atalaya.console.queue.Mutes;
import io.atalaya.console.request.Json;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.dispatch.PolicyAnswer;
import io.atalaya.contracts.dispatch.PolicyRequest;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.Topics;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** Hands each record of a topic to those who keep what it says. */
public final class RecordRouter {
    private final Items items;
    private final Mutes mutes;
    private final Devices devices;
    private final Health health;
    private final Budgets budgets;
    private final Duty duty;

    /** Hands records to these. */
    public RecordRouter(
            Items items, Mutes mutes, Devices devices, Health health, Budgets budgets, Duty duty) {
        this.items = items;
        this.mutes = mutes;
        this.devices = devices;
        this.health = health;
        this.budgets = budgets;
        this.duty = duty;
    }

    /** Takes a record; health, which shows no one what is covert, learns only of the others. */
    public void take(ConsumerRecord<String, byte[]> record) throws InvalidRecordException {
        byte[] value = record.value();
        long at = record.timestamp();
        boolean isRestricted =
                switch (record.topic()) {
                    case Topics.INCIDENTS -> value != null && incident(value, at);
                    case Topics.ALERTS -> value != null && alert(value, at);
                    case Topics.DISPOSITIONS -> value != null && disposition(value);
                    case Topics.DELIVERIES -> value != null && delivery(value);
                    case Topics.VIDEOWALL -> value != null && wall(value);
                    case Topics.DRONE_TASKS -> value != null && task(value);
                    case Topics.DEAD_LETTER -> deadLetter(record);
                    default -> {
                        takeOpen(record);
                        yield false;
                    }
                };
        if (!isRestricted) {
            health.took(record.topic(), at);
        }
    }

    private boolean incident(byte[] value, long at) throws InvalidRecordException {
        Incident incident = Incident.CODEC.read(value);
        boolean isRestricted = items.incident(incident, at);
        if (!isRestricted) {
            budgets.incident(incident, at, items.isCaughtUp());
        }
        return isRestricted;
    }

    private boolean isRestricted(String incidentId) {
        return items.isRestricted(Item.INCIDENT + incidentId);
    }

    private boolean alert(byte[] value, long at) throws InvalidRecordException {
        Alert alert = AlertCodec.read(value, at);
        items.alert(alert, Json.text(value), at);
        boolean isRestricted = KnownRecords.isRestricted(alert);
        if (!isRestricted) {
            budgets.alert(alert, at);
        }
        return isRestricted;
    }

    private boolean disposition(byte[] value) throws InvalidRecordException {
        Disposition said = Disposition.CODEC.read(value);
        items.answer(
                said.alertId(),
                new Item.Answer(said.outcome(), said.operator(), said.disposedAt()));
        return items.isRestricted(Item.ALERT + said.alertId());
    }

    private boolean delivery(byte[] value) throws InvalidRecordException {
        Delivery delivery = Delivery.CODEC.read(value);
        items.delivery(delivery);
        return isRestricted(delivery.incidentId());
    }

    private boolean wall(byte[] value) throws InvalidRecordException {
        return !devices.wall(Wall.CODEC.read(value));
    }

    private boolean task(byte[] value) throws InvalidRecordException {
        DroneTask task = DroneTask.CODEC.read(value);
        devices.task(task);
        return isRestricted(task.incidentId());
    }

    private boolean deadLetter(ConsumerRecord<String, byte[]> record) {
        boolean isRestricted = isRestricted(record.value());
        if (!isRestricted) {
            health.deadLetter(record.timestamp(), rejected(record.headers()));
        }
        return isRestricted;
    }

    /** Whether a record without its form says that not all may know of it, as far as it is read. */
    static boolean isRestricted(byte[] rejected) {
        try {
            JsonNode original = rejected == null ? null : Json.MAPPER.readTree(rejected);
            return original != null
                    && (original.path("covert").asBoolean(false)
                            || !original.path("notify").isEmpty());
        } catch (JacksonException e) {
            return false;
        }
    }

    private void takeOpen(ConsumerRecord<String, byte[]> record) throws InvalidRecordException {
        byte[] value = record.value();
        switch (record.topic()) {
            case Topics.DEVICES ->
                    devices.put(
                            record.key(),
                            value == null ? null : Device.CODEC.read(value),
                            value == null ? null : Json.text(value));
            case Topics.MUTES -> {
                if (value == null) {
                    mutes.remove(record.key());
                } else {
                    mutes.put(Mutes.Shown.ofAll(Mute.CODEC.read(value)));
                }
            }
            case Topics.SITE_PRESENCE -> {
                if (value != null) {
                    SitePresence presence = SitePresence.CODEC.read(value);
                    devices.presence(presence);
                    duty.heard(
                            presence,
                            header(record, Duty.CONSOLE),
                            header(record, Duty.HERE),
                            record.timestamp());
                }
            }
            case Topics.MODEL_CONTROL -> health.modelRequest(record.key(), json(value));
            case Topics.MODEL_ANSWERS -> health.modelAnswer(record.key(), json(value));
            case Topics.POLICY_REQUESTS ->
                    budgets.policy(
                            value == null ? null : PolicyRequest.CODEC.read(value),
                            new RecordAddress(record.topic(), record.partition(), record.offset())
                                    .toString());
            case Topics.POLICY_ANSWERS -> {
                if (value != null) {
                    budgets.policyAnswer(PolicyAnswer.CODEC.read(value));
                }
            }
            default -> throw new IllegalStateException(record.topic());
        }
    }

    /** The topic and field of a dead letter; its reason has the value, which may be covert. */
    public static String rejected(Headers headers) {
        String topic = first(headers, "topic", "unknown");
        String field = first(headers, "field", "");
        String part = field.isEmpty() ? first(headers, "operator", "") : field;
        return part.isEmpty() ? topic : topic + " · " + part;
    }

    /** The first of a name is the rejecting job's; those of the original follow. */
    private static String first(Headers headers, String name, String otherwise) {
        Iterator<Header> found = headers.headers(name).iterator();
        return found.hasNext()
                ? new String(found.next().value(), StandardCharsets.UTF_8)
                : otherwise;
    }

    private static String json(byte[] value) {
        return value == null ? null : Json.text(value);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }
}
