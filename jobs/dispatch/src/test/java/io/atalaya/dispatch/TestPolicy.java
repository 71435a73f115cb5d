package io.atalaya.dispatch;

import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.PolicyReader;
import io.atalaya.dispatch.policy.PolicyReader.InvalidPolicyException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** The shipped policy, with changes. */
public final class TestPolicy {
    private static final Path DIRECTORY = Path.of("../../policy");

    private static final String POLYGONS =
            """
            {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"name": "Toluca"}, "geometry": {"type": "Polygon", "coordinates": [[[-99.8,19.2],[-99.6,19.2],[-99.6,19.4],[-99.8,19.4],[-99.8,19.2]]]}},
            {"type": "Feature", "properties": {"name": "Ecatepec de Morelos"}, "geometry": {"type": "Polygon", "coordinates": [[[-99.1,19.5],[-99.0,19.5],[-99.0,19.7],[-99.1,19.7],[-99.1,19.5]]]}}
            ]}
            """;

    private TestPolicy() {}

    /** With rectangles for Toluca and Ecatepec. */
    public static Policy withPolygons() {
        return with("municipalities", null, POLYGONS);
    }

    /**
     * With another text in one of its files.
     *
     * @param good what to replace; null: the whole file
     */
    public static Policy with(String file, String good, String other) {
        return changed(
                files -> {
                    if (good != null && !files.get(file).contains(good)) {
                        throw new IllegalArgumentException(file + " does not contain " + good);
                    }
                    files.put(file, good == null ? other : files.get(file).replace(good, other));
                });
    }

    /** With another text wherever a text is in its files. */
    public static Policy everywhere(String good, String other) {
        return changed(files -> files.replaceAll((name, text) -> text.replace(good, other)));
    }

    private static Policy changed(Consumer<Map<String, String>> change) {
        try {
            Map<String, String> files = PolicyReader.files(DIRECTORY);
            change.accept(files);
            return PolicyReader.read(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidPolicyException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
