package io.atalaya.videoanalytics;

import io.atalaya.camera.CameraFrame;
import io.atalaya.camera.CameraFrameJson;
import io.atalaya.deadletter.ParseFunction.Parser;
import io.atalaya.json.InvalidRecordException;

import java.time.Duration;
import java.time.Instant;

/** From raw records to what the job works with: the codec, and the checks that need the record. */
final class Parsers {
    private static final Duration ABSURD = Duration.ofDays(1);

    private Parsers() {}

    /**
     * The product's own format; what a camera's maker sends is told apart here.
     *
     * @param maxBehind how far behind its arrival a frame may be, ms
     */
    static Parser<CameraFrame> cameraFrames(long maxBehind) {
        return record -> {
            CameraFrame frame = CameraFrameJson.read(record.value());
            long ahead = frame.time() - record.timestamp();
            if (ahead > ABSURD.toMillis() || -ahead > maxBehind) {
                throw new InvalidRecordException(
                        "time",
                        shown(frame.time()),
                        "a time from "
                                + shown(record.timestamp() - maxBehind)
                                + " to "
                                + shown(record.timestamp() + ABSURD.toMillis()));
            }
            return frame;
        };
    }

    private static String shown(long time) {
        return Instant.ofEpochMilli(time).toString();
    }
}
