package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.hotlistmatch.crosscheck.convoy.SharedPassages.SharedPassage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The probability that a vehicle repeatedly near a listed vehicle travels with it.
 *
 * <p>Two explanations compete. A companion: few listed vehicles have one, companions keep near, and
 * their gap changes little. A chance vehicle: its frequency follows from the traffic, from the
 * share of it that takes the same route, and from how much the gap of two independent vehicles
 * changes. Companions are seldom alone, so several vehicles that keep near support each other:
 * given company, their number has a Poisson distribution.
 */
final class ConvoyScorer {
    /**
     * The probability that a vehicle travels with a listed vehicle.
     *
     * @param shared the shared passages
     * @param posterior 0..1
     * @param contributions contributions to its log-odds, in order of evaluation
     */
    record ConvoyEstimate(
            SharedPassages shared, double posterior, List<ScoreContribution> contributions) {
        ConvoyEstimate {
            posterior = Field.number("posterior", posterior, 0, 1);
        }
    }

    /**
     * The share of listed vehicles with company, and their mean number of companions then. Guesses.
     */
    private static final double HAVE_COMPANY = 0.10;

    private static final double COMPANIONS = 1.5;

    /** Mean absolute gap of a companion, s: 14 in the simulated city. */
    private static final double KEEP_NEAR_S = 14;

    /**
     * How much a companion's gap changes between devices. In the simulated city 6 of 10 changes are
     * below 2 s; the others come from red lights, 12 s on average and up to 40 s. Real drivers are
     * less exact, so small changes are assumed to be rarer.
     */
    private static final double STEADY = 0.4;

    private static final double STEADY_S = 2;
    private static final double SEPARATED_S = 12;

    /**
     * Standard deviation of the change of the gap of two independent vehicles, as a share of the
     * travel time: 0.15 to 0.17 in the simulated city, for trips of 3 and of 10 minutes.
     */
    private static final double SPREAD = 0.16;

    private static final double MIN_SPREAD_S = 3;

    /**
     * Scale of a logistic distribution per standard deviation. Its tails are never lighter than a
     * companion's.
     */
    private static final double SCALE_OF_DEVIATION = Math.sqrt(3) / Math.PI;

    /**
     * Prior share of vehicles that continue to the listed vehicle's next device, and its weight in
     * vehicles.
     */
    private static final double GO_ON = 0.35;

    private static final double GO_ON_WEIGHT = 10;

    /** The share of continuing chance vehicles that are still within the gap. */
    private static final double STAY_NEAR = 0.65;

    /** Probability that a companion is unread, or not near, at one device that it passes. Guess. */
    private static final double UNSEEN = 0.2;

    /** Probability that a companion joins on the way or leaves before the end. Guess. */
    private static final double JOINS_OR_LEAVES = 0.15;

    /**
     * Maximum number of other vehicles that support a companion, because more of them may be
     * ordinary traffic.
     */
    private static final int MAX_OTHERS = 2;

    /** Prior traffic before any read: one vehicle in 20 s, with the weight of two vehicles. */
    private static final double PRIOR_VEHICLES = 2;

    private static final double PRIOR_S = 40;

    /** Limits of the posterior, because its log-odds must be finite. */
    private static final double MAX_POSTERIOR = 0.9999;

    private static final double MIN_POSTERIOR = 1e-300;

    /**
     * Limit of the absolute log ratio of one vehicle, because the product of four vehicles' ratios
     * must stay finite.
     */
    private static final double MAX_LOG_RATIO = 170;

    /** Limit of a gap in scales, because beyond it the density underflows. */
    private static final double MAX_SCALES = 500;

    private static final double MS = 1_000;

    private final int minDevices;

    ConvoyScorer(int minDevices) {
        this.minDevices = minDevices;
    }

    /** Estimates all vehicles that keep near one listed vehicle on one trip. */
    List<ConvoyEstimate> score(List<SharedPassages> allShared) {
        double bare = HAVE_COMPANY / (1 - HAVE_COMPANY) * Math.exp(-COMPANIONS);
        List<CompanionScore> scored = new ArrayList<>();
        for (SharedPassages shared : allShared) {
            scored.add(new CompanionScore(shared, bare));
        }
        List<CompanionScore> likeliest = new ArrayList<>(scored);
        likeliest.sort(Comparator.comparingDouble(CompanionScore::ratio).reversed());
        List<ConvoyEstimate> estimates = new ArrayList<>();
        for (int i = 0; i < allShared.size(); i++) {
            CompanionScore mine = scored.get(i);
            double companyOdds = bare * (1 + COMPANIONS * mine.ratio());
            int others = 0;
            for (CompanionScore other : likeliest) {
                if (other != mine && others < MAX_OTHERS) {
                    companyOdds *= 1 + COMPANIONS * other.ratio();
                    others++;
                }
            }
            estimates.add(mine.estimate(allShared.get(i), companyOdds, others, minDevices));
        }
        return estimates;
    }

    private static final class CompanionScore {
        private final List<ScoreContribution> contributions = new ArrayList<>();
        private final double ratio;
        private double logOdds;

