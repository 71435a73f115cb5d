package io.atalaya.lab.replay;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.simulator.recording.MergedRecords;
import io.atalaya.simulator.recording.Recording;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Runs the pipe by which docs/tuning.md records a topic, on what kcat prints. */
class RecordingRecipeTest {
    private static final Path PAGE = Path.of("../../docs/tuning.md");

    /** The pipe behind kcat, which is on lines of code. */
    private static final Pattern RECIPE =
            Pattern.compile("^ {4}kcat [^|]*\\|(.*?)\\n\\n", Pattern.MULTILINE | Pattern.DOTALL);

    @TempDir private Path directory;

    @Test
    void keepsEveryMessageInTheOrderOfArrival() throws Exception {
        assumeTrue(
                Pattern.compile(File.pathSeparator)
                        .splitAsStream(System.getenv("PATH"))
                        .anyMatch(each -> Files.isExecutable(Path.of(each, "jq"))),
                "jq is not installed");
        Path printed =
                Files.writeString(
                        directory.resolve("printed"),
                        """
                        {"topic":"t","partition":0,"offset":0,"tstype":"create","ts":1772539200900,"broker":0,"key":"a","payload":"{\\"plate\\": 1.50, \\"plate\\": 2}"}
                        {"topic":"t","partition":0,"offset":1,"tstype":"create","ts":1772539200950,"broker":0,"key":"b","payload":null}
                        {"topic":"t","partition":1,"offset":0,"tstype":"create","ts":1772539200100,"broker":0,"headers":["a:1","x","n",null,"a:1","y"],"key":null,"payload":"<?xml version=\\"1.0\\"?>\\n<a>á</a>"}
                        {"topic":"t","partition":1,"offset":1,"tstype":"create","ts":1772539200900,"broker":0,"key":"c","payload":"not { JSON"}
                        """);

        run("cat " + printed + " |" + recipe());

        List<TopicRecord> records = new ArrayList<>();
        try (MergedRecords merged = Recording.in(directory.resolve("day")).open()) {
            while (merged.hasNext()) {
                records.add(merged.next());
            }
            assertThat(merged.disorders()).isEmpty();
        }
        assertThat(records)
                .extracting(RecordingRecipeTest::text)
                .containsExactly(
                        "1772539200100 null <?xml version=\"1.0\"?>\n<a>á</a>",
                        "1772539200900 a {\"plate\": 1.50, \"plate\": 2}",
                        "1772539200900 c not { JSON",
                        "1772539200950 b null");
        Map<String, String> headers = new HashMap<>();
        headers.put("a:1", "x");
        headers.put("n", null);
        assertThat(records.get(0).headers()).isEqualTo(headers);
        assertThat(records.get(1).headers()).isEmpty();
    }

    private static String text(TopicRecord record) {
        byte[] value = record.value();
        return record.timestamp()
                + " "
                + record.key()
                + " "
                + (value == null ? null : new String(value, StandardCharsets.UTF_8));
    }

    private static String recipe() throws Exception {
        Matcher recipe = RECIPE.matcher(Files.readString(PAGE));
        assertThat(recipe.find()).isTrue();
        return recipe.group(1);
    }

    private void run(String pipe) throws Exception {
        Files.createDirectory(directory.resolve("day"));
        Process process =
                new ProcessBuilder("bash", "-e", "-o", "pipefail", "-c", pipe)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said).isEmpty();
        assertThat(process.exitValue()).isZero();
    }
}
