package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.clock.PlausibleTime;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.event.PassageEvent;

import java.io.Serializable;
import java.time.Duration;

/**
 * Limits of a device's own clock relative to the arrival time. A clock that is ahead is wrong: its
 * time is replaced and flagged, or rejected if it is a day ahead. A clock that is behind is kept,
 * because links fail for minutes to days, but not beyond what is remembered.
 *
 * @param maxAhead beyond which the arrival time is used instead
 * @param maxBehind beyond which the read is rejected
 */
public record ClockRules(Duration maxAhead, Duration maxBehind) implements Serializable {
    /**
     * The read with a plausible time.
     *
     * @throws InvalidRecordException if its time is beyond the limits
     */
    public EnrichedRead admit(PlateRead read, long arrival) throws InvalidRecordException {
        String passageId = PassageEvent.key(read.deviceId(), read.readId());
        if (read.isWithdrawn()) {
            // A withdrawal refers to its read by id, so its own time is ignored.
            return new EnrichedRead(passageId, arrival, false, read.withTime(arrival));
        }
        return isAhead(read.deviceTime(), arrival)
                ? new EnrichedRead(passageId, arrival, true, read.withTime(arrival))
                : new EnrichedRead(passageId, arrival, false, read);
    }

    /**
     * The tag read with a plausible time.
     *
     * @throws InvalidRecordException if its time is beyond the limits
     */
    public EnrichedTagRead admit(RfidRead read, long arrival) throws InvalidRecordException {
        return isAhead(read.deviceTime(), arrival)
                ? new EnrichedTagRead(arrival, true, read.withTime(arrival), RecordPosition.UNKNOWN)
                : new EnrichedTagRead(arrival, false, read, RecordPosition.UNKNOWN);
    }

    private boolean isAhead(long time, long arrival) throws InvalidRecordException {
        PlausibleTime.require(time, arrival, maxBehind.toMillis());
        return time - arrival > maxAhead.toMillis();
    }
}
