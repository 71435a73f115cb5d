package io.atalaya.inference;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code manifest.json} strictly, because a misspelt field must not look like a missing one.
 */
final class ModelManifestCodec {
    static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_TEXT = 2_000;
    private static final int MAX_TENSORS = 16;
    private static final int MAX_RANK = 8;
    private static final int MAX_DIMENSION = 1 << 24;
    private static final double MAX_NUMBER = 1e9;
    private static final String DIGEST = "64 lower-case hexadecimal digits";

    private ModelManifestCodec() {}

    static ModelManifest read(byte[] json) throws InvalidRecordException {
        String name = null;
        String version = null;
        String description = null;
        String source = null;
        String licence = null;
        String file = null;
        String sha256 = null;
        List<ModelManifest.TensorSpec> inputs = null;
        List<ModelManifest.TensorSpec> outputs = null;
        Map<String, Double> preprocessing = Map.of();
        Map<String, Integer> classes = Map.of();
        Map<String, Double> thresholds = Map.of();
        String measured = null;
        try (JsonIn in = JsonIn.object(json, MAX_BYTES)) {
            while (in.nextField()) {
                switch (in.field()) {
                    case "name" -> name = in.nonBlank(MAX_TEXT);
                    case "version" -> version = in.nonBlank(MAX_TEXT);
                    case "description" -> description = in.nonBlank(MAX_TEXT);
                    case "source" -> source = in.nonBlank(MAX_TEXT);
                    case "licence" -> licence = in.nonBlank(MAX_TEXT);
                    case "file" -> file = fileName(in);
                    case "sha256" -> sha256 = digest(in);
                    case "inputs" -> inputs = in.list(MAX_TENSORS, ModelManifestCodec::tensor);
                    case "outputs" -> outputs = in.list(MAX_TENSORS, ModelManifestCodec::tensor);
                    case "preprocessing" -> preprocessing = in.object(ModelManifestCodec::numbers);
                    case "classes" -> classes = in.object(ModelManifestCodec::columns);
                    case "thresholds" -> thresholds = in.object(ModelManifestCodec::numbers);
                    case "measured" -> measured = in.nonBlank(MAX_TEXT);
                    default -> throw unknown(in);
                }
            }
            return new ModelManifest(
                    in.required("name", name),
                    in.required("version", version),
                    in.required("description", description),
                    in.required("source", source),
                    in.required("licence", licence),
                    in.required("file", file),
                    in.required("sha256", sha256),
                    in.required("inputs", inputs),
                    in.required("outputs", outputs),
                    preprocessing,
                    classes,
                    thresholds,
                    in.required("measured", measured));
        }
    }

    /** A file name without a path, because the file must be beside the manifest. */
    private static String fileName(JsonIn in) throws InvalidRecordException {
        String file = in.nonBlank(MAX_TEXT);
        if (file.contains("/") || file.contains("\\") || file.startsWith(".")) {
            throw in.invalid(file, "the name of a file beside the manifest");
        }
        return file;
    }

    private static String digest(JsonIn in) throws InvalidRecordException {
        String digest = in.nonBlank(MAX_TEXT);
        if (!digest.matches("[0-9a-f]{64}")) {
            throw in.invalid(digest, DIGEST);
        }
        return digest;
    }

    private static ModelManifest.TensorSpec tensor(JsonIn list) throws InvalidRecordException {
        return list.object(
                in -> {
                    String name = null;
                    List<Integer> shape = null;
                    while (in.nextField()) {
                        switch (in.field()) {
                            case "name" -> name = in.nonBlank(MAX_TEXT);
                            case "shape" ->
                                    shape = in.list(MAX_RANK, i -> i.integer(-1, MAX_DIMENSION));
                            default -> throw unknown(in);
                        }
                    }
                    return new ModelManifest.TensorSpec(
                            in.required("name", name), in.required("shape", shape));
                });
    }

    private static Map<String, Double> numbers(JsonIn in) throws InvalidRecordException {
        Map<String, Double> numbers = new LinkedHashMap<>();
        while (in.nextField()) {
            numbers.put(in.field(), in.number(-MAX_NUMBER, MAX_NUMBER));
        }
        return numbers;
    }

    private static Map<String, Integer> columns(JsonIn in) throws InvalidRecordException {
        Map<String, Integer> columns = new LinkedHashMap<>();
        while (in.nextField()) {
            columns.put(in.field(), in.integer(0, MAX_DIMENSION));
        }
        return columns;
    }

    private static InvalidRecordException unknown(JsonIn in) {
        return InvalidRecordException.fault(
                in.field(), "a field that manifests do not have", "a documented one");
    }
}
