package io.atalaya.anomaly.series;

import java.nio.ByteBuffer;

/**
 * A network's score beside those that the same series has had: what looks unusual to a network that
 * knows all kinds of series may be daily bread in this one.
 */
final class OwnPast {
    static final int BYTES = Tail.BYTES + Integer.BYTES;

    /** Of the score; the rest is the network's. Chosen on made series. */
    private static final double SHARE = 0.15;

    /** Rarity at which the past says neither more nor less than the network. */
    private static final double EVEN = 2.5;

    private static final int FEW = 50;

    private final Tail tail = new Tail();
    private int count;

    /**
     * Weighs a score, and learns it.
     *
     * @param network logarithm, as the network gives it
     */
    double judge(double network) {
        double odds = Math.exp(network / 2);
        double rarity = count < FEW ? 0 : tail.rarity(odds, 1);
        tail.add(odds, Tail.SLOWEST);
        count++;
        return (1 - SHARE) * network + SHARE * (rarity - EVEN);
    }

    void write(ByteBuffer to) {
        tail.write(to);
        to.putInt(count);
    }

    void read(ByteBuffer from) {
        tail.read(from);
        count = from.getInt();
    }
}
