package io.atalaya.contracts.schema;

import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.audit.AuditHeads;
import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.audit.LookUp;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.CallCodec;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Drone;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.dispatch.NationalContent;
import io.atalaya.contracts.dispatch.NationalInbound;
import io.atalaya.contracts.dispatch.NationalMessage;
import io.atalaya.contracts.dispatch.PolicyAnswer;
import io.atalaya.contracts.dispatch.PolicyRequest;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.model.ModelControl;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.rfid.RfidReadCodec;
import io.atalaya.contracts.warning.PublicWarning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** A topic's published schema with the codec that reads the topic. */
public enum TopicSchema {
    PLATE_READS("plate-reads", PlateReadCodec::read),
    RFID_READS("rfid-reads", RfidReadCodec::read),
    HOTLIST("hotlist", HotlistEntryCodec::read),
    DEVICES("devices", Device.CODEC::read),
    DISPOSITIONS("dispositions", Disposition.CODEC::read),
    CAMERA_FRAMES("camera-frames", CameraFrameCodec::read),
    MODEL_CONTROL("model-control", ModelControl.CODEC::read),
    MODEL_ANSWERS("model-answers", ModelAnswer.CODEC::read),
    DEVICE_EVENTS("device-events", DeviceEvent.CODEC::read),
    CALLS("calls", CallCodec::read),
    DRONES("drones", Drone.CODEC::read),
    PUBLIC_WARNINGS("public-warnings", PublicWarning.CODEC::read),
    DISPATCH_RESPONSES("dispatch-responses", DispatchResponse.CODEC::read),
    SITE_PRESENCE("site-presence", SitePresence.CODEC::read),
    DELIVERIES("deliveries", Delivery.CODEC::read),
    MUTES("mutes", Mute.CODEC::read),
    POLICY("policy", PolicyRequest.CODEC::read),
    POLICY_ANSWERS("policy-answers", PolicyAnswer.CODEC::read),
    ALERTS("alerts", message -> AlertCodec.read(message, 0)),
    INCIDENTS("incidents", Incident.CODEC::read),
    DISPATCH("dispatch", DispatchMessage.CODEC::read),
    ANNOUNCEMENTS("announcements", Announcement.CODEC::read),
    VIDEOWALL("videowall", Wall.CODEC::read),
    DRONE_TASKS("drone-tasks", DroneTask.CODEC::read),
    NATIONAL_EXCHANGE("national-exchange", NationalMessage.CODEC::read),
    NATIONAL_INBOUND("national-inbound", NationalInbound.CODEC::read),
    NATIONAL_CONTENT("national-content", NationalContent.CODEC::read),
    DECISIONS("decisions", Decision.CODEC::read),
    LOOK_UPS("look-ups", LookUp.CODEC::read),
    AUDIT("audit", AuditRecord.CODEC::read),
    AUDIT_HEADS("audit-heads", AuditHeads.CODEC::read);

    private interface Codec {
        Object read(byte[] message) throws InvalidRecordException;
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String topic;
    private final Codec codec;
    private final JsonNode text;
    private final JsonSchema schema;

    TopicSchema(String topic, Codec codec) {
        this.topic = topic;
        this.codec = codec;
        this.text = load(topic);
        this.schema = factory().getSchema(text);
    }

    public String topic() {
        return topic;
    }

    public JsonNode text() {
        return text;
    }

    /** The schema's faults of a message; empty if it is valid. */
    public Set<ValidationMessage> faults(String json) throws IOException {
        return faults(MAPPER.readTree(json));
    }

    /** The schema's faults of a parsed message. */
    public Set<ValidationMessage> faults(JsonNode json) {
        return schema.validate(json);
    }

    /** The faults of a value by a part of the schema, given as a JSON pointer. */
    public Set<ValidationMessage> faults(String pointer, JsonNode value) {
        return factory().getSchema(text.at(pointer)).validate(value);
    }

    /** The codec's fault of a message, or null. */
    public InvalidRecordException rejection(String json) {
        try {
            codec.read(json.getBytes(StandardCharsets.UTF_8));
            return null;
        } catch (InvalidRecordException e) {
            return e;
        }
    }

    /** The topic's sample messages, one per line. */
    public List<String> samples() throws IOException {
        try (InputStream in =
                        TopicSchema.class.getResourceAsStream("/samples/" + topic + ".jsonl");
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }

    private static JsonSchemaFactory factory() {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    }

    private static JsonNode load(String topic) {
        try (InputStream in =
                TopicSchema.class.getResourceAsStream("/schemas/" + topic + ".schema.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException("schema of topic " + topic, e);
        }
    }
}
