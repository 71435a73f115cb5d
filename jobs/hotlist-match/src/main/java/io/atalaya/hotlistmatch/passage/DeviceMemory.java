package io.atalaya.hotlistmatch.passage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What one device sent lately: enough to drop a second delivery, and to find where a read went when
 * it is revised or withdrawn. Bounded in age and in number.
 */
public final class DeviceMemory {
    /**
     * A read that was sent on.
     *
     * @param root first readId of its chain of revisions
     * @param arrival epoch ms
     * @param plates the packed canonical texts under which it went on
     */
    record Sent(String root, long arrival, long[] plates) {}

    private final Map<String, Sent> sent;
    private final Map<String, Long> gone;

    DeviceMemory() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    DeviceMemory(Map<String, Sent> sent, Map<String, Long> gone) {
        this.sent = sent;
        this.gone = gone;
    }

    Map<String, Sent> sent() {
        return sent;
    }

    /** ReadIds that were withdrawn or revised, with the arrival of what did it. */
    Map<String, Long> gone() {
        return gone;
    }

    /** The read of that id, or null if it did not come, or came too long ago. */
    Sent sent(String readId) {
        return sent.get(readId);
    }

    boolean isGone(String readId) {
        return gone.containsKey(readId);
    }

    boolean isEmpty() {
        return sent.isEmpty() && gone.isEmpty();
    }

    /** Arrival of the last message that is remembered, epoch ms. */
    long lastArrival() {
        long last = Long.MIN_VALUE;
        for (Sent read : sent.values()) {
            last = Math.max(last, read.arrival());
        }
        for (long at : gone.values()) {
            last = Math.max(last, at);
        }
        return last;
    }

    void remember(String readId, Sent read) {
        sent.put(readId, read);
    }

    void markGone(String readId, long at) {
        gone.putIfAbsent(readId, at);
    }

    /** The first readId of a chain of which {@code readId} is the last known link. */
    String rootOf(String readId) {
        Sent known = sent.get(readId);
        return known == null ? readId : known.root();
    }

    /**
     * Forgets what arrived before {@code horizon}, and the oldest above {@code max} of either kind.
     */
    void prune(long horizon, int max) {
        prune(sent, max, read -> read.arrival() < horizon);
        prune(gone, max, at -> at < horizon);
    }

    private static <V> void prune(Map<String, V> map, int max, Predicate<V> old) {
        var entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            V value = entries.next().getValue();
            if (map.size() <= max && !old.test(value)) {
                return;
            }
            entries.remove();
        }
    }

    /** A copy that later changes do not touch: what goes into a checkpoint. */
    DeviceMemory copy() {
        return new DeviceMemory(new LinkedHashMap<>(sent), new LinkedHashMap<>(gone));
    }
}
