package io.atalaya.anomaly.series;

import java.nio.ByteBuffer;

/** Rarity of a statistic in both directions; each direction has its own past. */
final class TwoSided {
    static final int BYTES = 2 * ParetoTail.BYTES + 2 * Double.BYTES;

    private static final int FEW = 30;
    private static final double RECORD_HALF_LIFE_DAYS = 60;
    private static final double MAX_LOG_RATIO = 2;

    private final ParetoTail up = new ParetoTail();
    private final ParetoTail down = new ParetoTail();
    private double highest;
    private double lowest;

    /**
     * Rarity of a value.
     *
     * @param up −log10 of the probability of a value at least as high; 0 if it is not high
     * @param down the same downwards
     * @param record log of the ratio to the extreme so far on its side, −2..2
     */
    record Rarity(double up, double down, double record) {
        double greater() {
            return Math.max(up, down);
        }
    }

    /**
     * Evaluates a value, and learns it.
     *
     * @param independent share of the values that are independent
     */
    Rarity evaluate(double value, SampleContext moment, double independent) {
        boolean known = moment.count() >= FEW;
        double farthest = value > 0 ? highest : lowest;
        double record =
                value != 0 && farthest > 0
                        ? Math.max(
                                -MAX_LOG_RATIO,
                                Math.min(MAX_LOG_RATIO, Math.log(Math.abs(value) / farthest)))
                        : -MAX_LOG_RATIO;
        Rarity rarity =
                new Rarity(
                        known && value > 0 ? up.rarity(value, independent) : 0,
                        known && value < 0 ? down.rarity(-value, independent) : 0,
                        record);
        up.add(value, moment);
        down.add(-value, moment);
        double keep = 1 - Math.log(2) * moment.share(RECORD_HALF_LIFE_DAYS);
        highest = Math.max(value, highest * keep);
        lowest = Math.max(-value, lowest * keep);
        return rarity;
    }

    void write(ByteBuffer to) {
        up.write(to);
        down.write(to);
        to.putDouble(highest).putDouble(lowest);
    }

    void read(ByteBuffer from) {
        up.read(from);
        down.read(from);
        highest = from.getDouble();
        lowest = from.getDouble();
    }
}
