package io.atalaya.hotlistmatch.convoy;

/**
 * A car that passed an arch within the gap of a listed vehicle. Some 45 bytes.
 *
 * @param plate as read
 * @param time by the device's clock, epoch ms
 * @param arrival of the read, epoch ms
 * @param goneAt arrival of what ended the read, or {@link #STANDS}
 */
record Companion(String readId, String plate, long time, long arrival, long goneAt) {
    static final long STANDS = Long.MAX_VALUE;

    static Companion of(Car car, long goneAt) {
        return new Companion(car.readId(), car.plate(), car.time(), car.at(), goneAt);
    }

    boolean isGone() {
        return goneAt != STANDS;
    }
}
