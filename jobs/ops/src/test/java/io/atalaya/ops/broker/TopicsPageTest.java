package io.atalaya.ops.broker;

import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.Topic;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.kafka.Grants;
import io.atalaya.testutils.GeneratedPage;

import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that the page matches the catalogue of topics. */
@Tag("attack")
class TopicsPageTest {
    private static final GeneratedPage PAGE =
            new GeneratedPage(Path.of("../contracts/TOPICS.md"), "jobs/ops", TopicsPageTest.class);

    @Test
    void thePageListsEveryTopicAndGrant() throws IOException {
        PAGE.says(
                """
                # Topics and grants

                Generated from the code; edit `Topics` or `Account`, not this page. How to secure a broker:
                [docs/security.md](../../docs/security.md).

                ## Topics

                `scripts/topics` creates those that are missing; on a broker without access control so does
                `scripts/submit`, for its job. Settings are those beside the broker's defaults.

                | Topic | Key | Partitions | Schema | Settings | Written by | Read by |
                |---|---|---|---|---|---|---|
                %s
                ## Grants

                An account may do what is listed here and nothing else; `scripts/topics --grants` grants it. Kafka
                derives the right to describe a resource from the right to read or write it. A consumer group is
                named as its account (`kafka.group-id` of a job); the bridge has one for each destination. Transactional ids begin with the group; jobs
                use them with `sink.guarantee=EXACTLY_ONCE`, the notary always.

                | Account | Used by | Reads | Writes | Consumer group | Transactional ids |
                |---|---|---|---|---|---|
                %s
                """
                        .formatted(
                                lines(Topics.ALL, TopicsPageTest::row),
                                lines(List.of(Account.values()), TopicsPageTest::row)));
    }

    @Test
    void theBrokerSetsWhenARecordOfAFeederArrives() {
        assertThat(Account.values())
                .filteredOn(each -> each.id().endsWith("-feeder"))
                .hasSizeGreaterThan(3)
                .flatExtracting(Account::writtenTopics)
                .extracting(Topic::settings)
                .allSatisfy(
                        settings ->
                                assertThat(settings)
                                        .containsEntry("message.timestamp.type", "LogAppendTime"));
    }

    private static <T> String lines(List<T> all, Function<T, String> line) {
        return all.stream().map(each -> line.apply(each) + "\n").collect(Collectors.joining());
    }

    private static String row(Topic topic) {
        return cells(
                code(List.of(topic.name())),
                topic.key(),
                topic.isPartitioned() ? "several" : "1",
                schema(topic),
                code(settings(topic).toList()),
                code(accounts(topic.writers())),
                code(accounts(topic.readers())));
    }

    private static String row(Account account) {
        return cells(
                code(List.of(account.id())),
                account.user(),
                code(granted(account, ResourceType.TOPIC, AclOperation.READ)),
                code(granted(account, ResourceType.TOPIC, AclOperation.WRITE)),
                code(granted(account, ResourceType.GROUP, AclOperation.READ)),
                code(granted(account, ResourceType.TRANSACTIONAL_ID, AclOperation.WRITE)));
    }

    private static List<String> granted(
            Account account, ResourceType type, AclOperation operation) {
        Predicate<AclBinding> alike =
                each ->
                        each.pattern().resourceType() == type
                                && each.entry().operation() == operation;
        return Grants.of(account).stream()
                .filter(alike)
                .map(AclBinding::pattern)
                .map(
                        each ->
                                each.patternType() == PatternType.PREFIXED
                                        ? each.name() + "*"
                                        : each.name())
                .toList();
    }

    private static String schema(Topic topic) {
        return topic.schema() == null ? "" : "[JSON](src/main/resources" + topic.schema() + ")";
    }

    private static Stream<String> settings(Topic topic) {
        return new TreeMap<>(topic.settings())
                .entrySet().stream().map(each -> each.getKey() + "=" + each.getValue());
    }

    private static List<String> accounts(Collection<Account> accounts) {
        return accounts.stream().sorted().map(Account::id).toList();
    }

    private static String code(List<String> words) {
        return words.stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "));
    }

    private static String cells(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
