package io.atalaya.simulator.recording;

import io.atalaya.contracts.topic.TopicRecord;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * The records of several files in timestamp order; at equal timestamps in the order of {@link
 * InputTopic}. The order within a file is kept, even if its timestamps fall, see {@link
 * #disorders}.
 */
public final class MergedRecords implements AutoCloseable {
    private final List<RecordedFile> files = new ArrayList<>();
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(
                    Comparator.comparingLong((Head head) -> head.record.timestamp())
                            .thenComparing(head -> head.file.topic()));

    private MergedRecords() {}

    static MergedRecords open(Map<InputTopic, Path> paths) {
        MergedRecords merged = new MergedRecords();
        try {
            paths.forEach(
                    (topic, path) -> {
                        RecordedFile file = RecordedFile.open(topic, path);
                        merged.files.add(file);
                        merged.advance(file);
                    });
            return merged;
        } catch (RuntimeException e) {
            merged.close();
            throw e;
        }
    }

    /** Whether there is another record. */
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    /** Whether the next record is an observation. */
    public boolean nextObserves() {
        return !heads.isEmpty() && heads.peek().file.topic().isObservation();
    }

    /** Takes the next record; null if there is none. */
    public TopicRecord next() {
        Head head = heads.poll();
        if (head == null) {
            return null;
        }
        advance(head.file);
        return head.record;
    }

    /** The files whose timestamps fall, as far as they are read. */
    public List<Disorder> disorders() {
        return files.stream().map(RecordedFile::disorder).filter(Objects::nonNull).toList();
    }

    @Override
    public void close() {
        files.forEach(RecordedFile::close);
    }

    private void advance(RecordedFile file) {
        TopicRecord record = file.next();
        if (record != null) {
            heads.add(new Head(file, record));
        }
    }

    private record Head(RecordedFile file, TopicRecord record) {}
}
