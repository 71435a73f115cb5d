package io.atalaya.videoanalytics.track;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TrackIdsTest {
    /** The reference is a list that drops its oldest id except the first when it is too long. */
    @Property
    void keepsTheFirstAndTheLatest(
            @ForAll @Size(max = 60) List<@IntRange(max = 40) Integer> renames,
            @ForAll @IntRange(min = 0, max = 30) int padding)
            throws IOException {
        TrackIds ids = new TrackIds();
        ids.begin("an older object");
        ids.rename("and its second name");
        ids.begin("ñ");
        List<String> oracle = new ArrayList<>(List.of("ñ"));
        for (int rename : renames) {
            String name = "x".repeat(padding) + rename;
            ids.rename(name);
            if (!oracle.contains(name)) {
                oracle.add(name);
                while (oracle.size() > TrackIds.MAX_IDS
                        || oracle.size() > 2 && String.join("", oracle).length() + 1 > 120) {
                    oracle.remove(1);
                }
            }
            assertThat(ids.all()).isEqualTo(oracle);
            assertThat(ids.present()).isEqualTo(name);
        }
        DataOutputSerializer out = new DataOutputSerializer(64);
        ids.write(out);
        TrackIds read = new TrackIds();
        read.read(new DataInputDeserializer(out.getCopyOfBuffer()));
        assertThat(read.all()).isEqualTo(oracle);
        assertThat(read.present()).isEqualTo(ids.present());
    }
}
