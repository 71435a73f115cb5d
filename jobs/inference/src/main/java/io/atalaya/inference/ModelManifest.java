package io.atalaya.inference;

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
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        Map<String, Double> preprocessing,
        Map<String, Integer> classes,
        Map<String, Double> thresholds,
        String measured) {

    /**
     * An input or an output.
     *
     * @param shape -1 for a dimension of any length
     */
    public record TensorSpec(String name, List<Integer> shape) {}

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
