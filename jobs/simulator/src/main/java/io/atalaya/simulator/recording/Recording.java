package io.atalaya.simulator.recording;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * A directory with one file per recorded topic. Missing and other files (a ground truth, a README)
 * are ignored.
 */
public final class Recording {
    private final Map<InputTopic, Path> files;

    private Recording(Map<InputTopic, Path> files) {
        this.files = files;
    }

    /**
     * Finds the topics' files.
     *
     * @throws RecordingException when there is no directory, no file, or a topic has two
     */
    public static Recording in(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new RecordingException(directory + ": no such directory", null);
        }
        Map<InputTopic, Path> files = new EnumMap<>(InputTopic.class);
        for (InputTopic topic : InputTopic.values()) {
            Path plain = directory.resolve(topic.topicName() + ".jsonl");
            Path zipped = directory.resolve(topic.topicName() + ".jsonl.gz");
            if (Files.exists(plain) && Files.exists(zipped)) {
                throw new RecordingException(
                        plain + " and " + zipped.getFileName() + ": only one may be there", null);
            }
            if (Files.exists(plain)) {
                files.put(topic, plain);
            } else if (Files.exists(zipped)) {
                files.put(topic, zipped);
            }
        }
        if (files.isEmpty()) {
            throw new RecordingException(
                    directory
                            + ": holds no recording, expected files such as plate-reads.jsonl"
                            + " or hotlist.jsonl.gz",
                    null);
        }
        return new Recording(files);
    }

    /** The topics with a file. */
    public Set<InputTopic> topics() {
        return files.keySet();
    }

    /** The records of all files, merged by arrival. */
    public MergedRecords open() {
        return MergedRecords.open(files);
    }

    /** The records of the given topics, merged by arrival; a topic without a file has none. */
    public MergedRecords open(Set<InputTopic> topics) {
        Map<InputTopic, Path> some = new EnumMap<>(files);
        some.keySet().retainAll(topics);
        return MergedRecords.open(some);
    }
}
