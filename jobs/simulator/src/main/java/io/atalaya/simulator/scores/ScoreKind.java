package io.atalaya.simulator.scores;

import io.atalaya.simulator.random.SeededRandom;

/** Distribution of a camera's scores, and its change over time. */
public enum ScoreKind {
    /** Higher by day than by night, and on working days than on Sundays. */
    SEASONS {
        @Override
        double draw(double day, SeededRandom chance) {
            double level = 1 + Math.max(0, StrictMath.sin(2 * Math.PI * day));
            return (level + (day % 7 < 6 ? 0.5 : 0)) * chance.exponential(1);
        }
    },

    /** Level and spread grow, as with trees, dirt or a new tracker. */
    DRIFT {
        @Override
        double draw(double day, SeededRandom chance) {
            return day / 20 + (1 + day / 100) * chance.gaussian();
        }
    },

    /** A few scores are far above the others, by a power law. */
    HEAVY_TAIL {
        @Override
        double draw(double day, SeededRandom chance) {
            return StrictMath.pow(1 - chance.between(0, 1), -0.4);
        }
    },

    /** Days on which everything is unusual, as with fog, a fair or roadworks. */
    BAD_DAYS {
        @Override
        double draw(double day, SeededRandom chance) {
            boolean bad = SeededRandom.hash(17, (long) day) % 20 == 0;
            return chance.gaussian() + (bad ? 2 : 0);
        }
    };

    /**
     * The next score.
     *
     * @param day days since the start, with fraction
     */
    abstract double draw(double day, SeededRandom chance);
}
