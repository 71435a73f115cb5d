package io.atalaya.videoanalytics.camera;

import io.atalaya.videoanalytics.anomaly.ActivitySample;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Mean number of vehicles and of people in view per interval of device time, over the observed part
 * of the interval. It is a mean and not a count of passages, because the mean reflects both how
 * many arrive and how long they stay. It also does not depend on the frame rate or on how often a
 * tracker loses objects.
 */
final class ActivityCounter {
    /** Minimum observed time of an interval, ms; with less its mean is unknown. */
    private static final long MIN_SEEN = ActivitySample.LENGTH / 4;

    private static final long NONE = Long.MIN_VALUE;

    private long span = NONE;
    private long observedMillis;
    private double vehicles;
    private double people;
    private boolean isSuppressed;

    /**
     * A completed interval.
     *
     * @param startedAt its start in device time, epoch ms
     * @param vehicles mean number in view
     * @param people mean number in view
     * @param isSuppressed whether an episode was open in it that changes the number of objects
     */
    record ActivityCount(long startedAt, float vehicles, float people, boolean isSuppressed) {}

    /**
     * Adds a frame.
     *
     * @param time its device time, epoch ms
     * @param step observed time that it stands for, ms
     * @param vehiclesInView number of vehicles
     * @param peopleInView number of people
     * @param isExplained whether an open episode explains the current number of objects
     * @return the interval that this frame completes if enough of it was observed; otherwise null
     */
    ActivityCount add(
            long time, long step, int vehiclesInView, int peopleInView, boolean isExplained) {
        long now = Math.floorDiv(time, ActivitySample.LENGTH);
        ActivityCount over = null;
        if (now != span) {
            if (observedMillis >= MIN_SEEN) {
                over =
                        new ActivityCount(
                                span * ActivitySample.LENGTH,
                                (float) (vehicles / observedMillis),
                                (float) (people / observedMillis),
                                isSuppressed);
            }
            span = now;
            observedMillis = 0;
            vehicles = 0;
            people = 0;
            isSuppressed = false;
        }
        observedMillis += step;
        vehicles += (double) step * vehiclesInView;
        people += (double) step * peopleInView;
        isSuppressed |= isExplained;
        return over;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(span);
        out.writeLong(observedMillis);
        out.writeDouble(vehicles);
        out.writeDouble(people);
        out.writeBoolean(isSuppressed);
    }

    static ActivityCounter read(DataInput in) throws IOException {
        ActivityCounter count = new ActivityCounter();
        count.span = in.readLong();
        count.observedMillis = in.readLong();
        count.vehicles = in.readDouble();
        count.people = in.readDouble();
        count.isSuppressed = in.readBoolean();
        return count;
    }
}
