package io.atalaya.inference;

import java.util.List;
import java.util.Map;

/**
 * What a model directory says of its model: {@code manifest.json}.
 *
 * @param description one sentence
 * @param source where the weights come from
 * @param licence SPDX identifier
 * @param file of the weights, beside the manifest
 * @param sha256 of that file, in lower-case hexadecimal
 * @param inputs by their names in the model
 * @param outputs by their names in the model
 * @param preprocessing numbers by which an input is made
 * @param classes what the columns of an output stand for; empty where they have no names
 * @param thresholds numbers by which an output is judged
 * @param measured how good it is, and on what
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
     * @param shape -1 where the model takes any length
     */
    public record TensorSpec(String name, List<Integer> shape) {}

    /** A number of the preprocessing. */
    public double preprocessing(String key) {
        return required("preprocessing", preprocessing, key);
    }

    /** The same, where it must be whole and positive. */
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
