package io.atalaya.hotlistmatch.convoy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An arch that a listed vehicle passed, and the cars near it. Immutable.
 *
 * @param flow how many cars passed that way in the time before that is looked at
 * @param cars nearest first, then by readId
 */
record Arch(ListedPassage listed, int flow, List<Companion> cars) {
    /** By the vehicle's own time. */
    static final Comparator<Arch> BY_TIME =
            Comparator.comparingLong((Arch arch) -> arch.listed.time())
                    .thenComparing(arch -> arch.listed.passageId());

    /**
     * As it is told once more, without the cars if the passage is told otherwise. Of the traffic
     * before it, some may have been told of too early to be counted.
     */
    Arch retold(ListedPassage told, int toldFlow) {
        if (told.version() > listed.version()) {
            return new Arch(told, toldFlow, List.of());
        }
        return told.version() == listed.version() && toldFlow > flow
                ? new Arch(listed, toldFlow, cars)
                : this;
    }

    /** With a car added, its end or its tag; this arch itself if it is known already. */
    Arch with(Companion car, int max) {
        List<Companion> next = new ArrayList<>(cars);
        for (int i = 0; i < next.size(); i++) {
            Companion old = next.get(i);
            if (old.readId().equals(car.readId())) {
                Companion merged = old.with(car);
                if (merged == old) {
                    return this;
                }
                next.set(i, merged);
                return new Arch(listed, flow, List.copyOf(next));
            }
        }
        next.add(car);
        next.sort(
                Comparator.comparingLong((Companion each) -> Math.abs(gap(each)))
                        .thenComparing(Companion::readId));
        List<Companion> kept = List.copyOf(next.subList(0, Math.min(max, next.size())));
        return kept.equals(cars) ? this : new Arch(listed, flow, kept);
    }

    Arch with(List<Companion> more, int max) {
        Arch next = this;
        for (Companion car : more) {
            next = next.with(car, max);
        }
        return next;
    }

    /** As it was known at a moment of the arrival clock, but for the tags. */
    Arch asOf(long until) {
        if (cars.stream().allMatch(car -> at(car) <= until && car.asOf(until) == car)) {
            return this;
        }
        return new Arch(
                listed,
                flow,
                cars.stream().filter(car -> at(car) <= until).map(car -> car.asOf(until)).toList());
    }

    /** The car's time less the listed vehicle's, in ms. */
    long gap(Companion car) {
        return car.time() - listed.time();
    }

    /** Since when it could be known that the car passed near the listed vehicle, arrival clock. */
    long at(Companion car) {
        return Math.max(listed.due(), car.arrival());
    }
}
