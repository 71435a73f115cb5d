package io.atalaya.videoanalytics.outage;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.videoanalytics.episode.AlertPolicy;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Separates the silence of one camera from an outage of many: a network, a broker, a power cut. An
 * outage is one alert. The silences that it explains are suppressed, and those that outlast it are
 * emitted after it.
 *
 * <p>Events must be applied in order of arrival time.
 */
public final class OutageDetector {
    private final Settings settings;
    private final OutageComposer composer;
    private final List<Alert> emitted = new ArrayList<>();

    private final Set<String> steady;
    private final Map<String, Long> quiet;

    /** Steady cameras whose silence was alerted, so that it is no evidence of an outage. */
    private final Set<String> known;

    private final Map<String, Alert> suppressed;
    private Outage outage;
    private long overSince;
    private long arrivalTime;

    OutageDetector(Settings settings) {
        this(settings, OutageState.NOTHING);
    }

    OutageDetector(Settings settings, OutageState memory) {
        this.settings = settings;
        composer = new OutageComposer(settings.urgency());
        steady = new HashSet<>(memory.steady());
        quiet = new TreeMap<>(memory.quiet());
        known = new HashSet<>(memory.known());
        suppressed = new TreeMap<>();
        memory.suppressed().forEach(alert -> suppressed.put(alert.deviceId(), alert));
        outage = memory.outage();
        overSince = memory.overSince();
        arrivalTime = memory.arrivalTime();
        if (!settings.emitted() && outage != null) {
            endEmittedBefore();
        }
    }

    /** Ends an emitted outage, because silence alerts were disabled since then. */
    private void endEmittedBefore() {
        // The watermark may not have advanced since the outage began.
        long end = Math.max(arrivalTime, outage.startedAt());
        outage = outage.nextRevision(end);
        emitted.add(composer.compose(outage, Alert.Status.ENDED, end));
        outage = null;
    }

    /** The state for a savepoint; an outage is included only if it was emitted. */
    OutageState state() {
        return new OutageState(
                steady.stream().sorted().toList(),
                Map.copyOf(quiet),
                known.stream().sorted().toList(),
                List.copyOf(suppressed.values()),
                settings.emitted() ? outage : null,
                overSince,
                arrivalTime);
    }

    /** Applies an event, after {@link #advanceTo} was called up to its time. */
    void apply(LinkEvent event) {
        String deviceId = event.deviceId();
        if (event instanceof LinkEvent.SteadinessChanged change) {
            if (change.isSteady()) {
                steady.add(deviceId);
            } else {
                steady.remove(deviceId);
                onResumed(deviceId, event.arrivalTime());
            }
        } else if (event instanceof LinkEvent.WentQuiet pause && !known.contains(deviceId)) {
            quiet.put(deviceId, pause.lastFrameAt());
            grow(event.arrivalTime());
        } else if (event instanceof LinkEvent.Resumed) {
            onResumed(deviceId, event.arrivalTime());
        } else if (event instanceof LinkEvent.SilenceAlerted silence) {
            onSilence(silence.alert());
        }
    }

    private void grow(long at) {
        if (outage != null) {
            outage = outage.observed().grownTo(quiet.size());
            if (outage.isUpdateDue()) {
                emit(Alert.Status.UPDATED, at);
            }
        }
    }

    private void onResumed(String deviceId, long at) {
        quiet.remove(deviceId);
        known.remove(deviceId);
        if (outage != null && outage.isObserved() && 2 * quiet.size() < outage.limit()) {
            end(Alert.Status.ENDED, at);
        }
    }

    private void end(Alert.Status how, long at) {
        emit(how, at);
        // The next outage begins later, because the alert id is computed from the start.
        overSince = Math.max(at, outage.startedAt() + 1);
        outage = null;
    }

    private void onSilence(Alert alert) {
        String deviceId = alert.deviceId();
        if (alert.status() != Alert.Status.NEW) {
            known.remove(deviceId);
            // The start of this silence was suppressed, so its end is suppressed as well.
            if (suppressed.remove(deviceId) == null) {
                emitted.add(alert);
            }
        } else if (outage != null || quiet.size() >= limit()) {
            suppressed.put(deviceId, alert);
            if (outage == null) {
                begin(alert.causedAt(), outageStart(), quiet.size(), true);
            }
        } else {
            emitSilence(deviceId, alert);
        }
    }

    private void emitSilence(String deviceId, Alert alert) {
        emitted.add(alert);
        quiet.remove(deviceId);
        if (steady.contains(deviceId)) {
            known.add(deviceId);
        }
    }

    /** Number of cameras that must be quiet at once. */
    private int limit() {
        return Math.max(settings.cameras(), (int) Math.ceil(settings.share() * watched()));
    }

    private int watched() {
        return steady.size() - known.size();
    }

    /**
     * Start of an outage, not before the end of the last one, because cameras that are still quiet
     * were part of that.
     */
    private long outageStart() {
        long since = quiet.values().stream().mapToLong(Long::longValue).min().orElseThrow();
        return Math.max(since, overSince);
    }

