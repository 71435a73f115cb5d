package io.atalaya.hotlistmatch.calibration;

import io.atalaya.hotlistmatch.event.CalibrationOffset;
import io.atalaya.hotlistmatch.event.CalibrationSubject;

import java.util.HashMap;
import java.util.Map;

/** The two calibration steps without their timers. */
final class Learning {
    private static final long MEMORY_MS = 1_000_000_000_000L;

    private final CalibrationSettings rules;
    private final Map<String, AlertOutcomeState> alerts = new HashMap<>();
    private final Map<CalibrationSubject, SubjectRecord> records = new HashMap<>();

    Learning(CalibrationSettings rules) {
        this.rules = rules;
    }

    void take(AlertFeedback feedback) {
        AlertOutcomeState old = alerts.getOrDefault(feedback.alertId(), AlertOutcomeState.UNKNOWN);
        AlertOutcomeState next = old.with(feedback);
        if (next != old && next.disposition() != null && next.isPublished()) {
            for (OutcomeUpdate answer : next.updates()) {
                records.merge(
                        answer.subject(),
                        SubjectRecord.of(answer.subject()).with(answer, MEMORY_MS, 0),
                        (record, first) -> record.with(answer, MEMORY_MS, 0));
            }
            next = next.emitted(next.updates());
        }
        alerts.put(feedback.alertId(), next);
    }

    CalibrationOffset device(String id) {
        return offset(new CalibrationSubject.Device(id));
    }

    CalibrationOffset source(String id) {
        return offset(new CalibrationSubject.Source(id));
    }

    CalibrationOffset offset(CalibrationSubject subject) {
        SubjectRecord record = records.get(subject);
        return record == null ? CalibrationOffset.NONE : record.offset(rules);
    }
}
