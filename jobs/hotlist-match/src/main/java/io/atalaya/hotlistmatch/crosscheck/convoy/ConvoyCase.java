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
 * @param neighbourhoods by (time, passageId)
 * @param emittedConvoys the convoys that were emitted
 */
record ConvoyCase(List<PassageNeighbourhood> neighbourhoods, List<EmittedConvoy> emittedConvoys) {
    /**
     * A convoy that was emitted, with its last finding.
     *
     * @param lastSharedAt device time of its last known shared passage, epoch ms
     */
    record EmittedConvoy(ConvoyKey key, long lastSharedAt, CrossCheckFinding last) {}

    /**
     * The permanent identity of a convoy.
     *
     * @param vehicle which of the entry's vehicles, as in {@link
     *     io.atalaya.hotlistmatch.event.ListedPassage#vehicle()}
     * @param companion packed folded plate
     * @param passageId of the listed vehicle at the first shared device
     * @param deviceTime of that passage, device time, epoch ms
     * @param knownSince arrival time from which the companion was known there, epoch ms
     * @param provingDevice the last of the devices that first made it a convoy
     * @param provenSince arrival time from which these could be known, epoch ms
     */
    record ConvoyKey(
            long vehicle,
            long companion,
            String passageId,
            long deviceTime,
            long knownSince,
            String provingDevice,
            long provenSince) {}

    static final ConvoyCase EMPTY = new ConvoyCase(List.of(), List.of());

    /** Maximum number of passages of an entry's vehicles; the earliest are dropped. */
    static final int MAX_PASSAGES = 64;

    /** Maximum number of reads near one passage; the farthest in time are dropped. */
    static final int MAX_READS = 48;

    private static final int MAX_EMITTED = 32;

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
            } else if (fact instanceof ConvoyEvent.ReadJoined vehicleRead) {
                joined.computeIfAbsent(vehicleRead.passageId(), id -> new ArrayList<>())
                        .add(vehicleRead.vehicleRead());
            }
        }
        return next.with(joined);
    }

    private ConvoyCase with(ConvoyEvent.NeighbourhoodFound near) {
        List<PassageNeighbourhood> next = new ArrayList<>(neighbourhoods);
        int at = indexOf(near.listed().passageId());
        if (at < 0) {
            next.add(
                    new PassageNeighbourhood(near.listed(), near.flow(), List.of())
                            .with(near.vehicleReads(), MAX_READS));
        } else {
            PassageNeighbourhood old = next.get(at);
            PassageNeighbourhood merged =
                    old.updatedWith(near.listed(), near.flow())
                            .with(near.vehicleReads(), MAX_READS);
            if (merged.equals(old)) {
                return this;
            }
            next.set(at, merged);
        }
        next.sort(PassageNeighbourhood.BY_TIME);
        return new ConvoyCase(
                List.copyOf(next.subList(Math.max(0, next.size() - MAX_PASSAGES), next.size())),
                emittedConvoys);
    }

    /**
     * @param joined nearby reads by passageId; those of an unknown passage are ignored
     */
    private ConvoyCase with(Map<String, List<NearbyRead>> joined) {
        if (joined.isEmpty()) {
            return this;
        }
        List<PassageNeighbourhood> next = new ArrayList<>(neighbourhoods);
        next.replaceAll(
                neighbourhood -> {
                    List<NearbyRead> more = joined.get(neighbourhood.listed().passageId());
                    return more == null ? neighbourhood : neighbourhood.with(more, MAX_READS);
                });
        for (int i = 0; i < next.size(); i++) {
            if (next.get(i) != neighbourhoods.get(i)) {
                return new ConvoyCase(List.copyOf(next), emittedConvoys);
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
                neighbourhoods.stream()
                        .filter(neighbourhood -> neighbourhood.listed().releaseAt() <= until)
                        .map(neighbourhood -> neighbourhood.asOf(until))
                        .toList(),
                emittedConvoys);
    }

    /** Arrival time of the last emitted change; {@link Long#MIN_VALUE} before the first. */
    long emittedUntil() {
        return emittedConvoys.stream()
                .mapToLong(each -> each.last().derivedAlert().causedAt())
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** The latest known listed passage, or null. */
    ListedPassage lastListed() {
        return neighbourhoods.stream()
                .map(PassageNeighbourhood::listed)
                .max(Comparator.comparingLong(ListedPassage::releaseAt))
                .orElse(null);
    }

    private int indexOf(String passageId) {
        for (int i = 0; i < neighbourhoods.size(); i++) {
            if (neighbourhoods.get(i).listed().passageId().equals(passageId)) {
                return i;
            }
        }
        return -1;
    }

    boolean holds(String passageId) {
        return indexOf(passageId) >= 0;
    }

    /** The emitted convoy with this alertId, or null. */
    EmittedConvoy emittedConvoys(String alertId) {
        for (EmittedConvoy each : emittedConvoys) {
            if (each.last().alertId().equals(alertId)) {
                return each;
            }
        }
        return null;
    }

    ConvoyCase with(EmittedConvoy emitted) {
        List<EmittedConvoy> next = new ArrayList<>(emittedConvoys);
        next.removeIf(each -> each.last().alertId().equals(emitted.last().alertId()));
        next.add(emitted);
        return new ConvoyCase(
                neighbourhoods,
                List.copyOf(next.subList(Math.max(0, next.size() - MAX_EMITTED), next.size())));
    }

    /** Drops everything older than {@code horizon}, in arrival time. */
    ConvoyCase since(long horizon) {
        return new ConvoyCase(
                neighbourhoods.stream()
                        .filter(neighbourhood -> neighbourhood.listed().releaseAt() >= horizon)
                        .toList(),
                emittedConvoys.stream()
                        .filter(each -> each.last().derivedAlert().causedAt() >= horizon)
                        .toList());
    }

    boolean isEmpty() {
        return neighbourhoods.isEmpty() && emittedConvoys.isEmpty();
    }
}
