package io.atalaya.lab.evaluate.tracks;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes a row for each track, the most unusual first. */
final class ScoreFile {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180
                    .builder()
                    .setHeader(
                            "sceneId",
                            "trackId",
                            "start",
                            "end",
                            "points",
                            "score",
                            "scoreInTimeOrder",
                            "label")
                    .setRecordSeparator('\n')
                    .get();

    private static final CSVFormat THRESHOLDS =
            CSVFormat.RFC4180
                    .builder()
                    .setHeader("threshold", "alerts", "perCameraDay", "unusual", "usual")
                    .setRecordSeparator('\n')
                    .get();

    private ScoreFile() {}

    static void write(Path file, List<ScoredTrack> falling) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                CSVPrinter csv = new CSVPrinter(out, FORMAT)) {
            for (ScoredTrack scored : falling) {
                RecordedTrack track = scored.track();
                csv.printRecord(
                        track.sceneId(),
                        track.trackId(),
                        track.begin(),
                        track.end(),
                        track.way().size(),
                        text(scored.score()),
                        scored.inTimeOrder() == null ? "" : text(scored.inTimeOrder()),
                        track.unusual() == null ? "" : track.unusual() ? 1 : 0);
            }
        }
    }

    /**
     * Writes the number of tracks at or above each threshold.
     *
     * @param cameraDays recorded days; 0 if unknown
     */
    static void writeThresholds(Path file, List<ScoredTrack> falling, double cameraDays)
            throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                CSVPrinter csv = new CSVPrinter(out, THRESHOLDS)) {
            int unusual = 0;
            int usual = 0;
            for (int i = 0; i < falling.size(); i++) {
                Boolean label = falling.get(i).track().unusual();
                unusual += label != null && label ? 1 : 0;
                usual += label != null && !label ? 1 : 0;
                if (i + 1 == falling.size()
                        || falling.get(i + 1).score() < falling.get(i).score()) {
                    csv.printRecord(
                            text(falling.get(i).score()),
                            i + 1,
                            cameraDays > 0 ? text((i + 1) / cameraDays) : "",
                            unusual,
                            usual);
                }
            }
        }
    }

    private static String text(double score) {
        return String.format(Locale.ROOT, "%.4f", score);
    }
}
