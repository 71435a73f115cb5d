package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.alert.Alert.Action;
import io.atalaya.contracts.alert.Alert.Status;
import io.atalaya.hotlistmatch.score.Thresholds;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the figures per country and those of OCR verification. */
class HotlistReportTest {
    private static final long START = 1_772_542_800_000L;

    /** For priority 80, which all alerts here have, review starts at 0.05 (log-odds of -2.94). */
    private static final Thresholds THRESHOLDS = Thresholds.parse("0:0.70:0.05");

    private static final GroundTruth TRUTH =
            new GroundTruth(
                    1,
                    START,
                    10,
                    List.of(),
                    List.of(
                            wanted("E1", "R1", "exact"),
                            wanted("E1", "R2", "one-edit"),
                            wanted("E1", "R3", "one-edit"),
                            wanted("E2", "R4", "look-alike"),
                            wanted("E2", "R5", "one-edit"),
                            wanted("E2", "R6", "one-edit")),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    List.of());

    /**
     * The match of R2 is shown because of its image alone, and that of R3 is not shown; the image
     * speaks against R6 being E2.
     */
    private static final List<ScoredAlert> SHOWN =
            List.of(
                    Alerts.scored("a", "E1", 0.99, "R1"),
                    Alerts.review("b", "E1", 0.6, 4.5, "R2"),
                    Alerts.review("c", "E2", 0.6, 0.1, "R4"),
                    Alerts.review("d", "E2", 0.4, null, "R5"),
                    Alerts.review("e", "E9", 0.2, null, "R1"),
                    Alerts.scored("f", Status.NEW, Action.ALERT, "E9", 0.8, "R5"));

    private static final List<ScoredAlert> SCORED =
            List.of(
                    Alerts.review("b", "E1", 0.6, 4.5, "R2"),
                    Alerts.review("r3", "E1", 0.001, -0.5, "R3"),
                    Alerts.review("r6", "E2", 0.002, -4.5, "R6"),
                    Alerts.review("e", "E9", 0.2, null, "R1"),
                    Alerts.review("g", "E9", 0.001, -4.5, "R2"),
                    Alerts.scored("f", Status.NEW, Action.ALERT, "E9", 0.8, "R5"));

    @Test
    void eachCountryHasItsRowWithItsOwnRates() {
        List<String> lines = comparison(twoCountries());

        assertThat(lines).hasSize(1 + 6);
        assertThat(lines.get(1)).startsWith("this job, alerts and reviews");
        assertThat(line(lines, "this job, of BR"))
                .as("2 of 3 reads found, one false alert in 3 reads")
                .containsSubsequence(
                        "-", "100.0 % (1/1)", "50.0 % (1/2)", "33,333.3 (1)", "0.0 (0)");
        assertThat(line(lines, "this job, of US"))
                .containsSubsequence(
                        "100.0 % (1/1)", "-", "50.0 % (1/2)", "0.0 (0)", "33,333.3 (1)");
        assertThat(line(lines, "this job, alerts of US"))
                .as("R2 is a review")
                .containsSubsequence("100.0 % (1/1)", "-", "0.0 % (0/2)", "0.0 (0)", "-");
    }

    @Test
    void oneCountryIsNoRowOfItsOwn() {
        Countries countries = new Countries();
        for (int i = 1; i <= 6; i++) {
            countries.addRead("R" + i, "us");
        }
        assertThat(comparison(countries)).noneMatch(line -> line.startsWith("this job, of"));
    }

    @Test
    void whereCamerasNameNoCountryTheListDoes() {
        Countries countries = new Countries();
        for (int i = 1; i <= 6; i++) {
            countries.addRead("R" + i, null);
        }
        countries.addEntry("E1", "US");
        countries.addEntry("E2", "BR");

        List<String> lines = comparison(countries);
        assertThat(line(lines, "this job, of BR")).contains("100.0 % (1/1)").doesNotContain("000");
        assertThat(line(lines, "this job, of unknown")).matches(".* 1 +1");
    }

    @Test
    void ocrVerificationIsEvaluatedByWhatWouldBeShownWithoutIt() {
        List<String> lines = lines(report(twoCountries(), SHOWN, SCORED).ocrTable()::print);

        assertThat(lines).hasSize(1 + 3);
        assertThat(line(lines, "all"))
                .as(
                        "R2 and R3 are unseen without it, R6 is hidden by it; e, f, g were false without")
                .containsSubsequence("-", "50.0 % (1/2)", "1", "2 (instead of 3)");
        assertThat(line(lines, "of BR")).containsSubsequence("-", "-", "1", "1 (instead of 1)");
        assertThat(line(lines, "of US"))
                .containsSubsequence("-", "50.0 % (1/2)", "0", "1 (instead of 2)");
    }

    @Test
    void withoutImagesTheOcrTableIsEmpty() {
        List<ScoredAlert> shown = List.of(Alerts.scored("a", "E1", 0.99, "R1"));
        assertThat(report(twoCountries(), shown, shown).ocrTable().rows()).isEmpty();
    }

    private static List<String> comparison(Countries countries) {
        return lines(report(countries, SHOWN, SCORED).comparison()::print);
    }

    private static List<String> lines(Consumer<PrintWriter> table) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        table.accept(out);
        out.flush();
        return text.toString().lines().toList();
    }

    private static String line(List<String> lines, String start) {
        return lines.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
    }

    private static Countries twoCountries() {
        Countries countries = new Countries();
        for (int i = 1; i <= 6; i++) {
            countries.addRead("R" + i, i <= 3 ? "us" : "BR");
        }
        return countries;
    }

    private static HotlistReport report(
            Countries countries, List<ScoredAlert> shown, List<ScoredAlert> scored) {
        Baselines none = new Baselines(Map.of(), countries, START, START, 2);
        return new HotlistReport(TRUTH, THRESHOLDS, none, shown, scored, 0.0005);
    }

    private static GroundTruth.WantedPassage wanted(String entry, String read, String readClass) {
        return new GroundTruth.WantedPassage(
                entry, read, START, "A1", readClass, null, false, true);
    }
}
