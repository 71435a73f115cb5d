package io.atalaya.videoanalytics.track;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class TrackNamesTest {
    /** The reference is the hash table that it replaces, with at most one id per track. */
    @Property
    void knowsTheSameAsAMapOfNames(
            @ForAll @Size(max = 300) List<@IntRange(max = 399) Integer> steps) {
        TrackNames names = new TrackNames();
        Map<String, Integer> oracle = new HashMap<>();
        for (int step : steps) {
            String name = "id-" + step % 40;
            int slot = step % 7;
            switch (step / 100) {
                case 0, 1 -> {
                    names.put(name, slot);
                    oracle.values().remove(slot);
                    oracle.put(name, slot);
                }
                case 2 -> {
                    names.remove(name);
                    oracle.remove(name);
                }
                default -> {
                    names.evict(slot);
                    oracle.values().remove(slot);
                }
            }
            for (int i = 0; i < 40; i++) {
                assertThat(names.get("id-" + i))
                        .isEqualTo(oracle.getOrDefault("id-" + i, TrackNames.NONE));
            }
        }
        names.clear();
        assertThat(names.get("id-1")).isEqualTo(TrackNames.NONE);
    }
}
