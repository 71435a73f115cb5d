package io.atalaya.hotlistmatch.passage;

import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.hotlistmatch.HotlistMatchOptions;
import io.atalaya.hotlistmatch.event.DeviceRead;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.event.PassageEvent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * The passage logic of one device without a cluster. It runs twice over the same messages: in order
 * with the watermark right behind, or in random order between the topics with a random and
 * sometimes stalled watermark.
 */
public final class ArchRun {
    private static final String ARCH = PassageStory.DEVICES.get(0);

    /** Receives the events of the device. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param keys under which the event is emitted
         */
        void evaluate(PassageEvent event, long[] keys) throws Exception;
    }

    private static final Duration WINDOW = HotlistMatchOptions.PAIRING_WINDOW.defaultValue();

    /** What processes the messages of a device. */
    interface Arch {
        void take(DeviceRead message, long clock, Listener listener) throws Exception;

        /** Decides the tags that are due. */
        void settle(long now, Listener listener) throws Exception;
    }

    /** The job's own way. */
    static Arch inRings(Duration memory, int maxReads) {
        return new Rings(memory, maxReads, null);
    }

    /** The same, which now and then fails and repeats, and is restored from its state. */
    static Arch inUnsteadyRings(Duration memory, int maxReads, Random random) {
        return new Rings(memory, maxReads, random);
    }

    private static final class Rings implements Arch {
        private final TagPairing pairing = new TagPairing(WINDOW);
        private final Deque<Bulkhead.Work> undoes = new ArrayDeque<>();
        private final PassageLogic logic;
        private final Random random;
        private DeviceReads device = new DeviceReads(undoes::push);

        /**
         * @param random or null
         */
        Rings(Duration memory, int maxReads, Random random) {
            this.logic = new PassageLogic(memory, maxReads, pairing, PassageSamples.PLAUSIBILITY);
            this.random = random;
        }

        @Override
        public void take(DeviceRead message, long clock, Listener listener) throws Exception {
            if (random != null && random.nextInt(4) == 0) {
                DeviceReads restored = new DeviceReads(undoes::push);
                restored.restore(List.of(device.copy()));
                device = restored;
            }
            if (random != null && random.nextInt(4) == 0) {
                process(message, clock, (event, keys) -> {});
                while (!undoes.isEmpty()) {
                    undoes.pop().run();
                }
            }
            process(message, clock, listener);
        }

        private void process(DeviceRead message, long clock, Listener listener) throws Exception {
            device.begin();
            undoes.clear();
            if (message instanceof EnrichedRead enrichedRead) {
                logic.process(enrichedRead, clock, device, listener::evaluate);
            } else {
                logic.process((EnrichedTagRead) message, clock, device, listener::evaluate);
            }
        }

        @Override
        public void settle(long now, Listener listener) throws Exception {
            for (long tag : device.tags().byRelease().upTo(now)) {
                pairing.settle(tag, device, now, listener::evaluate);
            }
        }
    }

    /** The slow version. */
    static Arch inObjects(Duration memory, int maxReads) {
        PlainPassageLogic logic = new PlainPassageLogic(memory, maxReads, WINDOW);
        PlainPassageLogic.Memory device = new PlainPassageLogic.Memory();
        return new Arch() {
            @Override
            public void take(DeviceRead message, long clock, Listener listener) throws Exception {
                if (message instanceof EnrichedRead enrichedRead) {
                    logic.process(enrichedRead, clock, device, listener::evaluate);
                } else {
                    logic.process((EnrichedTagRead) message, clock, device, listener::evaluate);
                }
            }

            @Override
            public void settle(long now, Listener listener) throws Exception {
                for (PlainPassageLogic.Tag tag : device.tagsDueBy(now)) {
                    logic.settle(tag, device, now, listener::evaluate);
                }
            }
        };
    }

    private final Arch device;
    private final Listener listener;
    private long clock = Long.MIN_VALUE;

    private ArchRun(Arch device, Listener listener) {
        this.device = device;
        this.listener = listener;
    }

    private static Arch inRings() {
        return inRings(Duration.ofHours(1), 2048);
    }

    /** Processes messages of both topics by arrival time. */
    public static void inOrder(List<PassageStory> passages, Listener listener) throws Exception {
        List<DeviceRead> all = messages(passages, false);
        all.addAll(messages(passages, true));
        all.sort(Comparator.comparingLong(DeviceRead::arrivalTime));
        byArrival(all, listener);
    }

    /** Processes messages of both topics, sorted by arrival time, of one device. */
    public static void byArrival(List<DeviceRead> messages, Listener listener) throws Exception {
        ArchRun arch = new ArchRun(inRings(), listener);
        for (DeviceRead message : messages) {
            arch.settle(message.arrivalTime() - 1);
            arch.take(message);
        }
        arch.settle(Long.MAX_VALUE);
    }

    /** Processes each topic in its order, with some messages twice. */
    public static void anyhow(List<PassageStory> passages, Random random, Listener listener)
            throws Exception {
        anyhow(passages, random, inRings(), listener);
    }

    static void anyhow(List<PassageStory> passages, Random random, Arch device, Listener listener)
            throws Exception {
        List<DeviceRead> plates = messages(passages, false);
        List<DeviceRead> tags = messages(passages, true);
        ArchRun arch = new ArchRun(device, listener);
        int bias = random.nextInt(5);
        int plate = 0;
        int tag = 0;
        while (plate < plates.size() || tag < tags.size()) {
            boolean isPlate =
                    tag == tags.size() || (plate < plates.size() && random.nextInt(5) <= bias);
            DeviceRead next = isPlate ? plates.get(plate++) : tags.get(tag++);
            arch.take(next);
            switch (random.nextInt(4)) {
                case 0 -> arch.settle(next.arrivalTime() - 1_000 + random.nextInt(10_000));
                case 1 -> arch.settle(Long.MAX_VALUE);
                default -> {}
            }
            if (random.nextInt(10) == 0) {
                arch.take(next);
            }
        }
        arch.settle(Long.MAX_VALUE);
    }

    private static List<DeviceRead> messages(List<PassageStory> passages, boolean ofTags) {
        List<DeviceRead> messages = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
            for (DeviceRead message : passages.get(i).messages("-" + i)) {
                if (message.deviceId().equals(ARCH)
                        && message instanceof EnrichedTagRead == ofTags) {
                    messages.add(message);
                }
            }
        }
        messages.sort(Comparator.comparingLong(DeviceRead::arrivalTime));
        return messages;
    }

    private void take(DeviceRead message) throws Exception {
        device.take(message, clock, listener);
    }

    /**
     * @param now watermark; {@link Long#MAX_VALUE}: it is stalled
     */
    private void settle(long now) throws Exception {
        if (now != Long.MAX_VALUE) {
            clock = Math.max(clock, now);
        }
        device.settle(now, listener);
    }
}
