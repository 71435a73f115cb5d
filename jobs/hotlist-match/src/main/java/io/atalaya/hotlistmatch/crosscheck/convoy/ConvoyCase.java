package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyCase.ConvoyKey;
import io.atalaya.hotlistmatch.event.ListedPassage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The listed passages of one entry and the reads near them. A set of facts up to its bounds:
 * neither the order of arrival nor repetition changes it. Immutable.
 *
 * <p>A passage takes 200 bytes, a read near it 45 and its tag 40. The maximum is 280 kB an entry,
 * which needs 64 devices in dense traffic within a day; on an open road a trip takes 9 kB.
 *
 * @param arches by (time, passageId)
 * @param shown the convoys that were emitted
 */
record ConvoyCase(List<PassageNeighbourhood> arches, List<EmittedConvoy> shown) {
    /**
     * A convoy that was emitted, with its last finding.
     *
     * @param until device time of its last known shared passage, epoch ms
     */
    record EmittedConvoy(ConvoyKey anchor, long until, CrossCheckFinding last) {}

    /**
     * The permanent identity of a convoy.
     *
     * @param vehicle which of the entry's vehicles, as in {@link
     *     io.atalaya.hotlistmatch.event.ListedPassage#vehicle()}
     * @param companion packed folded plate
     * @param passageId of the listed vehicle at the first shared device
     * @param time of that passage, device time, epoch ms
     * @param arrival arrival time from which the companion was known there, epoch ms
     * @param provenAt the last of the devices that first made it a convoy
     * @param proven arrival time from which these could be known, epoch ms
     */
    record ConvoyKey(
            long vehicle,
            long companion,
            String passageId,
            long time,
            long arrival,
            String provenAt,
            long proven) {}

    static final ConvoyCase EMPTY = new ConvoyCase(List.of(), List.of());

    /** Maximum number of passages of an entry's vehicles; the earliest are dropped. */
    static final int MAX_ARCHES = 64;

    /** Maximum number of reads near one passage; the farthest in time are dropped. */
    static final int MAX_CARS = 48;

    private static final int MAX_SHOWN = 32;

    /** Returns the case with these facts added, or this instance if it contains them already. */
    ConvoyCase with(ConvoyEvent... facts) {
        ConvoyCase next = this;
        Map<String, List<NearbyRead>> joined = new LinkedHashMap<>();
        for (ConvoyEvent fact : facts) {
            if (fact instanceof ConvoyEvent.NeighbourhoodFound near) {
                // A found neighbourhood replaces the nearby reads, so reads that joined earlier are
                // applied before it.
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
     * @param joined nearby reads by passageId; those of an unknown passage are ignored
     */
    private ConvoyCase with(Map<String, List<NearbyRead>> joined) {
        if (joined.isEmpty()) {
            return this;
        }
        List<PassageNeighbourhood> next = new ArrayList<>(arches);
        next.replaceAll(
                arch -> {
                    List<NearbyRead> more = joined.get(arch.listed().passageId());
                    return more == null ? arch : arch.with(more, MAX_CARS);
                });
        for (int i = 0; i < next.size(); i++) {
            if (next.get(i) != arches.get(i)) {
                return new ConvoyCase(List.copyOf(next), shown);
            }
        }
        return this;
    }

    /**
     * The case as known at {@code until} in arrival time. Tags are the exception: later tags are
     * included, because reads wait for them.
     */
    ConvoyCase asOf(long until) {
        return new ConvoyCase(
                arches.stream()
                        .filter(arch -> arch.listed().due() <= until)
                        .map(arch -> arch.asOf(until))
                        .toList(),
                shown);
    }

    /** Arrival time of the last emitted change; {@link Long#MIN_VALUE} before the first. */
    long emittedUntil() {
        return shown.stream()
                .mapToLong(each -> each.last().derivedAlert().causedAt())
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** The latest known listed passage, or null. */
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

    /** The emitted convoy with this alertId, or null. */
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

    /** Drops everything older than {@code horizon}, in arrival time. */
    ConvoyCase since(long horizon) {
        return new ConvoyCase(
                arches.stream().filter(arch -> arch.listed().due() >= horizon).toList(),
                shown.stream()
                        .filter(each -> each.last().derivedAlert().causedAt() >= horizon)
                        .toList());
    }

    boolean isEmpty() {
        return arches.isEmpty() && shown.isEmpty();
    }
}
