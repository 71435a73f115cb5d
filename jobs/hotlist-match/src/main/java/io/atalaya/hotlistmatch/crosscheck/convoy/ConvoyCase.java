package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.hotlistmatch.event.ListedPassage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of the company of an entry's vehicles. A set of facts, up to its bounds: no order
 * of arrival and no repetition changes it. Immutable.
 *
 * <p>A passage takes 200 bytes, a car near it 45 and its tag 40: at most 280 kB an entry, of which
 * only a vehicle that passes 64 arches of dense traffic in a day comes near. On an open road it is
 * 9 kB a trip.
 *
 * @param arches by (time, passageId)
 * @param shown the convoys that were told of
 */
record ConvoyCase(List<PassageNeighbourhood> arches, List<EmittedConvoy> shown) {
    static final ConvoyCase EMPTY = new ConvoyCase(List.of(), List.of());

    /** Passages of an entry's vehicles; the first ones are forgotten. */
    static final int MAX_ARCHES = 64;

    /** Cars near one passage; the farthest are forgotten. */
    static final int MAX_CARS = 48;

    private static final int MAX_SHOWN = 32;

    /** With facts added; this case itself if they are known already. */
    ConvoyCase with(ConvoyEvent... facts) {
        ConvoyCase next = this;
        Map<String, List<NearbyRead>> joined = new LinkedHashMap<>();
        for (ConvoyEvent fact : facts) {
            if (fact instanceof ConvoyEvent.NeighbourhoodFound near) {
                // It tells anew what is near: cars that joined before that are not to outlast it.
                next = next.with(joined).with(near);
                joined.clear();
            } else if (fact instanceof ConvoyEvent.ReadJoined car) {
                joined.computeIfAbsent(car.passageId(), id -> new ArrayList<>()).add(car.car());
            }
        }
        return next.with(joined);
    }

    private ConvoyCase with(ConvoyEvent.NeighbourhoodFound near) {
        List<PassageNeighbourhood> next = new ArrayList<>(arches);
        int at = indexOf(near.listed().passageId());
        if (at < 0) {
            next.add(
                    new PassageNeighbourhood(near.listed(), near.flow(), List.of())
                            .with(near.cars(), MAX_CARS));
        } else {
            PassageNeighbourhood old = next.get(at);
            PassageNeighbourhood merged =
                    old.updatedWith(near.listed(), near.flow()).with(near.cars(), MAX_CARS);
            if (merged.equals(old)) {
                return this;
            }
            next.set(at, merged);
        }
        next.sort(PassageNeighbourhood.BY_TIME);
        return new ConvoyCase(
                List.copyOf(next.subList(Math.max(0, next.size() - MAX_ARCHES), next.size())),
                shown);
    }

    /**
     * @param joined the cars by passageId; of a passage that is not known they are none's
     */
    private ConvoyCase with(Map<String, List<NearbyRead>> joined) {
        List<PassageNeighbourhood> next = new ArrayList<>(arches);
        next.replaceAll(
                arch ->
                        arch.with(
                                joined.getOrDefault(arch.listed().passageId(), List.of()),
                                MAX_CARS));
        for (int i = 0; i < next.size(); i++) {
            if (next.get(i) != arches.get(i)) {
                return new ConvoyCase(List.copyOf(next), shown);
            }
        }
        return this;
    }

    /**
     * As it was known at a moment of the arrival clock, but for the tags of the cars: what is later
     * waits for them.
     */
    ConvoyCase asOf(long until) {
        return new ConvoyCase(
                arches.stream()
                        .filter(arch -> arch.listed().due() <= until)
                        .map(arch -> arch.asOf(until))
                        .toList(),
                shown);
    }

    /** Arrival clock of what was last told of, or the least there is. */
    long emittedUntil() {
        return shown.stream()
                .mapToLong(each -> each.last().derivedAlert().at())
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** The listed passage that was known last, or null. */
    ListedPassage lastListed() {
        return arches.stream()
                .map(PassageNeighbourhood::listed)
                .max(Comparator.comparingLong(ListedPassage::due))
                .orElse(null);
    }

    private int indexOf(String passageId) {
        for (int i = 0; i < arches.size(); i++) {
            if (arches.get(i).listed().passageId().equals(passageId)) {
                return i;
            }
        }
        return -1;
    }

    boolean holds(String passageId) {
        return indexOf(passageId) >= 0;
    }

    /** What was told of a convoy, or null. */
    EmittedConvoy shown(String alertId) {
        for (EmittedConvoy each : shown) {
            if (each.last().alertId().equals(alertId)) {
                return each;
            }
        }
        return null;
    }

    ConvoyCase with(EmittedConvoy emitted) {
        List<EmittedConvoy> next = new ArrayList<>(shown);
        next.removeIf(each -> each.last().alertId().equals(emitted.last().alertId()));
        next.add(emitted);
        return new ConvoyCase(
                arches,
                List.copyOf(next.subList(Math.max(0, next.size() - MAX_SHOWN), next.size())));
    }

    /** Without what is older than {@code horizon}, on the arrival clock. */
    ConvoyCase since(long horizon) {
        return new ConvoyCase(
                arches.stream().filter(arch -> arch.listed().due() >= horizon).toList(),
                shown.stream().filter(each -> each.last().derivedAlert().at() >= horizon).toList());
    }

    boolean isEmpty() {
        return arches.isEmpty() && shown.isEmpty();
    }
}
