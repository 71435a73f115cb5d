package io.atalaya.campaign;

import io.atalaya.campaign.Finding.Kind;
import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.Announcement.Purpose;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.NationalMessage;
import io.atalaya.contracts.dispatch.Wall;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Checks the invariants of announcements, walls and drone tasks of a world. */
final class OutreachLedger {
    private final Set<String> open = new HashSet<>();

    /** Topics by the incidents that they name. */
    private final Map<String, String> shown = new HashMap<>();

    /** The last ones of the incidents that were shared. */
    private final Map<String, Long> revisions = new HashMap<>();

    private final Map<String, DroneTask> tasks = new HashMap<>();
    private final Consumer<Finding> findings;

    OutreachLedger(Consumer<Finding> findings) {
        this.findings = findings;
    }

    /** Notes who may see an incident, which no revision changes. */
    void add(Incident incident) {
        if (!incident.covert()) {
            open.add(incident.incidentId());
        }
    }

    /**
     * Checks an announcement.
     *
     * @param time of its record, epoch ms
     */
    void add(Announcement announcement, long time) {
        shown.put(announcement.incidentId(), "announcements");
        if (announcement.purpose() != Purpose.WITHDRAWN && announcement.expiresAt() <= time) {
            find(
                    Kind.PAST_EXPIRY,
                    announcement.purpose().name(),
                    announcement.toString(),
                    announcement.incidentId());
        }
    }

    void add(Wall wall) {
        Set<String> cameras = new HashSet<>();
        Set<Integer> numbers = new HashSet<>();
        for (Wall.Panel panel : wall.panels()) {
            shown.put(panel.incidentId(), "videowall");
            boolean isNew = cameras.add(panel.deviceId()) & numbers.add(panel.number());
            if (!isNew || panel.number() > wall.size()) {
                find(Kind.PANEL_TWICE, "videowall", wall.toString(), wall.site());
            }
        }
    }

    void add(NationalMessage message) {
        shown.put(message.incidentId(), "national-exchange");
        if (revisions.merge(message.incidentId(), message.revision(), Math::max)
                > message.revision()) {
            find(Kind.REVISION, "national-exchange", message.toString(), message.incidentId());
        }
    }

    void add(DroneTask task) {
        shown.put(task.incidentId(), "drone-tasks");
        DroneTask before = tasks.put(task.incidentId(), task);
        boolean isSecond =
                before != null && before.isOpen() && !before.taskId().equals(task.taskId());
        long flown =
                tasks.values().stream()
                        .filter(each -> each.isOpen() && each.droneId().equals(task.droneId()))
                        .count();
        if (isSecond || flown > 1) {
            find(Kind.TWO_TASKS, isSecond ? "incident" : "drone", task.toString(), task.droneId());
        }
    }

    /** Checks what holds whenever nothing is on its way. */
    void requireOpen() {
        shown.forEach(
                (incidentId, topic) -> {
                    if (!open.contains(incidentId)) {
                        find(Kind.COVERT_SHOWN, topic, incidentId, incidentId);
                    }
                });
    }

    private void find(Kind kind, String where, String detail, String key) {
        findings.accept(new Finding(kind, where, detail, key));
    }
}
