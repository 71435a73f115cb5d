package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.hotlistmatch.score.Thresholds;
import io.atalaya.lab.evaluate.hotlist.JudgedAlert.Verdict;
import io.atalaya.lab.evaluate.score.Figures;
import io.atalaya.lab.evaluate.score.GroundTruthScorer;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All results of the report.
 *
 * @param plain the two plain rules, and the counts of the recording
 * @param figures of all types, at the thresholds in force
 * @param rows of the comparison: the job's, one per country if there are several, then the plain
 *     rules'
 * @param ocrVerifications effect of OCR verification, in all and by country; empty without it
 * @param shown hot-list alerts at the thresholds in force
 * @param scored hot-list alerts of the run that shows almost every score
 * @param curve threshold curve of {@code scored}
 * @param required passages that must be found
 * @param floor lowest score in {@code scored}
 * @param atThresholds {@code scored} at the thresholds in force, as a check
 */
record HotlistReport(
        GroundTruth truth,
        Thresholds thresholds,
        PlainRules plain,
        Figures figures,
        List<Row> rows,
        Map<String, OpinionFigures> ocrVerifications,
        List<JudgedAlert> shown,
        List<JudgedAlert> scored,
        List<ThresholdCurve.Point> curve,
        int required,
        double floor,
        Tally atThresholds) {

    /**
     * One way of matching.
     *
     * @param needlessReviews null if it has no reviews
     * @param reads reads it processed; 0 if unknown
     */
    record Row(String name, Tally tally, int falseAlerts, Integer needlessReviews, int reads) {}

    static HotlistReport of(
            GroundTruth truth,
            Thresholds thresholds,
            PlainRules plain,
            List<ScoredAlert> alerts,
            List<ScoredAlert> scores,
            double floor) {
        AlertJudge judge = new AlertJudge(truth);
        List<JudgedAlert> shown = judge.judge(alerts);
        List<JudgedAlert> scored = judge.judge(scores);

        ByCountry byCountry = new ByCountry(truth, plain.countries(), shown, scored);
        List<Row> rows = new ArrayList<>();
        rows.add(row("this job, alerts and reviews", truth, shown, plain.reads()));
        Tally interrupting = new Tally(truth);
        shown.stream()
                .filter(HotlistReport::interrupts)
                .forEach(alert -> interrupting.alert(alert.alert()));
        rows.add(
                new Row(
                        "this job, alerts alone",
                        interrupting,
                        interrupting.wrong(),
                        null,
                        plain.reads()));
        for (ByCountry.Part part : byCountry.parts()) {
            rows.add(
                    row(
                            "this job, of " + part.country(),
                            truth.withWantedPassages(part.wanted()),
                            part.shown(),
                            part.reads()));
        }
        plain.tallies()
                .forEach(
                        (rule, tally) ->
                                rows.add(
                                        new Row(
                                                rule.title(),
                                                tally,
                                                tally.wrong(),
                                                null,
                                                plain.reads())));

        Tally atThresholds = new Tally(truth);
        for (JudgedAlert alert : scored) {
            if (thresholds.action(alert.alert().priority(), alert.score()) != null) {
                atThresholds.alert(alert.alert());
            }
        }
        return new HotlistReport(
                truth,
                thresholds,
                plain,
                GroundTruthScorer.score(truth, alerts),
                rows,
                ocrVerifications(truth, thresholds, byCountry, shown, scored),
                shown,
                scored,
                ThresholdCurve.of(scored),
                judge.required(),
                floor,
                atThresholds);
    }

    private static Row row(String name, GroundTruth truth, List<JudgedAlert> shown, int reads) {
        Tally tally = new Tally(truth);
        int falseAlerts = 0;
        int needless = 0;
        for (JudgedAlert alert : shown) {
            tally.alert(alert.alert());
            if (alert.verdict() == Verdict.FALSE) {
                falseAlerts += interrupts(alert) ? 1 : 0;
                needless += interrupts(alert) ? 0 : 1;
            }
        }
        return new Row(name, tally, falseAlerts, needless, reads);
    }

    private static boolean interrupts(JudgedAlert alert) {
        return alert.alert().action() == Alert.Action.ALERT;
    }

    private static Map<String, OpinionFigures> ocrVerifications(
            GroundTruth truth,
            Thresholds thresholds,
            ByCountry byCountry,
            List<JudgedAlert> shown,
            List<JudgedAlert> scored) {
        Map<String, OpinionFigures> ocrVerifications = new LinkedHashMap<>();
        if (Stream.of(shown, scored)
                .flatMap(List::stream)
                .anyMatch(alert -> alert.alert().ocrLogOdds() != null)) {
            ocrVerifications.put(
                    "all", OpinionFigures.of(truth.wantedPassages(), thresholds, shown, scored));
            for (ByCountry.Part part : byCountry.parts()) {
                ocrVerifications.put(
                        "of " + part.country(),
                        OpinionFigures.of(part.wanted(), thresholds, part.shown(), part.scored()));
            }
        }
        return ocrVerifications;
    }

    /** Over the scores from the lowest review threshold in force. */
    Reliability reliabilityShown() {
        return Reliability.of(scored, lowestReview());
    }

    /** Over all scores from the floor. */
    Reliability reliabilityOfAll() {
        return Reliability.of(scored, 0);
    }

    double lowestReview() {
        return thresholds.bands().stream().mapToDouble(Thresholds.Band::review).min().orElseThrow();
    }

    /**
     * False alarms with the same read text and entry, for example one vehicle that passes ten
     * arches.
     *
     * @param worst the one with the highest score, an alert before a review
     * @param others number of the others
     */
    record FalseAlarm(JudgedAlert worst, int others) {}

    /** The false alerts and needless reviews: alerts first, then by falling score. */
    List<FalseAlarm> falseAlarms(int most) {
        Map<List<String>, List<JudgedAlert>> alike = new LinkedHashMap<>();
        shown.stream()
                .filter(alert -> alert.verdict() == Verdict.FALSE)
                .sorted(
                        Comparator.comparing((JudgedAlert alert) -> alert.alert().action())
                                .thenComparing(
                                        Comparator.comparingDouble(JudgedAlert::score).reversed())
                                .thenComparing(alert -> alert.alert().alertId()))
                .forEach(
                        alert ->
                                alike.computeIfAbsent(
                                                Arrays.asList(
                                                        alert.alert().entryId(),
                                                        alert.alert().read()),
                                                key -> new ArrayList<>())
                                        .add(alert));
        return alike.values().stream()
                .limit(most)
                .map(alerts -> new FalseAlarm(alerts.get(0), alerts.size() - 1))
                .toList();
    }

    /** Count per 100,000 reads. */
    double per100k(int count) {
        return per100k(count, plain.reads());
    }

    static double per100k(int count, int reads) {
        return count * 100_000.0 / reads;
    }
}
