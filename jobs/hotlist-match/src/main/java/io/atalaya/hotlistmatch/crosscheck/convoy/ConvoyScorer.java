package io.atalaya.hotlistmatch.crosscheck.convoy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The probability that a car that turns up near a listed vehicle again and again travels with it.
 *
 * <p>Either explanation says how often such a car is to be expected: a companion, by how few listed
 * vehicles have any, how near companions keep and how little their gap changes; a chance car, by
 * how many cars pass that way, how many of them go on the same way, and how much the gap of two
 * cars changes that do not know of each other. Companions are seldom alone, so several cars that
 * keep near bear each other out: given company, their number is Poisson's.
 */
final class ConvoyScorer {
    /** Listed vehicles that have company, and how many cars then. Guesses. */
    private static final double HAVE_COMPANY = 0.10;

    private static final double COMPANIONS = 1.5;

    /** How near companions keep, s, on either side: 14 on average in the simulated city. */
    private static final double KEEP_NEAR_S = 14;

    /**
     * How much a companion's gap changes from arch to arch. In the simulated city 6 of 10 changes
     * are below 2 s, the others are a red light: 12 s on average, up to 40. Real drivers are less
     * exact: narrow changes are held to be rarer.
     */
    private static final double STEADY = 0.4;

    private static final double STEADY_S = 2;
    private static final double PARTED_S = 12;

    /**
     * How much the gap of two other cars changes: by a share of the time that they take. Standard
     * deviation, 0.15 to 0.17 in the simulated city whether the way takes 3 or 10 minutes.
     */
    private static final double SPREAD = 0.16;

    private static final double LEAST_SPREAD_S = 3;

    /** Of a logistic distribution, whose tails no companion's outweigh. */
    private static final double SCALE_OF_DEVIATION = Math.sqrt(3) / Math.PI;

    /** How many cars go on to the listed vehicle's next arch, before it is known: as of so many. */
    private static final double GO_ON = 0.35;

    private static final double GO_ON_WEIGHT = 10;

    /** Of the chance cars that go on, so many are still within the gap. */
    private static final double STAY_NEAR = 0.65;

    /** A companion that passes an arch is not read, or not near for once. Guess. */
    private static final double UNSEEN = 0.2;

    /** A companion joins on the way, or leaves before the end. Guess. */
    private static final double JOINS_OR_LEAVES = 0.15;

    /** So many others bear a car out: more may well be the traffic. */
    private static final int MOST_OTHERS = 2;

    /** Before any car was seen: one in 20 s, as of two. */
    private static final double USUAL_CARS = 2;

    private static final double USUAL_S = 40;

    /** Nothing is certain, or impossible, and so its odds are finite. */
    private static final double SUREST = 0.9999;

    private static final double LEAST_SURE = 1e-300;

    /**
     * Logarithm of the greatest and, negative, of the least ratio of one car. Beyond it more says
     * nothing more, and the product of the ratios of four cars must stay a number.
     */
    private static final double MOST_LOG_RATIO = 170;

    /** A gap that changes by more scales has a density that is too small for a number. */
    private static final double MOST_SCALES = 500;

    private static final double MS = 1_000;

    private final int minArches;

    ConvoyScorer(int minArches) {
        this.minArches = minArches;
    }

    /** Weighs the cars that keep near one listed vehicle on one trip. */
    List<ConvoyEstimate> weigh(List<SharedPassages> chains) {
        double bare = HAVE_COMPANY / (1 - HAVE_COMPANY) * Math.exp(-COMPANIONS);
        List<Weighing> weighed = new ArrayList<>();
        for (SharedPassages chain : chains) {
            weighed.add(new Weighing(chain, bare));
        }
        List<Weighing> likeliest = new ArrayList<>(weighed);
        likeliest.sort(Comparator.comparingDouble(Weighing::ratio).reversed());
        List<ConvoyEstimate> companies = new ArrayList<>();
        for (int i = 0; i < chains.size(); i++) {
            Weighing mine = weighed.get(i);
            double company = bare * (1 + COMPANIONS * mine.ratio());
            int others = 0;
            for (Weighing other : likeliest) {
                if (other != mine && others < MOST_OTHERS) {
                    company *= 1 + COMPANIONS * other.ratio();
                    others++;
                }
            }
            companies.add(mine.company(chains.get(i), company, others, minArches));
        }
        return companies;
    }

    private static final class Weighing {
        private final List<ConvoyContribution> weights = new ArrayList<>();
        private final double ratio;
        private double logOdds;