    private void begin(long at, long since, int cameras, boolean seen) {
        outage = new Outage(since, Math.max(watched(), cameras), cameras, limit(), 0, 0, seen);
        emit(Alert.Status.NEW, at);
    }

    private void emit(Alert.Status status, long at) {
        outage = outage.nextRevision(at);
        if (settings.emitted()) {
            emitted.add(composer.compose(outage, status, at));
        }
    }

    /**
     * Begins an outage because no input has arrived for long. Before the watermark first advances,
     * the job is starting and no camera is silent. If an outage has ended since the watermark
     * stalled, some input did arrive.
     *
     * @param stood how long the watermark has been stalled, ms
     */
    void onStall(long stood) {
        if (outage == null
                && watched() > 0
                && arrivalTime != OutageState.NO_ARRIVAL
                && arrivalTime >= overSince) {
            begin(arrivalTime + stood, arrivalTime, watched(), false);
        }
    }

    /** Advances the watermark after all events up to it were applied. */
    void onTime(long now) {
        arrivalTime = now;
        if (outage != null && !outage.isObserved() && quiet.size() < limit()) {
            // No camera paused in arrival time, so the job itself had stalled.
            end(Alert.Status.CANCELLED, now);
        }
        advanceTo(now);
    }

    /** Emits the silences that have outlasted the outage that suppressed them. */
    void advanceTo(long now) {
        if (hasDueSilence(now)) {
            long due = overSince + settings.settle().toMillis();
            suppressed.forEach((deviceId, alert) -> emitSilence(deviceId, alert.withCausedAt(due)));
            suppressed.clear();
        }
    }

    /** Whether {@link #advanceTo} would emit. */
    boolean hasDueSilence(long now) {
        return settings.emitted()
                && outage == null
                && !suppressed.isEmpty()
                && now >= overSince + settings.settle().toMillis();
    }

    /** How to undo the effect of {@link #apply} with an event of this camera. */
    Runnable undo(String deviceId) {
        boolean wasSteady = steady.contains(deviceId);
        boolean wasKnown = known.contains(deviceId);
        Long wasQuiet = quiet.get(deviceId);
        Alert wasSuppressed = suppressed.get(deviceId);
        Runnable rest = undo();
        return () -> {
            put(steady, deviceId, wasSteady);
            put(known, deviceId, wasKnown);
            put(quiet, deviceId, wasQuiet);
            put(suppressed, deviceId, wasSuppressed);
            rest.run();
        };
    }

    /** How to undo the effect of {@link #advanceTo}. */
    Runnable undoAdvanceTo() {
        Set<String> wereKnown = Set.copyOf(known);
        Map<String, Long> wereQuiet = Map.copyOf(quiet);
        Map<String, Alert> wereSuppressed = Map.copyOf(suppressed);
        Runnable rest = undo();
        return () -> {
            known.clear();
            known.addAll(wereKnown);
            quiet.clear();
            quiet.putAll(wereQuiet);
            suppressed.clear();
            suppressed.putAll(wereSuppressed);
            rest.run();
        };
    }

    /** How to undo changes of the state that belongs to no single camera. */
    Runnable undo() {
        Outage was = outage;
        long wasOverSince = overSince;
        long wasArrival = arrivalTime;
        List<Alert> wereEmitted = List.copyOf(emitted);
        return () -> {
            outage = was;
            overSince = wasOverSince;
            arrivalTime = wasArrival;
            emitted.clear();
            emitted.addAll(wereEmitted);
        };
    }

    private static void put(Set<String> set, String deviceId, boolean isIn) {
        if (isIn) {
            set.add(deviceId);
        } else {
            set.remove(deviceId);
        }
    }

    private static <T> void put(Map<String, T> map, String deviceId, T value) {
        if (value == null) {
            map.remove(deviceId);
        } else {
            map.put(deviceId, value);
        }
    }

    /** Drains the alerts to emit. */
    List<Alert> drainEmitted() {
        List<Alert> taken = List.copyOf(emitted);
        emitted.clear();
        return taken;
    }

    int steady() {
        return steady.size();
    }

    int quiet() {
        return quiet.size();
    }

    int suppressed() {
        return suppressed.size();
    }

    boolean isOutage() {
        return outage != null;
    }

    /**
     * When the silence of cameras is an outage.
     *
     * @param share share of the steady cameras that pause at once
     * @param cameras minimum number of cameras, whatever the share
     * @param inputSilentAfter processing time without any input that is an outage
     * @param settle time after an outage when cameras that are still silent are alerted one by one
     * @param emitted whether silence alerts are enabled
     * @param urgency action and priority of an outage
     */
    public record Settings(
            double share,
            int cameras,
            Duration inputSilentAfter,
            Duration settle,
            boolean emitted,
            AlertPolicy.Triage urgency)
            implements Serializable {}
}
