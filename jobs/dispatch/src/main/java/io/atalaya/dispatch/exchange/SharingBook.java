package io.atalaya.dispatch.exchange;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What was shared, by incidents; what is asked often is found without looking at all of them. */
final class SharingBook {
    private final Map<String, SharingState> states = new HashMap<>();

    /** Incidents by those that they name. */
    private final Map<String, Set<String>> naming = new HashMap<>();

    private final TreeSet<End> ends =
            new TreeSet<>(Comparator.comparingLong(End::time).thenComparing(End::incidentId));

    private record End(long time, String incidentId) {}

    SharingState get(String incidentId) {
        return states.get(incidentId);
    }

    /** In order of their ids. */
    Set<String> incidentIds() {
        return new TreeSet<>(states.keySet());
    }

    Collection<SharingState> states() {
        return states.values();
    }

    int size() {
        return states.size();
    }

    /** Of how many the incident is over. */
    int over() {
        return ends.size();
    }

    void put(String incidentId, SharingState state) {
        remove(incidentId);
        states.put(incidentId, state);
        for (String linked : state.linked()) {
            naming.computeIfAbsent(linked, any -> new TreeSet<>()).add(incidentId);
        }
        if (state.overSince() != 0) {
            ends.add(new End(state.overSince(), incidentId));
        }
    }

    void remove(String incidentId) {
        SharingState before = states.remove(incidentId);
        if (before == null) {
            return;
        }
        for (String linked : before.linked()) {
            naming.computeIfPresent(
                    linked, (any, ids) -> ids.remove(incidentId) && ids.isEmpty() ? null : ids);
        }
        ends.remove(new End(before.overSince(), incidentId));
    }

    /** The incidents that name any of these. */
    Set<String> naming(Collection<String> incidentIds) {
        Set<String> all = new TreeSet<>();
        incidentIds.forEach(each -> all.addAll(naming.getOrDefault(each, Set.of())));
        return all;
    }

    /**
     * Those to forget: what was over before a time, and what has been over for longest while there
     * are too many.
     */
    List<String> forgotten(long time, int max) {
        List<String> forgotten = new ArrayList<>();
        for (End end : ends) {
            if (end.time >= time && states.size() - forgotten.size() <= max) {
                break;
            }
            forgotten.add(end.incidentId);
        }
        return forgotten;
    }
}
