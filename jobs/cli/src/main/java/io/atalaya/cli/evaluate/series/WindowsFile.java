package io.atalaya.cli.evaluate.series;

import io.atalaya.cli.evaluate.UnreadableInputException;
import io.atalaya.cli.evaluate.series.StandardProfile.RowRange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Labelled windows by series: {@code {"realTraffic/a.csv": [["from", "to"], …], …}}. */
final class WindowsFile {
    private final Path file;
    private final Map<String, JsonNode> byPath = new LinkedHashMap<>();

    private WindowsFile(Path file) {
        this.file = file;
    }

    static WindowsFile read(Path file) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new UnreadableInputException(file + ": cannot be read: no such file", e);
        } catch (IOException e) {
            throw new UnreadableInputException(
                    file + ": cannot be read as JSON: " + e.getMessage(), e);
        }
        WindowsFile windows = new WindowsFile(file);
        if (root == null || !root.isObject()) {
            throw new UnreadableInputException(
                    file + ": expected an object with a list of windows for each series", null);
        }
        root.properties().forEach(entry -> windows.byPath.put(entry.getKey(), entry.getValue()));
        return windows;
    }

    /** Whether it has windows of a series, be it none: by its path, or else the last part of it. */
    boolean has(String series) {
        return list(series).isPresent();
    }

    /** The rows of a series that its windows cover, in order. */
    List<RowRange> of(SeriesFile series) {
        JsonNode list = list(series.name()).orElseThrow();
        String where = file + ": " + series.name() + ": ";
        List<RowRange> ranges = new ArrayList<>();
        for (JsonNode window : list) {
            if (!window.isArray() || window.size() != 2) {
                throw new UnreadableInputException(
                        where + "window: got " + window + ", expected [from, to]", null);
            }
            ranges.add(
                    range(
                            series,
                            SeriesFile.time(window.get(0).asText(), where),
                            SeriesFile.time(window.get(1).asText(), where),
                            where));
        }
        ranges.sort(Comparator.comparingInt(RowRange::first));
        return ranges;
    }

    private Optional<JsonNode> list(String series) {
        return Optional.ofNullable(byPath.get(series))
                .or(
                        () ->
                                byPath.entrySet().stream()
                                        .filter(
                                                entry ->
                                                        lastPart(entry.getKey())
                                                                .equals(lastPart(series)))
                                        .map(Map.Entry::getValue)
                                        .findFirst());
    }

    private static RowRange range(SeriesFile series, long from, long to, String where) {
        int first = -1;
        int last = -1;
        for (int row = 0; row < series.size(); row++) {
            long time = series.times()[row];
            if (time >= from && time <= to) {
                first = first < 0 ? row : first;
                last = row;
            }
        }
        if (first < 0) {
            throw new UnreadableInputException(where + "no row lies in a window", null);
        }
        return new RowRange(first, last);
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
