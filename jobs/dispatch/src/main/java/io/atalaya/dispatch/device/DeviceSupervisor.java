package io.atalaya.dispatch.device;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.dispatch.DeviceEvent.Premises;
import io.atalaya.contracts.dispatch.EventId;
import io.atalaya.dispatch.device.DeviceState.Decided;
import io.atalaya.dispatch.device.DeviceState.Entry;
import io.atalaya.dispatch.device.DeviceState.Group;
import io.atalaya.dispatch.device.DeviceState.Past;
import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.evidence.Locator;
import io.atalaya.dispatch.evidence.Outcome;
import io.atalaya.dispatch.evidence.SuppressionReason;
import io.atalaya.dispatch.policy.KindIndex;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.Policy.Devices;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Supervises help buttons, zones and doors, by the rules of a policy: which of their events are
 * evidence, and which devices have a fault.
 *
 * <p>Whatever the order in which events arrive, the evidence that is not withdrawn in the end is
 * the same, as long as none is later than the policy's maximum delay. Presses are compared by the
 * device's clock, silence by arrival. A supervisor has all devices of a subtask, so that it notices
 * when none of them is heard.
 */
public final class DeviceSupervisor {
    private static final long MAX_AHEAD_MILLIS = 5_000;
    private static final int MAX_RECENT = 64;
    private static final int MAX_SEEN = 128;

    private static final Comparator<Entry> ORDER =
            Comparator.comparingLong(Entry::time).thenComparing(Entry::eventId);

    private final String policyVersion;
    private final Devices rules;
    private final KindIndex kinds;
    private final DeviceEvidence evidence;

    private Heard heard;

    /**
     * @param heard by the supervisor before
     */
    public DeviceSupervisor(Policy policy, Heard heard) {
        this.heard = heard;
        policyVersion = policy.version();
        rules = policy.devices();
        kinds = new KindIndex(policy.kinds());
        evidence = new DeviceEvidence(kinds, new Locator(policy.jurisdiction()));
    }

    /**
     * @param state null if nothing needs to be known any more
     */
    public record Result(DeviceState state, List<Outcome> outcomes) {}

    /**
     * Applies an event.
     *
     * @param state of the device, or null for a new one
     * @param arrivalTime of the record
     * @param registered the device, or null
     */
    public Result onEvent(
            DeviceState state, DeviceEvent event, long arrivalTime, Device registered) {
        DeviceState known = state == null ? DeviceState.NEW : state;
        Update update =
                new Update(
                        event.deviceId(),
                        known,
                        Math.max(arrivalTime, known.arrivalTime()),
                        registered);
        heard = heard.with(arrivalTime, pauseMillis());
        update.onTime();
        update.onSignOfLife(event);
        if (event.kind() != DeviceEvent.Kind.HEARTBEAT) {
            update.onEvent(event);
        }
        update.evict();
        return update.result();
    }

    /**
     * Applies what is due by itself. It may be called at any time.
     *
     * @param now arrival time
     * @param registered the device, or null
     */
    public Result onTimer(DeviceState state, String deviceId, long now, Device registered) {
        Update update = new Update(deviceId, state, Math.max(now, state.arrivalTime()), registered);
        if (now - state.arrivalTime() >= rules.forgottenAfter().toMillis()) {
            update.endFaults();
            return new Result(null, update.outcomes);
        }
        update.onTime();
        return update.result();
    }

    /** What the next supervisor must know. */
    public Heard heard() {
        return heard;
    }

    private long pauseMillis() {
        return rules.silentAfter().toMillis() / 2;
    }

    /**
     * Whether a device is silent while others are heard; else its time begins again. When none is
     * heard, as in an outage of the broker, the first one stands for all.
     */
    private boolean isSilent(long heartbeatTime, long now) {
        long inPause = Math.max(0, heard.pauseTo() - Math.max(heard.pauseFrom(), heartbeatTime));
        if (now - heartbeatTime - inPause < rules.silentAfter().toMillis()) {
            return false;
        }
        boolean isAnyHeard = now - heard.at() < pauseMillis();
        if (!isAnyHeard && heard.reportedAfter() == heard.at()) {
            return false;
        }
        heard = isAnyHeard ? heard : heard.reported();
        return true;
    }