        CompanionScore(SharedPassages shared, double bare) {
            // The log-odds of a single vehicle without its own ratio.
            double prior = Math.log(COMPANIONS * bare / (1 + bare));
            add("company", prior, MessageCode.COMPANY_IS_RARE);
            gap(shared);
            drift(shared);
            absent(shared);
            ratio = Math.exp(clip(logOdds - prior, MAX_LOG_RATIO));
        }

        /** The likelihood ratio of companion to chance vehicle, without the support of others. */
        double ratio() {
            return ratio;
        }

        private void absent(SharedPassages shared) {
            if (shared.missedCount() > 0) {
                add(
                        "unseen",
                        shared.missedCount() * Math.log(UNSEEN),
                        MessageCode.NOT_SEEN_BETWEEN,
                        shared.missedCount());
            }
            if (shared.separatedEnds() > 0) {
                add(
                        "parted",
                        shared.separatedEnds() * Math.log(JOINS_OR_LEAVES),
                        MessageCode.NOT_WHOLE_TRIP);
            }
        }

        private void gap(SharedPassages shared) {
            int vehicles = 0;
            for (SharedPassage step : shared.passages()) {
                vehicles += step.neighbourhood().flow();
            }
            double seconds = shared.passages().size() * ConvoySettings.FLOW_MS / MS;
            double perSecond = (vehicles + PRIOR_VEHICLES) / (seconds + PRIOR_S);
            double gap = shared.first().gapMillis() / MS;
            add(
                    "gap",
                    Math.log(laplace(clip(gap, MAX_SCALES * KEEP_NEAR_S), KEEP_NEAR_S) / perSecond),
                    MessageCode.GAP_AT_FIRST_ARCH,
                    gap,
                    1 / perSecond);
        }

        private void drift(SharedPassages shared) {
            double goOn =
                    Math.min(
                            1,
                            (shared.onward().stayed() / STAY_NEAR + GO_ON * GO_ON_WEIGHT)
                                    / (shared.onward().near() + GO_ON_WEIGHT));
            double weight = 0;
            double most = 0;
            double typical = 0;
            for (int i = 1; i < shared.passages().size(); i++) {
                SharedPassage from = shared.passages().get(i - 1);
                SharedPassage to = shared.passages().get(i);
                double change = Math.abs(to.gapMillis() - from.gapMillis()) / MS;
                double takes =
                        (to.neighbourhood().listed().deviceTime()
                                        - from.neighbourhood().listed().deviceTime())
                                / MS;
                double deviation = Math.max(MIN_SPREAD_S, SPREAD * takes);
                weight += Math.log(togetherOverApart(change, deviation) / goOn);
                most = Math.max(most, change);
                typical = Math.max(typical, deviation);
            }
            int legs = shared.passages().size() - 1;
            add("drift", weight, MessageCode.GAP_CHANGES, legs, most, typical);
        }

        /**
         * The likelihood ratio of this change of gap, companion to independent vehicle. On a short
         * leg the companion's scales shrink as well, so they never exceed those of independent
         * vehicles.
         */
        private static double togetherOverApart(double change, double deviation) {
            double scale = deviation * SCALE_OF_DEVIATION;
            double separated = Math.min(SEPARATED_S, scale / 1.3);
            double by = Math.min(change, MAX_SCALES * separated);
            double together =
                    STEADY * laplace(by, Math.min(STEADY_S, scale / 4))
                            + (1 - STEADY) * laplace(by, separated);
            double e = Math.exp(-by / scale);
            return together / (e / scale / ((1 + e) * (1 + e)));
        }

        private static double clip(double value, double limit) {
            return Math.max(-limit, Math.min(limit, value));
        }

        private static double laplace(double x, double scale) {
            return Math.exp(-Math.abs(x) / scale) / (2 * scale);
        }

        /**
         * @param companyOdds odds that the listed vehicle has any company, given this vehicle and
         *     others
         * @param others number of other vehicles that support this one
         * @param devices number of devices that a convoy needs
         */
        ConvoyEstimate estimate(
                SharedPassages shared, double companyOdds, int others, int devices) {
            double expected = COMPANIONS * ratio();
            double odds = oddsOfBoth(companyOdds, expected);
            if (others > 0) {
                add("others", Math.log(odds) - logOdds, MessageCode.OTHERS_KEEP_NEAR, others);
            }
            double sure = shared.jointPosterior(devices);
            double posterior =
                    Math.max(MIN_POSTERIOR, Math.min(MAX_POSTERIOR, odds / (1 + odds) * sure));
            add(
                    "listed",
                    Math.log(posterior / (1 - posterior)) - logOdds,
                    MessageCode.IS_LISTED_AT_ARCHES,
                    sure);
            return new ConvoyEstimate(shared, posterior, List.copyOf(contributions));
        }

        /** The odds that there is company and that this vehicle belongs to it. */
        private static double oddsOfBoth(double company, double member) {
            return company * member / (1 + company + member);
        }

        private void add(String name, double weight, MessageCode code, Object... values) {
            contributions.add(new ScoreContribution(name, weight, Message.of(code, values)));
            logOdds += weight;
        }
    }
}