        Weighing(SharedPassages chain, double bare) {
            // What is left of the odds of a car alone when its own ratio is taken out.
            double prior = Math.log(COMPANIONS * bare / (1 + bare));
            weigh(
                    "company",
                    prior,
                    "pocos vehículos buscados van acompañados",
                    "few listed vehicles have company");
            gap(chain);
            drift(chain);
            absent(chain);
            ratio = Math.exp(clip(logOdds - prior, MOST_LOG_RATIO));
        }

        /** How much likelier a companion is seen so than a chance car, whatever others do. */
        double ratio() {
            return ratio;
        }

        private void absent(SharedPassages chain) {
            if (chain.missed() > 0) {
                weigh(
                        "unseen",
                        chain.missed() * Math.log(UNSEEN),
                        "no visto en %d arcos de en medio",
                        "not seen at %d arches in between",
                        chain.missed());
            }
            if (chain.parted() > 0) {
                weigh(
                        "parted",
                        chain.parted() * Math.log(JOINS_OR_LEAVES),
                        "no va con él todo el viaje",
                        "not with it for the whole trip");
            }
        }

        private void gap(SharedPassages chain) {
            int cars = 0;
            for (SharedPassage step : chain.steps()) {
                cars += step.arch().flow();
            }
            double seconds = chain.steps().size() * ConvoySettings.FLOW_MS / MS;
            double perSecond = (cars + USUAL_CARS) / (seconds + USUAL_S);
            double gap = chain.first().gap() / MS;
            weigh(
                    "gap",
                    Math.log(
                            laplace(clip(gap, MOST_SCALES * KEEP_NEAR_S), KEEP_NEAR_S) / perSecond),
                    "%+.0f s en el primer arco; pasa un coche cada %.0f s",
                    "%+.0f s at the first arch; a car passes every %.0f s",
                    gap,
                    1 / perSecond);
        }

        private void drift(SharedPassages chain) {
            double goOn =
                    Math.min(
                            1,
                            (chain.onward().stayed() / STAY_NEAR + GO_ON * GO_ON_WEIGHT)
                                    / (chain.onward().near() + GO_ON_WEIGHT));
            double weight = 0;
            double most = 0;
            double usual = 0;
            for (int i = 1; i < chain.steps().size(); i++) {
                SharedPassage from = chain.steps().get(i - 1);
                SharedPassage to = chain.steps().get(i);
                double change = Math.abs(to.gap() - from.gap()) / MS;
                double takes = (to.arch().listed().time() - from.arch().listed().time()) / MS;
                double deviation = Math.max(LEAST_SPREAD_S, SPREAD * takes);
                weight += Math.log(togetherOverApart(change, deviation) / goOn);
                most = Math.max(most, change);
                usual = Math.max(usual, deviation);
            }
            int legs = chain.steps().size() - 1;
            weigh(
                    "drift",
                    weight,
                    "en %d tramos la separación cambia %.0f s a lo más; sin ir juntos, ±%.0f s",
                    "over %d legs the gap changes by %.0f s at most; not together, by ±%.0f s",
                    legs,
                    most,
                    usual);
        }

        /**
         * How much likelier a companion's gap changes so than another car's. On a short way
         * companions' gaps change less too: never more than others' do.
         */
        private static double togetherOverApart(double change, double deviation) {
            double scale = deviation * SCALE_OF_DEVIATION;
            double parted = Math.min(PARTED_S, scale / 1.3);
            double by = Math.min(change, MOST_SCALES * parted);
            double together =
                    STEADY * laplace(by, Math.min(STEADY_S, scale / 4))
                            + (1 - STEADY) * laplace(by, parted);
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
         * @param company odds that the listed vehicle has any, by this car and others
         * @param arches that are needed
         */
        ConvoyEstimate company(SharedPassages chain, double company, int others, int arches) {
            double expected = COMPANIONS * ratio();
            double odds = oddsOfBoth(company, expected);
            if (others > 0) {
                weigh(
                        "others",
                        Math.log(odds) - logOdds,
                        "%d coches más se mantienen cerca",
                        "%d more cars keep near",
                        others);
            }
            double sure = chain.surest(arches);
            double posterior = Math.max(LEAST_SURE, Math.min(SUREST, odds / (1 + odds) * sure));
            weigh(
                    "listed",
                    Math.log(posterior / (1 - posterior)) - logOdds,
                    "es el vehículo buscado en los arcos necesarios: %.2f",
                    "it is the listed vehicle at as many arches as needed: %.2f",
                    sure);
            return new ConvoyEstimate(chain, posterior, List.copyOf(weights));
        }

        /** That there is company, and that this car belongs to it. */
        private static double oddsOfBoth(double company, double member) {
            return company * member / (1 + company + member);
        }

        private void weigh(String name, double weight, String es, String en, Object... values) {
            weights.add(new ConvoyContribution(name, weight, es, en, List.of(values)));
            logOdds += weight;
        }
    }
}
