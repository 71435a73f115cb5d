package io.atalaya.bulkhead;

import io.atalaya.deadletter.DeadLetter.InternalError;

import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Which keys of one operator have failed: how long each is paused, and whether failures are still
 * single. All times are arrival times in epoch ms, so a replay pauses the same keys as the live
 * job. Kept on the heap only: after a restart every key is tried again.
 */
final class FailureHistory {
    /** A failure this long after the last one counts as a first one. */
    static final long RECENT_MS = Duration.ofMinutes(10).toMillis();

    static final long MIN_PAUSE_MS = Duration.ofMinutes(1).toMillis();
    static final long MAX_PAUSE_MS = Duration.ofHours(1).toMillis();

    /** Fewer failed records never fail the job. */
    static final int MIN_FAILED_RECORDS = 20;

    /** Fewer paused keys never fail the job. */
    static final int MIN_PAUSED_KEYS = 3;

    private static final long WINDOW_MS = RECENT_MS;

    /** Failed keys that are remembered before old ones are looked for. */
    private static final int PURGE_ABOVE = 1_024;

    /** Bits to estimate how many different keys there are; well beyond it they count as many. */
    private static final int KEY_BITS = 1 << 18;

    private final BulkheadSettings settings;
    private final Map<Object, Failures> failed = new HashMap<>();
    private final BitSet keys = new BitSet(KEY_BITS);
    private int keyBitsSet;
    private double keysBefore;
    private double records;
    private double failedRecords;
    private long windowEnd = Long.MIN_VALUE;
    private long now = Long.MIN_VALUE;

    /** The failures of one key. */
    private static final class Failures {
        private int recent;
        private boolean isLastWorkFailed;
        private long lastAt;
        private long pausedUntil;
        private InternalError lastError;
    }

    /**
     * What a failure leads to.
     *
     * @param isRepeated no work on the key has succeeded since its last failure, minutes ago at
     *     most
     * @param pausedUntil arrival time up to which the key is not worked on; {@link #NOT_PAUSED}
     */
    record Verdict(boolean isRepeated, long pausedUntil) {
        static final long NOT_PAUSED = Long.MIN_VALUE;

        boolean isPaused() {
            return pausedUntil != NOT_PAUSED;
        }
    }

    FailureHistory(BulkheadSettings settings) {
        this.settings = settings;
    }

    /** Counts work on a key. */
    void count(Object key, long arrival) {
        now = Math.max(now, arrival);
        if (now >= windowEnd) {
            nextWindow();
        }
        records++;
        int bit = (key.hashCode() * 0x9E3779B9) >>> 14;
        if (!keys.get(bit)) {
            keys.set(bit);
            keyBitsSet++;
        }
    }

    /** Half of the last window counts on, so that a new window does not begin blind. */
    private void nextWindow() {
        keysBefore = windowEnd == Long.MIN_VALUE ? 0 : keysInWindow();
        keys.clear();
        keyBitsSet = 0;
        records /= 2;
        failedRecords /= 2;
        windowEnd = now + WINDOW_MS;
    }

    /** Linear counting (Whang et al. 1990). */
    private double keysInWindow() {
        int free = Math.max(1, KEY_BITS - keyBitsSet);
        return KEY_BITS * Math.log((double) KEY_BITS / free);
    }

    /** Whether work on the key has to wait at that arrival time. */
    boolean isPaused(Object key, long arrival) {
        return pausedUntil(key) > Math.max(now, arrival);
    }

    /** Until when the key is paused, or {@link Verdict#NOT_PAUSED}. */
    long pausedUntil(Object key) {
        if (failed.isEmpty()) {
            return Verdict.NOT_PAUSED;
        }
        Failures failures = failed.get(key);
        return failures == null ? Verdict.NOT_PAUSED : failures.pausedUntil;
    }

    /** Notes that work on the key has succeeded. */
    void succeeded(Object key) {
        if (!failed.isEmpty()) {
            Failures failures = failed.get(key);
            if (failures != null) {
                failures.isLastWorkFailed = false;
            }
        }
    }

    /** Notes that work on the key has failed. */
    Verdict failed(Object key) {
        failedRecords++;
        if (failed.size() >= PURGE_ABOVE) {
            failed.values().removeIf(each -> isOver(each));
        }
        Failures failures = failed.computeIfAbsent(key, ignored -> new Failures());
        boolean isFirst = failures.recent == 0 || isOver(failures);
        failures.recent = isFirst ? 1 : failures.recent + 1;
        boolean isRepeated = !isFirst && failures.isLastWorkFailed;
        failures.isLastWorkFailed = true;
        failures.lastAt = now;
        failures.pausedUntil = isFirst ? Verdict.NOT_PAUSED : now + pause(failures.recent);
        return new Verdict(isRepeated, failures.pausedUntil);
    }

    /** Keeps what the last failure of a key was. */
    void describe(Object key, InternalError error) {
        failed.get(key).lastError = error;
    }

    /** The last failure of a key that has failed. */
    InternalError lastError(Object key) {
        return failed.get(key).lastError;
    }

    private boolean isOver(Failures failures) {
        return now >= Math.max(failures.lastAt, failures.pausedUntil) + RECENT_MS;
    }

    private static long pause(int recent) {
        int doublings = Math.min(recent - 2, 30);
        return Math.min(MAX_PAUSE_MS, MIN_PAUSE_MS << doublings);
    }

    /** How many keys are paused now. */
    int pausedKeys() {
        int paused = 0;
        for (Failures each : failed.values()) {
            if (each.pausedUntil > now) {
                paused++;
            }
        }
        return paused;
    }

    /** What is no longer single, as a sentence, or null while failures are single. */
    String widespread() {
        if (failedRecords >= MIN_FAILED_RECORDS
                && failedRecords > settings.maxFailedRecords() * records) {
            return "%.0f of %.0f records of the last minutes have failed, expected a share of %s at most (%s)"
                    .formatted(
                            failedRecords,
                            records,
                            settings.maxFailedRecords(),
                            BulkheadSettings.MAX_FAILED_RECORDS.key());
        }
        int paused = pausedKeys();
        double all = Math.max(keysBefore, keysInWindow());
        if (paused >= MIN_PAUSED_KEYS && paused > settings.maxPausedKeys() * all) {
            return "%d of about %.0f keys are paused, expected a share of %s at most (%s)"
                    .formatted(
                            paused,
                            all,
                            settings.maxPausedKeys(),
                            BulkheadSettings.MAX_PAUSED_KEYS.key());
        }
        return null;
    }
}
