package io.atalaya.dispatch.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A YAML document as a tree that knows the line of each value. */
final class YamlFile {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Integer> lines = new HashMap<>();
    private final JsonNode tree;

    private YamlFile(Node root) throws SyntaxException {
        tree = root == null ? NODES.nullNode() : tree(root, "");
    }

    /** What is no YAML, with its line. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;

        final int line;

        SyntaxException(int line, String message) {
            super(message);
            this.line = line;
        }
    }

    static YamlFile parse(String text) throws SyntaxException {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(20);
        try {
            return new YamlFile(
                    new Yaml(new SafeConstructor(options)).compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new SyntaxException(line, Objects.requireNonNullElse(e.getProblem(), "no YAML"));
        } catch (YAMLException e) {
            throw new SyntaxException(1, e.getMessage());
        }
    }

    JsonNode tree() {
        return tree;
    }

    /** The line of the value at a JSON pointer, or of what would hold it. */
    int line(String pointer) {
        String at = pointer;
        while (!lines.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return lines.getOrDefault(at, 1);
    }

    /** A JSON pointer for people: elements of a list that have a name by their name. */
    String path(String pointer) {
        StringBuilder path = new StringBuilder();
        JsonNode at = tree;
        for (String token : pointer.substring(1).split("/")) {
            String field = token.replace("~1", "/").replace("~0", "~");
            at = at.isArray() ? at.path(Integer.parseInt(field)) : at.path(field);
            String name = at.path("name").asText("");
            path.append(path.isEmpty() ? "" : ".").append(name.isEmpty() ? field : name);
        }
        return path.toString();
    }

    private JsonNode tree(Node node, String pointer) throws SyntaxException {
        lines.put(pointer, node.getStartMark().getLine() + 1);
        if (node instanceof MappingNode mapping) {
            ObjectNode object = NODES.objectNode();
            for (NodeTuple tuple : mapping.getValue()) {
                int line = tuple.getKeyNode().getStartMark().getLine() + 1;
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    throw new SyntaxException(line, "got a key of several values, expected a name");
                }
                String name = key.getValue();
                if (object.has(name)) {
                    throw new SyntaxException(line, "got " + name + " twice, expected it once");
                }
                String at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
                object.set(name, tree(tuple.getValueNode(), at));
                lines.put(at, line);
            }
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = NODES.arrayNode();
            for (Node each : sequence.getValue()) {
                array.add(tree(each, pointer + "/" + array.size()));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private static JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        if (node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT)) {
            try {
                JsonNode number = JSON.readTree(text);
                return number.isNumber() ? number : NODES.textNode(text);
            } catch (JsonProcessingException e) {
                return NODES.textNode(text);
            }
        }
        if (node.getTag().equals(Tag.BOOL)) {
            return NODES.booleanNode(text.equalsIgnoreCase("true"));
        }
        return node.getTag().equals(Tag.NULL) ? NODES.nullNode() : NODES.textNode(text);
    }
}
