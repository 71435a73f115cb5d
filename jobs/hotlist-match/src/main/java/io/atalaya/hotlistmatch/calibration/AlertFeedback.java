package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.disposition.Disposition.Outcome;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;

/** What becomes known of an alert after it was decided: keyed by alertId. */
public sealed interface AlertFeedback extends Traceable {
    String alertId();

    /**
     * A revision of it was published.
     *
     * @param prediction null where the alert is about no entry
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
     * Somebody says what became of it.
     *
     * @param time when it was said, epoch ms
     * @param arrival of the disposition
     * @param position in topic {@code dispositions}
     */
    record Disposed(
            String alertId,
            String dispositionId,
            String source,
            String deviceId,
            Outcome outcome,
            long time,
            long arrival,
            RecordPosition position)
            implements AlertFeedback {
        @Override
        public Origin origin() {
            return Origin.described(deviceId, position.in(Topics.DISPOSITIONS), this);
        }

        /** Whether this is the later answer of the two, so that the other no longer counts. */
        boolean isAfter(Disposed other) {
            return time != other.time
                    ? time > other.time
                    : dispositionId.compareTo(other.dispositionId) > 0;
        }
    }
}
