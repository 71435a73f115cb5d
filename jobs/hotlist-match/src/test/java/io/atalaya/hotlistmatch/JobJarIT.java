package io.atalaya.hotlistmatch;

import io.atalaya.testutils.JobJar;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

class JobJarIT {
    @Test
    void bringsWhatADistributionDoesNotAndNothingElse() throws IOException {
        JobJar.check(
                new HotlistMatchJob(),
                List.of(
                        "schemas/plate-reads.schema.json",
                        "models/plate-ocr/5/manifest.json",
                        "models/plate-ocr/5/model.onnx"),
                List.of());
    }
}
