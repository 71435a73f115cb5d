package io.atalaya.flink.bulkhead;

import io.atalaya.contracts.topic.DeadLetter.InternalError;
import io.atalaya.contracts.topic.Traceable;

import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Which keys of one operator have failed: how long each is paused, and whether failures are still
 * single. A failure on a part of a key ({@link Traceable#part}), such as one plate before one
 * device, counts against the part, until so many have followed one another that the key's state is
 * the likely cause. All times are arrival times in epoch ms, so a replay pauses the same keys as
 * the live job. Kept on the heap only: after a restart every key is tried again.
 */
final class FailureHistory {
    /** A failure this long after the last one counts as a first one. */
    static final long RECENT_MS = Duration.ofMinutes(10).toMillis();

    static final long MIN_PAUSE_MS = Duration.ofMinutes(1).toMillis();
    static final long MAX_PAUSE_MS = Duration.ofHours(1).toMillis();

    /** Fewer failed records never fail the job. */
    static final int MIN_FAILED_RECORDS = 20;

    /** Fewer paused keys never fail the job, unless an operator has no others. */
    static final int MIN_PAUSED_KEYS = 3;

    /** A single key that fails may be alone at fault, even where it is the only one. */
    static final int MIN_PAUSED_OF_ALL = 2;

    private static final long WINDOW_MS = RECENT_MS;

    /** From this failure in a row on, parts of a key fail because of the key. */
    static final int PARTS_IN_A_ROW = 3;

    /** Failed keys that are remembered before old ones are looked for. */
    private static final int MIN_PURGE = 1_024;

    /** Bits to estimate how many different keys there are; well beyond it they count as many. */
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

    /** A part of a key, which is paused alone. */
    private record Part(Object key, Object part) {}

    /** The failures of one key, or of a part of one. */
    private static final class Failures {
        private int recent;
        private int inARow;
        private long lastAt;
        private long pausedUntil = Verdict.NOT_PAUSED;
        private InternalError lastError;

        /** Pauses from the second failure on. */
        private void pauseAgain(long now) {
            recent++;
            pausedUntil = recent == 1 ? Verdict.NOT_PAUSED : now + pause(recent);
        }
    }

    /**
     * What a failure leads to.
     *
     * @param key or part that it counts against
     * @param isRepeated no work on the key has succeeded since its last failures, so that its state
     *     is their likely cause
     * @param pausedUntil arrival time up to which it is not worked on; {@link #NOT_PAUSED}
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

    /** Work that was counted is held back by a pause. */
    void heldBack() {
        records--;
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

    /**
     * The last failure of a key, or of the part of it that an input concerns, if work on it has to
     * wait at that arrival time; or null.
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

    /** Notes that work on the key has succeeded. */
    void succeeded(Object key) {
        if (!failed.isEmpty()) {
            Failures failures = failed.get(key);
            if (failures != null) {
                failures.inARow = 0;
            }
        }
    }

    /**
     * Notes that work on the key has failed.
     *
     * @param part of the key that the work was about, or null: the key itself
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

    /** Failures that are long over do not count. */
    private Failures failuresOf(Object key) {
        Failures failures = failed.get(key);
        if (failures == null || isOver(failures)) {
            failures = new Failures();
            failed.put(key, failures);
        }
        failures.lastAt = now;
        return failures;
    }

    /** Keeps what the failure was. */
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

    /** How many keys, and parts of keys, are paused now. */
    int pausedKeys() {
        return (int) failed.values().stream().filter(this::isPaused).count();
    }

    /** Parts are not counted, since it is not known of how many a key has. */
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

    /** What is no longer single, as a sentence, or null while failures are single. */
    String widespread() {
        // Timers that fail are no records, and their keys need not have had any.
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
