package io.atalaya.videoanalytics.recording;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.TopicRecordCodec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Recorded frames of many cameras, in order of arrival. */
public final class CameraRecording {
    /** The simulated city, relative to the working directory of the tests. */
    public static final Path SUMO = Path.of("../../../shared/data/sumo");

    private CameraRecording() {}

    /** A frame with its arrival time, epoch ms. */
    public record Arrived(CameraFrame frame, long at) {}

    /** Reads a whole {@code camera-frames.jsonl.gz}. */
    public static List<Arrived> read(Path file) throws IOException, InvalidRecordException {
        List<Arrived> frames = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                TopicRecord record =
                        TopicRecordCodec.read(
                                "camera-frames", line.getBytes(StandardCharsets.UTF_8));
                frames.add(new Arrived(CameraFrameCodec.read(record.value()), record.timestamp()));
            }
        }
        return frames;
    }
}
