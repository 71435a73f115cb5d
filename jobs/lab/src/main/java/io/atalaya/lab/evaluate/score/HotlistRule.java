package io.atalaya.lab.evaluate.score;

import io.atalaya.simulator.truth.GroundTruth;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Wanted passages, by entry and readId. Passages before their entry form their own groups: their
 * delay starts when the entry was added.
 */
final class HotlistRule implements Rule {
    static final String RETROSPECTIVE = "retrospective ";

    @Override
    public String type() {
        return "hotlist-match";
    }

    @Override
    public List<Expected> expected(GroundTruth truth) {
        Map<String, GroundTruth.Entry> entries = new HashMap<>();
        truth.entries().forEach(entry -> entries.put(entry.entryId(), entry));
        Map<String, String> texts = new HashMap<>();
        truth.passages().forEach(passage -> texts.put(passage.readId(), passage.read()));
        return truth.wantedPassages().stream()
                .map(
                        passage ->
                                expected(
                                        passage,
                                        entries.get(passage.entryId()),
                                        texts.get(passage.readId())))
                .toList();
    }

    private static Expected expected(
            GroundTruth.WantedPassage passage, GroundTruth.Entry entry, String readText) {
        long since =
                passage.retrospective() && entry != null
                        ? Math.max(passage.time(), entry.addedAt())
                        : passage.time();
        String group = (passage.retrospective() ? RETROSPECTIVE : "") + passage.readClass();
        return new Expected(
                group,
                passage.entryId(),
                passage.readIds(),
                passage.required(),
                since,
                since,
                List.of(passage.readIds()),
                List.of(),
                List.of(),
                String.format(
                        "entry %s listed %s, read %s as %s (%s) at %s %s",
                        passage.entryId(),
                        entry == null ? "?" : listed(entry),
                        passage.readId(),
                        readText == null ? "?" : readText,
                        group,
                        passage.deviceId(),
                        Instant.ofEpochMilli(passage.time())));
    }

    private static String listed(GroundTruth.Entry entry) {
        return entry.pattern() != null ? entry.pattern() : entry.plate();
    }

    @Override
    public boolean meets(ScoredAlert alert, Expected expected) {
        return expected.subject().equals(alert.entryId());
    }

    @Override
    public boolean judgesReads() {
        return true;
    }

    @Override
    public String delayClock() {
        return "the read's own time (device clock), for retrospective ones the entry's arrival";
    }
}
