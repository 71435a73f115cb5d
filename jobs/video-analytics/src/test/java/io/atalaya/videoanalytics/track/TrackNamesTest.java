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
    /** The hash table that it stands in for. */
    @Property
    void knowsTheSameAsAMapOfNames(
            @ForAll @Size(max = 300) List<@IntRange(max = 399) Integer> steps) {
        TrackNames names = new TrackNames();
        Map<String, Track> oracle = new HashMap<>();
        for (int step : steps) {
            String name = "id-" + step % 40;
            Track track = new Track();
            switch (step / 100) {
                case 0, 1 -> {
                    names.put(name, track);
                    oracle.put(name, track);
                }
                case 2 -> {
                    names.remove(name);
                    oracle.remove(name);
                }
                default -> {
                    Track known = step % 2 == 0 ? oracle.get(name) : track;
                    names.remove(name, known);
                    oracle.remove(name, known);
                }
            }
            for (int i = 0; i < 40; i++) {
                assertThat(names.get("id-" + i)).isSameAs(oracle.get("id-" + i));
            }
        }
        names.clear();
        assertThat(names.get("id-1")).isNull();
    }
}