    /** The arrival time at which {@link #onTimer} is due, unless an event comes before. */
    public long nextTimer(DeviceState state) {
        long next = state.arrivalTime() + rules.forgottenAfter().toMillis();
        if (state.heartbeatTime() > 0 && state.silentSince() == 0) {
            next = Math.min(next, state.heartbeatTime() + rules.silentAfter().toMillis());
        }
        return state.stuckUntil() == 0 ? next : Math.min(next, state.stuckUntil());
    }

    /** One change of a device's state. */
    private final class Update {
        private final String deviceId;
        private final Device registered;
        private final long now;
        private final List<Outcome> outcomes = new ArrayList<>();

        private long arrivalTime;
        private long heartbeatTime;
        private long silentSince;
        private long stuckUntil;
        private long revision;
        private Premises premises;
        private List<String> seen;
        private Past past;
        private List<Entry> recent;
        private List<Group> sent;
        private List<Decided> decided;

        Update(String deviceId, DeviceState state, long now, Device registered) {
            this.deviceId = deviceId;
            this.registered = registered;
            this.now = now;
            arrivalTime = state.arrivalTime();
            heartbeatTime = state.heartbeatTime();
            silentSince = state.silentSince();
            stuckUntil = state.stuckUntil();
            revision = state.revision();
            premises = state.premises();
            seen = state.seen();
            past = state.past();
            recent = state.recent();
            sent = state.sent();
            decided = state.decided();
        }

        Result result() {
            return new Result(
                    new DeviceState(
                            arrivalTime,
                            heartbeatTime,
                            silentSince,
                            stuckUntil,
                            revision,
                            premises,
                            seen,
                            past,
                            recent,
                            sent,
                            decided),
                    outcomes);
        }

        /** Applies what has become due by now. */
        void onTime() {
            if (heartbeatTime > 0
                    && silentSince == 0
                    && now - heartbeatTime >= rules.silentAfter().toMillis()) {
                if (isSilent(heartbeatTime, now)) {
                    silentSince = heartbeatTime;
                    emitSilence(false);
                } else {
                    heartbeatTime = now;
                }
            }
            if (stuckUntil > 0 && now >= stuckUntil) {
                fold();
            }
        }

        void onSignOfLife(DeviceEvent event) {
            arrivalTime = now;
            premises = event.premises() == null ? premises : event.premises();
            if (silentSince > 0) {
                emitSilence(true);
                silentSince = 0;
            }
            if (heartbeatTime > 0 || event.kind() == DeviceEvent.Kind.HEARTBEAT) {
                heartbeatTime = now;
            }
        }

        void onEvent(DeviceEvent event) {
            if (!evidence.isRelevant(event, premises) || seen.contains(event.eventId())) {
                return;
            }
            seen =
                    new ArrayList<>(
                            seen.subList(Math.max(0, seen.size() + 1 - MAX_SEEN), seen.size()));
            seen.add(event.eventId());
            recent = new ArrayList<>(recent);
            recent.add(entry(event));
            recent.sort(ORDER);
            fold();
        }

        private Entry entry(DeviceEvent event) {
            boolean isClockWrong =
                    event.time() > now + MAX_AHEAD_MILLIS
                            || event.time() < now - rules.maxDelay().toMillis();
            long time = Math.max(past.until(), isClockWrong ? now : event.time());
            return new Entry(
                    event.eventId(),
                    event.kind(),
                    time,
                    event.codeAccepted(),
                    event.place(),
                    event.premises(),
                    OpenHours.isOpen(event.openingHours(), time),
                    event.zoneId(),
                    event.detail());
        }

