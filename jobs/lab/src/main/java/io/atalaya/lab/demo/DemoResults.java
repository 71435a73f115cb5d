package io.atalaya.lab.demo;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.lab.demo.DelayHistogram.Percentiles;
import io.atalaya.lab.evaluate.score.Figures;
import io.atalaya.lab.evaluate.score.GroundTruthScorer;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.WantedPassage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Collects the alerts and compares them with the ground truth. Thread-safe. */
final class DemoResults {

    private final List<ScoredAlert> revisions = new ArrayList<>();
    private final Map<String, ScoredAlert> last = new HashMap<>();
    private final DelayHistogram live = new DelayHistogram();
    private final DelayHistogram liveWhileLoading = new DelayHistogram();
    private final DelayHistogram past = new DelayHistogram();
    private boolean isLoading;

    /** Sets whether a bulk load of the list is in progress. */
    synchronized void setLoading(boolean now) {
        isLoading = now;
    }

    /**
     * Adds a revision of an alert.
     *
     * @param now wall clock, epoch ms
     */
    synchronized void onAlert(Alert alert, long now) {
        ScoredAlert scored = ScoredAlert.of(alert);
        revisions.add(scored);
        ScoredAlert before = last.get(alert.alertId());
        // Camera alerts are excluded, because their dwell times do not measure the job's latency.
        if (before == null && !alert.type().isCamera()) {
            delayed(alert, now - alert.causedAt());
        }
        if (before == null || scored.revision() >= before.revision()) {
            last.put(alert.alertId(), scored);
        }
    }

    private void delayed(Alert alert, long delay) {
        if (alert.isRetrospective()) {
            past.add(delay);
        } else {
            live.add(delay);
            if (isLoading) {
                liveWhileLoading.add(delay);
            }
        }
    }

    /** Alerts by type, action and last status, for example {@code hotlist-match ALERT NEW}. */
    synchronized Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        for (ScoredAlert alert : last.values()) {
            String kind =
                    String.join(" ", alert.type(), alert.action().name(), alert.status().name());
            counts.merge(kind, 1, Integer::sum);
        }
        return counts;
    }

    synchronized Percentiles liveDelays() {
        return live.percentiles();
    }

    synchronized Percentiles liveDelaysWhileLoading() {
        return liveWhileLoading.percentiles();
    }

    synchronized Percentiles retrospectiveDelays() {
        return past.percentiles();
    }

    /**
     * Compares the alerts with the ground truth, like {@code evaluate}.
     *
     * @param due whether the read and the entry of a passage were sent; other passages are not
     *     required
     * @param ours whether the demo made an entry itself, so that the ground truth lacks it
     */
    synchronized Figures figures(
            GroundTruth truth, Predicate<WantedPassage> due, Predicate<String> ours) {
        List<WantedPassage> passages =
                truth.wantedPassages().stream()
                        .map(p -> due.test(p) ? p : p.withRequired(false))
                        .toList();
        List<ScoredAlert> theirs =
                revisions.stream()
                        .filter(a -> a.entryId() == null || !ours.test(a.entryId()))
                        .toList();
        return GroundTruthScorer.score(truth.withWantedPassages(passages), theirs);
    }
}
