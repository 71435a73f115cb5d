package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.hotlistmatch.event.ListedPassage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An arch that a listed vehicle passed, and the cars near it. Immutable.
 *
 * @param flow how many cars passed that way in the time before that is looked at
 * @param cars nearest first, then by readId
 */
record PassageNeighbourhood(ListedPassage listed, int flow, List<NearbyRead> cars) {
    /** By the vehicle's own time. */
    static final Comparator<PassageNeighbourhood> BY_TIME =
            Comparator.comparingLong((PassageNeighbourhood arch) -> arch.listed.time())
                    .thenComparing(arch -> arch.listed.passageId());

    /**
     * As it is told once more, without the cars if others are near the passage as it is told now.
     * Of the traffic before it, some may have been told of too early to be counted.
     */
    PassageNeighbourhood updatedWith(ListedPassage emitted, int newFlow) {
        if (emitted.version() > listed.version()) {
            return new PassageNeighbourhood(
                    emitted, newFlow, emitted.hasTheSameNear(listed) ? cars : List.of());
        }
        return emitted.version() == listed.version() && newFlow > flow
                ? new PassageNeighbourhood(listed, newFlow, cars)
                : this;
    }

    /** With cars added, their ends or their tags; this arch itself if all is known already. */
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

    /** As it was known at a moment of the arrival clock, but for the tags. */
    PassageNeighbourhood asOf(long until) {
        if (cars.stream().allMatch(car -> at(car) <= until && car.asOf(until) == car)) {
            return this;
        }
        return new PassageNeighbourhood(
                listed,
                flow,
                cars.stream().filter(car -> at(car) <= until).map(car -> car.asOf(until)).toList());
    }

    /** The car's time less the listed vehicle's, in ms. */
    long gap(NearbyRead car) {
        return car.time() - listed.time();
    }

    /** Since when it could be known that the car passed near the listed vehicle, arrival clock. */
    long at(NearbyRead car) {
        return Math.max(listed.due(), car.arrival());
    }
}
