package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.hotlistmatch.score.Thresholds;
import io.atalaya.lab.evaluate.hotlist.HotlistEvaluator.EvaluatedAlert;
import io.atalaya.lab.evaluate.page.Page;
import io.atalaya.lab.evaluate.page.Table;
import io.atalaya.lab.evaluate.page.Table.Cell;
import io.atalaya.lab.evaluate.score.Figures;
import io.atalaya.lab.evaluate.score.GroundTruthScorer;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.lab.evaluate.score.ThresholdCurve;
import io.atalaya.simulator.truth.GroundTruth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All results of the report. */
final class HotlistReport {
    private final GroundTruth truth;
    private final Thresholds thresholds;
    private final Baselines baselines;
    private final double floor;
    private final Figures figures;
    private final List<EvaluatedAlert> shown;
    private final List<EvaluatedAlert> scored;
    private final ThresholdCurve curve;
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, OcrEffect> ocrEffects = new LinkedHashMap<>();

    /**
     * One matching method.
     *
     * @param needlessReviews null if it has no reviews
     * @param reads reads it processed; 0 if unknown
     */
    record Row(
            String name,
            PassageCounts counts,
            int falseAlerts,
            Integer needlessReviews,
            int reads) {
        private static Row of(
                String name,
                Collection<GroundTruth.WantedPassage> wanted,
                List<EvaluatedAlert> alerts,
                int reads) {
            List<EvaluatedAlert> falseOnes =
                    alerts.stream().filter(EvaluatedAlert::isFalse).toList();
            int falseAlerts =
                    (int) falseOnes.stream().filter(EvaluatedAlert::isInterrupting).count();
            return new Row(
                    name,
                    new PassageCounts(wanted).addAll(alerts),
                    falseAlerts,
                    falseOnes.size() - falseAlerts,
                    reads);
        }

        private static Row ofAlerts(
                String name,
                Collection<GroundTruth.WantedPassage> wanted,
                List<EvaluatedAlert> alerts,
                int reads) {
            List<EvaluatedAlert> interrupting =
                    alerts.stream().filter(EvaluatedAlert::isInterrupting).toList();
            return withoutReviews(name, new PassageCounts(wanted).addAll(interrupting), reads);
        }

        private static Row withoutReviews(String name, PassageCounts counts, int reads) {
            return new Row(name, counts, counts.wrong(), null, reads);
        }

        private Object[] cells() {
            return Stream.of(
                            Stream.of(name),
                            Arrays.stream(PassageGroup.values())
                                    .map(g -> Cell.share(counts.found(g), counts.required(g))),
                            Stream.of(rate(falseAlerts), rate(needlessReviews)))
                    .flatMap(each -> each)
                    .toArray();
        }

        /** Per 100,000 reads; a country without reads has no rate, only a count. */
        Cell rate(Integer count) {
            String counted = Page.formatted("%,d", count);
            return count == null || reads == 0
                    ? new Cell(counted, "")
                    : new Cell(Page.formatted("%,.1f", count * 100_000.0 / reads), counted);
        }
    }

    /**
     * @param alerts of the run at the thresholds in force
     * @param scores of the run that shows every score from {@code floor} on
     */
    HotlistReport(
            GroundTruth truth,
            Thresholds thresholds,
            Baselines baselines,
            List<ScoredAlert> alerts,
            List<ScoredAlert> scores,
            double floor) {
        this.truth = truth;
        this.thresholds = thresholds;
        this.baselines = baselines;
        this.floor = floor;
        HotlistEvaluator evaluator = new HotlistEvaluator(truth);
        shown = evaluator.evaluate(alerts);
        scored = evaluator.evaluate(scores);
        figures = GroundTruthScorer.score(truth, alerts);
        curve = evaluator.curve(scored);

        List<GroundTruth.WantedPassage> wanted = truth.wantedPassages();
        List<Countries.Part> countries = baselines.countries().parts(wanted, shown, scored);
        rows.add(Row.of("this job, alerts and reviews", wanted, shown, baselines.reads()));
        rows.add(Row.ofAlerts("this job, alerts alone", wanted, shown, baselines.reads()));
        for (Countries.Part part : countries) {
            rows.add(
                    Row.of(
                            "this job, of " + part.country(),
                            part.wanted(),
                            part.shown(),
                            part.reads()));
            rows.add(
                    Row.ofAlerts(
                            "this job, alerts of " + part.country(),
                            part.wanted(),
                            part.shown(),
                            part.reads()));
        }
        baselines
                .counts()
                .forEach(
                        (rule, counts) ->
                                rows.add(
                                        Row.withoutReviews(
                                                rule.title(), counts, baselines.reads())));
        if (Stream.of(shown, scored)
                .flatMap(List::stream)
                .anyMatch(alert -> alert.alert().ocrLogOdds() != null)) {
            ocrEffects.put("all", OcrEffect.of(wanted, thresholds, shown, scored));
            for (Countries.Part part : countries) {
                ocrEffects.put(
                        "of " + part.country(),
                        OcrEffect.of(part.wanted(), thresholds, part.shown(), part.scored()));
            }
        }
    }

