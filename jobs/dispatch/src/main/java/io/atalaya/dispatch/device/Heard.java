package io.atalaya.dispatch.device;

/**
 * When any of the devices of a subtask was heard, arrival times in epoch ms.
 *
 * @param at last arrival
 * @param pauseFrom the arrival before the last time in which none was heard
 * @param pauseTo the arrival after it
 * @param reportedAfter the {@code at} after which one device was reported for all; negative: none
 */
public record Heard(long at, long pauseFrom, long pauseTo, long reportedAfter) {
    public static final Heard NOTHING = new Heard(0, 0, 0, -1);

    /**
     * @param pauseMillis from when on it is a pause that none was heard
     */
    Heard with(long arrivalTime, long pauseMillis) {
        boolean isPause = arrivalTime - at >= pauseMillis;
        return new Heard(
                Math.max(at, arrivalTime),
                isPause ? at : pauseFrom,
                isPause ? arrivalTime : pauseTo,
                reportedAfter);
    }

    Heard reported() {
        return new Heard(at, pauseFrom, pauseTo, at);
    }
}