        /** Derives the evidence again and emits what differs from the last time. */
        private void fold() {
            DeviceFold fold = new DeviceFold(rules, past);
            recent.forEach(fold::apply);
            fold.advance(now);
            stuckUntil = fold.stuckUntil();
            Map<String, Group> former = new HashMap<>();
            sent.forEach(group -> former.put(group.id(), group));
            fold.groups().values().stream()
                    .filter(group -> !group.isSameAs(former.get(group.id())))
                    .forEach(this::emit);
            // What was sent as evidence of its own is part of another press now, or was a test.
            sent.stream()
                    .filter(group -> !fold.groups().containsKey(group.id()) && !group.isOver())
                    .map(Group::over)
                    .forEach(this::emit);
            sent = List.copyOf(fold.groups().values());
            decide(fold.suppressed());
        }

        private void decide(Map<String, SuppressionReason> suppressed) {
            List<Decided> reasons = new ArrayList<>();
            for (Entry entry : recent) {
                SuppressionReason reason = suppressed.get(entry.eventId());
                if (reason != null) {
                    Decided decision = new Decided(entry.eventId(), reason);
                    reasons.add(decision);
                    if (!decided.contains(decision)) {
                        outcomes.add(suppressed(entry, reason));
                    }
                }
            }
            decided = reasons;
        }

        private Outcome suppressed(Entry entry, SuppressionReason reason) {
            return new Outcome.Suppressed(
                    reason.decision(
                            EventId.ofDevice(deviceId, entry.eventId()),
                            now,
                            deviceId,
                            policyVersion,
                            new Decision.Detail("kind", entry.kind().name())),
                    null);
        }

        /** Folds those events for good that no late one can come before. */
        void evict() {
            long until = now - rules.maxDelay().toMillis();
            int old = Math.max(0, recent.size() - MAX_RECENT);
            while (old < recent.size() && recent.get(old).time() < until) {
                old++;
            }
            if (old == 0) {
                return;
            }
            DeviceFold fold = new DeviceFold(rules, past);
            recent.subList(0, old).forEach(fold::apply);
            past = fold.past(Math.max(until, recent.get(old - 1).time()));
            recent = recent.subList(old, recent.size());
            Set<String> ids = recent.stream().map(Entry::eventId).collect(Collectors.toSet());
            Set<String> open = new HashSet<>();
            past.open().forEach(group -> open.add(group.id()));
            if (past.stuck() != null) {
                open.add(past.stuck().id());
            }
            sent =
                    sent.stream()
                            .filter(
                                    group ->
                                            ids.contains(group.first().eventId())
                                                    || open.contains(group.id()))
                            .toList();
            decided = decided.stream().filter(each -> ids.contains(each.eventId())).toList();
        }

        /** No message of a removed device will end its faults. */
        void endFaults() {
            if (silentSince > 0) {
                emitSilence(true);
            }
            sent.stream()
                    .filter(
                            group ->
                                    !group.isOver()
                                            && (group.isStuck()
                                                    || group.first().kind()
                                                            == DeviceEvent.Kind.FAULT))
                    .map(Group::over)
                    .forEach(this::emit);
        }

        private void emitSilence(boolean isOver) {
            emit(
                    evidence.silent(
                            deviceId, registered, premises, silentSince, isOver, nextRevision()));
        }

        private void emit(Group group) {
            emit(evidence.of(group, deviceId, registered, premises, nextRevision()));
        }

        private void emit(Evidence version) {
            outcomes.add(
                    kinds.named(version.event().kind()).isDispatched()
                            ? new Outcome.Accepted(version)
                            : new Outcome.Suppressed(
                                    SuppressionReason.KIND_NOT_DISPATCHED.decision(
                                            version.eventId(),
                                            now,
                                            deviceId,
                                            policyVersion,
                                            new Decision.Detail("kind", version.event().kind())),
                                    version.withdrawn()));
        }

        private long nextRevision() {
            revision = Math.max(now, revision + 1);
            return revision;
        }
    }
}
