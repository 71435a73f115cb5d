package io.atalaya.campaign;

import io.atalaya.contracts.topic.Topics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;

/** The published schema of an output topic. */
final class OutputSchema {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonSchema schema;

    OutputSchema(String topic) {
        try (InputStream in =
                OutputSchema.class.getResourceAsStream(
                        Topics.named(List.of(topic)).get(0).schema())) {
            schema =
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(MAPPER.readTree(in));
        } catch (IOException e) {
            throw new IllegalStateException("schema of topic " + topic, e);
        }
    }

    /** The schema violations of a message; empty if it is valid. */
    String faults(byte[] message) {
        try {
            return schema.validate(MAPPER.readTree(message)).stream()
                    .map(fault -> fault.getInstanceLocation() + " " + fault.getType())
                    .sorted()
                    .distinct()
                    .collect(Collectors.joining(", "));
        } catch (JsonProcessingException e) {
            return "no JSON: " + e.getOriginalMessage();
        } catch (IOException e) {
            throw new IllegalStateException("reading JSON from memory", e);
        }
    }
}
