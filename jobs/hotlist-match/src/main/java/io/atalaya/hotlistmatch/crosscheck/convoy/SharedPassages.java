package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.hotlistmatch.crosscheck.convoy.Trip.CompanionCandidate;
import io.atalaya.hotlistmatch.crosscheck.convoy.Trip.ContinuationCount;
import io.atalaya.hotlistmatch.event.ListedPassage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The passages that a vehicle shares with a listed vehicle and that still hold: one read at each,
 * in order of time.
 *
 * @param text packed folded plate of the vehicle
 * @param missedCount passages in between where the listed vehicle was read without the vehicle
 * @param separatedEnds number of ends of the trip, 0..2, at which the listed vehicle was without it
 * @param onward how many of the other vehicles nearby continued
 */
record SharedPassages(
        long text,
        List<SharedPassage> passages,
        int missedCount,
        int separatedEnds,
        ContinuationCount onward) {
    /** Two reads of a listed vehicle at one device within this time are one passage. */
    private static final long REPEAT_MS = Duration.ofMinutes(5).toMillis();

    /**
     * Listed passages below this posterior do not count as sites where the companion was missing.
     */
    private static final double MIN_POSTERIOR = 0.5;

    /** Number of passages without the vehicle after which it has left. */
    private static final int LEFT_BEHIND = 2;

    /** The passages of a candidate that still hold; null if they are at too few devices. */
    static SharedPassages of(CompanionCandidate candidate, Trip trip, int minDevices) {
        List<SharedPassage> passages = passages(candidate, trip, MIN_POSTERIOR);
        if (devices(passages) < minDevices) {
            // Less probable listed passages fill the gaps; they lower the estimate.
            passages = passages(candidate, trip, 0);
        }
        if (devices(passages) < minDevices) {
            return null;
        }
        long from = passages.get(0).neighbourhood().listed().deviceTime();
        long to = passages.get(passages.size() - 1).neighbourhood().listed().deviceTime();
        return new SharedPassages(
                candidate.text(),
                List.copyOf(passages),
                missedCount(passages, trip, from, to),
                separatedEnds(trip, from, to),
                trip.onward(candidate.text(), from, to));
    }

    private static List<SharedPassage> passages(
            CompanionCandidate candidate, Trip trip, double minPosterior) {
        List<SharedPassage> passages = new ArrayList<>();
        for (PassageNeighbourhood neighbourhood : trip.neighbourhoods()) {
            if (neighbourhood.listed().isActive()
                    && neighbourhood.listed().posterior() >= minPosterior) {
                SharedPassage best = nearest(candidate, neighbourhood);
                if (best != null && !isRepeat(best, passages)) {
                    passages.add(best);
                }
            }
        }
        return passages;
    }

    private static SharedPassage nearest(
            CompanionCandidate candidate, PassageNeighbourhood neighbourhood) {
        SharedPassage best = null;
        // The reads of a passage are ordered nearest first.
        for (SharedPassage each : candidate.sharedPassages()) {
            if (each.neighbourhood() == neighbourhood
                    && !each.vehicleRead().isRetracted()
                    && best == null) {
                best = each;
            }
        }
        return best;
    }

    private static boolean isRepeat(SharedPassage next, List<SharedPassage> passages) {
        for (SharedPassage step : passages) {
            if (isRepeat(next.neighbourhood(), step.neighbourhood())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRepeat(PassageNeighbourhood one, PassageNeighbourhood other) {
        return one.listed().deviceId().equals(other.listed().deviceId())
                && Math.abs(one.listed().deviceTime() - other.listed().deviceTime()) < REPEAT_MS;
    }

    private static int missedCount(List<SharedPassage> passages, Trip trip, long from, long to) {
        int missedCount = 0;
        for (PassageNeighbourhood neighbourhood : trip.neighbourhoods()) {
            ListedPassage listed = neighbourhood.listed();
            boolean between = listed.deviceTime() > from && listed.deviceTime() < to;
            if (between
                    && listed.isActive()
                    && listed.posterior() >= MIN_POSTERIOR
                    && passages.stream()
                            .noneMatch(step -> isRepeat(step.neighbourhood(), neighbourhood))) {
                missedCount++;
            }
        }
        return missedCount;
    }

    /**
     * After the last shared passage the vehicle may still be on its way to the next device, so only
     * {@link #LEFT_BEHIND} passages without it count as left.
     */
    private static int separatedEnds(Trip trip, long from, long to) {
        int before = 0;
        int after = 0;
        for (PassageNeighbourhood neighbourhood : trip.neighbourhoods()) {
            if (neighbourhood.listed().isActive()
                    && neighbourhood.listed().posterior() >= MIN_POSTERIOR) {
                before += neighbourhood.listed().deviceTime() < from ? 1 : 0;
                after += neighbourhood.listed().deviceTime() > to ? 1 : 0;
            }
        }
        return (before > 0 ? 1 : 0) + (after >= LEFT_BEHIND ? 1 : 0);
    }

    private static int devices(List<SharedPassage> passages) {
        return (int) passages.stream().map(SharedPassage::device).distinct().count();
    }

    /**
     * The probability that the listed vehicle was at this many devices: the product of the greatest
     * posteriors.
     */
    double jointPosterior(int devices) {
        return passages.stream()
                .map(step -> step.neighbourhood().listed().posterior())
                .sorted(Comparator.reverseOrder())
                .limit(devices)
                .reduce(1.0, (a, b) -> a * b);
    }

    SharedPassage first() {
        return passages.get(0);
    }

    SharedPassage last() {
        return passages.get(passages.size() - 1);
    }

    /**
     * A read near a passage of a listed vehicle.
     *
     * @param text packed folded plate
     */
    record SharedPassage(PassageNeighbourhood neighbourhood, NearbyRead vehicleRead, long text) {

        static SharedPassage of(PassageNeighbourhood neighbourhood, NearbyRead vehicleRead) {
            return new SharedPassage(
                    neighbourhood,
                    vehicleRead,
                    CanonicalPlate.fold(CanonicalPlate.pack(vehicleRead.plate())));
        }

        /** The read's device time minus the listed vehicle's, in ms. */
        long gapMillis() {
            return neighbourhood.gapMillis(vehicleRead);
        }

        /** Arrival time from which it could be known. */
        long knownSince() {
            return neighbourhood.knownSince(vehicleRead);
        }

        String device() {
            return neighbourhood.listed().deviceId();
        }
    }
}
