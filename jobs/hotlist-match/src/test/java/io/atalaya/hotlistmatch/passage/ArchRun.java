package io.atalaya.hotlistmatch.passage;

import io.atalaya.hotlistmatch.event.DeviceMessage;
import io.atalaya.hotlistmatch.event.PlateEvent;
import io.atalaya.hotlistmatch.event.Sighting;
import io.atalaya.hotlistmatch.event.TagArrival;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The passage step of one arch without a cluster, run twice over the same messages: in order, the
 * clock right behind; or anyhow, one topic ahead of the other, the clock wherever it is, and now
 * and then held to stand still although more is to come.
 */
public final class ArchRun {
    private static final String ARCH = PassageStory.DEVICES.get(0);

    /** Hears what the arch tells. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param keys under which it is told
         */
        void hear(PlateEvent event, long[] keys) throws Exception;
    }

    private final TagPairing pairing = new TagPairing(Duration.ofMillis(1500));
    private final PassageLogic logic =
            new PassageLogic(Duration.ofHours(1), 2048, pairing, PassageSamples.PLAUSIBILITY);
    private final DeviceMemory device = new DeviceMemory(undo -> {});
    private final Listener listener;
    private long clock = Long.MIN_VALUE;

    private ArchRun(Listener listener) {
        this.listener = listener;
    }

    /** Messages by arrival, whatever their topic. */
    public static void inOrder(List<PassageStory> passages, Listener listener) throws Exception {
        List<DeviceMessage> all = messages(passages, false);
        all.addAll(messages(passages, true));
        all.sort(Comparator.comparingLong(DeviceMessage::arrival));
        ArchRun arch = new ArchRun(listener);
        for (DeviceMessage message : all) {
            arch.settle(message.arrival() - 1);
            arch.take(message);
        }
        arch.settle(Long.MAX_VALUE);
    }

    /** Each topic in its order, some messages twice. */
    public static void anyhow(List<PassageStory> passages, Random random, Listener listener)
            throws Exception {
        List<DeviceMessage> plates = messages(passages, false);
        List<DeviceMessage> tags = messages(passages, true);
        ArchRun arch = new ArchRun(listener);
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
        arch.settle(Long.MAX_VALUE);
    }

    private static List<DeviceMessage> messages(List<PassageStory> passages, boolean ofTags) {
        List<DeviceMessage> messages = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
            for (DeviceMessage message : passages.get(i).messages("-" + i)) {
                if (message.deviceId().equals(ARCH) && message instanceof TagArrival == ofTags) {
                    messages.add(message);
                }
            }
        }
        messages.sort(Comparator.comparingLong(DeviceMessage::arrival));
        return messages;
    }

    private void take(DeviceMessage message) throws Exception {
        if (message instanceof Sighting sighting) {
            logic.process(sighting, clock, device, listener::hear);
        } else {
            logic.process((TagArrival) message, clock, device, listener::hear);
        }
    }

    /**
     * @param now arrival clock; {@link Long#MAX_VALUE}: it stands still
     */
    private void settle(long now) throws Exception {
        if (now != Long.MAX_VALUE) {
            clock = Math.max(clock, now);
        }
        for (DeviceMemory.Tag tag : device.tagsDueBy(now)) {
            pairing.settle(tag, device, now, listener::hear);
        }
    }
}
