package io.atalaya.videoanalytics.anomaly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Networks whose output for a row does not depend on the other rows to the last bit; they record
 * their runs.
 */
final class FakeModels implements ServedModels.Factory {
    private static final long serialVersionUID = 1L;

    private static final int PLACE = 8;

    private final String version;

    /** Rows of each run, in order. */
    final List<Integer> runs = new ArrayList<>();

    int open;

    FakeModels(String version) {
        this.version = version;
    }

    @Override
    public ServedModels open() {
        open++;
        return new ServedModels() {
            @Override
            public ServedModels.Model active(ModelKind kind) {
                return servedModel(kind);
            }

            @Override
            public void close() {
                open--;
            }
        };
    }

    private ServedModels.Model servedModel(ModelKind kind) {
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
            public List<float[]> run(List<float[]> rows) {
                runs.add(rows.size());
                return rows.stream()
                        .map(
                                row ->
                                        kind == ModelKind.TRAJECTORY
                                                ? place(row)
                                                : new float[] {rarest(row)})
                        .toList();
            }
        };
    }

    /** Some positions of the trajectory. */
    private static float[] place(float[] track) {
        float[] place = new float[PLACE];
        for (int i = 0; i < PLACE; i++) {
            place[i] = track[i * 4 + i % 2];
        }
        return place;
    }

    /** Maximum rarity of the channels, which are the first features. */
    private static float rarest(float[] evidence) {
        float[] rarities = Arrays.copyOf(evidence, 22);
        Arrays.sort(rarities);
        return rarities[rarities.length - 1];
    }
}
