package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.DispatchResponse.Close;
import io.atalaya.contracts.dispatch.EventId;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.BadActor;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Devices whose incidents people closed as false alarms. */
final class BadActors {
    /** Fewer say nothing about a device. */
    private static final int MIN_FALSE_ALARMS = 2;

    private static final int LISTED = 20;

    /** False alarm, in EIDO's registry of common dispositions. */
    private static final String FALSE_ALARM = "17";

    private BadActors() {}

    static List<BadActor> of(DispatchLog log) {
        Map<String, Incident> incidents = log.lastRevisions();
        Map<String, int[]> counts = new HashMap<>();
        for (DispatchResponse response : log.responses()) {
            Incident incident = incidents.get(response.incidentId());
            if (incident != null && response.action() instanceof Close close) {
                Set<String> devices = new HashSet<>();
                incident.events().forEach(event -> devices.add(EventId.deviceId(event.eventId())));
                devices.remove(null);
                for (String device : devices) {
                    int[] count = counts.computeIfAbsent(device, any -> new int[2]);
                    count[0]++;
                    count[1] += close.disposition().equals(FALSE_ALARM) ? 1 : 0;
                }
            }
        }
        return counts.entrySet().stream()
                .map(each -> new BadActor(each.getKey(), each.getValue()[0], each.getValue()[1]))
                .filter(each -> each.falseAlarms() >= MIN_FALSE_ALARMS)
                .sorted(
                        Comparator.comparingInt(BadActor::falseAlarms)
                                .thenComparingDouble(BadActor::share)
                                .reversed()
                                .thenComparing(BadActor::deviceId))
                .limit(LISTED)
                .toList();
    }
}
