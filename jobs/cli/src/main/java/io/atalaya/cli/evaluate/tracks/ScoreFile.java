package io.atalaya.cli.evaluate.tracks;

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

    private ScoreFile() {}

    static void write(Path file, List<ScoredTrack> falling) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                CSVPrinter csv = new CSVPrinter(out, FORMAT)) {
            for (ScoredTrack scored : falling) {
                RecordedTrack track = scored.track();
                csv.printRecord(
                        track.sceneId(),
                        track.trackId(),
                        track.way().t()[0],
                        track.end(),
                        track.way().size(),
                        text(scored.score()),
                        scored.inTimeOrder() == null ? "" : text(scored.inTimeOrder()),
                        track.unusual() == null ? "" : track.unusual() ? 1 : 0);
            }
        }
    }

    private static String text(double score) {
        return String.format(Locale.ROOT, "%.4f", score);
    }
}
