package io.atalaya.simulator.scores;

import io.atalaya.simulator.random.SeededRandom;

/** How the scores of a camera are spread, and how that changes. */
public enum ScoreKind {
    /** Higher by day than by night, and on working days than on Sundays. */
    SEASONS {
        @Override
        double draw(double day, SeededRandom chance) {
            double level = 1 + Math.max(0, StrictMath.sin(2 * Math.PI * day));
            return (level + (day % 7 < 6 ? 0.5 : 0)) * chance.exponential(1);
        }
    },

    /** Level and spread grow: trees, dirt, a new tracker. */
    DRIFT {
        @Override
        double draw(double day, SeededRandom chance) {
            return day / 20 + (1 + day / 100) * chance.gaussian();
        }
    },

    /** A few are far beyond the others, as a power law has it. */
    HEAVY_TAIL {
        @Override
        double draw(double day, SeededRandom chance) {
            return StrictMath.pow(1 - chance.between(0, 1), -0.4);
        }
    },

    /** Days on which everything is unusual: fog, a fair, roadworks. */
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
     * @param day since the beginning, with its fraction
     */
    abstract double draw(double day, SeededRandom chance);
}
