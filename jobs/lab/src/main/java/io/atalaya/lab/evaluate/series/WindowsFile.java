package io.atalaya.lab.evaluate.series;

import io.atalaya.lab.evaluate.input.Problems;
import io.atalaya.lab.evaluate.input.UnreadableInputException;
import io.atalaya.lab.evaluate.series.StandardProfile.RowRange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Labelled windows by series: {@code {"realTraffic/a.csv": [["from", "to"], …], …}}. */
final class WindowsFile {
    private final Path file;
    private final Map<String, JsonNode> bySeries = new LinkedHashMap<>();

    private WindowsFile(Path file) {
        this.file = file;
    }

    /**
     * Reads the windows of the given series. A series whose path is not in the file gets the
     * windows of the only path with the same file name, if no other series has that name.
     */
    static WindowsFile read(Path file, Collection<String> series) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new UnreadableInputException(file + ": cannot be read: no such file", e);
        } catch (IOException e) {
            throw new UnreadableInputException(
                    file + ": cannot be read as JSON: " + e.getMessage(), e);
        }
        if (root == null || !root.isObject()) {
            throw new UnreadableInputException(
                    file + ": expected an object with a list of windows for each series", null);
        }
        Map<String, List<String>> paths =
                byName(root.properties().stream().map(Map.Entry::getKey).toList());
        Map<String, List<String>> names = byName(series);
        WindowsFile windows = new WindowsFile(file);
        for (String each : series) {
            List<String> alike = paths.getOrDefault(lastPart(each), List.of());
            if (root.has(each)) {
                windows.bySeries.put(each, root.get(each));
            } else if (alike.size() == 1 && names.get(lastPart(each)).size() == 1) {
                windows.bySeries.put(each, root.get(alike.get(0)));
            }
        }
        return windows;
    }

    private static Map<String, List<String>> byName(Collection<String> paths) {
        return paths.stream().collect(Collectors.groupingBy(WindowsFile::lastPart));
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether the file has windows, possibly an empty list, for a series. */
    boolean has(String series) {
        return bySeries.containsKey(series);
    }

    /**
     * The rows that the windows of a series cover, in order.
     *
     * @param warnings receives windows without a row, which can be neither found nor missed
     * @throws UnreadableInputException if a window is malformed or shares rows with another
     */
    List<RowRange> of(SeriesFile series, Consumer<String> warnings) {
        String where = file + ": " + series.name() + ": ";
        JsonNode all = bySeries.get(series.name());
        if (!all.isArray()) {
            throw new UnreadableInputException(
                    where + "windows: got " + all + ", expected a list of [from, to]", null);
        }
        List<RowRange> ranges = new ArrayList<>();
        Problems problems = new Problems();
        for (JsonNode window : all) {
            problems.read(
                    () -> {
                        range(series, window, where)
                                .ifPresentOrElse(
                                        ranges::add,
                                        () ->
                                                warnings.accept(
                                                        where
                                                                + "window "
                                                                + window
                                                                + ": no row lies in it, left out"));
                        return null;
                    },
                    null);
        }
        problems.reject();
        ranges.sort(Comparator.comparingInt(RowRange::first));
        requireDisjoint(ranges, series, where);
        return ranges;
    }

    private static Optional<RowRange> range(SeriesFile series, JsonNode window, String where) {
        if (!window.isArray() || window.size() != 2) {
            throw new UnreadableInputException(
                    where + "window: got " + window + ", expected [from, to]", null);
        }
        long from = SeriesFile.time(window.get(0).asText(), where);
        long to = SeriesFile.time(window.get(1).asText(), where);
        if (to < from) {
            throw new UnreadableInputException(
                    where + "window: got " + window + ", expected its end not before its begin",
                    null);
        }
        int first = -1;
        int last = -1;
        for (int row = 0; row < series.size(); row++) {
            long time = series.times()[row];
            if (time >= from && time <= to) {
                first = first < 0 ? row : first;
                last = row;
            }
        }
        return first < 0 ? Optional.empty() : Optional.of(new RowRange(first, last));
    }

    /** Rejects shared rows, because an alarm in two windows would count for one only. */
    private static void requireDisjoint(List<RowRange> ordered, SeriesFile series, String where) {
        for (int i = 1; i < ordered.size(); i++) {
            int last = ordered.get(i - 1).last();
            int first = ordered.get(i).first();
            if (first <= last) {
                throw new UnreadableInputException(
                        "%swindows: got one up to %s and another from %s on, expected no row in two"
                                .formatted(
                                        where,
                                        Instant.ofEpochMilli(series.times()[last]),
                                        Instant.ofEpochMilli(series.times()[first])),
                        null);
            }
        }
    }
}
