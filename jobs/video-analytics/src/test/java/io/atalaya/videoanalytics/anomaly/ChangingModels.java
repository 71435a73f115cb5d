package io.atalaya.videoanalytics.anomaly;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Networks of any version, available at once; each version weighs rows differently. The versions
 * {@code throwing} and {@code mad} do not work.
 */
final class ChangingModels implements ServedModels.Factory {
    private static final long serialVersionUID = 1L;

    static final String FIRST = "1";
    static final String THROWING = "throwing";
    static final String MAD = "mad";

    private static final int PLACE = 8;

    /** Number of rows run, by version, for all kinds together. */
    final Map<String, Integer> rows = new TreeMap<>();

    final List<String> dropped = new ArrayList<>();

    @Override
    public ServedModels open() {
        return new ServedModels() {
            private final Map<ModelKind, ModelRequestResult.Versions> served =
                    new EnumMap<>(ModelKind.class);
            private final List<ModelRequestResult.Versions> coming = new ArrayList<>();

            @Override
            public ServedModels.Model active(ModelKind kind) {
                ModelRequestResult.Versions versions = served.get(kind);
                return servedModel(
                        kind,
                        versions == null || versions.active() == null ? FIRST : versions.active());
            }

            @Override
            public ServedModels.Model shadow(ModelKind kind) {
                ModelRequestResult.Versions versions = served.get(kind);
                return versions == null || versions.shadow() == null
                        ? null
                        : servedModel(kind, versions.shadow());
            }

            @Override
            public void choose(ModelRequestResult.Versions versions) {
                coming.add(versions);
            }

            @Override
            public void replaceLoaded() {
                coming.forEach(each -> served.put(each.kind(), each));
                coming.clear();
            }

            @Override
            public void settle() {
                replaceLoaded();
            }

            @Override
            public void dropShadow(ModelKind kind, RuntimeException reason) {
                dropped.add(served.get(kind).shadow());
                served.put(
                        kind,
                        new ModelRequestResult.Versions(kind, served.get(kind).active(), null));
            }

            @Override
            public boolean fallBack(ModelKind kind, RuntimeException reason) {
                String version = active(kind).version();
                dropped.add(version);
                served.put(kind, new ModelRequestResult.Versions(kind, null, null));
                return !version.equals(FIRST);
            }

            @Override
            public void close() {}
        };
    }

    private ServedModels.Model servedModel(ModelKind kind, String version) {
        return new ServedModels.Model() {
            @Override
            public String version() {
                return version;
            }

            @Override
            public int outputs() {
                return kind == ModelKind.TRAJECTORY ? PLACE : 1;
            }

            @Override
            public List<float[]> run(List<float[]> asked) {
                if (version.equals(THROWING)) {
                    throw new IllegalStateException("it does not run");
                }
                rows.merge(version, asked.size(), Integer::sum);
                return asked.stream().map(row -> output(row, outputs(), version)).toList();
            }
        };
    }

    private static float[] output(float[] row, int outputs, String version) {
        float[] output = new float[outputs];
        int shift = version.length() + version.charAt(0) % 7;
        for (int i = 0; i < outputs; i++) {
            output[i] = version.equals(MAD) ? Float.NaN : row[(i * 4 + i % 2 + shift) % row.length];
        }
        return output;
    }
}
