package io.atalaya.hotlistmatch.passage;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class DeviceRingsTest {
    @Provide
    Arbitrary<List<PassageStory>> passages() {
        return PassageStory.any().list().ofMinSize(1).ofMaxSize(12);
    }

    /**
     * Also while reads are evicted because they are too old or too many, messages fail and are
     * processed again, and the device is restored from its state.
     */
    @Property(tries = 3_000)
    void emitWhatPlainObjectsEmit(
            @ForAll("passages") List<PassageStory> passages, @ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Duration memory = Duration.ofSeconds(random.nextBoolean() ? 3_600 : 2 + random.nextInt(10));
        int maxReads = random.nextBoolean() ? 2_048 : 2 + random.nextInt(8);
        List<String> rings = new ArrayList<>();
        List<String> objects = new ArrayList<>();

        ArchRun.anyhow(
                passages,
                new Random(seed),
                ArchRun.inUnsteadyRings(memory, maxReads, random),
                (event, keys) -> rings.add(event + " " + Arrays.toString(keys)));
        ArchRun.anyhow(
                passages,
                new Random(seed),
                ArchRun.inObjects(memory, maxReads),
                (event, keys) -> objects.add(event + " " + Arrays.toString(keys)));

        assertThat(rings).isEqualTo(objects);
    }
}
