package io.atalaya.videoanalytics;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.adapter.BoxUnits;
import io.atalaya.contracts.camera.format.FrameFormat;
import io.atalaya.flink.clock.PlausibleTime;
import io.atalaya.flink.parse.ParseOperator.Parser;

import java.util.ArrayList;
import java.util.List;

/** Parsers from raw records to the job's inputs: the codec, and the checks that need the record. */
final class VideoAnalyticsParsers {
    private VideoAnalyticsParsers() {}

    /**
     * Parses camera frames in any of the formats.
     *
     * @param units of boxes that do not state their own
     * @param maxBehind maximum time by which a frame may lie behind its arrival, ms
     */
    static Parser<CameraFrame> cameraFrames(FrameFormat format, BoxUnits units, long maxBehind) {
        return record -> {
            List<CameraFrame> frames = format.read(record.value(), record.key(), units);
            List<CameraFrame> addressed = new ArrayList<>(frames.size());
            for (int i = 0; i < frames.size(); i++) {
                PlausibleTime.require(frames.get(i).deviceTime(), record.timestamp(), maxBehind);
                addressed.add(frames.get(i).from(record.position()));
            }
            return addressed;
        };
    }
}
