package io.atalaya.lab.evaluate.score;

import io.atalaya.simulator.truth.GroundTruth;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Passages whose tag is registered to another plate, by the plate's readId. */
final class MismatchRule implements Rule {
    @Override
    public String type() {
        return "plate-tag-mismatch";
    }

    @Override
    public List<Expected> expected(GroundTruth truth) {
        Map<String, GroundTruth.Passage> passages = new HashMap<>();
        truth.passages().forEach(passage -> passages.put(passage.readId(), passage));
        return Stream.concat(
                        truth.mismatches().stream()
                                .map(read -> expected(read, true, passages.get(read), truth)),
                        truth.unclearMismatches().stream()
                                .map(read -> expected(read, false, passages.get(read), truth)))
                .toList();
    }

    private static Expected expected(
            String read, boolean required, GroundTruth.Passage passage, GroundTruth truth) {
        long since = passage == null ? truth.start() : passage.time();
        String plates =
                passage == null
                        ? ""
                        : " shown " + passage.shown() + ", registered " + passage.registered();
        return new Expected(
                null,
                read,
                List.of(read),
                required,
                since,
                since,
                List.of(List.of(read)),
                List.of(),
                List.of(),
                "read " + read + plates);
    }

    @Override
    public boolean meets(ScoredAlert alert, Expected expected) {
        return true;
    }
}
