package io.atalaya.dispatch.incident;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which incidents to look at when, so that the passage of time need not look at all of them. */
final class Agenda {
    private final TreeMap<Long, Set<Handling>> byTime = new TreeMap<>();
    private final Map<Handling, Long> times = new HashMap<>();

    /** Looks at an incident at a time, and not at the one that was set before. */
    void put(Handling handling, long time) {
        remove(handling);
        times.put(handling, time);
        byTime.computeIfAbsent(time, any -> new LinkedHashSet<>()).add(handling);
    }

    void remove(Handling handling) {
        Long time = times.remove(handling);
        if (time != null) {
            byTime.computeIfPresent(
                    time, (any, all) -> all.remove(handling) && all.isEmpty() ? null : all);
        }
    }

    /** Takes out the incidents whose time has come, in order of their founders. */
    List<Handling> take(long now) {
        List<Handling> due = new ArrayList<>();
        byTime.headMap(now, true).values().forEach(due::addAll);
        due.forEach(this::remove);
        due.sort(Comparator.comparing(handling -> handling.founder));
        return due;
    }
}
