package io.atalaya.contracts.camera.format;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** A frame as one line, boxes to four digits, for readable expectations. */
final class FrameText {
    private FrameText() {}

    static List<String> of(List<CameraFrame> frames) {
        return frames.stream().map(FrameText::of).toList();
    }

    static String of(CameraFrame frame) {
        StringJoiner line = new StringJoiner(" ");
        line.add(frame.deviceId()).add(Instant.ofEpochMilli(frame.deviceTime()).toString());
        if (frame.frameId() != null) {
            line.add("#" + frame.frameId());
        }
        if (frame.isPartial()) {
            line.add("partial");
        }
        frame.objects().forEach(object -> line.add(of(object)));
        frame.removedTrackIds().forEach(id -> line.add("gone:" + id));
        return line.toString();
    }

    private static String of(DetectedObject object) {
        return String.format(
                Locale.ROOT,
                "[%s %s %.2f %.4f %.4f %.4f %.4f%s]",
                object.trackId(),
                object.type(),
                object.confidence(),
                object.x(),
                object.y(),
                object.width(),
                object.height(),
                object.isIdle() ? " idle" : "");
    }
}
