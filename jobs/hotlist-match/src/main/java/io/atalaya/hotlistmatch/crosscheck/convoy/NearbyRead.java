package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.hotlistmatch.event.AssignedTag;
import io.atalaya.hotlistmatch.event.VehicleRead;
import io.atalaya.hotlistmatch.event.VehicleTag;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A read within the gap of a listed vehicle. About 45 bytes, and 40 for its tag.
 *
 * @param plate as read
 * @param deviceTime device time, epoch ms
 * @param arrivalTime arrival time of the read, epoch ms
 * @param retractedAt arrival time of its retraction, or {@link #NOT_RETRACTED}
 * @param tags the last assignment of each tag, by readId
 */
record NearbyRead(
        String readId,
        String plate,
        long deviceTime,
        long arrivalTime,
        long retractedAt,
        List<AssignedTag> tags) {
    static final long NOT_RETRACTED = Long.MAX_VALUE;

    /** A tag is typically read once or twice. */
    private static final int MAX_TAGS = 8;

    static NearbyRead of(VehicleRead vehicleRead, long retractedAt, List<AssignedTag> tags) {
        return new NearbyRead(
                vehicleRead.readId(),
                vehicleRead.plate(),
                vehicleRead.deviceTime(),
                vehicleRead.causedAt(),
                retractedAt,
                tags);
    }

    boolean isRetracted() {
        return retractedAt != NOT_RETRACTED;
    }

    /** Arrival time of the last fact about the read. */
    long changedAt() {
        return isRetracted() ? retractedAt : arrivalTime;
    }

    /** The tags that the vehicle was found to carry. */
    List<VehicleTag> carried() {
        return tags.stream().filter(AssignedTag::isThere).map(AssignedTag::tag).toList();
    }

    /** Merges what else is known of the read; returns this instance if nothing changes. */
    NearbyRead with(NearbyRead other) {
        List<AssignedTag> all = other.tags.isEmpty() ? tags : with(other.tags);
        return retractedAt <= other.retractedAt && all.equals(tags)
                ? this
                : new NearbyRead(
                        readId,
                        plate,
                        deviceTime,
                        arrivalTime,
                        Math.min(retractedAt, other.retractedAt),
                        all);
    }

    private List<AssignedTag> with(List<AssignedTag> others) {
        Map<String, AssignedTag> last = new TreeMap<>();
        tags.forEach(stay -> last.put(stay.readId(), stay));
        for (AssignedTag stay : others) {
            last.merge(
                    stay.readId(),
                    stay,
                    (a, b) -> b.assignmentSequence() > a.assignmentSequence() ? b : a);
        }
        return last.values().stream().limit(MAX_TAGS).toList();
    }

    /** The read as known at {@code until} in arrival time, except that later tags are included. */
    NearbyRead asOf(long until) {
        return isRetracted() && retractedAt > until
                ? new NearbyRead(readId, plate, deviceTime, arrivalTime, NOT_RETRACTED, tags)
                : this;
    }
}
