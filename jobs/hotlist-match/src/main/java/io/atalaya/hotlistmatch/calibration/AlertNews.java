package io.atalaya.hotlistmatch.calibration;

import io.atalaya.bulkhead.Traceable;
import io.atalaya.disposition.Disposition.Outcome;

/** What becomes known of an alert after it was decided: keyed by alertId. */
public sealed interface AlertNews extends Traceable {
    String alertId();

    @Override
    default Origin origin() {
        return Origin.described(null, null, this);
    }

    /**
     * A revision of it was published.
     *
     * @param promise null where the alert is about no entry
     */
    record Published(String alertId, int revision, Promise promise) implements AlertNews {}

    /**
     * Somebody says what became of it.
     *
     * @param time when it was said, epoch ms
     * @param arrival of the disposition
     */
    record Answered(
            String alertId,
            String dispositionId,
            String source,
            String deviceId,
            Outcome outcome,
            long time,
            long arrival)
            implements AlertNews {

        /** Whether this is the later answer of the two, so that the other no longer counts. */
        boolean isAfter(Answered other) {
            return time != other.time
                    ? time > other.time
                    : dispositionId.compareTo(other.dispositionId) > 0;
        }
    }
}
