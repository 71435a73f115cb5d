package io.atalaya.lab.evaluate.series;

import io.atalaya.anomaly.series.SeriesModel;
import io.atalaya.anomaly.series.SeriesScore;
import io.atalaya.simulator.series.LabelledSeries;
import io.atalaya.simulator.series.LabelledSeries.Window;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes simulated series to files. */
final class SimulatedSeriesFiles implements AutoCloseable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final int LABELS = 4;

    /**
     * Outside windows, only one in ten of the rows without a rare feature is written, with weight
     * 10.
     */
    private static final double DULL = 1.3;

    private static final int DULL_KEPT = 10;

    /** Number of rarity features, which come first. */
    private static final int RARITIES = 23;

    private final Path directory;
    private final OutputStream features;
    private final Map<String, List<List<String>>> windows = new LinkedHashMap<>();

    SimulatedSeriesFiles(Path directory, boolean withFeatures) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
        this.features =
                withFeatures
                        ? new BufferedOutputStream(
                                Files.newOutputStream(directory.resolve("features.f32")), 1 << 20)
                        : null;
    }

    void add(String kind, LabelledSeries series) throws IOException {
        Files.createDirectories(directory.resolve(kind));
        String name = kind + "/" + series.name() + ".csv";
        try (Writer csv = Files.newBufferedWriter(directory.resolve(name))) {
            csv.write("timestamp,value\n");
            for (int row = 0; row < series.size(); row++) {
                csv.write(time(series.times()[row]) + "," + series.values()[row] + "\n");
            }
        }
        if (features != null) {
            addFeatures(series);
        }
        windows.put(
                name,
                series.windows().stream()
                        .map(window -> List.of(time(window.from()), time(window.to())))
                        .toList());
    }

    private void addFeatures(LabelledSeries series) throws IOException {
        SeriesModel model = SeriesModel.fresh();
        int probation = StandardProfile.probation(series.size());
        ByteBuffer line =
                ByteBuffer.allocate((LABELS + SeriesModel.FEATURES) * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < series.size(); row++) {
            SeriesScore evidence = model.update(series.times()[row], series.values()[row]);
            if (row < probation || !evidence.isKnown()) {
                continue;
            }
            int window = window(series, row);
            boolean dull = window == 0 && isDull(evidence.features());
            if (dull && row % DULL_KEPT != 0) {
                continue;
            }
            line.clear();
            line.putFloat(windows.size())
                    .putFloat(row)
                    .putFloat(window)
                    .putFloat(dull ? DULL_KEPT : 1);
            for (float each : evidence.features()) {
                line.putFloat(each);
            }
            features.write(line.array());
        }
    }

    private static boolean isDull(float[] features) {
        for (int i = 0; i < RARITIES; i++) {
            if (features[i] >= DULL) {
                return false;
            }
        }
        return true;
    }

    /** Window number from 1; 0 outside all windows. */
    private static int window(LabelledSeries series, int row) {
        long time = series.times()[row];
        for (int i = 0; i < series.windows().size(); i++) {
            Window window = series.windows().get(i);
            if (time >= window.from() && time <= window.to()) {
                return i + 1;
            }
        }
        return 0;
    }

    void writeWindows() throws IOException {
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve("windows.json").toFile(), windows);
    }

    private static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    @Override
    public void close() throws IOException {
        if (features != null) {
            features.close();
        }
    }
}