    public Thresholds thresholds() {
        return thresholds;
    }

    public Baselines baselines() {
        return baselines;
    }

    /** Lowest score in the second run. */
    public double floor() {
        return floor;
    }

    public ThresholdCurve curve() {
        return curve;
    }

    /** The job's rows, two per country if there are several, then the baselines'. */
    List<Row> rows() {
        return rows;
    }

    /** All alerts and reviews of the job. */
    public Row job() {
        return rows.get(0);
    }

    /** The job beside the baselines. */
    public Table comparison() {
        Table table =
                new Table(
                        Stream.of(
                                        Stream.of("found of what must be"),
                                        Arrays.stream(PassageGroup.values())
                                                .map(PassageGroup::title),
                                        Stream.of("false alerts in 100,000", "needless reviews"))
                                .flatMap(each -> each)
                                .collect(Collectors.joining(" | ")));
        rows.forEach(row -> table.row(row.cells()));
        return table;
    }

    /** Effect of OCR verification, in all and by country; empty without it. */
    Map<String, OcrEffect> ocrEffects() {
        return ocrEffects;
    }

    /** The effect of OCR verification; without rows if the recording has no plate images. */
    public Table ocrTable() {
        Table table =
                new Table(
                        "seen by the plate's image alone | look-alikes | one edit"
                                + " | right ones hidden | false alerts and reviews");
        ocrEffects.forEach(
                (name, effect) ->
                        table.row(
                                name,
                                recovered(effect, PassageGroup.LOOK_ALIKE),
                                recovered(effect, PassageGroup.ONE_EDIT),
                                Page.formatted("%,d", effect.hidden()),
                                new Cell(
                                        Page.formatted("%,d", effect.falseWith()),
                                        Page.formatted("instead of %,d", effect.falseWithout()))));
        return table;
    }

    private static Cell recovered(OcrEffect effect, PassageGroup group) {
        return Cell.share(effect.recovered(group), effect.unseen(group));
    }

    /** The alert types beside hot-list matches. */
    public Table otherTypes() {
        Table table = new Table("type | required | found | alerts | cancelled | false");
        for (Figures.TypeFigures type : figures.types()) {
            if (!isHotlistMatch(type)) {
                table.row(
                        type.type(),
                        type.found().required(),
                        Cell.share(type.found().found(), type.found().required()).figure(),
                        type.alerts(),
                        type.cancelled(),
                        type.falseAlerts() == null
                                ? null
                                : type.falseAlerts() + type.falseReviews());
            }
        }
        return table;
    }

    private static boolean isHotlistMatch(Figures.TypeFigures type) {
        return type.type().equals(AlertType.HOTLIST_MATCH.wireName());
    }

    /** Descriptions of the missed hot-list passages. */
    public List<String> missed() {
        return figures.types().stream()
                .filter(HotlistReport::isHotlistMatch)
                .flatMap(type -> type.missed().stream())
                .toList();
    }

    /** Over the scores from the lowest review threshold in force. */
    public Reliability reliabilityShown() {
        return Reliability.of(scored, lowestReview());
    }

    /** Over all scores from the floor. */
    public Reliability reliabilityOfAll() {
        return Reliability.of(scored, 0);
    }

    public double lowestReview() {
        return thresholds.bands().stream().mapToDouble(Thresholds.Band::review).min().orElseThrow();
    }

    /** The second run at the thresholds in force, as a check. */
    PassageCounts secondRunInForce() {
        return new PassageCounts(truth.wantedPassages())
                .addAll(
                        scored.stream()
                                .filter(
                                        alert ->
                                                thresholds.action(
                                                                alert.alert().priority(),
                                                                alert.score())
                                                        != null)
                                .toList());
    }

    /**
     * The false alerts and needless reviews: alerts first, then by falling score. Those with the
     * same read text and entry are one group, for example one vehicle that passes ten arches.
     */
    List<List<EvaluatedAlert>> falseAlarms(int max) {
        return shown.stream()
                .filter(EvaluatedAlert::isFalse)
                .sorted(
                        Comparator.comparing((EvaluatedAlert alert) -> alert.alert().action())
                                .thenComparing(
                                        Comparator.comparingDouble(EvaluatedAlert::score)
                                                .reversed())
                                .thenComparing(alert -> alert.alert().alertId()))
                .collect(
                        Collectors.groupingBy(
                                alert ->
                                        Arrays.asList(
                                                alert.alert().entryId(), alert.alert().read()),
                                LinkedHashMap::new,
                                Collectors.toList()))
                .values()
                .stream()
                .limit(max)
                .toList();
    }

    /** The vehicle passages of the ground truth, by readId. */
    Map<String, GroundTruth.Passage> passages() {
        return truth.passages().stream()
                .collect(Collectors.toMap(GroundTruth.Passage::readId, p -> p, (a, b) -> a));
    }
}
