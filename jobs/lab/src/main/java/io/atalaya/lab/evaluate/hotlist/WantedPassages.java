package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.simulator.truth.GroundTruth;

import java.util.HashMap;
import java.util.Map;

/** The wanted passages, by entry and by each readId that an alert may name. */
final class WantedPassages {
    private record Key(String entryId, String readId) {}

    private final Map<Key, GroundTruth.WantedPassage> byRead = new HashMap<>();

    WantedPassages(GroundTruth truth) {
        for (GroundTruth.WantedPassage passage : truth.wantedPassages()) {
            for (String read : passage.readIds()) {
                byRead.put(new Key(passage.entryId(), read), passage);
            }
        }
    }

    /** The passage; null if the ground truth has none. */
    GroundTruth.WantedPassage of(String entryId, String readId) {
        return byRead.get(new Key(entryId, readId));
    }

    /** Number of passages that must be found. */
    int required() {
        return (int)
                byRead.values().stream()
                        .filter(GroundTruth.WantedPassage::required)
                        .distinct()
                        .count();
    }
}
