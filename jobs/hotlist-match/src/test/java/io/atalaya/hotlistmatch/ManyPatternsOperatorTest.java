package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.HotlistEvidence;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.event.HotlistChange;
import io.atalaya.hotlistmatch.harness.InterleavedGraph;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static io.atalaya.hotlistmatch.TestRecords.enrichedRead;
import static io.atalaya.hotlistmatch.TestRecords.pattern;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

/** Hundreds of wildcard entries, and reads with images, through the whole graph. */
class ManyPatternsOperatorTest {
    private static final int PATTERNS = 400;
    private static final int READS = 300;

    /** No character looks like another one, so that a regular expression gives the same result. */
    private static final String LETTERS = "ACEFHJKLMNPRTUVWXY";

    private static final String DIGITS = "3479";

    /** A large image, which would be noticed in a state or an alert. */
    private static final String IMAGE = "/9j/".repeat(5_000);

    private final Random random = new Random(7);

    @Test
    void aReadFindsThePatternsThatItFitsAndNoOther() throws Exception {
        Map<String, String> patterns = new TreeMap<>();
        List<PlateRead> reads = new ArrayList<>();
        for (int i = 0; i < PATTERNS; i++) {
            patterns.put("P" + i, wildcards(plate()));
        }
        for (int i = 0; i < READS; i++) {
            String plate = i % 2 == 0 ? plate() : filled(patterns.get("P" + i));
            reads.add(withImage("ARCO-" + i % 7, "R" + i, NOON + 1_000 + 20L * i, plate));
        }
        List<Alert> alerts = new ArrayList<>();
        try (InterleavedGraph graph = new InterleavedGraph(NOON)) {
            patterns.forEach(
                    (id, text) ->
                            graph.send(
                                    new HotlistChange(
                                            id, pattern(id, text), NOON, RecordPosition.UNKNOWN)));
            graph.deliverAll();
            for (PlateRead read : reads) {
                graph.send(enrichedRead(read));
                graph.deliverAll();
            }
            for (int i = 0; i < 6; i++) {
                graph.pass(5_000);
                graph.watermark(NOON + 10_000L * (i + 1));
            }
            alerts.addAll(graph.alerts());
        }

        Set<String> found = new TreeSet<>();
        for (Alert alert : alerts) {
            HotlistEvidence evidence = (HotlistEvidence) alert.evidence();
            assertThat(alert.status()).isIn(Alert.Status.NEW, Alert.Status.UPDATED);
            evidence.reads().forEach(read -> found.add(alert.subject().entryId() + " " + read));
            assertThat(evidence.images())
                    .allSatisfy(image -> assertThat(image).startsWith("s3://plates/"))
                    .hasSameSizeAs(evidence.reads());
        }
        assertThat(found).isEqualTo(expected(patterns, reads)).hasSizeGreaterThan(READS / 2);
    }

    private static Set<String> expected(Map<String, String> patterns, List<PlateRead> reads) {
        Map<String, Pattern> compiled =
                patterns.entrySet().stream()
                        .collect(
                                toMap(
                                        Map.Entry::getKey,
                                        each ->
                                                Pattern.compile(
                                                        each.getValue()
                                                                .replace("?", ".")
                                                                .replace("*", ".*"))));
        Set<String> expected = new TreeSet<>();
        for (PlateRead read : reads) {
            compiled.forEach(
                    (id, each) -> {
                        if (each.matcher(read.plate()).matches()) {
                            expected.add(id + " " + read.readId());
                        }
                    });
        }
        return expected;
    }

    private String plate() {
        return any(LETTERS, 3) + any(DIGITS, 3) + any(LETTERS, 1);
    }

    /** Replaces one to three characters, or the end. */
    private String wildcards(String plate) {
        if (random.nextInt(4) == 0) {
            return plate.substring(0, 4) + "*";
        }
        StringBuilder open = new StringBuilder(plate);
        for (int i = random.nextInt(3); i >= 0; i--) {
            open.setCharAt(random.nextInt(plate.length()), '?');
        }
        return open.toString();
    }

    private String filled(String pattern) {
        StringBuilder filled = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            filled.append(c == '?' ? any(LETTERS, 1) : c == '*' ? any(DIGITS, 3) : c);
        }
        return filled.toString();
    }

    private String any(String symbols, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(symbols.charAt(random.nextInt(symbols.length())));
        }
        return text.toString();
    }

    private static PlateRead withImage(String device, String readId, long time, String plate) {
        return new PlateRead(
                readId,
                device,
                1,
                time,
                plate,
                0.9,
                List.of(),
                "MX",
                null,
                null,
                null,
                null,
                IMAGE,
                "s3://plates/" + readId + ".jpg",
                null,
                false);
    }
}
