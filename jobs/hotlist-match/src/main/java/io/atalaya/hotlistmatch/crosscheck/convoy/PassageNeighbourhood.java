package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.hotlistmatch.event.ListedPassage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        Map<String, NearbyRead> known = new LinkedHashMap<>();
        vehicleReads.forEach(vehicleRead -> known.put(vehicleRead.readId(), vehicleRead));
        boolean hasChanged = false;
        for (NearbyRead vehicleRead : more) {
            NearbyRead old = known.get(vehicleRead.readId());
            NearbyRead merged = old == null ? vehicleRead : old.with(vehicleRead);
            if (merged != old) {
                known.put(vehicleRead.readId(), merged);
                hasChanged = true;
            }
        }
        if (!hasChanged) {
            return this;
        }
        List<NearbyRead> next = new ArrayList<>(known.values());
        next.sort(
                Comparator.comparingLong((NearbyRead each) -> Math.abs(gapMillis(each)))
                        .thenComparing(NearbyRead::readId));
        List<NearbyRead> kept = List.copyOf(next.subList(0, Math.min(max, next.size())));
        return kept.equals(vehicleReads) ? this : new PassageNeighbourhood(listed, flow, kept);
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
