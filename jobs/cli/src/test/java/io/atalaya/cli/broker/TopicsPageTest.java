package io.atalaya.cli.broker;

import io.atalaya.jobtests.GeneratedPage;
import io.atalaya.kafka.Account;
import io.atalaya.kafka.Topic;
import io.atalaya.kafka.Topics;

import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page says what the catalogue of topics says. */
class TopicsPageTest {
    private static final GeneratedPage PAGE =
            new GeneratedPage(Path.of("../shared/TOPICS.md"), "jobs/cli", TopicsPageTest.class);

    @Test
    void thePageListsEveryTopicAndGrant() throws IOException {
        PAGE.says(
                """
                # Topics and grants

                Generated from the code; edit `Topics` or `Account`, not this page. How to secure a broker:
                [docs/security.md](../../docs/security.md).

                ## Topics

                Settings are those beside the broker's defaults. On a broker without access control `scripts/submit`
                creates the topics of a job that are missing.

                | Topic | Key | Partitions | Settings | Written by | Read by |
                |---|---|---|---|---|---|
                %s
                ## Grants

                An account may do what is listed here and nothing else. Kafka derives from the right to read or to write
                a resource the right to describe it. A consumer group is named as its account (`kafka.group-id` of a
                job); transactional ids begin with the job's group and are used with `sink.guarantee=EXACTLY_ONCE`.

                | Account | Used by | Reads | Writes | Consumer group | Transactional ids |
                |---|---|---|---|---|---|
                %s
                ## Commands

                With Kafka's own tools, as an administrator. Partitions and replicas are yours to choose.

                ```
                BROKER="--bootstrap-server HOST:PORT --command-config admin.properties"

                %s
                %s```
                """
                        .formatted(
                                lines(Topics.ALL, TopicsPageTest::row),
                                lines(List.of(Account.values()), TopicsPageTest::row),
                                lines(Topics.ALL, TopicsPageTest::create),
                                Arrays.stream(Account.values())
                                        .map(TopicsPageTest::grant)
                                        .collect(Collectors.joining("\n"))));
    }

    private static <T> String lines(List<T> all, Function<T, String> line) {
        return all.stream().map(each -> line.apply(each) + "\n").collect(Collectors.joining());
    }

    private static String row(Topic topic) {
        return cells(
                code(List.of(topic.name())),
                topic.key(),
                topic.isPartitioned() ? "several" : "1",
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

    private static String create(Topic topic) {
        return "kafka-topics.sh $BROKER --create --if-not-exists --topic "
                + topic.name()
                + " --partitions "
                + (topic.isPartitioned() ? 4 : 1)
                + settings(topic).map(each -> " --config " + each).collect(Collectors.joining());
    }

    /** A line for each kind of resource and operation. */
    private static String grant(Account account) {
        return account.grants().stream()
                .collect(
                        Collectors.groupingBy(
                                each -> each.pattern().resourceType() + " " + each.entry(),
                                LinkedHashMap::new,
                                Collectors.toList()))
                .values()
                .stream()
                .map(TopicsPageTest::grant)
                .collect(Collectors.joining());
    }

    private static String grant(List<AclBinding> alike) {
        AclBinding first = alike.get(0);
        String option =
                switch (first.pattern().resourceType()) {
                    case TOPIC -> " --topic ";
                    case GROUP -> " --group ";
                    case TRANSACTIONAL_ID -> " --transactional-id ";
                    default -> throw new AssertionError("no option for " + first);
                };
        return "kafka-acls.sh $BROKER --add --allow-principal "
                + first.entry().principal()
                + " --operation "
                + (first.entry().operation() == AclOperation.READ ? "Read" : "Write")
                + alike.stream()
                        .map(each -> option + each.pattern().name())
                        .collect(Collectors.joining())
                + (first.pattern().patternType() == PatternType.PREFIXED
                        ? " --resource-pattern-type prefixed"
                        : "")
                + "\n";
    }

    private static List<String> granted(
            Account account, ResourceType type, AclOperation operation) {
        Predicate<AclBinding> alike =
                each ->
                        each.pattern().resourceType() == type
                                && each.entry().operation() == operation;
        return account.grants().stream()
                .filter(alike)
                .map(AclBinding::pattern)
                .map(
                        each ->
                                each.patternType() == PatternType.PREFIXED
                                        ? each.name() + "*"
                                        : each.name())
                .toList();
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
