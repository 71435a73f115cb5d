package io.atalaya.testutils;

import io.atalaya.flink.step.OperatorId;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks the uids of a job, because an operator with a missing or changed uid loses its state. */
public abstract class PipelineUids {
    private final OperatorId[] steps;
    private final List<String> released;

    /**
     * @param steps all operator ids of the job
     * @param released every uid of earlier releases, including Flink's own, in order
     */
    protected PipelineUids(OperatorId[] steps, List<String> released) {
        this.steps = steps;
        this.released = released;
    }

    /** Adds the job to the environment, with its own settings. */
    protected abstract void build(StreamExecutionEnvironment env);

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
        // Rejects operators without a uid.
        assertThat(graph.getJobGraph().getNumberOfVertices()).isPositive();
    }

    @Test
    void uidsAreThoseOfEarlierReleases() {
        assertThat(
                        graph().getStreamNodes().stream()
                                .map(StreamNode::getTransformationUID)
                                .sorted(Comparator.naturalOrder()))
                .containsExactlyElementsOf(released);
    }

    private Condition<String> oursByName(StreamNode node) {
        return new Condition<>(
                name -> Arrays.stream(steps).anyMatch(step -> name.contains(step.label())),
                "a name of Step for uid %s",
                node.getTransformationUID());
    }

    private StreamGraph graph() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        build(env);
        return env.getStreamGraph(false);
    }
}
