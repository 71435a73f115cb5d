package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.disposition.Disposition.Outcome;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.event.CalibrationOffset;
import io.atalaya.hotlistmatch.event.CalibrationSubject;
import io.atalaya.hotlistmatch.event.ReferenceUpdate.CalibrationChanged;
import io.atalaya.testutils.SerializerSample;

import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;

/** Samples for the serializers of calibration. */
public final class CalibrationSamples {
    private static final CalibrationSubject DEVICE = new CalibrationSubject.Device("ARCO-1");
    private static final CalibrationSubject SOURCE = new CalibrationSubject.Source("robados ñ");
    private static final CalibrationOffset SHIFT = new CalibrationOffset(-19, 7, 9);
    public static final CalibrationChanged CHANGE =
            new CalibrationChanged(DEVICE, NOON, SHIFT, new RecordPosition(2, 300));

    public static final CalibrationChanged EVICTION =
            new CalibrationChanged(SOURCE, NOON, null, RecordPosition.UNKNOWN);

    private static final AlertFeedback.Prediction PROMISE =
            new AlertFeedback.Prediction("robados ñ", "ARCO-1", 5.25);
    private static final AlertFeedback.Disposed ANSWERED =
            new AlertFeedback.Disposed(
                    "a1",
                    "D-1",
                    "robados ñ",
                    "ARCO-1",
                    Outcome.WRONG_PLATE,
                    NOON,
                    NOON + 1,
                    new RecordPosition(2, 300));
    private static final AlertFeedback.Disposed BARE =
            new AlertFeedback.Disposed(
                    "a2", "D-2", null, null, Outcome.NOT_ACTIONABLE, 0, 0, RecordPosition.UNKNOWN);
    private static final OutcomeUpdate.LabelledPrediction LESSON =
            new OutcomeUpdate.LabelledPrediction("a1", "ARCO-1", NOON, false, 5.25);
    private static final OutcomeUpdate.LabelledPrediction OF_NO_DEVICE =
            new OutcomeUpdate.LabelledPrediction("a2", null, NOON, true, -0.5);

    private CalibrationSamples() {}

    public static List<SerializerSample<?>> samples() {
        return List.of(
                SerializerSample.<CalibrationSubject>of(CalibrationSubject.class, DEVICE, SOURCE),
                SerializerSample.<AlertFeedback>of(
                        AlertFeedback.class,
                        new AlertFeedback.Published("a1", 3, PROMISE, new RecordPosition(0, 9)),
                        new AlertFeedback.Published("a2", 300, null, RecordPosition.UNKNOWN),
                        ANSWERED,
                        BARE),
                SerializerSample.of(
                        AlertOutcomeState.class,
                        new AlertOutcomeState(2, PROMISE, ANSWERED, List.of(DEVICE, SOURCE)),
                        new AlertOutcomeState(0, null, null, List.of())),
                SerializerSample.of(
                        OutcomeUpdate.class,
                        new OutcomeUpdate(
                                DEVICE, "a1", NOON, LESSON, "ARCO-1", new RecordPosition(2, 300)),
                        new OutcomeUpdate(SOURCE, "a1", NOON, null, null, RecordPosition.UNKNOWN)),
                SerializerSample.of(
                        SubjectRecord.class,
                        new SubjectRecord(SOURCE, List.of(LESSON, OF_NO_DEVICE), SHIFT, NOON),
                        SubjectRecord.of(DEVICE)),
                SerializerSample.of(
                        OffsetHistory.class,
                        new OffsetHistory(
                                List.of(
                                        new OffsetHistory.Period(NOON, SHIFT),
                                        new OffsetHistory.Period(
                                                NOON + 1, CalibrationOffset.NONE)))));
    }
}
