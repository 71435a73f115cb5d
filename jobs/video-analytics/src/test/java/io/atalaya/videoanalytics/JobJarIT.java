package io.atalaya.videoanalytics;

import io.atalaya.testutils.JobJar;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

class JobJarIT {
    @Test
    void bringsWhatADistributionDoesNotAndNothingElse() throws IOException {
        JobJar.check(
                new VideoAnalyticsJob(),
                List.of(
                        "schemas/camera-frames.schema.json",
                        "models/trajectory/1/manifest.json",
                        "models/trajectory/1/model.onnx",
                        "models/scene-activity/1/manifest.json",
                        "models/scene-activity/1/model.onnx"),
                List.of("models/plate-ocr/"));
    }
}
