package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.HotlistEvidence;
import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.disposition.Disposition.Outcome;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;

/** What becomes known of an alert after it was emitted, keyed by alertId. */
public sealed interface AlertFeedback extends Traceable {
    String alertId();

    /**
     * A revision of the alert was published.
     *
     * @param prediction null if the alert has no list entry
     * @param position in topic {@code alerts}
     */
    record Published(String alertId, long revision, Prediction prediction, RecordPosition position)
            implements AlertFeedback {
        @Override
        public Origin origin() {
            return Origin.described(
                    prediction == null ? null : prediction.deviceId(),
                    position.in(Topics.ALERTS),
                    this);
        }
    }

    /**
     * A disposition of the alert.
     *
     * @param disposedAt when the disposition was made, epoch ms
     * @param arrivalTime arrival time of the disposition, epoch ms
     * @param position in topic {@code dispositions}
     */
    record Disposed(
            String alertId,
            String dispositionId,
            String source,
            String deviceId,
            Outcome outcome,
            long disposedAt,
            long arrivalTime,
            RecordPosition position)
            implements AlertFeedback {
        @Override
        public Origin origin() {
            return Origin.described(deviceId, position.in(Topics.DISPOSITIONS), this);
        }

        /** Whether this disposition is the later one, so that the other no longer counts. */
        boolean isAfter(Disposed other) {
            return disposedAt != other.disposedAt
                    ? disposedAt > other.disposedAt
                    : dispositionId.compareTo(other.dispositionId) > 0;
        }
    }

    /**
     * The score of an alert about a listed vehicle, to be compared with its disposition.
     *
     * @param source the list of its entry, or null
     * @param deviceId device that read the plate, or null
     * @param logOdds of its score without calibration offsets
     */
    record Prediction(String source, String deviceId, double logOdds) {
        public Prediction {
            logOdds = Field.finite("logOdds", logOdds);
        }

        /**
         * The prediction of an alert that is not known yet or any more: a score of 0.95 (assumed).
         */
        static Prediction unknown(String source, String deviceId) {
            return new Prediction(source, deviceId, Math.log(0.95 / 0.05));
        }

        /**
         * The prediction of an alert by its evidence alone. It excludes the calibration parts,
         * because they would be learned twice. An alert by a tag alone has no device here, because
         * it is no evidence about the camera.
         */
        public static Prediction of(Alert alert) {
            HotlistEvidence evidence = alert.hotlistEvidence();
            double logOdds = 0;
            for (ScoreContribution part : evidence.parts()) {
                logOdds += OffsetTable.isOffset(part) ? 0 : part.logOdds();
            }
            return new Prediction(
                    alert.entry() == null ? null : alert.entry().source(),
                    alert.deviceId() == null || evidence.read() == null ? null : alert.deviceId(),
                    logOdds);
        }
    }
}
