package io.atalaya.videoanalytics.outage;

import io.atalaya.contracts.alert.Alert;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells a camera that falls silent from an outage that silences many: a network, a broker, a power
 * cut. One alert is made of an outage; the silences that it explains are kept back, and those that
 * outlast it are told after it.
 *
 * <p>Takes news in the order of the arrival clock.
 */
final class OutageDetector {
    private final OutageSettings rules;
    private final OutageComposer composer;
    private final List<Alert> emitted = new ArrayList<>();

    private final Set<String> steady;
    private final Map<String, Long> quiet;

    /** Steady cameras whose silence people know of: it is explained, and says nothing new. */
    private final Set<String> known;

    private final Map<String, Alert> keptBack;
    private Outage outage;
    private long overSince;
    private long arrival;

    OutageDetector(OutageSettings rules) {
        this(rules, OutageState.NOTHING);
    }

    OutageDetector(OutageSettings rules, OutageState memory) {
        this.rules = rules;
        composer = new OutageComposer(rules.urgency());
        steady = new HashSet<>(memory.steady());
        quiet = new TreeMap<>(memory.quiet());
        known = new HashSet<>(memory.known());
        keptBack = new TreeMap<>();
        memory.keptBack().forEach(alert -> keptBack.put(alert.device().id(), alert));
        outage = memory.outage();
        overSince = memory.overSince();
        arrival = memory.arrival();
        if (!rules.emitted() && outage != null) {
            endEmittedBefore();
        }
    }

    /** People know of it, and are to hear of silence no more. */
    private void endEmittedBefore() {
        // The arrival clock may not have moved since it began.
        long end = Math.max(arrival, outage.since());
        outage = outage.nextRevision(end);
        emitted.add(composer.compose(outage, Alert.Status.ENDED, end));
        outage = null;
    }

    /** What a savepoint keeps; an outage only if people were told of it. */
    OutageState memory() {
        return new OutageState(
                steady.stream().sorted().toList(),
                Map.copyOf(quiet),
                known.stream().sorted().toList(),
                List.copyOf(keptBack.values()),
                rules.emitted() ? outage : null,
                overSince,
                arrival);
    }

    /** Takes news, once {@link #passTo} was called up to their time. */
    void take(LinkEvent news) {
        String deviceId = news.deviceId();
        if (news instanceof LinkEvent.SteadinessChanged change) {
            if (change.steady()) {
                steady.add(deviceId);
            } else {
                steady.remove(deviceId);
                hear(deviceId, news.at());
            }
        } else if (news instanceof LinkEvent.WentQuiet pause && !known.contains(deviceId)) {
            quiet.put(deviceId, pause.since());
            grow(news.at());
        } else if (news instanceof LinkEvent.Resumed) {
            hear(deviceId, news.at());
        } else if (news instanceof LinkEvent.SilenceAlerted silence) {
            onSilence(silence.alert());
        }
    }

    private void grow(long at) {
        if (outage != null) {
            outage = outage.seen().grownTo(quiet.size());
            if (outage.isNews()) {
                emit(Alert.Status.UPDATED, at);
            }
        }
    }

    private void hear(String deviceId, long at) {
        quiet.remove(deviceId);
        known.remove(deviceId);
        if (outage != null && outage.wasSeen() && 2 * quiet.size() < outage.limit()) {
            end(Alert.Status.ENDED, at);
        }
    }

    private void end(Alert.Status how, long at) {
        emit(how, at);
        // The next one begins later: an alert is known by when its outage began.
        overSince = Math.max(at, outage.since() + 1);
        outage = null;
    }

    private void onSilence(Alert alert) {
        String deviceId = alert.device().id();
        if (alert.status() != Alert.Status.NEW) {
            known.remove(deviceId);
            // Whose beginning nobody was told of needs no end.
            if (keptBack.remove(deviceId) == null) {
                emitted.add(alert);
            }
        } else if (outage != null || quiet.size() >= limit()) {
            keptBack.put(deviceId, alert);
            if (outage == null) {
                begin(alert.at(), since(), quiet.size(), true);
            }
        } else {
            emitAssignment(deviceId, alert);
        }
    }

