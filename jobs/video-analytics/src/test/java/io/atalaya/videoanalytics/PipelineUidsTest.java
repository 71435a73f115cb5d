package io.atalaya.videoanalytics;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Comparator;

import static org.assertj.core.api.Assertions.assertThat;

/** A uid is a database key: one that is missing or changed drops its operator's state. */
class PipelineUidsTest {
    @Test
    void everyOperatorHasItsUidAndName() {
        StreamGraph graph = graph();

        assertThat(graph.getStreamNodes())
                .allSatisfy(
                        node -> {
                            assertThat(node.getTransformationUID()).isNotBlank();
                            assertThat(node.getOperatorName()).is(oursByName(node));
                        });
        assertThat(graph.getStreamNodes().stream().map(StreamNode::getTransformationUID))
                .doesNotHaveDuplicates();
        // Refuses operators without a uid.
        assertThat(graph.getJobGraph().getNumberOfVertices()).isPositive();
    }

    @Test
    void uidsAreThoseOfEarlierReleases() {
        assertThat(
                        graph().getStreamNodes().stream()
                                .map(StreamNode::getTransformationUID)
                                .sorted(Comparator.naturalOrder()))
                .containsExactly(
                        // Flink's own, made of the sink's uid.
                        "Sink Committer: alerts",
                        "Sink Committer: dead-letter",
                        "Sink Committer: model-answers",
                        "alerts",
                        "anomalies",
                        "camera-frames",
                        "cameras",
                        "dead-letter",
                        "devices",
                        "model-answers",
                        "model-control",
                        "model-trials",
                        "model-versions",
                        "outages",
                        "parse-camera-frames",
                        "parse-devices",
                        "savepoint-fence");
    }

    private static Condition<String> oursByName(StreamNode node) {
        return new Condition<>(
                name -> Arrays.stream(Step.values()).anyMatch(step -> name.contains(step.label())),
                "a name of Step for uid %s",
                node.getTransformationUID());
    }

    private static StreamGraph graph() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        VideoAnalyticsJob.build(env, VideoAnalyticsSettings.from(new Configuration()));
        return env.getStreamGraph(false);
    }
}
