package io.atalaya.lab.evaluate.series;

import io.atalaya.anomaly.series.SeriesModel;
import io.atalaya.lab.evaluate.input.InputFiles;
import io.atalaya.lab.evaluate.input.Problems;
import io.atalaya.lab.evaluate.input.UnreadableInputException;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A series in the format of the Numenta Anomaly Benchmark: CSV with {@code timestamp,value}.
 *
 * @param name path below the directory, with slashes
 * @param times epoch milliseconds, rising; times without an offset are UTC
 * @param values one per time
 */
record SeriesFile(String name, long[] times, double[] values) {
    /** A longer file is treated as a mistake. */
    private static final int MAX_ROWS = 5_000_000;

    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setIgnoreHeaderCase(true)
                    .setTrim(true)
                    .get();

    private static final Pattern HEADER =
            Pattern.compile(
                    "\\s*\"?timestamp\"?\\s*,\\s*\"?value\"?\\s*(,.*)?", Pattern.CASE_INSENSITIVE);

    private record Row(long time, double value) {}

    /** The series files below a directory, by name. */
    static SortedMap<String, Path> in(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            SortedMap<String, Path> files = new TreeMap<>();
            paths.filter(path -> path.toString().endsWith(".csv"))
                    .filter(SeriesFile::hasTheHeader)
                    .forEach(path -> files.put(name(directory, path), path));
            if (files.isEmpty()) {
                throw new UnreadableInputException(
                        directory + ": no .csv with the columns timestamp,value in it", null);
            }
            return files;
        } catch (NoSuchFileException e) {
            throw new UnreadableInputException(
                    directory + ": cannot be read: no such directory", e);
        } catch (IOException | UncheckedIOException e) {
            throw new UnreadableInputException(directory + ": cannot be read: " + e, e);
        }
    }

    private static String name(Path directory, Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }

    /** Skips results and other tables in the directory. */
    private static boolean hasTheHeader(Path file) {
        try (BufferedReader text = InputFiles.text(file)) {
            String header = text.readLine();
            return header != null && HEADER.matcher(header).matches();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a series; its rows may be in any order.
     *
     * @throws UnreadableInputException if rows are malformed; it gives their lines
     */
    static SeriesFile read(String name, Path file) {
        List<Row> read = new ArrayList<>();
        Problems problems = new Problems();
        try (CSVParser rows = CSVParser.parse(InputFiles.text(file), FORMAT)) {
            for (CSVRecord row : rows) {
                String where = file + ":" + rows.getCurrentLineNumber() + ": ";
                if (read.size() == MAX_ROWS) {
                    throw new UnreadableInputException(
                            where + "more than " + MAX_ROWS + " rows", null);
                }
                read.add(
                        new Row(
                                problems.read(() -> time(row.get("timestamp"), where), 0L),
                                problems.read(
                                        () ->
                                                value(
                                                        row.isSet("value") ? row.get("value") : "",
                                                        where),
                                        Double.NaN)));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new UnreadableInputException(file + ": cannot be read: " + e, e);
        }
        problems.reject();
        // Rows are scored by earlier ones. The sort is stable, so rows of equal time keep their
        // file order.
        read.sort(Comparator.comparingLong(Row::time));
        return new SeriesFile(
                name,
                read.stream().mapToLong(Row::time).toArray(),
                read.stream().mapToDouble(Row::value).toArray());
    }

    /**
     * Epoch milliseconds of a time in the benchmark's notation or in ISO 8601.
     *
     * @param where prefix of the error message
     */
    static long time(String text, String where) {
        try {
            return InputFiles.time(text).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new UnreadableInputException(
                    where
                            + "timestamp: got '"
                            + text
                            + "', expected a time such as 2015-09-01 13:45:00",
                    e);
        }
    }

    private static double value(String text, String where) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!(Math.abs(value) <= SeriesModel.MAX_VALUE)) {
            throw new UnreadableInputException(
                    where + "value: got '" + text + "', expected a number between -1e12 and 1e12",
                    null);
        }
        return value;
    }

    /**
     * Returns this series if its duration is above 0, because alarms are counted per day.
     *
     * @throws UnreadableInputException otherwise
     */
    SeriesFile requireLength() {
        if (size() < 2 || times[size() - 1] <= times[0]) {
            throw new UnreadableInputException(
                    "%s: got %d rows, expected two or more, the last one later than the first"
                            .formatted(name, size()),
                    null);
        }
        return this;
    }

    int size() {
        return times.length;
    }
}
