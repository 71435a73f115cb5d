package io.atalaya.hotlistmatch.ocr;

import io.atalaya.alert.Alert.Action;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What became of the reads, counted.
 *
 * @param reads all that were published
 * @param findings one for each read and entry that was shown to somebody
 * @param candidates pairs of a read and an entry one edit apart or nearer, by whose plate it is
 */
public record OcrFigures(
        List<OcrRead> reads, List<Finding> findings, Map<Whose, Integer> candidates) {

    /**
     * A read that was held to be a listed plate.
     *
     * @param isEqual the text read is the listed plate: on its characters alone no mistake
     */
    public record Finding(OcrRead read, Whose whose, Action action, boolean isEqual) {}

    public long count(Misread kind) {
        return reads.stream().filter(read -> read.kind() == kind).count();
    }

    /** Reads of a kind that were shown as what they are, with this action. */
    public long found(Misread kind, Action action) {
        return findings.stream()
                .filter(f -> f.whose() == Whose.ITS_OWN)
                .filter(f -> f.read().kind() == kind && f.action() == action)
                .count();
    }

    /** The share of a kind's reads that were shown at all, as what they are. */
    public double recall(Misread kind) {
        return (found(kind, Action.ALERT) + found(kind, Action.REVIEW)) / (double) count(kind);
    }

    /** Reads shown as a plate that they neither are nor equal. */
    public long mistaken(Action action) {
        return findings.stream()
                .filter(f -> f.whose() != Whose.ITS_OWN && !f.isEqual() && f.action() == action)
                .count();
    }

    /** Both tables, for a person. */
    public String table() {
        List<String> lines = new ArrayList<>();
        lines.add(row("read", "reads", "alert", "review", "missed", "found"));
        for (Misread kind : Misread.values()) {
            long all = count(kind);
            long alerts = found(kind, Action.ALERT);
            long reviews = found(kind, Action.REVIEW);
            String share =
                    all == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * recall(kind));
            lines.add(row(kind.title(), all, alerts, reviews, all - alerts - reviews, share));
        }
        lines.add("");
        lines.add(row("candidate", "pairs", "alert", "review", "silent", "equal"));
        for (Whose whose : EnumSet.complementOf(EnumSet.of(Whose.ITS_OWN))) {
            int pairs = candidates.getOrDefault(whose, 0);
            List<Finding> shown = findings.stream().filter(f -> f.whose() == whose).toList();
            long alerts = shown.stream().filter(f -> f.action() == Action.ALERT).count();
            long equal = shown.stream().filter(Finding::isEqual).count();
            lines.add(
                    row(
                            whose.title(),
                            pairs,
                            alerts,
                            shown.size() - alerts,
                            pairs - shown.size(),
                            equal));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-24s%8s%8s%8s%8s%9s", cells).stripTrailing();
    }
}
