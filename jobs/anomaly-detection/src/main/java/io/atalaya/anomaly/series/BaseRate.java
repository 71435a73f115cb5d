package io.atalaya.anomaly.series;

import java.nio.ByteBuffer;

/**
 * How often any channel of a series is rare, because a rare value is weaker evidence if the series
 * has one every day.
 */
final class BaseRate {
    static final int BYTES = ParetoTail.BYTES + 2 * Double.BYTES;

    private static final double RARE = 2;
    private static final double MEMORY = 2000;
    private static final int FEW = 60;
    private static final double RECORD_HALF_LIFE_DAYS = 60;

    private final ParetoTail tail = new ParetoTail();
    private double greatest;
    private double share;

    /** Adds three features of the greatest rarity among the channels, and learns it. */
    void evaluate(double rarity, SampleContext moment, Features features) {
        features.add(moment.count() < FEW || rarity <= 0 ? 0 : tail.rarity(rarity, 1));
        features.add(
                greatest > 0 && rarity > 0
                        ? Math.max(-2, Math.min(2, 2 * Math.log(rarity / greatest)))
                        : -2);
        features.add(Math.log10(share + 1e-3));
        tail.add(rarity, moment);
        greatest =
                Math.max(
                        rarity, greatest * (1 - Math.log(2) * moment.share(RECORD_HALF_LIFE_DAYS)));
        share += Math.max(1.0 / moment.count(), 1 / MEMORY) * ((rarity > RARE ? 1 : 0) - share);
    }

    void write(ByteBuffer to) {
        tail.write(to);
        to.putDouble(greatest).putDouble(share);
    }

    void read(ByteBuffer from) {
        tail.read(from);
        greatest = from.getDouble();
        share = from.getDouble();
    }
}
