package io.atalaya.ops.hotlist;

import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedKafka;
import io.atalaya.ops.BesideClusters;
import io.atalaya.ops.Ops;
import io.atalaya.ops.SharedKafka;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the commands as a person does, on a real broker. Each test has an agency of its own. */
@BesideClusters
class HotlistCommandKafkaIT {
    private static final String HEADER = "entryId,placa,motivo,carpeta,prioridad,encubierto\n";

    private static EmbeddedKafka kafka;

    @TempDir private Path directory;

    private String out;
    private String err;

    @BeforeAll
    static void start() {
        kafka = SharedKafka.withTopics(3, Topics.HOTLIST);
    }

    @Test
    void aSecondLoadPublishesOnlyTheDifference() throws Exception {
        Path list = list("A-1,AAA111,INTEREST,C1,50,no\nA-2,AAA222,INTEREST,C2,50,no\n");
        assertThat(load(list, "A", "S", "--dry-run")).isEqualTo(0);
        assertThat(out).contains("2 to add").contains("Dry run: nothing was published.");
        assertThat(show("A")).isEmpty();

        assertThat(load(list, "A", "S")).isEqualTo(0);
        assertThat(load(list("A-9,AAA999,INTEREST,C9,50,no\n"), "A", "T")).isEqualTo(0);
        assertThat(show("A")).containsExactly("A-1 50", "A-2 50", "A-9 50");

        Path next = list("A-1,AAA111,INTEREST,C1,70,no\nA-3,AAA333,INTEREST,C3,50,no\n");
        assertThat(load(next, "A", "S")).isEqualTo(0);
        assertThat(out)
                .contains("2 live. 1 to add, 1 to change, 1 to remove, 0 unchanged, 0 lines")
                .contains("Published 3 changes.");
        assertThat(show("A")).containsExactly("A-1 70", "A-3 50", "A-9 50");

        assertThat(load(next, "A", "S")).isEqualTo(0);
        assertThat(out).contains("2 unchanged").contains("Published 0 changes.");
    }

    @Test
    void aRejectedLineIsReportedAndItsLiveVersionStays() throws Exception {
        load(list("B-1,BBB111,INTEREST,C1,50,no\nB-2,BBB222,INTEREST,C2,50,no\n"), "B", "S");
        Path worse = list("B-1,BBB111,,C1,50,no\nB-2,BBB222,INTEREST,C2,60,no\n");
        assertThat(load(worse, "B", "S")).isEqualTo(1);
        assertThat(err).contains(worse + ":2: reason: got nothing, expected a value");
        assertThat(show("B")).containsExactly("B-1 50", "B-2 60");

        // An agency must not overwrite the entry of another agency by its id.
        Path theirs = list("B-1,BBB111,INTEREST,C1,99,no\nD-5,DDD555,INTEREST,C5,50,no\n");
        assertThat(load(theirs, "D", "S")).isEqualTo(1);
        assertThat(err).contains(theirs + ":2: entryId: got \"B-1\", expected an id that is not");
        assertThat(show("B")).containsExactly("B-1 50", "B-2 60");
        assertThat(show("D")).containsExactly("D-5 50");
    }

    @Test
    void anUnreadableLinePreventsRemovals() throws Exception {
        load(list("G-1,GGG111,X,C1,50,no\nG-2,GGG222,X,C2,50,no\n"), "G", "S");
        Path broken = list("G-1\nG-3,GGG333,X,C3,50,no\nG-4,GGG444,X,C4,50,no\n");
        assertThat(load(broken, "G", "S")).isEqualTo(1);
        assertThat(err).contains("Held back: 2 removals");
        assertThat(show("G")).containsExactly("G-1 50", "G-2 50", "G-3 50", "G-4 50");
        assertThat(load(broken, "G", "S", "--force")).isEqualTo(1);
        assertThat(show("G")).containsExactly("G-3 50", "G-4 50");
    }

    @Test
    void anEntryWhoseNewestRecordIsBrokenIsPublishedAgain() throws Exception {
        Path list = list("H-1,HHH111,X,C1,50,no\n");
        load(list, "H", "S");
        publishBroken("H-1");
        assertThat(load(list, "H", "S")).isEqualTo(0);
        assertThat(out).contains("0 to add, 1 to change, 0 to remove");
        assertThat(load(list, "H", "S")).isEqualTo(0);
        assertThat(out).contains("1 unchanged").contains("Published 0 changes.");
    }

    /** As compaction leaves it: the jobs keep a version that the topic no longer has. */
    @Test
    void anEntryOfWhichOnlyABrokenRecordIsLeftCanBeSeenAndRemoved() throws Exception {
        publishBroken("J-1");
        String warning = "Warning: the newest record of J-1 is malformed";
        assertThat(run("show", "--entry-id", "J-1")).isEqualTo(0);
        assertThat(err).as("it can be covert").isEmpty();
        assertThat(run("show", "--entry-id", "J-1", "--covert")).isEqualTo(0);
        assertThat(err).contains(warning);
        assertThat(run("remove", "J-1")).isEqualTo(0);
        assertThat(out).contains("Removed 1 entry.");
        assertThat(run("show", "--entry-id", "J-1", "--covert")).isEqualTo(0);
        assertThat(err).isEmpty();
    }

