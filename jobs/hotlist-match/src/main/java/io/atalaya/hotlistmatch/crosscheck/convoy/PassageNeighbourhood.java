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
 * @param cars nearest first, then by readId
 */
record PassageNeighbourhood(ListedPassage listed, int flow, List<NearbyRead> cars) {
    /** By the listed vehicle's device time. */
    static final Comparator<PassageNeighbourhood> BY_TIME =
            Comparator.comparingLong((PassageNeighbourhood arch) -> arch.listed.time())
                    .thenComparing(arch -> arch.listed.passageId());

    /**
     * Applies the next emission of the passage. Drops the reads if it has another time or
     * direction. If only the flow differs, the greater one counts, because an early emission may
     * have missed some of it.
     */
    PassageNeighbourhood updatedWith(ListedPassage emitted, int newFlow) {
        if (!emitted.equals(listed)) {
            return new PassageNeighbourhood(
                    emitted, newFlow, emitted.hasTheSameNear(listed) ? cars : List.of());
        }
        return newFlow > flow ? new PassageNeighbourhood(listed, newFlow, cars) : this;
    }

    /** Merges more reads, retractions and tags; returns this instance if nothing changes. */
    PassageNeighbourhood with(List<NearbyRead> more, int max) {
        Map<String, NearbyRead> known = new LinkedHashMap<>();
        cars.forEach(car -> known.put(car.readId(), car));
        boolean isNews = false;
        for (NearbyRead car : more) {
            NearbyRead old = known.get(car.readId());
            NearbyRead merged = old == null ? car : old.with(car);
            if (merged != old) {
                known.put(car.readId(), merged);
                isNews = true;
            }
        }
        if (!isNews) {
            return this;
        }
        List<NearbyRead> next = new ArrayList<>(known.values());
        next.sort(
                Comparator.comparingLong((NearbyRead each) -> Math.abs(gap(each)))
                        .thenComparing(NearbyRead::readId));
        List<NearbyRead> kept = List.copyOf(next.subList(0, Math.min(max, next.size())));
        return kept.equals(cars) ? this : new PassageNeighbourhood(listed, flow, kept);
    }

    /** The neighbourhood as known at {@code until} in arrival time, except for the tags. */
    PassageNeighbourhood asOf(long until) {
        if (cars.stream().allMatch(car -> at(car) <= until && car.asOf(until) == car)) {
            return this;
        }
        return new PassageNeighbourhood(
                listed,
                flow,
                cars.stream().filter(car -> at(car) <= until).map(car -> car.asOf(until)).toList());
    }

    /** The read's device time minus the listed vehicle's, in ms. */
    long gap(NearbyRead car) {
        return car.time() - listed.time();
    }

    /** Arrival time from which the read could be known to be near the listed vehicle. */
    long at(NearbyRead car) {
        return Math.max(listed.due(), car.arrival());
    }
}
