package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.RecordCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.TopicRecordCodec;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.lab.evaluate.dispatch.DispatchLog.Message;
import io.atalaya.lab.evaluate.input.UnreadableInputException;
import io.atalaya.simulator.dispatch.TrueIncident;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Reads what a replay of the dispatch job wrote. */
final class DispatchFiles {
    /** The queue of each site. */
    private static final List<String> QUEUES =
            List.of(Topics.DISPATCH_TOLUCA, Topics.DISPATCH_ECATEPEC);

    private static final String QUEUE_PREFIX = "dispatch-";

    private DispatchFiles() {}

    /** Whether a directory is the output of a replay. */
    static boolean isOutput(Path directory) {
        return Files.exists(file(directory, Topics.INCIDENTS));
    }

    /** Reads an output; a topic without a file has no record. */
    static DispatchLog read(Path directory) {
        List<Incident> incidents = values(directory, Topics.INCIDENTS, Incident.CODEC);
        List<Message> messages = new ArrayList<>();
        for (String queue : QUEUES) {
            read(
                    directory,
                    queue,
                    DispatchMessage.CODEC::read,
                    (time, each) -> messages.add(new Message(time, site(queue), each)));
        }
        List<Decision> decisions = values(directory, Topics.DECISIONS, Decision.CODEC);
        // Not by the events, because a vehicle may have passed long before the day.
        LongSummaryStatistics times =
                Stream.of(
                                incidents.stream().map(Incident::revision),
                                messages.stream().map(Message::time),
                                decisions.stream().map(Decision::time))
                        .flatMap(each -> each)
                        .mapToLong(Long::longValue)
                        .summaryStatistics();
        return new DispatchLog(
                times.getCount() == 0 ? 0 : times.getMin(),
                times.getCount() == 0 ? 0 : times.getMax(),
                incidents,
                messages,
                decisions,
                fed(directory, Topics.DISPATCH_RESPONSES, DispatchResponse.CODEC),
                fed(directory, Topics.DISPOSITIONS, Disposition.CODEC));
    }

    /** Reads a {@value TrueIncident#FILE}. */
    static List<TrueIncident> truth(Path file) {
        try {
            return TrueIncident.read(file);
        } catch (IllegalArgumentException e) {
            throw new UnreadableInputException(e.getMessage(), e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static String site(String queue) {
        return queue.substring(QUEUE_PREFIX.length()).toUpperCase(Locale.ROOT);
    }

    private static Path file(Path directory, String topic) {
        return directory.resolve(topic + ".jsonl");
    }

    private static <T> List<T> values(Path directory, String topic, RecordCodec<T> codec) {
        List<T> values = new ArrayList<>();
        read(directory, topic, codec::read, (time, value) -> values.add(value));
        return values;
    }

    /** Of a topic that is fed; what the job rejects has no effect and is left out. */
    private static <T> List<T> fed(Path directory, String topic, RecordCodec<T> codec) {
        List<T> values = new ArrayList<>();
        read(
                directory,
                topic,
                value -> {
                    try {
                        return Optional.of(codec.read(value));
                    } catch (InvalidRecordException e) {
                        return Optional.<T>empty();
                    }
                },
                (time, value) -> value.ifPresent(values::add));
        return values;
    }

    /** Reads the value of a record. */
    private interface ValueReader<T> {
        T read(byte[] value) throws InvalidRecordException;
    }

    /**
     * @param values receives each value, with the time of its record
     */
    private static <T> void read(
            Path directory, String topic, ValueReader<T> reader, BiConsumer<Long, T> values) {
        Path file = file(directory, topic);
        int number = 0;
        try (BufferedReader lines =
                Files.exists(file)
                        ? Files.newBufferedReader(file)
                        : new BufferedReader(Reader.nullReader())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                TopicRecord record =
                        TopicRecordCodec.read(topic, line.getBytes(StandardCharsets.UTF_8));
                // A null value removes an incident that is over.
                if (record.value() != null) {
                    values.accept(record.timestamp(), reader.read(record.value()));
                }
            }
        } catch (InvalidRecordException e) {
            throw new UnreadableInputException(file + ":" + number + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static UnreadableInputException unreadable(Path file, IOException e) {
        return new UnreadableInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
}