    private static void publishBroken(String entryId) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.HOTLIST, entryId, new byte[] {'{'}));
        }
    }

    @Test
    void aFileThatLooksBrokenNeedsForce() throws Exception {
        StringBuilder rows = new StringBuilder();
        IntStream.range(0, 12)
                .forEach(i -> rows.append("C-" + i + ",CCC10" + i + ",INTEREST,C1,50,no\n"));
        load(list(rows.toString()), "C", "S");
        Path cut = list("C-0,CCC100,INTEREST,C1,50,no\n");
        assertThat(load(cut, "C", "S")).isEqualTo(2);
        assertThat(err).contains("Nothing was changed: 11 of 12 live entries would be removed");
        assertThat(show("C")).hasSize(12);
        assertThat(load(cut, "C", "S", "--force")).isEqualTo(0);
        assertThat(show("C")).containsExactly("C-0 50");

        Path bad =
                list("C-1,CCC111,,C1,50,no\nC-2,,INTEREST,C1,50,no\nC-0,CCC100,INTEREST,C1,9,no\n");
        assertThat(load(bad, "C", "S")).isEqualTo(2);
        assertThat(err).contains("Nothing was changed: 2 of 3 lines are rejected");
        assertThat(load(bad, "C", "S", "--force")).isEqualTo(1);
        assertThat(show("C")).containsExactly("C-0 9");
    }

    @Test
    void aFileWithoutEntriesNeedsForceHoweverShortTheListIs() throws Exception {
        load(list("I-1,III111,INTEREST,C1,50,no\n"), "I", "S");
        Path array = Files.writeString(directory.resolve("empty.json"), "[]");
        for (Path empty : List.of(list(""), array)) {
            assertThat(load(empty, "I", "S")).isEqualTo(2);
            assertThat(err).contains("Nothing was changed: the file lists no entry");
        }
        assertThat(show("I")).containsExactly("I-1 50");
        assertThat(load(list(""), "I", "S", "--force")).isEqualTo(0);
        assertThat(show("I")).isEmpty();
    }

    @Test
    void showHidesCovertEntriesAndFindsPlates() throws Exception {
        load(list("E-1,EOI-111,INTEREST,C1,50,no\nE-2,EEE222,INTEREST,C2,50,si\n"), "E", "S");
        assertThat(run("show", "--agency", "E")).isEqualTo(0);
        assertThat(out).contains("E-1").contains("EOI-111").doesNotContain("E-2", "EEE222");
        assertThat(run("show", "--agency", "E", "--covert")).isEqualTo(0);
        assertThat(out).containsPattern("E-2 +EEE222 .*COVERT");
        assertThat(run("show", "--plate", "e0i 111")).isEqualTo(0);
        assertThat(out).contains("E-1").contains("1 entry.");
        assertThat(run("show", "--plate", "EEE222", "--json")).isEqualTo(0);
        assertThat(out).isEmpty();
    }

    @Test
    void removesByIdAndByList() throws Exception {
        Path list = list("F-1,FFF111,INTEREST,C1,50,no\nF-2,FFF222,INTEREST,C2,50,no\n");
        load(list, "F", "S");
        load(list("F-3,FFF333,INTEREST,C3,50,no\n"), "F", "T");
        assertThat(run("remove", "F-1", "F-none")).isEqualTo(1);
        assertThat(err).contains("ENTRY_ID: F-none is not live");
        assertThat(show("F")).containsExactly("F-2 50", "F-3 50");
        assertThat(run("remove", "--agency", "F", "--source", "S", "--all")).isEqualTo(0);
        assertThat(show("F")).containsExactly("F-3 50");
        assertThat(run("remove", "F-none")).isEqualTo(2);
        assertThat(run("remove", "--agency", "F", "--all")).isEqualTo(2);
        assertThat(run("remove", "F-3", "--all")).isEqualTo(2);
        assertThat(show("F")).containsExactly("F-3 50");
    }

    @Test
    void theServersMayStandInThePropertiesFile() throws Exception {
        Path properties = directory.resolve("client.properties");
        Files.writeString(properties, "bootstrap.servers=" + kafka.bootstrapServers() + "\n");
        assertThat(
                        execute(
                                "hotlist",
                                "show",
                                "--agency",
                                "none",
                                "--kafka-properties",
                                properties.toString()))
                .isEqualTo(0);
        assertThat(out).contains("0 entries.");
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNamed() throws Exception {
        Path properties = directory.resolve("client.properties");
        Files.writeString(properties, "default.api.timeout.ms=500\nrequest.timeout.ms=400\n");
        assertThat(
                        execute(
                                "hotlist",
                                "show",
                                "--bootstrap-servers",
                                "localhost:1",
                                "--kafka-properties",
                                properties.toString()))
                .isEqualTo(2);
        assertThat(err)
                .startsWith("Reading has failed: no use of the broker at localhost:1: Timeout");
    }

    private int load(Path file, String agency, String source, String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of("load", file.toString(), "--agency", agency, "--source", source));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    /** Returns the id and priority of each live entry of an agency. */
    private List<String> show(String agency) {
        assertThat(run("show", "--agency", agency, "--covert", "--json")).isEqualTo(0);
        return out.lines()
                .map(
                        line ->
                                line.replaceAll(
                                        ".*\"entryId\":\"([^\"]+)\".*\"priority\":(\\d+).*",
                                        "$1 $2"))
                .toList();
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of("hotlist"));
        all.addAll(List.of(args));
        all.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... args) {
        StringWriter said = new StringWriter();
        StringWriter complained = new StringWriter();
        CommandLine command = Ops.commandLine();
        command.setOut(new PrintWriter(said));
        command.setErr(new PrintWriter(complained));
        int code = command.execute(args);
        out = said.toString();
        err = complained.toString();
        return code;
    }

    private Path list(String rows) throws Exception {
        return Files.writeString(Files.createTempFile(directory, "list", ".csv"), HEADER + rows);
    }
}
