package io.atalaya.videoanalytics.track;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TrackPoolTest {
    /** A track is never in use twice, in any order of taking and releasing. */
    @Property
    void noTrackIsUsedTwiceAtATime(
            @ForAll @Size(max = 400) List<@IntRange(max = 99) Integer> steps) {
        TrackPool pool = new TrackPool(400);
        TrackPool.Selection selection = new TrackPool.Selection(pool, 400);
        List<Track> oracle = new ArrayList<>();
        for (int step : steps) {
            if (step < 60 || oracle.isEmpty()) {
                int slot = pool.poll();
                selection.append(slot);
                oracle.add(pool.get(slot));
            } else {
                int gone = step % oracle.size();
                pool.giveBack(selection.slot(gone));
                for (int i = gone + 1; i < oracle.size(); i++) {
                    selection.move(i, i - 1);
                }
                selection.truncate(oracle.size() - 1);
                oracle.remove(gone);
            }
            assertThat(selection)
                    .usingElementComparator((a, b) -> a == b ? 0 : 1)
                    .containsExactlyElementsOf(oracle);
            assertThat(selection.stream().distinct().count()).isEqualTo(oracle.size());
        }
    }
}
