package io.atalaya.contracts.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.ValidationMessage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Says what a schema finds wrong in a file of settings, and what it expects, in plain words. */
public final class SchemaFaults {
    private final JsonNode schema;

    /**
     * @param resource the schema, on the class path
     */
    public SchemaFaults(String resource) {
        try (InputStream in = SchemaFaults.class.getResourceAsStream(resource)) {
            schema = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JSON pointer to what is wrong: a value, or the field that has no place in it. */
    public static String pointer(ValidationMessage message) {
        String pointer = message.getInstanceLocation().toString();
        return message.getType().equals("additionalProperties")
                ? pointer + "/" + message.getProperty().replace("~", "~0").replace("/", "~1")
                : pointer;
    }

    /**
     * @param value at the pointer
     */
    public String text(ValidationMessage message, JsonNode value) {
        String keyword = message.getSchemaLocation().getFragment().toString();
        JsonNode limit = schema.at(keyword);
        JsonNode rule = schema.at(keyword.substring(0, keyword.lastIndexOf('/')));
        String expected =
                switch (message.getType()) {
                    case "required" -> "no " + message.getProperty() + ", expected one";
                    case "additionalProperties" ->
                            message.getProperty()
                                    + ", expected only "
                                    + names(rule.path("properties"));
                    case "enum" -> value + ", expected one of " + elements(limit);
                    case "pattern" -> value + ", expected " + rule.path("title").asText("");
                    case "type" -> value + ", expected " + type(limit.asText());
                    case "minimum" -> value + ", expected at least " + limit;
                    case "maximum" -> value + ", expected at most " + limit;
                    case "oneOf" -> "both or none of them, expected one of " + required(limit);
                    case "dependentRequired" ->
                            message.getProperty()
                                    + " alone, expected it with "
                                    + elements(limit.path(message.getProperty()));
                    case "minItems" -> value.size() + ", expected at least " + limit;
                    default ->
                            (value.isValueNode() ? value + ", " : "")
                                    + message.getMessage().replaceFirst("^[^ ]*: ", "");
                };
        return "got " + expected;
    }

    private static String type(String name) {
        return switch (name) {
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "string" -> "a text";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            default -> "fields with values";
        };
    }

    private static List<String> names(JsonNode properties) {
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> required(JsonNode alternatives) {
        List<String> names = new ArrayList<>();
        alternatives.forEach(each -> names.addAll(elements(each.path("required"))));
        return names;
    }

    private static List<String> elements(JsonNode list) {
        List<String> elements = new ArrayList<>();
        list.forEach(each -> elements.add(each.asText()));
        return elements;
    }
}
