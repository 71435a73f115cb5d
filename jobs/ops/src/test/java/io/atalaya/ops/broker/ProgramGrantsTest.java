package io.atalaya.ops.broker;

import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.Topic;
import io.atalaya.contracts.topic.Topics;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the grants of programs that are no jobs are the topics that their code reads and
 * writes. {@link AccountTest} does the same for jobs.
 */
@Tag("attack")
class ProgramGrantsTest {
    /** The compiler puts a topic's text in the place of its name: only the source has the name. */
    private static final Pattern WRITTEN =
            Pattern.compile(
                    "(?:send(?:All)?\\(|ProducerRecord<>\\(|TopicWrite\\.of\\(\\s*client,|topic =)"
                            + "\\s*Topics\\.(\\w+)");

    private static final Pattern READ =
            Pattern.compile(
                    "(?:TopicScan\\.of\\(\\s*client,|partitions(?:For)?\\(|subscribe\\("
                            + "|Map\\.entry\\(|case|\\?|return)\\s*Topics\\.(\\w+)");

    /** The bridge's dead letters and those of the jobs are made in one place. */
    private static final Pattern DEAD_LETTER = Pattern.compile("DeadLetterRecord\\.of\\(");

    private enum Program {
        CONSOLE(Account.CONSOLE, "console/server", "io/atalaya/console"),
        BRIDGE(Account.BRIDGE, "jobs/bridge", "io/atalaya/bridge"),
        NOTARY(Account.NOTARY, "jobs/notary", "io/atalaya/notary/NotaryLoop.java"),
        AUDIT(Account.AUDITOR, "jobs/notary", "io/atalaya/notary/AuditCommand.java"),
        HOTLIST(Account.HOTLIST, "jobs/ops", "io/atalaya/ops/hotlist"),
        DISPOSITION(Account.DISPOSITION, "jobs/ops", "io/atalaya/ops/disposition"),
        MODEL(Account.MODEL, "jobs/ops", "io/atalaya/ops/model"),
        POLICY(Account.POLICY, "jobs/ops", "io/atalaya/ops/policy");

        private final Account account;
        private final Path sources;

        Program(Account account, String module, String sources) {
            this.account = account;
            this.sources = Path.of("../..", module, "src/main/java", sources);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAndWritesTheTopicsOfItsAccount(Program program) throws IOException {
        Set<String> read = new TreeSet<>();
        Set<String> written = new TreeSet<>();
        for (String source : sources(program.sources)) {
            read.addAll(named(source, READ));
            written.addAll(named(source, WRITTEN));
            if (DEAD_LETTER.matcher(source).find()) {
                written.add(Topics.DEAD_LETTER);
            }
        }

        assertThat(read).as("read").isEqualTo(names(program.account.readTopics()));
        assertThat(written).as("written").isEqualTo(names(program.account.writtenTopics()));
    }

    /** A stolen account of a gateway for cameras must not be able to invent a call. */
    @Test
    void aGatewayWritesOneKindOfInputAndReadsNothing() {
        assertThat(names(Account.READ_FEEDER.topics()))
                .containsExactly(Topics.PLATE_READS, Topics.RFID_READS);
        assertThat(names(Account.FRAME_FEEDER.topics())).containsExactly(Topics.CAMERA_FRAMES);
        assertThat(names(Account.DEVICE_FEEDER.topics()))
                .containsExactly(Topics.DEVICE_EVENTS, Topics.DRONES);
        assertThat(names(Account.CALL_FEEDER.topics())).containsExactly(Topics.CALLS);
        assertThat(names(Account.WARNING_FEEDER.topics())).containsExactly(Topics.PUBLIC_WARNINGS);
        assertThat(names(Account.AGENCY_FEEDER.topics())).containsExactly(Topics.NATIONAL_INBOUND);
        assertThat(Stream.of(Account.values()).filter(each -> each.id().endsWith("feeder")))
                .hasSize(6)
                .allSatisfy(each -> assertThat(each.readTopics()).isEmpty());
    }

    private static List<String> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<String> sources = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                sources.add(Files.readString(file));
            }
            return sources;
        }
    }

    private static Set<String> named(String source, Pattern use) {
        return use.matcher(source)
                .results()
                .flatMap(each -> topics(each.group(1)))
                .collect(Collectors.toSet());
    }

    private static Stream<String> topics(String constant) {
        return switch (constant) {
            case "QUEUES" -> Topics.QUEUES.values().stream();
            case "AUDITED" -> Topics.AUDITED.stream();
            default -> Stream.of(value(constant));
        };
    }

    private static String value(String constant) {
        try {
            return (String) Topics.class.getField(constant).get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("Topics has no " + constant, e);
        }
    }

    private static Set<String> names(List<Topic> topics) {
        return topics.stream().map(Topic::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
