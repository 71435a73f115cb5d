package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.disposition.Disposition.Outcome;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.event.CalibrationSubject;
import io.atalaya.hotlistmatch.event.CalibrationSubjectSerializer;
import io.atalaya.hotlistmatch.event.Shift;
import io.atalaya.hotlistmatch.event.ShiftChange;
import io.atalaya.hotlistmatch.event.ShiftChangeSerializer;
import io.atalaya.testutils.SerializerSample;

import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;

/** Samples of the formats of calibration. */
public final class CalibrationSamples {
    private static final CalibrationSubject DEVICE = new CalibrationSubject.Device("ARCO-1");
    private static final CalibrationSubject SOURCE = new CalibrationSubject.Source("robados ñ");
    private static final Shift SHIFT = new Shift(-19, 7, 9);
    public static final ShiftChange CHANGE =
            new ShiftChange(DEVICE, NOON, SHIFT, new RecordPosition(2, 300));

    private static final Promise PROMISE = new Promise("robados ñ", "ARCO-1", 5.25);
    private static final AlertNews.Answered ANSWERED =
            new AlertNews.Answered(
                    "a1",
                    "D-1",
                    "robados ñ",
                    "ARCO-1",
                    Outcome.WRONG_PLATE,
                    NOON,
                    NOON + 1,
                    new RecordPosition(2, 300));
    private static final AlertNews.Answered BARE =
            new AlertNews.Answered(
                    "a2", "D-2", null, null, Outcome.NOT_ACTIONABLE, 0, 0, RecordPosition.UNKNOWN);
    private static final Lesson LESSON = new Lesson("a1", "ARCO-1", NOON, false, 5.25);
    private static final Lesson OF_NO_DEVICE = new Lesson("a2", null, NOON, true, -0.5);

    private CalibrationSamples() {}

    public static List<SerializerSample<?>> samples() {
        return List.of(
                SerializerSample.<CalibrationSubject>of(
                        CalibrationSubjectSerializer.INSTANCE, DEVICE, SOURCE),
                SerializerSample.<AlertNews>of(
                        AlertNewsSerializer.INSTANCE,
                        new AlertNews.Published("a1", 3, PROMISE, new RecordPosition(0, 9)),
                        new AlertNews.Published("a2", 300, null, RecordPosition.UNKNOWN),
                        ANSWERED,
                        BARE),
                SerializerSample.of(
                        AnsweredAlertSerializer.INSTANCE,
                        new AnsweredAlert(2, PROMISE, ANSWERED, List.of(DEVICE, SOURCE)),
                        new AnsweredAlert(0, null, null, List.of())),
                SerializerSample.of(
                        AnswerSerializer.INSTANCE,
                        new Answer(
                                DEVICE, "a1", NOON, LESSON, "ARCO-1", new RecordPosition(2, 300)),
                        new Answer(SOURCE, "a1", NOON, null, null, RecordPosition.UNKNOWN)),
                SerializerSample.of(
                        SubjectRecordSerializer.INSTANCE,
                        new SubjectRecord(SOURCE, List.of(LESSON, OF_NO_DEVICE), SHIFT, NOON),
                        SubjectRecord.of(DEVICE)),
                SerializerSample.of(
                        ShiftChangeSerializer.INSTANCE,
                        CHANGE,
                        new ShiftChange(SOURCE, NOON, null, RecordPosition.UNKNOWN)),
                SerializerSample.of(
                        ShiftHistorySerializer.INSTANCE,
                        new ShiftHistory(
                                List.of(
                                        new ShiftHistory.Period(NOON, SHIFT),
                                        new ShiftHistory.Period(NOON + 1, Shift.NONE)))));
    }
}
