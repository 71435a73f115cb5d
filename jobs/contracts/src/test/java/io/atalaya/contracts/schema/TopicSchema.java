package io.atalaya.contracts.schema;

import io.atalaya.contracts.alert.AlertJson;
import io.atalaya.contracts.camera.CameraFrameJson;
import io.atalaya.contracts.device.DeviceJson;
import io.atalaya.contracts.disposition.DispositionJson;
import io.atalaya.contracts.hotlist.HotlistEntryJson;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.model.ModelAnswerJson;
import io.atalaya.contracts.model.ModelControlJson;
import io.atalaya.contracts.plate.PlateReadJson;
import io.atalaya.contracts.rfid.RfidReadJson;

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

/** A topic's published schema beside the codec that reads the topic. */
public enum TopicSchema {
    PLATE_READS("plate-reads", PlateReadJson::read),
    RFID_READS("rfid-reads", RfidReadJson::read),
    HOTLIST("hotlist", HotlistEntryJson::read),
    DEVICES("devices", DeviceJson::read),
    DISPOSITIONS("dispositions", DispositionJson::read),
    CAMERA_FRAMES("camera-frames", CameraFrameJson::read),
    MODEL_CONTROL("model-control", ModelControlJson::read),
    MODEL_ANSWERS("model-answers", ModelAnswerJson::read),
    ALERTS("alerts", message -> AlertJson.read(message, 0));

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

    /** What the schema says against a message; empty when it is valid. */
    public Set<ValidationMessage> faults(String json) throws IOException {
        return faults(MAPPER.readTree(json));
    }

    /** The same of a message that is parsed already. */
    public Set<ValidationMessage> faults(JsonNode json) {
        return schema.validate(json);
    }

    /** What a part of the schema, by JSON pointer, says against a value. */
    public Set<ValidationMessage> faults(String pointer, JsonNode value) {
        return factory().getSchema(text.at(pointer)).validate(value);
    }

    /** What the codec says against a message, or null. */
    public InvalidRecordException refusal(String json) {
        try {
            codec.read(json.getBytes(StandardCharsets.UTF_8));
            return null;
        } catch (InvalidRecordException e) {
            return e;
        }
    }

    /** The topic's sample messages, one a line. */
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
