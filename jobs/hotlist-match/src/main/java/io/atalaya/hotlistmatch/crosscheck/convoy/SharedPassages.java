package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.hotlistmatch.crosscheck.convoy.Trip.CompanionCandidate;
import io.atalaya.hotlistmatch.crosscheck.convoy.Trip.ContinuationCount;
import io.atalaya.hotlistmatch.event.ListedPassage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The arches at which a car keeps with a listed vehicle, as it stands: one read of it at each, in
 * order of time.
 *
 * @param missed arches in between where the listed vehicle was seen and the car was not
 * @param parted at how many ends of the trip, 0 to 2, the listed vehicle was without the car
 */
record SharedPassages(
        long text, List<SharedPassage> steps, int missed, int parted, ContinuationCount onward) {
    /** A listed vehicle read twice at one arch has passed it once. */
    private static final long REPEAT_MS = Duration.ofMinutes(5).toMillis();

    /** Whoever is less likely the listed vehicle than not proves nothing by an absence. */
    private static final double SOUND = 0.5;

    /** Arches without the car after which it has left. */
    static final int LEFT_BEHIND = 2;

    /** What stands of a candidate; null if it is at too few arches. */
    static SharedPassages of(CompanionCandidate candidate, Trip trip, int minArches) {
        List<SharedPassage> steps = steps(candidate, trip, SOUND);
        if (devices(steps) < minArches) {
            // Reads that may be the listed vehicle's fill the gaps, and weigh the less.
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
            if (arch.listed().standing() && arch.listed().posterior() >= minPosterior) {
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
        // A companion's reads are kept nearest first.
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
                    && listed.standing()
                    && listed.posterior() >= SOUND
                    && steps.stream().noneMatch(step -> isRepeat(step.arch(), arch))) {
                missed++;
            }
        }
        return missed;
    }

    /** At the next arch the car may still be on its way: who is missed at two has left. */
    private static int parted(Trip trip, long from, long to) {
        int before = 0;
        int after = 0;
        for (PassageNeighbourhood arch : trip.arches()) {
            if (arch.listed().standing() && arch.listed().posterior() >= SOUND) {
                before += arch.listed().time() < from ? 1 : 0;
                after += arch.listed().time() > to ? 1 : 0;
            }
        }
        return (before > 0 ? 1 : 0) + (after >= LEFT_BEHIND ? 1 : 0);
    }

    private static int devices(List<SharedPassage> steps) {
        return (int) steps.stream().map(SharedPassage::device).distinct().count();
    }

    /** How probable it is that the listed vehicle was at so many arches, the surest of them. */
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
}
