package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.dispatch.Mute.Matcher;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.evidence.EvidenceReader;
import io.atalaya.dispatch.incident.IncidentContent.Rank;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The mutes in force, and the incidents that each has swallowed. */
final class Mutes {
    private final Map<String, State> states = new TreeMap<>();
    private final IncidentStore store;

    /** A mute and the founders of the incidents that it covers. */
    static final class State {
        Mute mute;
        final LinkedHashSet<String> founders = new LinkedHashSet<>();
    }

    /**
     * What a matcher can compare of an incident. A field that is missing matches nothing.
     *
     * @param cell null without a place
     */
    record Fields(
            Incident.Kind kind,
            String type,
            String site,
            Set<String> deviceIds,
            Set<String> keys,
            String cell) {
        static Fields of(Rank rank, Collection<Evidence> all, String cell) {
            Set<String> devices = new LinkedHashSet<>();
            Set<String> keys = new LinkedHashSet<>();
            for (Evidence each : all) {
                if (each.origin().deviceId() != null) {
                    devices.add(each.origin().deviceId());
                }
                keys.addAll(each.event().keys());
            }
            return new Fields(
                    IncidentContent.kind(rank.best().event().subject()),
                    rank.type(),
                    rank.subject().site(),
                    devices,
                    keys,
                    cell);
        }

        private boolean match(Matcher matcher) {
            return isEqual(matcher.kind(), kind)
                    && isEqual(matcher.type(), type)
                    && isEqual(matcher.site(), site)
                    && isEqual(matcher.cell(), cell)
                    && (matcher.deviceId() == null || deviceIds.contains(matcher.deviceId()))
                    && (matcher.plate() == null || hasPlate(matcher.plate()));
        }

        private boolean hasPlate(String plate) {
            return CanonicalPlate.isPlate(plate) && keys.contains(EvidenceReader.plateKey(plate));
        }

        private static boolean isEqual(Object wanted, Object value) {
            return wanted == null || Objects.equals(wanted, value);
        }
    }

    Mutes(IncidentStore store) {
        this.store = store;
    }

    void restore(String id, State state) {
        states.put(id, state);
    }

    /**
     * Puts a mute in force, or another version of it.
     *
     * @return whether it is short enough
     */
    boolean put(Mute mute, Duration longest) {
        if (mute.to() - mute.from() > longest.toMillis()) {
            return false;
        }
        State state = states.computeIfAbsent(mute.muteId(), id -> new State());
        state.mute = mute;
        store.put(Section.MUTE, mute.muteId(), state);
        return true;
    }

    /** The id of a mute that covers an incident now, or null. */
    String covering(Fields fields, long now) {
        for (State state : states.values()) {
            Mute mute = state.mute;
            if (isInForce(mute, now) && fields.match(mute.matcher())) {
                return mute.muteId();
            }
        }
        return null;
    }

    boolean isInForce(String muteId, long now) {
        State state = states.get(muteId);
        return state != null && isInForce(state.mute, now);
    }

    private static boolean isInForce(Mute mute, long now) {
        return mute.from() <= now && now < mute.to();
    }

    void swallow(String muteId, String founder) {
        State state = states.get(muteId);
        if (state.founders.add(founder)) {
            store.put(Section.MUTE, muteId, state);
        }
    }

    /** Ends a mute; returns what it has swallowed, or null if it is not known. */
    State end(String muteId) {
        store.remove(Section.MUTE, muteId);
        return states.remove(muteId);
    }

    /** The mutes whose time is over. */
    List<String> over(long now) {
        List<String> over = new ArrayList<>();
        states.forEach(
                (id, state) -> {
                    if (state.mute.to() <= now) {
                        over.add(id);
                    }
                });
        return over;
    }
}
