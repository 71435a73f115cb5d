package io.atalaya.console.item;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one browser has not received yet: names of what changed, not contents, so that a slow one
 * receives the last version of each and costs no memory. If too much waits it must load all again.
 *
 * <p>A browser resumes with the number of the last batch. All changes up to this number were in
 * that batch or an earlier one. The number is that of a change which the browser may know of, so
 * that it says nothing of others.
 */
public final class Subscription {
    static final int MAX_WAITING = 1000;
    static final int MAX_BATCH = 500;

    /** Four batches in any second; after a pause the first change does not wait. */
    private static final long BATCH_EVERY_MS = 250;

    /** At 50 changes a second the wait for one of four batches would alone be 250 ms for some. */
    private static final long FEW_EVERY_MS = 100;

    /** So many changes cost a browser little. */
    static final int FEW = 25;

    /** Name of what changed, with the first change that is not sent and whether it is urgent. */
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    private long seq;
    private int urgent;
    private Resync resync;

    /** The number of the last batch that is sent. */
    private long confirmed;

    private long lastBatchAt;

    /** Why a browser must load all again. */
    public enum Resync {
        OVERFLOW,
        RESTART,
        TOO_OLD,
        CHANGED
    }

    private record Waiting(long since, boolean isUrgent) {}

    /**
     * What to send now.
     *
     * @param seq by which the browser resumes after it
     * @param resync null, or why all must be loaded again; then there are no names
     */
    public record Batch(long seq, List<String> names, Resync resync) {}

    /** Begins after the change of that number. */
    public Subscription(long seq) {
        begin(seq);
    }

    /** Begins after the change of that number, as the browser has what was before. */
    public synchronized void begin(long number) {
        seq = number;
        confirmed = number;
    }

    /** Takes note of a change; the browser may know of it. */
    public synchronized void changed(long number, String name, boolean isUrgent) {
        seq = number;
        Waiting before = waiting.get(name);
        if (before == null && waiting.size() == MAX_WAITING) {
            overflow();
            if (!isUrgent) {
                return;
            }
        }
        if (isUrgent && (before == null || !before.isUrgent)) {
            urgent++;
        }
        // Put into an existing place, the entry keeps its order, which is that of since.
        waiting.put(
                name,
                new Waiting(
                        before == null ? number : before.since,
                        isUrgent || before != null && before.isUrgent));
    }

    /** Takes note of changes, none of them urgent, that have one number. */
    synchronized void changed(long number, List<String> names) {
        names.forEach(name -> changed(number, name, false));
    }

    /** In a storm too, what is urgent does not wait until all is loaded again. */
    private void overflow() {
        waiting.values().removeIf(each -> !each.isUrgent);
        if (waiting.size() == MAX_WAITING) {
            waiting.clear();
            urgent = 0;
        }
        resync = Resync.OVERFLOW;
    }

    public synchronized void resync(Resync reason) {
        waiting.clear();
        urgent = 0;
        resync = reason;
    }

    public synchronized boolean isDue(long now) {
        return urgent > 0 || isTime(now);
    }

    /** Whether a batch of what is not urgent may leave, if there is any. */
    private boolean isTime(long now) {
        boolean isFew = resync == null && waiting.size() <= FEW;
        return now - lastBatchAt >= (isFew ? FEW_EVERY_MS : BATCH_EVERY_MS)
                && (resync != null || !waiting.isEmpty());
    }

    /** What is due, or null. */
    public synchronized Batch due(long now) {
        if (!isDue(now)) {
            return null;
        }
        if (resync != null && isTime(now)) {
            Resync reason = resync;
            resync = null;
            lastBatchAt = now;
            return batch(List.of(), reason);
        }
        boolean urgentOnly = urgent > 0;
        List<String> names = new ArrayList<>();
        for (Iterator<Map.Entry<String, Waiting>> i = waiting.entrySet().iterator();
                i.hasNext() && names.size() < MAX_BATCH; ) {
            Map.Entry<String, Waiting> next = i.next();
            if (!urgentOnly || next.getValue().isUrgent) {
                names.add(next.getKey());
                i.remove();
                urgent -= next.getValue().isUrgent ? 1 : 0;
            }
        }
        if (!urgentOnly) {
            lastBatchAt = now;
        }
        return batch(names, null);
    }

    private Batch batch(List<String> names, Resync reason) {
        // What an overflow has dropped is not sent before the browser is asked to load it.
        if (resync == null) {
            confirmed = waiting.isEmpty() ? seq : waiting.values().iterator().next().since - 1;
        }
        return new Batch(confirmed, names, reason);
    }
}
