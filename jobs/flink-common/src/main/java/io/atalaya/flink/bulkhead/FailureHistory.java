package io.atalaya.flink.bulkhead;

import io.atalaya.contracts.topic.DeadLetter.InternalError;
import io.atalaya.contracts.topic.Traceable;

import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The failed keys of one operator: how long each is paused, and whether failures are widespread. A
 * failure in a part of a key ({@link Traceable#part}), such as one plate at one device, counts
 * against the part, until {@link #PARTS_IN_A_ROW} in a row make the key's state the likely cause.
 * All times are arrival times in epoch ms, so that a replay pauses the same keys as the live job.
 * The history is only on the heap, so that after a restart every key is tried again.
 */
final class FailureHistory {
    /** Time after which a failure counts as a first one again. */
    static final long RECENT_MS = Duration.ofMinutes(10).toMillis();

    static final long MIN_PAUSE_MS = Duration.ofMinutes(1).toMillis();
    static final long MAX_PAUSE_MS = Duration.ofHours(1).toMillis();

    /** Below this number, failed records do not fail the job. */
    static final int MIN_FAILED_RECORDS = 20;

    /**
     * Below this number, paused keys do not fail the job, unless they are all keys of the operator.
     */
    static final int MIN_PAUSED_KEYS = 3;

    /**
     * Minimum for the case that all keys are paused, because a single key may itself be the cause.
     */
    static final int MIN_PAUSED_OF_ALL = 2;

    private static final long WINDOW_MS = RECENT_MS;

    /** From this failure in a row on, the key and not its part is the likely cause. */
    static final int PARTS_IN_A_ROW = 3;

    /** Minimum number of failed keys at which expired ones are removed. */
    private static final int MIN_PURGE = 1_024;

    /**
     * Bits for the estimate of the number of different keys; numbers well beyond it only count as
     * large.
     */
    private static final int KEY_BITS = 1 << 18;

    private final BulkheadSettings settings;
    private final Map<Object, Failures> failed = new HashMap<>();
    private final BitSet keys = new BitSet(KEY_BITS);
    private int keyBitsSet;
    private double keysBefore;
    private double records;
    private double failedRecords;
    private int purgeAbove = MIN_PURGE;
    private long windowEnd = Long.MIN_VALUE;
    private long now = Long.MIN_VALUE;

    /** A part of a key, which can be paused alone. */
    private record Part(Object key, Object part) {}

    /** The failures of a key, or of a part of a key. */
    private static final class Failures {
        private int recent;
        private int inARow;
        private long lastAt;
        private long pausedUntil = Verdict.NOT_PAUSED;
        private InternalError lastError;

        /** Pauses the key from the second failure on. */
        private void pauseAgain(long now) {
            recent++;
            pausedUntil = recent == 1 ? Verdict.NOT_PAUSED : now + pause(recent);
        }
    }

    /**
     * The consequence of a failure.
     *
     * @param key or part that the failure counts against
     * @param isRepeated whether no work on the key has succeeded since its last failures, so that
     *     its state is their likely cause
     * @param pausedUntil arrival time until which the key is paused, or {@link #NOT_PAUSED}
     */
    record Verdict(Object key, boolean isRepeated, long pausedUntil) {
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

    /** Reverts the count of work that a pause holds back. */
    void uncountPaused() {
        records--;
    }

    /**
     * Starts a window. Half of the last counts carry over, so that the window does not start empty.
     */
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

    /**
     * The last failure of a key, or of the part of it that an input concerns, if work on it is
     * paused at that arrival time; otherwise null.
     */
    InternalError pausedBy(Object key, Traceable input, long arrival) {
        if (failed.isEmpty()) {
            return null;
        }
        InternalError error = pausedBy(key, arrival);
        return error != null || input.part() == null
                ? error
                : pausedBy(new Part(key, input.part()), arrival);
    }

    private InternalError pausedBy(Object key, long arrival) {
        Failures failures = failed.get(key);
        return failures != null && failures.pausedUntil > Math.max(now, arrival)
                ? failures.lastError
                : null;
    }

    /** Records a success of work on the key. */
    void succeeded(Object key) {
        if (!failed.isEmpty()) {
            Failures failures = failed.get(key);
            if (failures != null) {
                failures.inARow = 0;
            }
        }
    }

    /**
     * Records a failure of work on the key.
     *
     * @param part of the key that the work was about, or null for the key itself
     */
    Verdict failed(Object key, Object part) {
        failedRecords++;
        if (failed.size() >= purgeAbove) {
            failed.values().removeIf(this::isOver);
            purgeAbove = Math.max(MIN_PURGE, 2 * failed.size());
        }
        Failures whole = failuresOf(key);
        whole.inARow++;
        boolean isOfPart = part != null && whole.inARow < PARTS_IN_A_ROW;
        Object blamed = isOfPart ? new Part(key, part) : key;
        Failures failures = isOfPart ? failuresOf(blamed) : whole;
        failures.pauseAgain(now);
        boolean isRepeated = !isOfPart && (part != null || whole.inARow > 1);
        return new Verdict(blamed, isRepeated, failures.pausedUntil);
    }

    /** The failures of a key, without expired ones. */
    private Failures failuresOf(Object key) {
        Failures failures = failed.get(key);
        if (failures == null || isOver(failures)) {
            failures = new Failures();
            failed.put(key, failures);
        }
        failures.lastAt = now;
        return failures;
    }

    /** Stores the description of the failure. */
    void describe(Verdict verdict, InternalError error) {
        failed.get(verdict.key()).lastError = error;
    }

    private boolean isOver(Failures failures) {
        return now >= Math.max(failures.lastAt, failures.pausedUntil) + RECENT_MS;
    }

    private static long pause(int recent) {
        int doublings = Math.min(recent - 2, 30);
        return Math.min(MAX_PAUSE_MS, MIN_PAUSE_MS << doublings);
    }

    /** The number of paused keys and parts of keys. */
    int pausedKeys() {
        return (int) failed.values().stream().filter(this::isPaused).count();
    }

    /**
     * The number of paused keys, without parts, because the total number of a key's parts is
     * unknown.
     */
    private int pausedWholeKeys() {
        int paused = 0;
        for (Map.Entry<Object, Failures> each : failed.entrySet()) {
            if (!(each.getKey() instanceof Part) && isPaused(each.getValue())) {
                paused++;
            }
        }
        return paused;
    }

    private boolean isPaused(Failures failures) {
        return failures.pausedUntil > now;
    }

    /** A sentence about the limit that is exceeded, or null while failures are not widespread. */
    String widespread() {
        // Failed timers are not records, and their keys may have had no records.
        double worked = Math.max(failedRecords, records);
        if (failedRecords >= MIN_FAILED_RECORDS
                && failedRecords > settings.maxFailedRecords() * worked) {
            return "%.0f of %.0f records of the last minutes have failed, expected a share of %s at most (%s)"
                    .formatted(
                            failedRecords,
                            worked,
                            settings.maxFailedRecords(),
                            BulkheadSettings.MAX_FAILED_RECORDS.key());
        }
        int paused = pausedWholeKeys();
        double all = Math.max(paused, Math.max(keysBefore, keysInWindow()));
        boolean isAll = paused >= MIN_PAUSED_OF_ALL && Math.round(all) <= paused;
        if ((isAll || paused >= MIN_PAUSED_KEYS) && paused > settings.maxPausedKeys() * all) {
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
