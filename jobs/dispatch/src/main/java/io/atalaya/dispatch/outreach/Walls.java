package io.atalaya.dispatch.outreach;

import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.dispatch.Wall.Panel;
import io.atalaya.dispatch.incident.IncidentSummary;
import io.atalaya.dispatch.policy.Policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Decides which cameras the wall of each site shows. A wall follows from the incidents, the cameras
 * and what it shows already.
 */
final class Walls {
    private final Outreach outreach;
    private final HeldMap<Wall> walls;

    /** By incident; remade when the incident, a camera or the policy changes. */
    private final Map<String, List<View>> views = new HashMap<>();

    private boolean isDue = true;

    /** When the next vehicle that is shown was last seen too long ago. */
    private long nextStale = Long.MAX_VALUE;

    /**
     * A camera that could show an incident.
     *
     * @param closeness less than 1, and more the nearer it is
     */
    record View(
            IncidentSummary incident,
            String cameraId,
            double metres,
            boolean isAhead,
            double closeness) {
        double score() {
            return incident.priority() + closeness;
        }
    }

    Walls(Outreach outreach, HeldMap<Wall> walls) {
        this.outreach = outreach;
        this.walls = walls;
    }

    void incident(String incidentId) {
        views.remove(incidentId);
        isDue = true;
    }

    /** Takes another camera, or another policy. */
    void reset() {
        views.clear();
        isDue = true;
    }

    /** Shows what has changed; at most once a tick, because a storm changes much. */
    void tick(Outreach.Parts parts) throws Exception {
        if (!isDue && outreach.now() < nextStale) {
            return;
        }
        isDue = false;
        nextStale = Long.MAX_VALUE;
        Set<String> failed = new HashSet<>();
        for (IncidentSummary incident : outreach.incidents()) {
            if (!isShown(incident)) {
                continue;
            }
            nextStale = Math.min(nextStale, staleAt(incident));
            // In a storm nearly all have theirs already.
            if (!views.containsKey(incident.incidentId())
                    && !parts.run("views of " + incident.incidentId(), () -> viewsOf(incident))) {
                failed.add(incident.incidentId());
            }
        }
        Map<String, Integer> panels = outreach.policy().videowall().panels();
        Set<String> sites = new TreeSet<>(walls.keys());
        sites.addAll(panels.keySet());
        for (String site : sites) {
            parts.run("wall of " + site, () -> refresh(site, panels.getOrDefault(site, 0), failed));
        }
    }

    private void refresh(String site, int size, Set<String> failed) {
        Wall before = walls.get(site);
        List<View> candidates = new ArrayList<>();
        for (IncidentSummary incident : outreach.incidents()) {
            if (site.equals(incident.site())
                    && !failed.contains(incident.incidentId())
                    && isShown(incident)) {
                candidates.addAll(viewsOf(incident));
            }
        }
        List<Panel> panels =
                layout(
                        candidates,
                        before == null ? List.of() : before.panels(),
                        size,
                        outreach.policy().videowall());
        boolean isSame =
                before == null
                        ? panels.isEmpty()
                        : before.size() == size && before.panels().equals(panels);
        if (!isSame) {
            Wall wall = new Wall(site, outreach.revision(), size, panels);
            walls.put(site, wall);
            outreach.output().wall(wall);
        }
    }

    private boolean isShown(IncidentSummary incident) {
        return incident.priority() >= outreach.policy().videowall().minPriority()
                && incident.place() != null
                && (incident.kind() == Incident.Kind.PLACE
                        || incident.kind() == Incident.Kind.VEHICLE)
                && outreach.now() < staleAt(incident);
    }

    /** From when on a vehicle is likely to be somewhere else; a place never is. */
    private long staleAt(IncidentSummary incident) {
        return incident.kind() == Incident.Kind.VEHICLE
                ? incident.seenAt() + outreach.policy().videowall().vehicleSeenWithin().toMillis()
                : Long.MAX_VALUE;
    }

    private List<View> viewsOf(IncidentSummary incident) {
        return views.computeIfAbsent(incident.incidentId(), any -> found(incident));
    }