    private void emitAssignment(String deviceId, Alert alert) {
        emitted.add(alert);
        quiet.remove(deviceId);
        if (steady.contains(deviceId)) {
            known.add(deviceId);
        }
    }

    /** How many must be quiet at once. */
    private int limit() {
        return Math.max(rules.cameras(), (int) Math.ceil(rules.share() * watched()));
    }

    private int watched() {
        return steady.size() - known.size();
    }

    /** Cameras that are still quiet after the last outage were part of that one. */
    private long since() {
        long since = quiet.values().stream().mapToLong(Long::longValue).min().orElseThrow();
        return Math.max(since, overSince);
    }

    private void begin(long at, long since, int cameras, boolean seen) {
        outage = new Outage(since, Math.max(watched(), cameras), cameras, limit(), 0, 0, seen);
        emit(Alert.Status.NEW, at);
    }

    private void emit(Alert.Status status, long at) {
        outage = outage.nextRevision(at);
        if (rules.emitted()) {
            emitted.add(composer.compose(outage, status, at));
        }
    }

    /**
     * Nothing at all has come for long. Before the arrival clock moved for the first time the job
     * is starting, and nothing is silent. Nor is anything if an outage has ended since the clock
     * stopped: some input did come.
     *
     * @param stood for how long the arrival clock has stood still, ms
     */
    void onStall(long stood) {
        if (outage == null
                && watched() > 0
                && arrival != OutageState.NO_ARRIVAL
                && arrival >= overSince) {
            begin(arrival + stood, arrival, watched(), false);
        }
    }

    /** The arrival clock goes on: whatever has come until then was taken. */
    void onTime(long now) {
        arrival = now;
        if (outage != null && !outage.wasSeen() && quiet.size() < limit()) {
            // Nothing had paused on the arrival clock: it was the job that did.
            end(Alert.Status.CANCELLED, now);
        }
        passTo(now);
    }

    /** Tells of silences that have outlasted the outage that they were kept back for. */
    void passTo(long now) {
        if (isKeptBackDue(now)) {
            long due = overSince + rules.settle().toMillis();
            keptBack.forEach((deviceId, alert) -> emitAssignment(deviceId, alert.causedAt(due)));
            keptBack.clear();
        }
    }

    /** Whether {@link #passTo} has something to tell. */
    boolean isKeptBackDue(long now) {
        return rules.emitted()
                && outage == null
                && !keptBack.isEmpty()
                && now >= overSince + rules.settle().toMillis();
    }

    /** How to take back what {@link #take} is about to do on news of a camera. */
    Runnable undo(String deviceId) {
        boolean wasSteady = steady.contains(deviceId);
        boolean wasKnown = known.contains(deviceId);
        Long wasQuiet = quiet.get(deviceId);
        Alert wasKeptBack = keptBack.get(deviceId);
        Runnable rest = undo();
        return () -> {
            put(steady, deviceId, wasSteady);
            put(known, deviceId, wasKnown);
            put(quiet, deviceId, wasQuiet);
            put(keptBack, deviceId, wasKeptBack);
            rest.run();
        };
    }

    /** How to take back what {@link #passTo} is about to do. */
    Runnable undoPassTo() {
        Set<String> wereKnown = Set.copyOf(known);
        Map<String, Long> wereQuiet = Map.copyOf(quiet);
        Map<String, Alert> wereKeptBack = Map.copyOf(keptBack);
        Runnable rest = undo();
        return () -> {
            known.clear();
            known.addAll(wereKnown);
            quiet.clear();
            quiet.putAll(wereQuiet);
            keptBack.clear();
            keptBack.putAll(wereKeptBack);
            rest.run();
        };
    }

    /** How to take back what is about to be done to all that is no camera's. */
    Runnable undo() {
        Outage was = outage;
        long wasOverSince = overSince;
        long wasArrival = arrival;
        List<Alert> wereEmitted = List.copyOf(emitted);
        return () -> {
            outage = was;
            overSince = wasOverSince;
            arrival = wasArrival;
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

    /** What people are to be told; emptied. */
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

    int keptBack() {
        return keptBack.size();
    }

    boolean isOutage() {
        return outage != null;
    }
}
