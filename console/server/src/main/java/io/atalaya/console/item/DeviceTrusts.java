package io.atalaya.console.item;

import io.atalaya.console.item.KnownRecords.Received;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.disposition.Disposition.Outcome;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was found out about the alerts of each device, as far as all may know of them. */
final class DeviceTrusts {
    private final KnownRecords known;

    /** Null if it is to be reckoned again. */
    private Map<String, Double> trusts;

    DeviceTrusts(KnownRecords known) {
        this.known = known;
    }

    /** An alert, or an outcome of it, has changed. */
    synchronized void changed() {
        trusts = null;
    }

    /** How far each device is trusted about which something was found out. */
    synchronized Map<String, Double> all() {
        if (trusts == null) {
            Map<String, Double> all = new HashMap<>();
            lessons(null).forEach((device, lessons) -> all.put(device, Trust.value(lessons)));
            trusts = all;
        }
        return trusts;
    }

    /** How often each outcome was found out about alerts of a device. */
    Map<String, Integer> outcomes(String deviceId) {
        Map<String, Integer> outcomes = new HashMap<>();
        known.openAnswers()
                .forEach(
                        (alertId, answer) -> {
                            Received<Alert> alert = openAlert(alertId);
                            if (alert != null && deviceId.equals(alert.value().deviceId())) {
                                outcomes.merge(answer.outcome().name(), 1, Integer::sum);
                            }
                        });
        return outcomes;
    }

    /**
     * The trust in the device of an item's latest alert before and after an outcome of it; null if
     * the outcome says nothing of the device, or not all may know of the alert.
     */
    Trust of(Item item, Outcome outcome) {
        Received<Alert> latest = known.latestAlert(item.alertIds());
        Trust.Lesson lesson = latest == null ? null : Trust.Lesson.of(latest.logOdds(), outcome);
        if (lesson == null || item.isRestricted() || KnownRecords.isRestricted(latest.value())) {
            return null;
        }
        String device = latest.value().deviceId();
        List<Trust.Lesson> after =
                new ArrayList<>(lessons(latest.value().alertId()).getOrDefault(device, List.of()));
        after.add(lesson);
        return new Trust(
                device,
                Trust.value(lessons(null).getOrDefault(device, List.of())),
                Trust.value(after));
    }

    /** What answered alerts say of each device, oldest answer first, without one of the alerts. */
    private Map<String, List<Trust.Lesson>> lessons(String without) {
        Map<String, List<Trust.Lesson>> lessons = new HashMap<>();
        known.openAnswers().entrySet().stream()
                .sorted(Comparator.comparingLong(each -> each.getValue().time()))
                .filter(each -> !each.getKey().equals(without))
                .forEach(
                        each -> {
                            Received<Alert> alert = openAlert(each.getKey());
                            Trust.Lesson lesson =
                                    alert == null
                                            ? null
                                            : Trust.Lesson.of(
                                                    alert.logOdds(), each.getValue().outcome());
                            if (lesson != null) {
                                lessons.computeIfAbsent(
                                                alert.value().deviceId(), id -> new ArrayList<>())
                                        .add(lesson);
                            }
                        });
        return lessons;
    }

    private Received<Alert> openAlert(String alertId) {
        Received<Alert> alert = known.alert(alertId);
        return alert == null || KnownRecords.isRestricted(alert.value()) ? null : alert;
    }
}
