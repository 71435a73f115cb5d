package io.atalaya.lab.evaluate.tracks;

import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.lab.evaluate.input.InputFiles;
import io.atalaya.lab.evaluate.input.Problems;
import io.atalaya.lab.evaluate.input.UnreadableInputException;
import io.atalaya.lab.evaluate.tracks.TrackScorer.RecordedTrack;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads {@code sceneId,trackId,t,x,y[,label]}: a row for each point, in any order. */
final class TrackFile {
    private static final List<String> REQUIRED = List.of("sceneId", "trackId", "t", "x", "y");
    private static final String LABEL = "label";
    private static final double NANOS = 1e9;

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setIgnoreHeaderCase(true)
                    // Exported data frames have an index column without a name.
                    .setAllowMissingColumnNames(true)
                    .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_EMPTY)
                    .setTrim(true)
                    .setIgnoreEmptyLines(true)
                    .get();

    private record Key(String sceneId, String trackId) {}

    private record Point(double t, double x, double y) {}

    /** The points and label of a track read so far. */
    private static final class LabelledPoints {
        private final List<Point> points = new ArrayList<>();
        private Boolean unusual;
    }

    private TrackFile() {}

    /**
     * The tracks in the order of their first rows, with points in time order.
     *
     * @throws UnreadableInputException if there is no track, a column is missing, or a value is
     *     malformed; it gives the lines
     */
    static List<RecordedTrack> read(Path file) {
        Map<Key, LabelledPoints> tracks = new LinkedHashMap<>();
        Problems problems = new Problems();
        try (CSVParser rows = CSVParser.parse(InputFiles.text(file), FORMAT)) {
            requireColumns(file, rows.getHeaderNames(), rows.getHeaderMap().keySet());
            for (CSVRecord row : rows) {
                String where = file + ":" + rows.getCurrentLineNumber() + ": ";
                if (row.isConsistent()) {
                    gather(tracks, row, where, problems);
                } else {
                    problems.add(
                            "%sgot %d values, expected %d, one for each column"
                                    .formatted(where, row.size(), rows.getHeaderNames().size()));
                }
            }
        } catch (NoSuchFileException e) {
            throw unreadable(file + ": cannot be read: no such file", e);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw unreadable(file + ": cannot be read: " + e.getMessage(), e);
        }
        problems.reject();
        if (tracks.isEmpty()) {
            throw unreadable(file + ": it holds no track, expected one or more", null);
        }
        return tracks.entrySet().stream().map(e -> track(e.getKey(), e.getValue())).toList();
    }

    private static void requireColumns(Path file, List<String> got, Set<String> columns) {
        List<String> missing = REQUIRED.stream().filter(name -> !columns.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw unreadable(
                    "%s:1: column %s: missing; got %s, expected a header with %s[,label]"
                            .formatted(
                                    file,
                                    String.join(", ", missing),
                                    got.isEmpty() ? "nothing" : String.join(",", got),
                                    String.join(",", REQUIRED)),
                    null);
        }
    }

    private static void gather(
            Map<Key, LabelledPoints> tracks, CSVRecord row, String where, Problems problems) {
        Key key = new Key(row.get("sceneId"), row.get("trackId"));
        if (key.trackId().isEmpty()) {
            problems.add(where + "trackId: got nothing, expected the name of a track");
        }
        LabelledPoints track = tracks.computeIfAbsent(key, k -> new LabelledPoints());
        track.points.add(
                new Point(
                        problems.read(() -> time(where, row.get("t")), Double.NaN),
                        problems.read(() -> coordinate(where, row, "x"), Double.NaN),
                        problems.read(() -> coordinate(where, row, "y"), Double.NaN)));
        if (row.isMapped(LABEL)) {
            track.unusual =
                    together(
                            track.unusual, problems.read(() -> label(where, row.get(LABEL)), null));
        }
    }

    private static RecordedTrack track(Key key, LabelledPoints labelled) {
        List<Point> points =
                labelled.points.stream().sorted(Comparator.comparingDouble(Point::t)).toList();
        return new RecordedTrack(
                key.sceneId(),
                key.trackId(),
                new Trajectory(
                        apart(points.stream().mapToDouble(Point::t).toArray()),
                        points.stream().mapToDouble(Point::x).toArray(),
                        points.stream().mapToDouble(Point::y).toArray()),
                labelled.unusual);
    }

    /**
     * Spreads points of equal time over the time to the next point, because the order of rows gives
     * their sequence where times are whole seconds or all equal.
     */
    private static double[] apart(double[] times) {
        double[] apart = new double[times.length];
        double gap = 1;
        for (int from = 0, to; from < times.length; from = to) {
            to = from + 1;
            while (to < times.length && times[to] == times[from]) {
                to++;
            }
            gap = to < times.length ? times[to] - times[from] : gap;
            for (int i = from; i < to; i++) {
                apart[i] = times[from] + gap * (i - from) / (to - from);
            }
        }
        return apart;
    }

    /** A track is unusual if any of its points is labelled so. */
    private static Boolean together(Boolean before, Boolean now) {
        if (before == null || now == null) {
            return before == null ? now : before;
        }
        return before || now;
    }

    /** A number as it is, a timestamp in seconds. */
    private static double time(String where, String text) {
        Double number = number(text);
        if (number != null) {
            return number;
        }
        try {
            Instant stamp = InputFiles.time(text);
            return stamp.getEpochSecond() + stamp.getNano() / NANOS;
        } catch (DateTimeParseException e) {
            throw unreadable(
                    where
                            + "t: got \""
                            + text
                            + "\", expected a finite number or a time such as 2026-01-01T06:00:00.040Z",
                    e);
        }
    }

    private static double coordinate(String where, CSVRecord row, String column) {
        Double number = number(row.get(column));
        if (number == null) {
            throw unreadable(
                    where + column + ": got \"" + row.get(column) + "\", expected a finite number",
                    null);
        }
        return number;
    }

    /** Null if it is not a finite number within the limit. */
    private static Double number(String text) {
        try {
            double value = Double.parseDouble(text);
            return Math.abs(value) <= Trajectory.MAX ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Accepts also program output such as 1.0 and True. */
    private static Boolean label(String where, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "0", "0.0", "false", "no" -> false;
            case "1", "1.0", "true", "yes" -> true;
            default ->
                    throw unreadable(
                            where
                                    + "label: got \""
                                    + text
                                    + "\", expected 0 or 1, false or true, no or yes",
                            null);
        };
    }

    private static UnreadableInputException unreadable(String message, Throwable cause) {
        return new UnreadableInputException(message, cause);
    }
}
