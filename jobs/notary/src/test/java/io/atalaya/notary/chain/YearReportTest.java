package io.atalaya.notary.chain;

import io.atalaya.contracts.audit.AuditRecord.Envelope;
import io.atalaya.contracts.dispatch.EventId;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class YearReportTest {
    private final Chain chain = new Chain();
    private final YearReport report = new YearReport(1_000_000, 2_000_000);
    private int ids;

    @Test
    void countsTheSpanAndMeasuresFromTheFirstAssignment() {
        // The answer is read before the assignment, and a second assignment changes nothing.
        add("dispatch-responses", "A", "ACKNOWLEDGE", null, "TOLUCA/T-3", 1_060_000);
        add("dispatch-toluca", "A", "ASSIGN", "routed", "TOLUCA", 1_000_000);
        add("dispatch-ecatepec", "A", "ASSIGN", "routed", "ECATEPEC", 1_050_000);
        add("dispatch-toluca", "B", "ASSIGN", "routed", "TOLUCA", 1_999_000);
        add("dispatch-responses", "B", "ACKNOWLEDGE", null, "TOLUCA", 2_100_000);
        add("dispatch-responses", "B", "ON_SCENE", null, "TOLUCA", 2_500_000);
        add("dispatch-toluca", "C", "ASSIGN", "routed", "TOLUCA", 1_500_000);
        add("dispatch-responses", "A", "CLOSE", "17", "TOLUCA", 1_900_000);
        add("decisions", "A", "OPENED", "first", "alert", 1_000_000);
        add("decisions", "A", "ATTACHED", "same-plate", "alert", 1_100_000);
        add("decisions", null, "SUPPRESSED", "nuisance-call", "call", 1_100_000);
        add("decisions", null, "SUPPRESSED", "nuisance-call", "call", 1_200_000);
        add("decisions", "A", "ROUTED", "nearest", null, 1_200_000);
        // Another span's.
        add("decisions", "D", "OPENED", "first", "call", 999_999);
        add("dispatch-toluca", "D", "ASSIGN", "routed", "TOLUCA", 999_999);
        add("dispatch-responses", "D", "ACKNOWLEDGE", null, "TOLUCA", 1_000_001);

        assertThat(report.markdown())
                .contains(
                        "| Of these within the limit |\n",
                        "| assigned | 3 | | | | |\n",
                        "| ACCEPT | 0 | | | 120 s | |\n",
                        "| ACKNOWLEDGE | 2 | 60 s | 101 s | 90 s | 50.0 % |\n",
                        "| ON_SCENE | 1 | 501 s | 501 s | 600 s | 100.0 % |\n",
                        "| none of these | 1 |",
                        "| alert | 1 | 1 | 0 | 0 |\n| call | 0 | 0 | 0 | 2 |\n",
                        "| Kind | Number |\n|---|---|\n| all | 0 |\n",
                        "## dispatch-ecatepec\n\n| To | What | Reason | Number |\n|---|---|---|---|\n"
                                + "| ECATEPEC | ASSIGN | routed | 1 |\n",
                        "| TOLUCA | ASSIGN | routed | 3 |\n",
                        "|  | CLOSE | 17 | 1 |\n",
                        "|  | ACKNOWLEDGE |  | 2 |\n");
    }

    @Test
    void countsLookUpsByKind() {
        add("look-ups", null, "search", null, "TOLUCA/T-3", 1_000_000);
        add("look-ups", null, "export", null, "TOLUCA/T-3", 1_000_000);
        add("look-ups", null, "search", null, null, 1_999_999);
        add("look-ups", null, "search", null, "TOLUCA/T-3", 2_000_000);
        add("look-ups", null, "login", null, "TOLUCA/T-3", 1_000_000);

        assertThat(report.markdown())
                .contains(
                        "| Kind | Number |\n|---|---|\n| export | 1 |\n| search | 2 |\n| all | 3 |",
                        "people look things up?\n\n| Kind | Number |\n|---|---|\n| login | 1 |\n| all | 1 |")
                .doesNotContain("T-3", "## look-ups");
    }

    /** An event of every source, as dispatch decides about it. */
    @ParameterizedTest
    @EnumSource
    void countsTheDecisionsOfEverySource(EventId.Source source) {
        String decision =
                """
                {"decisionId":"C","eventId":"%s","time":9,"incidentId":"I","kind":"OPENED",
                 "reason":"first","policyVersion":"1"}"""
                        .formatted(EventId.of(source, "a/b"));
        report.add(
                chain.add(
                        Envelopes.of(
                                new RawRecord(
                                        Topics.DECISIONS,
                                        0,
                                        0,
                                        1_000_000,
                                        null,
                                        decision.getBytes(UTF_8),
                                        List.of()))));

        assertThat(report.markdown()).contains("| " + source.label() + " | 1 | 0 | 0 | 0 |");
    }

    @Test
    void countsWhatIsRepeatedOnce() {
        add("D", "deliveries", "A", "DELIVERED", null, "cad", 1_000_000);
        add("D", "deliveries", "A", "DELIVERED", null, "cad", 1_900_000);
        add("D", "decisions", "A", "OPENED", "first", "call", 1_000_000);
        add("D", "decisions", "A", "OPENED", "first", "call", 1_000_000);
        add(null, "deliveries", null, "UNREADABLE", null, null, 1_000_000);
        add(null, "deliveries", null, "UNREADABLE", null, null, 1_000_000);

        assertThat(report.markdown())
                .contains(
                        "| cad | DELIVERED |  | 1 |",
                        "| call | 1 | 0 | 0 | 0 |",
                        "|  | UNREADABLE |  | 2 |");
    }

    private void add(
            String topic, String incidentId, String purpose, String reason, String who, long time) {
        add("E-" + ids++, topic, incidentId, purpose, reason, who, time);
    }

    private void add(
            String id,
            String topic,
            String incidentId,
            String purpose,
            String reason,
            String who,
            long time) {
        report.add(
                chain.add(
                        new Envelope(
                                id,
                                incidentId,
                                0,
                                0,
                                purpose,
                                reason,
                                null,
                                "ab".repeat(32),
                                time,
                                topic,
                                who)));
    }
}
