package io.atalaya.cli.evaluate.series;

import io.atalaya.cli.evaluate.UnreadableInputException;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A series as the Numenta Anomaly Benchmark keeps it: CSV with {@code timestamp,value}.
 *
 * @param name path below the directory, with slashes
 * @param times epoch milliseconds; the file's local times are taken as UTC
 * @param values as many
 */
record SeriesFile(String name, long[] times, double[] values) {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .appendPattern("yyyy-MM-dd HH:mm[:ss]")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .toFormatter();

    /** More is no series of these, but a mistake. */
    private static final int MOST_ROWS = 5_000_000;

    /** All {@code .csv} below a directory, by name. */
    static List<SeriesFile> in(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> files =
                    paths.filter(path -> path.toString().endsWith(".csv"))
                            .filter(SeriesFile::hasTheHeader)
                            .sorted()
                            .toList();
            if (files.isEmpty()) {
                throw new UnreadableInputException(
                        directory + ": no .csv with the columns timestamp,value in it", null);
            }
            List<SeriesFile> series = new ArrayList<>();
            for (Path file : files) {
                series.add(read(directory.relativize(file).toString().replace('\\', '/'), file));
            }
            return series;
        } catch (NoSuchFileException e) {
            throw new UnreadableInputException(
                    directory + ": cannot be read: no such directory", e);
        } catch (IOException | UncheckedIOException e) {
            throw new UnreadableInputException(directory + ": cannot be read: " + e, e);
        }
    }

    /** Results and other tables may lie beside the series. */
    private static boolean hasTheHeader(Path file) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.findFirst()
                    .map(line -> line.strip().startsWith("timestamp,value"))
                    .orElse(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SeriesFile read(String name, Path file) throws IOException {
        List<Long> times = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
        try (CSVParser rows = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
            for (CSVRecord row : rows) {
                String where = file + ":" + rows.getCurrentLineNumber() + ": ";
                if (times.size() == MOST_ROWS) {
                    throw new UnreadableInputException(
                            where + "more than " + MOST_ROWS + " rows", null);
                }
                times.add(time(row.get("timestamp"), where));
                values.add(value(row.get("value"), where));
            }
        }
        return new SeriesFile(
                name,
                times.stream().mapToLong(Long::longValue).toArray(),
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * Milliseconds of a time in the benchmark's notation.
     *
     * @param where for the message
     */
    static long time(String text, String where) {
        try {
            return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC).toEpochMilli();
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
        if (!Double.isFinite(value)) {
            throw new UnreadableInputException(
                    where + "value: got '" + text + "', expected a finite number", null);
        }
        return value;
    }

    /**
     * This series, if it has a length that alarms can be counted by.
     *
     * @throws UnreadableInputException if not
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
