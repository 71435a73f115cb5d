package io.atalaya.hotlistmatch.calibration;

import io.atalaya.hotlistmatch.event.CalibrationSubject;
import io.atalaya.hotlistmatch.event.Shift;

import java.util.HashMap;
import java.util.Map;

/** What the two steps of calibration learn of news, without their clocks. */
final class Learning {
    private static final long MEMORY_MS = 1_000_000_000_000L;

    private final CalibrationRules rules;
    private final Map<String, AnsweredAlert> alerts = new HashMap<>();
    private final Map<CalibrationSubject, SubjectRecord> records = new HashMap<>();

    Learning(CalibrationRules rules) {
        this.rules = rules;
    }

    void take(AlertNews news) {
        AnsweredAlert old = alerts.getOrDefault(news.alertId(), AnsweredAlert.UNKNOWN);
        AnsweredAlert next = old.with(news);
        if (next != old && next.answered() != null && next.isPublished()) {
            for (Answer answer : next.answers()) {
                records.merge(
                        answer.subject(),
                        SubjectRecord.of(answer.subject()).with(answer, MEMORY_MS, 0),
                        (record, first) -> record.with(answer, MEMORY_MS, 0));
            }
            next = next.told(next.answers());
        }
        alerts.put(news.alertId(), next);
    }

    Shift device(String id) {
        return shift(new CalibrationSubject.Device(id));
    }

    Shift source(String id) {
        return shift(new CalibrationSubject.Source(id));
    }

    Shift shift(CalibrationSubject subject) {
        SubjectRecord record = records.get(subject);
        return record == null ? Shift.NONE : record.shift(rules);
    }
}