    private List<View> found(IncidentSummary incident) {
        Policy.VideoWall settings = outreach.policy().videowall();
        double reach =
                incident.heading() == null ? settings.radiusMetres() : settings.ahead().metres();
        return outreach.camerasNear(incident.place(), reach).stream()
                .map(camera -> view(incident, camera.deviceId(), camera.place(), settings))
                .filter(view -> view.closeness > 0)
                .toList();
    }

    /** With a closeness of 0 or less where the camera does not show the incident. */
    static View view(
            IncidentSummary incident, String cameraId, Place camera, Policy.VideoWall settings) {
        double metres = incident.place().metresTo(camera);
        boolean isAhead =
                incident.heading() != null
                        && angle(
                                        incident.heading(),
                                        IncidentSummary.bearing(incident.place(), camera))
                                <= settings.ahead().degrees();
        double reach = isAhead ? settings.ahead().metres() : settings.radiusMetres();
        // A higher priority always counts more than being near.
        return new View(incident, cameraId, metres, isAhead, 0.999 * (1 - metres / reach));
    }

    /** Between two directions, 0 to 180 degrees. */
    private static double angle(double one, double other) {
        double difference = Math.abs(one - other) % 360;
        return Math.min(difference, 360 - difference);
    }

    /**
     * Takes the views with the highest scores, each camera once and not too many of one incident. A
     * view that is shown has the margin in addition, so that what is taken is taken again as long
     * as nothing else changes.
     */
    static List<Panel> layout(
            Collection<View> candidates,
            List<Panel> standing,
            int size,
            Policy.VideoWall settings) {
        Map<String, Panel> shown = new HashMap<>();
        standing.forEach(panel -> shown.put(panel.deviceId(), panel));
        List<View> taken = new ArrayList<>();
        Set<String> cameras = new HashSet<>();
        Map<String, Integer> counts = new HashMap<>();
        Queue<View> ranked = ranked(candidates, shown, settings.margin());
        while (taken.size() < size && !ranked.isEmpty()) {
            View view = ranked.poll();
            String incidentId = view.incident.incidentId();
            int count = counts.getOrDefault(incidentId, 0);
            if (count < settings.panelsPerIncident() && cameras.add(view.cameraId)) {
                taken.add(view);
                counts.put(incidentId, count + 1);
            }
        }
        return placed(taken, shown, size);
    }

    /** Not sorted, because a storm has thousands of views for a few panels. */
    private static Queue<View> ranked(
            Collection<View> candidates, Map<String, Panel> shown, double margin) {
        ToDoubleFunction<View> score =
                view -> {
                    Panel panel = shown.get(view.cameraId);
                    boolean isShown =
                            panel != null && panel.incidentId().equals(view.incident.incidentId());
                    return view.score() + (isShown ? margin : 0);
                };
        Queue<View> ranked =
                new PriorityQueue<>(
                        Comparator.comparingDouble(score)
                                .reversed()
                                .thenComparing(view -> view.incident.openedAt())
                                .thenComparing(view -> view.incident.incidentId())
                                .thenComparing(View::cameraId));
        ranked.addAll(candidates);
        return ranked;
    }

    /** A camera stays on its panel; others fill the free panels. */
    private static List<Panel> placed(List<View> taken, Map<String, Panel> shown, int size) {
        Map<Integer, View> panels = new TreeMap<>();
        List<View> others = new ArrayList<>();
        for (View view : taken) {
            Panel panel = shown.get(view.cameraId);
            if (panel == null || panel.number() > size) {
                others.add(view);
            } else {
                panels.put(panel.number(), view);
            }
        }
        int number = 1;
        for (View view : others) {
            while (panels.containsKey(number)) {
                number++;
            }
            panels.put(number, view);
        }
        List<Panel> placed = new ArrayList<>();
        panels.forEach(
                (each, view) ->
                        placed.add(
                                new Panel(
                                        each,
                                        view.cameraId,
                                        view.incident.incidentId(),
                                        Math.round(view.metres),
                                        view.isAhead)));
        return placed;
    }
}
