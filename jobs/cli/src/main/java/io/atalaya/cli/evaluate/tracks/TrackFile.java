package io.atalaya.cli.evaluate.tracks;

import io.atalaya.anomaly.track.Trajectory;
import io.atalaya.cli.evaluate.TextInput;
import io.atalaya.cli.evaluate.UnreadableInputException;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code sceneId,trackId,t,x,y[,label]}: a row for each point, in any order. */
final class TrackFile {
    private static final List<String> REQUIRED = List.of("sceneId", "trackId", "t", "x", "y");
    private static final String LABEL = "label";

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setIgnoreHeaderCase(true)
                    .setTrim(true)
                    .setIgnoreEmptyLines(true)
                    .get();

    private record Key(String sceneId, String trackId) {}

    private record Point(double t, double x, double y) {}

    /** What is known of a track so far. */
    private static final class Gathered {
        private final List<Point> points = new ArrayList<>();
        private Boolean unusual;
    }

    private TrackFile() {}

    /**
     * The tracks in the order of their first rows, each point in the order of time.
     *
     * @throws UnreadableInputException if there is none, a column is missing, or a value is not
     *     what its column holds; it says the line
     */
    static List<RecordedTrack> read(Path file) {
        Map<Key, Gathered> tracks = new LinkedHashMap<>();
        try (CSVParser rows = CSVParser.parse(TextInput.open(file), FORMAT)) {
            for (String column : REQUIRED) {
                if (!rows.getHeaderMap().containsKey(column)) {
                    throw unreadable(
                            file
                                    + ":1: column "
                                    + column
                                    + ": missing, expected a header with "
                                    + String.join(",", REQUIRED)
                                    + "[,label]",
                            null);
                }
            }
            boolean labelled = rows.getHeaderMap().containsKey(LABEL);
            for (CSVRecord row : rows) {
                String where = file + ":" + rows.getCurrentLineNumber() + ": ";
                if (!row.isConsistent()) {
                    throw unreadable(
                            where + "got " + row.size() + " values, expected one for each column",
                            null);
                }
                Key key = new Key(row.get("sceneId"), row.get("trackId"));
                Gathered track = tracks.computeIfAbsent(key, k -> new Gathered());
                track.points.add(
                        new Point(
                                number(where, row, "t"),
                                number(where, row, "x"),
                                number(where, row, "y")));
                if (labelled) {
                    track.unusual = together(track.unusual, label(where, row.get(LABEL)));
                }
            }
        } catch (NoSuchFileException e) {
            throw unreadable(file + ": cannot be read: no such file", e);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw unreadable(file + ": cannot be read: " + e.getMessage(), e);
        }
        if (tracks.isEmpty()) {
            throw unreadable(file + ": it holds no track, expected one or more", null);
        }
        return tracks.entrySet().stream().map(e -> track(e.getKey(), e.getValue())).toList();
    }

    private static RecordedTrack track(Key key, Gathered gathered) {
        List<Point> points =
                gathered.points.stream().sorted(Comparator.comparingDouble(Point::t)).toList();
        return new RecordedTrack(
                key.sceneId(),
                key.trackId(),
                new Trajectory(
                        points.stream().mapToDouble(Point::t).toArray(),
                        points.stream().mapToDouble(Point::x).toArray(),
                        points.stream().mapToDouble(Point::y).toArray()),
                gathered.unusual);
    }

    /** A track is unusual if it is so anywhere. */
    private static Boolean together(Boolean before, Boolean now) {
        if (before == null || now == null) {
            return before == null ? now : before;
        }
        return before || now;
    }

    private static double number(String where, CSVRecord row, String column) {
        String text = row.get(column);
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, as for numbers that are not finite.
        }
        throw unreadable(where + column + ": got \"" + text + "\", expected a finite number", null);
    }

    /** Also as programs write numbers: 1.0. */
    private static Boolean label(String where, String text) {
        return switch (text) {
            case "" -> null;
            case "0", "0.0" -> false;
            case "1", "1.0" -> true;
            default ->
                    throw unreadable(where + "label: got \"" + text + "\", expected 0 or 1", null);
        };
    }

    private static UnreadableInputException unreadable(String message, Throwable cause) {
        return new UnreadableInputException(message, cause);
    }
}
