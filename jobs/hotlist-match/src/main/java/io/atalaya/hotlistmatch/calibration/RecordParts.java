package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.HotlistEvidence;
import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.hotlistmatch.event.CalibrationOffset;
import io.atalaya.hotlistmatch.event.CalibrationSubject;

import java.util.Set;

/** Calibration offsets as contributions to the score. */
public final class RecordParts {
    private static final String DEVICE = "device-record";
    private static final String SOURCE = "source-record";
    private static final Set<String> NAMES = Set.of(DEVICE, SOURCE);

    private RecordParts() {}

    static ScoreContribution of(CalibrationSubject subject, CalibrationOffset offset) {
        boolean isDevice = subject instanceof CalibrationSubject.Device;
        return new ScoreContribution(
                isDevice ? DEVICE : SOURCE,
                offset.logOdds(),
                Message.of(
                        isDevice ? MessageCode.DEVICE_RECORD : MessageCode.SOURCE_RECORD,
                        offset.wrong(),
                        offset.answered()));
    }

    /**
     * The prediction of an alert by its evidence alone. It excludes the calibration parts, because
     * they would be learned twice. An alert by a tag alone has no device here, because it is no
     * evidence about the camera.
     */
    public static AlertFeedback.Prediction prediction(Alert alert) {
        HotlistEvidence evidence = alert.hotlistEvidence();
        double logOdds = 0;
        for (ScoreContribution part : evidence.parts()) {
            logOdds += NAMES.contains(part.name()) ? 0 : part.logOdds();
        }
        return new AlertFeedback.Prediction(
                alert.entry() == null ? null : alert.entry().source(),
                alert.deviceId() == null || evidence.read() == null ? null : alert.deviceId(),
                logOdds);
    }
}
