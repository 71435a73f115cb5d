package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.simulator.truth.Truth;

import java.util.HashMap;
import java.util.Map;

/** The passages that the truth names, by their entry and by each readId that an alert may give. */
final class WantedPassages {
    private record Key(String entryId, String readId) {}

    private final Map<Key, Truth.WantedPassage> byRead = new HashMap<>();

    WantedPassages(Truth truth) {
        for (Truth.WantedPassage passage : truth.wantedPassages()) {
            for (String read : passage.readIds()) {
                byRead.put(new Key(passage.entryId(), read), passage);
            }
        }
    }

    /** The passage; null if the truth names none. */
    Truth.WantedPassage of(String entryId, String readId) {
        return byRead.get(new Key(entryId, readId));
    }

    /** How many must be found. */
    int required() {
        return (int)
                byRead.values().stream().filter(Truth.WantedPassage::required).distinct().count();
    }
}
