package io.atalaya.inference;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;

import java.util.List;
import java.util.Map;

/**
 * The description of a model in its directory: {@code manifest.json}.
 *
 * @param description one sentence
 * @param source of the weights
 * @param licence SPDX identifier
 * @param file of the weights, beside the manifest
 * @param sha256 of that file, in lower-case hexadecimal
 * @param inputs by their names in the model
 * @param outputs by their names in the model
 * @param preprocessing numbers for the preparation of an input
 * @param classes the meanings of an output's columns; empty where they have no names
 * @param thresholds numbers for the interpretation of an output
 * @param measured quality of the model, and the data that it was measured on
 */
public record ModelManifest(
        String name,
        String version,
        String description,
        String source,
        String licence,
        String file,
        String sha256,
        @JsonSetter(nulls = Nulls.SET) List<TensorSpec> inputs,
        @JsonSetter(nulls = Nulls.SET) List<TensorSpec> outputs,
        Map<String, Double> preprocessing,
        Map<String, Integer> classes,
        Map<String, Double> thresholds,
        String measured) {
    static final int MAX_BYTES = 256 * 1024;

    /** Strict, because a misspelt field must not look like a missing one. */
    static final RecordCodec<ModelManifest> CODEC =
            new RecordCodec<>(
                    ModelManifest.class,
                    MAX_BYTES,
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final int MAX_TEXT = 2_000;
    private static final int MAX_TENSORS = 16;
    private static final int MAX_RANK = 8;
    private static final int MAX_DIMENSION = 1 << 24;
    private static final double MAX_NUMBER = 1e9;

    public ModelManifest {
        Field.visible("name", name, MAX_TEXT);
        Field.visible("version", version, MAX_TEXT);
        Field.visible("description", description, MAX_TEXT);
        Field.visible("source", source, MAX_TEXT);
        Field.visible("licence", licence, MAX_TEXT);
        Field.visible("file", file, MAX_TEXT);
        if (file.contains("/") || file.contains("\\") || file.startsWith(".")) {
            throw Field.invalid("file", file, "the name of a file beside the manifest");
        }
        if (!Field.required("sha256", sha256).matches("[0-9a-f]{64}")) {
            throw Field.invalid("sha256", sha256, "64 lower-case hexadecimal digits");
        }
        inputs = elements("inputs", inputs, MAX_TENSORS);
        outputs = elements("outputs", outputs, MAX_TENSORS);
        preprocessing.forEach((key, value) -> requireNumber("preprocessing." + key, value));
        classes.forEach((key, value) -> Field.integer("classes." + key, value, 0, MAX_DIMENSION));
        thresholds.forEach((key, value) -> requireNumber("thresholds." + key, value));
        Field.visible("measured", measured, MAX_TEXT);
    }

    /** At least one, also because an empty list is not written. */
    private static <T> List<T> elements(String field, List<T> value, int max) {
        List<T> elements = Field.list(field, value, max);
        if (elements.isEmpty()) {
            throw Field.invalid(field, "[]", "1 to " + max + " elements");
        }
        return elements;
    }

    private static void requireNumber(String field, double value) {
        Field.number(field, value, -MAX_NUMBER, MAX_NUMBER);
    }

    /**
     * An input or an output.
     *
     * @param shape -1 for a dimension of any length
     */
    public record TensorSpec(String name, @JsonSetter(nulls = Nulls.SET) List<Integer> shape) {
        public TensorSpec {
            Field.visible("name", name, MAX_TEXT);
            shape = elements("shape", shape, MAX_RANK);
            for (int i = 0; i < shape.size(); i++) {
                Field.integer("shape[" + i + "]", shape.get(i), -1, MAX_DIMENSION);
            }
        }
    }

    /** A number of the preprocessing. */
    public double preprocessing(String key) {
        return required("preprocessing", preprocessing, key);
    }

    /** Like {@link #preprocessing(String)}, for a number that must be whole and positive. */
    public int pixels(String key) {
        double value = preprocessing(key);
        if (value < 1 || value != Math.rint(value)) {
            throw new InvalidModelException(
                    "%s: preprocessing.%s: got %s, expected a whole number of pixels"
                            .formatted(this.name, key, value));
        }
        return (int) value;
    }

    public double threshold(String key) {
        return required("thresholds", thresholds, key);
    }

    private double required(String group, Map<String, Double> numbers, String key) {
        Double value = numbers.get(key);
        if (value == null) {
            throw new InvalidModelException(
                    "%s %s: %s.%s is missing from the manifest"
                            .formatted(name, version, group, key));
        }
        return value;
    }
}
