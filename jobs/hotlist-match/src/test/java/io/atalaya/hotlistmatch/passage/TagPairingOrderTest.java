package io.atalaya.hotlistmatch.passage;

import io.atalaya.rfid.TagKey;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where a tag is at home is a function of what was read: whoever listens to one key, be it a text
 * of the passage, the registered plate or the tag, has heard the same in the end, whichever topic
 * was read first and wherever the clock was meanwhile.
 */
class TagPairingOrderTest {
    private static final String ARCH = PassageStory.DEVICES.get(0);

    @Provide
    Arbitrary<List<PassageStory>> passages() {
        return PassageStory.any().list().ofMinSize(1).ofMaxSize(6);
    }

    @Property(tries = 5_000)
    void whateverIsReadFirst(@ForAll("passages") List<PassageStory> passages, @ForAll long seed)
            throws Exception {
        List<DeviceMessage> plates = new ArrayList<>();
        List<DeviceMessage> tags = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
            for (DeviceMessage message : passages.get(i).messages("-" + i)) {
                if (message.deviceId().equals(ARCH)) {
                    (message instanceof TagArrival ? tags : plates).add(message);
                }
            }
        }
        plates.sort(Comparator.comparingLong(DeviceMessage::arrival));
        tags.sort(Comparator.comparingLong(DeviceMessage::arrival));

        assertThat(anyhow(plates, tags, new Random(seed))).isEqualTo(inOrder(plates, tags));
    }

    private static Map<String, String> inOrder(List<DeviceMessage> plates, List<DeviceMessage> tags)
            throws Exception {
        List<DeviceMessage> all = new ArrayList<>(plates);
        all.addAll(tags);
        all.sort(Comparator.comparingLong(DeviceMessage::arrival));
        Arch arch = new Arch();
        for (DeviceMessage message : all) {
            arch.settle(message.arrival() - 1);
            arch.take(message);
        }
        return arch.heard();
    }

    private static Map<String, String> anyhow(
            List<DeviceMessage> plates, List<DeviceMessage> tags, Random random) throws Exception {
        Arch arch = new Arch();
        int bias = random.nextInt(5);
        int plate = 0;
        int tag = 0;
        while (plate < plates.size() || tag < tags.size()) {
            boolean isPlate =
                    tag == tags.size() || (plate < plates.size() && random.nextInt(5) <= bias);
            DeviceMessage next = isPlate ? plates.get(plate++) : tags.get(tag++);
            arch.take(next);
            switch (random.nextInt(4)) {
                case 0 -> arch.settle(next.arrival() - 1_000 + random.nextInt(10_000));
                case 1 -> arch.settle(Long.MAX_VALUE);
                default -> {}
            }
            if (random.nextInt(10) == 0) {
                arch.take(next);
            }
        }
        return arch.heard();
    }

    private static final class Arch {
        private final TagPairing pairing = new TagPairing(Duration.ofMillis(1500));
        private final PassageLogic logic = new PassageLogic(Duration.ofHours(1), 2048, pairing);
        private final DeviceMemory device = new DeviceMemory();

        /** By key and passage, with its tag: what was told last, and what it was told of before. */
        private final Map<String, Tagged> tagged = new TreeMap<>();

        private final Map<String, Gone> gone = new TreeMap<>();
        private long clock = Long.MIN_VALUE;

        void take(DeviceMessage message) throws Exception {
            if (message instanceof Sighting sighting) {
                logic.process(sighting, clock, device, this::hear);
            } else {
                logic.process((TagArrival) message, clock, device, this::hear);
            }
        }

        void settle(long now) throws Exception {
            clock = Math.max(clock, Math.min(now, message(now)));
            pairing.settle(device, now, this::hear);
        }

        private static long message(long now) {
            return now == Long.MAX_VALUE ? Long.MIN_VALUE : now;
        }

        private void hear(PlateEvent event, long[] keys) {
            for (long key : keys) {
                String at = key + " " + event.passageId() + " " + event.readKey();
                if (event instanceof Tagged tag) {
                    tagged.merge(at, tag, (a, b) -> b.told() > a.told() ? b : a);
                } else if (event instanceof Gone end && end.told() > 0) {
                    gone.merge(at, end, (a, b) -> b.told() > a.told() ? b : a);
                }
            }
        }

        Map<String, String> heard() throws Exception {
            settle(Long.MAX_VALUE);
            Map<String, String> heard = new TreeMap<>();
            tagged.forEach(
                    (at, tag) -> {
                        Gone end = gone.get(at);
                        if (end == null || !end.ends(tag)) {
                            heard.put(at, tag.plateReadId() + " since " + tag.at());
                        } else if (end.at() > tag.at() && isOwn(at, tag)) {
                            heard.put(at, "from " + tag.at() + " to " + end.at());
                        }
                    });
            return heard;
        }

        /** Of its past only whoever looks for the tag itself needs to know. */
        private static boolean isOwn(String at, Tagged tag) {
            return at.startsWith(TagKey.of(tag.tag().tagId()) + " ");
        }
    }
}
