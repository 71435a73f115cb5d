package io.atalaya.videoanalytics;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar for {@code flink run} has the connector, but nothing that the cluster provides. */
class JobJarIT {
    private static final String CONNECTOR = "org/apache/flink/connector/kafka/source/KafkaSource";

    @Test
    void bringsWhatADistributionDoesNotAndNothingElse() throws IOException {
        try (JarFile jar = new JarFile("target/" + VideoAnalyticsJob.NAME + ".jar")) {
            assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS))
                    .isEqualTo(VideoAnalyticsJob.class.getName());
            var entries = jar.stream().map(entry -> entry.getName()).toList();
            assertThat(entries)
                    .contains(
                            VideoAnalyticsJob.class.getName().replace('.', '/') + ".class",
                            CONNECTOR + ".class",
                            "org/apache/kafka/clients/consumer/KafkaConsumer.class",
                            "schemas/camera-frames.schema.json",
                            "models/trajectory/1/manifest.json",
                            "models/trajectory/1/model.onnx",
                            "models/scene-activity/1/manifest.json",
                            "models/scene-activity/1/model.onnx")
                    .noneMatch(name -> name.startsWith("models/plate-ocr/"))
                    .noneMatch(name -> name.startsWith("ai/"))
                    .noneMatch(name -> name.startsWith("org/apache/flink/api/"))
                    .noneMatch(name -> name.startsWith("org/apache/flink/runtime/"))
                    .noneMatch(name -> name.startsWith("org/rocksdb/"))
                    .noneMatch(name -> name.startsWith("org/slf4j/"));
        }
    }
}
