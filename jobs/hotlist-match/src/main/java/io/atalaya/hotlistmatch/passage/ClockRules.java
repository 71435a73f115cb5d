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
 * What a device's own clock may say. Ahead of arrival it is wrong: replaced and flagged, or refused
 * a day ahead. Behind arrival it is kept, for links fail for minutes to days; but not further
 * behind than anything is remembered.
 *
 * @param maxAhead beyond which arrival is taken instead
 * @param maxBehind beyond which the read is refused
 */
public record ClockRules(Duration maxAhead, Duration maxBehind) implements Serializable {
    /** The read as it goes on, its time made plausible. */
    public EnrichedRead admit(PlateRead read, long arrival) throws InvalidRecordException {
        String passageId = PassageEvent.key(read.deviceId(), read.readId());
        if (read.withdrawn()) {
            // It takes back by id: its own time says nothing.
            return new EnrichedRead(passageId, arrival, false, read.withTime(arrival));
        }
        return isAhead(read.time(), arrival)
                ? new EnrichedRead(passageId, arrival, true, read.withTime(arrival))
                : new EnrichedRead(passageId, arrival, false, read);
    }

    /** The tag's read as it goes on, its time made plausible. */
    public EnrichedTagRead admit(RfidRead read, long arrival) throws InvalidRecordException {
        return isAhead(read.time(), arrival)
                ? new EnrichedTagRead(arrival, true, read.withTime(arrival), RecordPosition.UNKNOWN)
                : new EnrichedTagRead(arrival, false, read, RecordPosition.UNKNOWN);
    }

    private boolean isAhead(long time, long arrival) throws InvalidRecordException {
        PlausibleTime.require(time, arrival, maxBehind.toMillis());
        return time - arrival > maxAhead.toMillis();
    }
}
