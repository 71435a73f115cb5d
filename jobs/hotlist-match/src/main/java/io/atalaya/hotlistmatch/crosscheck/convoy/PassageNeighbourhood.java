package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.hotlistmatch.event.ListedPassage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A passage of a listed vehicle and the reads near it. Immutable.
 *
 * @param flow number of vehicles that passed in its direction in the {@link ConvoySettings#FLOW_MS}
 *     before the gap
 * @param vehicleReads nearest first, then by readId
 */
record PassageNeighbourhood(ListedPassage listed, int flow, List<NearbyRead> vehicleReads) {
    /** By the listed vehicle's device time. */
    static final Comparator<PassageNeighbourhood> BY_TIME =
            Comparator.comparingLong(
                            (PassageNeighbourhood neighbourhood) ->
                                    neighbourhood.listed.deviceTime())
                    .thenComparing(neighbourhood -> neighbourhood.listed.passageId());

    /**
     * Applies the next emission of the passage. Drops the reads if it has another time or
     * direction. If only the flow differs, the greater one counts, because an early emission may
     * have missed some of it.
     */
    PassageNeighbourhood updatedWith(ListedPassage emitted, int newFlow) {
        if (!emitted.equals(listed)) {
            return new PassageNeighbourhood(
                    emitted, newFlow, emitted.hasTheSameNear(listed) ? vehicleReads : List.of());
        }
        return newFlow > flow ? new PassageNeighbourhood(listed, newFlow, vehicleReads) : this;
    }

    /** Merges more reads, retractions and tags; returns this instance if nothing changes. */
    PassageNeighbourhood with(List<NearbyRead> more, int max) {
        List<NearbyRead> next = new ArrayList<>(vehicleReads.size() + more.size());
        next.addAll(vehicleReads);
        boolean hasChanged = false;
        for (NearbyRead vehicleRead : more) {
            int at = indexOf(vehicleRead.readId(), next);
            if (at >= 0) {
                NearbyRead old = next.get(at);
                NearbyRead merged = old.with(vehicleRead);
                next.set(at, merged);
                hasChanged |= merged != old;
            } else {
                int place = placeOf(vehicleRead, next);
                if (place < max) {
                    next.add(place, vehicleRead);
                    hasChanged = true;
                }
            }
        }
        return hasChanged
                ? new PassageNeighbourhood(
                        listed, flow, List.copyOf(next.subList(0, Math.min(max, next.size()))))
                : this;
    }

    private static int indexOf(String readId, List<NearbyRead> vehicleReads) {
        for (int i = 0; i < vehicleReads.size(); i++) {
            if (vehicleReads.get(i).readId().equals(readId)) {
                return i;
            }
        }
        return -1;
    }

    /** Where a read belongs, nearest first, then by readId. */
    private int placeOf(NearbyRead vehicleRead, List<NearbyRead> others) {
        long gap = Math.abs(gapMillis(vehicleRead));
        int place = others.size();
        while (place > 0) {
            NearbyRead other = others.get(place - 1);
            long otherGap = Math.abs(gapMillis(other));
            if (otherGap < gap
                    || otherGap == gap && other.readId().compareTo(vehicleRead.readId()) < 0) {
                break;
            }
            place--;
        }
        return place;
    }

    /** The neighbourhood as known at {@code until} in arrival time, except for the tags. */
    PassageNeighbourhood asOf(long until) {
        if (vehicleReads.stream()
                .allMatch(
                        vehicleRead ->
                                knownSince(vehicleRead) <= until
                                        && vehicleRead.asOf(until) == vehicleRead)) {
            return this;
        }
        return new PassageNeighbourhood(
                listed,
                flow,
                vehicleReads.stream()
                        .filter(vehicleRead -> knownSince(vehicleRead) <= until)
                        .map(vehicleRead -> vehicleRead.asOf(until))
                        .toList());
    }

    /** The read's device time minus the listed vehicle's, in ms. */
    long gapMillis(NearbyRead vehicleRead) {
        return vehicleRead.deviceTime() - listed.deviceTime();
    }

    /** Arrival time from which the read could be known to be near the listed vehicle. */
    long knownSince(NearbyRead vehicleRead) {
        return Math.max(listed.releaseAt(), vehicleRead.arrivalTime());
    }
}
