package io.atalaya.ops.submit;

import io.atalaya.flink.kafka.KafkaOptions;
import io.atalaya.hotlistmatch.HotlistMatchJob;
import io.atalaya.hotlistmatch.HotlistMatchSettings;
import io.atalaya.videoanalytics.VideoAnalyticsJob;
import io.atalaya.videoanalytics.VideoAnalyticsSettings;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a job graph holds no secret, because it crosses the network and is stored by the
 * cluster.
 */
class JobGraphTest {
    private static final String SECRET = "s3cr3t-of-the-test";

    @TempDir private Path directory;

    private Path client;

    @BeforeEach
    void write() throws IOException {
        client = directory.resolve("client.properties");
        Files.write(
                client,
                List.of(
                        "security.protocol=SASL_SSL",
                        "sasl.mechanism=SCRAM-SHA-512",
                        "sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule"
                                + " required username=\"any\" password=\""
                                + SECRET
                                + "\";"));
    }

    @Test
    void hotlistMatchRefersToItsSecret() throws IOException {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        HotlistMatchJob.build(env, HotlistMatchSettings.from(settings()));

        refersToItsSecret(env);
    }

    @Test
    void videoAnalyticsRefersToItsSecret() throws IOException {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        VideoAnalyticsJob.build(env, VideoAnalyticsSettings.from(settings()));

        refersToItsSecret(env);
    }

    private Configuration settings() {
        return Configuration.fromMap(Map.of(KafkaOptions.PROPERTIES_FILE.key(), client.toString()));
    }

    private void refersToItsSecret(StreamExecutionEnvironment env) throws IOException {
        byte[] graph = InstantiationUtil.serializeObject(env.getStreamGraph(false).getJobGraph());

        assertThat(new String(graph, StandardCharsets.ISO_8859_1))
                .contains("${atalaya:" + client + ":sasl.jaas.config}")
                .doesNotContain(SECRET);
    }
}
