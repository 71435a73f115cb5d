package io.atalaya.ops.broker;

import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.Topic;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.job.JobDefinition;
import io.atalaya.kafka.Grants;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that the grants of the accounts match the topics that the jobs use. */
@Tag("attack")
class AccountTest {
    /** Flink's prefix for the uid of a sink's committer; the rest is our uid. */
    private static final String COMMITTER = "Sink Committer: ";

    @ParameterizedTest
    @MethodSource("jobs")
    void readsAndWritesTheTopicsOfItsAccount(JobDefinition<?> job) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        job.addTo(env, new Configuration());
        StreamGraph graph = env.getStreamGraph(false);

        Set<String> read =
                graph.getLineageGraph().sources().stream()
                        .flatMap(source -> source.datasets().stream())
                        .map(LineageDataset::name)
                        .collect(Collectors.toSet());
        Set<String> written =
                graph.getStreamNodes().stream()
                        .map(StreamNode::getTransformationUID)
                        .filter(uid -> uid.startsWith(COMMITTER))
                        .map(uid -> topic(uid.substring(COMMITTER.length())))
                        .collect(Collectors.toSet());

        assertThat(read).isEqualTo(names(job.account().readTopics()));
        assertThat(written).isEqualTo(names(job.account().writtenTopics()));
    }

    /** A sink's uid is the name of its topic; the several sinks of alerts have names before it. */
    private static String topic(String uid) {
        return uid.endsWith("-" + Topics.ALERTS) ? Topics.ALERTS : uid;
    }

    static Stream<Named<JobDefinition<?>>> jobs() {
        return JobDefinition.all().stream().map(job -> Named.of(job.name(), job));
    }

    /**
     * A prefix must match the ids of one account only, because it would otherwise grant access to
     * those of another account.
     */
    @Test
    void aPrefixFitsOneAccountOnly() {
        List<AclBinding> all =
                Arrays.stream(Account.values()).flatMap(each -> Grants.of(each).stream()).toList();
        List<String> prefixes =
                all.stream()
                        .filter(each -> each.pattern().patternType() == PatternType.PREFIXED)
                        .map(each -> each.pattern().name())
                        .toList();

        assertThat(prefixes).hasSize(5);
        assertThat(prefixes)
                .allSatisfy(
                        prefix ->
                                assertThat(
                                                prefixes.stream()
                                                        .filter(each -> each.startsWith(prefix)))
                                        .hasSize(1));
    }

    private static Set<String> names(List<Topic> topics) {
        return topics.stream().map(Topic::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
