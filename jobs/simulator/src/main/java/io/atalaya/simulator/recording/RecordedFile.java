package io.atalaya.simulator.recording;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.TopicRecordCodec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * One topic's recording, {@code <topic>.jsonl} or {@code <topic>.jsonl.gz}, read line by line,
 * because camera frames do not fit into memory.
 */
final class RecordedFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final InputTopic topic;
    private final Path file;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int end;
    private long line;
    private long latest;
    private Disorder disorder;

    private RecordedFile(InputTopic topic, Path file, InputStream in) {
        this.topic = topic;
        this.file = file;
        this.in = in;
    }

    static RecordedFile open(InputTopic topic, Path file) {
        InputStream raw = null;
        try {
            raw = Files.newInputStream(file);
            InputStream plain =
                    file.toString().endsWith(".gz") ? new GZIPInputStream(raw, BUFFER) : raw;
            return new RecordedFile(topic, file, plain);
        } catch (IOException e) {
            RecordingException failure =
                    new RecordingException(file + ": cannot be read: " + e.getMessage(), e);
            closeAfter(raw, failure);
            throw failure;
        }
    }

    InputTopic topic() {
        return topic;
    }

    /**
     * The next record, or null at the end of the file. Blank lines are skipped.
     *
     * @throws RecordingException when the line is malformed or the file cannot be read
     */
    TopicRecord next() {
        byte[] bytes;
        do {
            bytes = nextLine();
            if (bytes == null) {
                return null;
            }
        } while (isBlank(bytes));
        try {
            TopicRecord record = TopicRecordCodec.read(topic.topicName(), bytes);
            compare(record.timestamp());
            return record;
        } catch (InvalidRecordException e) {
            throw new RecordingException(file, line, e.getMessage(), e);
        }
    }

    /** How the timestamps read so far fall, or null. */
    Disorder disorder() {
        return disorder;
    }

    private void compare(long timestamp) {
        if (timestamp < latest) {
            Disorder former = disorder == null ? new Disorder(file, line, 0, 0) : disorder;
            disorder =
                    new Disorder(
                            file,
                            former.firstLine(),
                            former.lines() + 1,
                            Math.max(former.byMs(), latest - timestamp));
        }
        latest = Math.max(latest, timestamp);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new RecordingException(file + ": cannot be closed: " + e.getMessage(), e);
        }
    }

    private byte[] nextLine() {
        line++;
        try {
            if (!hasMore()) {
                return null;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
            boolean isWhole = false;
            while (!isWhole && hasMore()) {
                int start = next;
                while (next < end && buffer[next] != '\n') {
                    next++;
                }
                bytes.write(buffer, start, next - start);
                isWhole = next < end;
                next += isWhole ? 1 : 0;
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new RecordingException(file, line, "cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether the buffer has unread bytes; refills an empty buffer. */
    private boolean hasMore() throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(0, in.read(buffer));
        }
        return next < end;
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private static void closeAfter(InputStream in, Exception failure) {
        try {
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
