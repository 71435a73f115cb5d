package io.atalaya.lab.evaluate.input;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.TopicRecordCodec;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;

/** Reads input files. The ground truth and the alerts may be gzipped. */
public final class InputFiles {
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .appendPattern("uuuu-MM-dd[' ']['T']HH:mm[:ss]")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .appendPattern("[XXX][XX]")
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    private InputFiles() {}

    /** Reads a {@code truth.json}. */
    public static GroundTruth truth(Path file) {
        try (InputStream in = open(file)) {
            return GroundTruth.CODEC.read(in.readAllBytes());
        } catch (InvalidRecordException e) {
            throw new UnreadableInputException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Reads the {@code alerts.jsonl} of a replay, in file order. */
    public static List<ScoredAlert> alerts(Path file) {
        List<ScoredAlert> alerts = new ArrayList<>();
        forEachAlert(file, (alert, record) -> alerts.add(alert));
        return alerts;
    }

    /** Passes on each alert of an {@code alerts.jsonl} with its record, in file order. */
    public static void forEachAlert(Path file, BiConsumer<ScoredAlert, TopicRecord> consumer) {
        int number = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    TopicRecord record =
                            TopicRecordCodec.read(
                                    Topics.ALERTS, line.getBytes(StandardCharsets.UTF_8));
                    consumer.accept(AlertMessage.read(record.value(), record.timestamp()), record);
                }
            }
        } catch (InvalidRecordException e) {
            throw new UnreadableInputException(file + ":" + number + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Opens UTF-8 text after an optional byte order mark; invalid bytes become �. */
    public static BufferedReader text(Path file) throws IOException {
        BufferedReader text =
                new BufferedReader(
                        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return text;
    }

    /**
     * Parses a time of an exported table, in ISO 8601, also with a blank in place of T; without an
     * offset it is UTC.
     *
     * @throws java.time.format.DateTimeParseException if it is malformed
     */
    public static Instant time(String text) {
        TemporalAccessor time = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime known
                ? known.toInstant()
                : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            return file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static UnreadableInputException unreadable(Path file, IOException e) {
        String why = e instanceof NoSuchFileException ? "no such file" : e.getMessage();
        return new UnreadableInputException(file + ": cannot be read: " + why, e);
    }
}
