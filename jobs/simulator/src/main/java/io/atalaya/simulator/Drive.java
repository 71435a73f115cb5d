package io.atalaya.simulator;

/**
 * A free vehicle on its way to its next arch.
 *
 * @param time time of its passage there, epoch ms
 * @param order breaks ties, so that the order is total
 */
record Drive(long time, long order, long vehicleNumber, Roads.Stretch stretch)
        implements Comparable<Drive> {

    @Override
    public int compareTo(Drive other) {
        int byTime = Long.compare(time, other.time);
        return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
}
