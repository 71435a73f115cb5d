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
 * @param missed passages in between where the listed vehicle was read without the vehicle
 * @param parted number of ends of the trip, 0..2, at which the listed vehicle was without it
 * @param onward how many of the other vehicles nearby continued
 */
record SharedPassages(
        long text, List<SharedPassage> steps, int missed, int parted, ContinuationCount onward) {
    /** Two reads of a listed vehicle at one device within this time are one passage. */
    private static final long REPEAT_MS = Duration.ofMinutes(5).toMillis();

    /**
     * Listed passages below this posterior do not count as sites where the companion was missing.
     */
    private static final double SOUND = 0.5;

    /** Number of passages without the vehicle after which it has left. */
    private static final int LEFT_BEHIND = 2;

    /** The passages of a candidate that still hold; null if they are at too few devices. */
    static SharedPassages of(CompanionCandidate candidate, Trip trip, int minArches) {
        List<SharedPassage> steps = steps(candidate, trip, SOUND);
        if (devices(steps) < minArches) {
            // Less probable listed passages fill the gaps; they lower the estimate.
            steps = steps(candidate, trip, 0);
        }
        if (devices(steps) < minArches) {
            return null;
        }
        long from = steps.get(0).arch().listed().time();
        long to = steps.get(steps.size() - 1).arch().listed().time();
        return new SharedPassages(
                candidate.text(),
                List.copyOf(steps),
                missed(steps, trip, from, to),
                parted(trip, from, to),
                trip.onward(candidate.text(), from, to));
    }

    private static List<SharedPassage> steps(
            CompanionCandidate candidate, Trip trip, double minPosterior) {
        List<SharedPassage> steps = new ArrayList<>();
        for (PassageNeighbourhood arch : trip.arches()) {
            if (arch.listed().active() && arch.listed().posterior() >= minPosterior) {
                SharedPassage best = nearest(candidate, arch);
                if (best != null && !isRepeat(best, steps)) {
                    steps.add(best);
                }
            }
        }
        return steps;
    }

    private static SharedPassage nearest(CompanionCandidate candidate, PassageNeighbourhood arch) {
        SharedPassage best = null;
        // The reads of a passage are ordered nearest first.
        for (SharedPassage each : candidate.seen()) {
            if (each.arch() == arch && !each.car().isRetracted() && best == null) {
                best = each;
            }
        }
        return best;
    }

    private static boolean isRepeat(SharedPassage next, List<SharedPassage> steps) {
        for (SharedPassage step : steps) {
            if (isRepeat(next.arch(), step.arch())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRepeat(PassageNeighbourhood one, PassageNeighbourhood other) {
        return one.listed().deviceId().equals(other.listed().deviceId())
                && Math.abs(one.listed().time() - other.listed().time()) < REPEAT_MS;
    }

    private static int missed(List<SharedPassage> steps, Trip trip, long from, long to) {
        int missed = 0;
        for (PassageNeighbourhood arch : trip.arches()) {
            ListedPassage listed = arch.listed();
            boolean between = listed.time() > from && listed.time() < to;
            if (between
                    && listed.active()
                    && listed.posterior() >= SOUND
                    && steps.stream().noneMatch(step -> isRepeat(step.arch(), arch))) {
                missed++;
            }
        }
        return missed;
    }

    /**
     * After the last shared passage the vehicle may still be on its way to the next device, so only
     * {@link #LEFT_BEHIND} passages without it count as left.
     */
    private static int parted(Trip trip, long from, long to) {
        int before = 0;
        int after = 0;
        for (PassageNeighbourhood arch : trip.arches()) {
            if (arch.listed().active() && arch.listed().posterior() >= SOUND) {
                before += arch.listed().time() < from ? 1 : 0;
                after += arch.listed().time() > to ? 1 : 0;
            }
        }
        return (before > 0 ? 1 : 0) + (after >= LEFT_BEHIND ? 1 : 0);
    }

    private static int devices(List<SharedPassage> steps) {
        return (int) steps.stream().map(SharedPassage::device).distinct().count();
    }

    /**
     * The probability that the listed vehicle was at this many devices: the product of the greatest
     * posteriors.
     */
    double surest(int arches) {
        return steps.stream()
                .map(step -> step.arch().listed().posterior())
                .sorted(Comparator.reverseOrder())
                .limit(arches)
                .reduce(1.0, (a, b) -> a * b);
    }

    SharedPassage first() {
        return steps.get(0);
    }

    SharedPassage last() {
        return steps.get(steps.size() - 1);
    }

    /**
     * A read near a passage of a listed vehicle.
     *
     * @param text packed folded plate
     */
    record SharedPassage(PassageNeighbourhood arch, NearbyRead car, long text) {

        static SharedPassage of(PassageNeighbourhood arch, NearbyRead car) {
            return new SharedPassage(
                    arch, car, CanonicalPlate.fold(CanonicalPlate.pack(car.plate())));
        }

        /** The read's device time minus the listed vehicle's, in ms. */
        long gap() {
            return arch.gap(car);
        }

        /** Arrival time from which it could be known. */
        long at() {
            return arch.at(car);
        }

        String device() {
            return arch.listed().deviceId();
        }
    }
}
