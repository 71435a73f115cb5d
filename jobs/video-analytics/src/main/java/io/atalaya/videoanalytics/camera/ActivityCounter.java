package io.atalaya.videoanalytics.camera;

import io.atalaya.videoanalytics.anomaly.ActivitySample;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How many vehicles and how many people are in view, span by span of the camera's own time: the
 * mean over what was really seen of the span. A mean and no count of passages, for it falls and
 * rises with both how many come and how long they stay, and does not depend on the frame rate or on
 * how often a tracker loses things.
 */
final class ActivityCounter {
    /** Of a span must have been seen, on the live clock, or nobody knows what it was like. */
    private static final long LEAST_SEEN = ActivitySample.LENGTH / 4;

    private static final long NONE = Long.MIN_VALUE;

    private long span = NONE;
    private long seen;
    private double vehicles;
    private double people;
    private boolean explained;

    /**
     * A span that is over.
     *
     * @param time its begin, epoch ms
     * @param vehicles in view, in the mean
     * @param people in view, in the mean
     * @param explained whether people were told in it of something that changes how many there are
     */
    record Counted(long time, float vehicles, float people, boolean explained) {}

    /**
     * Takes in a frame.
     *
     * @param time its own, epoch ms
     * @param step live time for which it speaks, ms
     * @param vehiclesInView as many
     * @param peopleInView as many
     * @param isExplained whether people are told at present why there are so many or so few
     * @return the span that it ends, if enough was seen of that; mostly null
     */
    Counted add(long time, long step, int vehiclesInView, int peopleInView, boolean isExplained) {
        long now = Math.floorDiv(time, ActivitySample.LENGTH);
        Counted over = null;
        if (now != span) {
            if (seen >= LEAST_SEEN) {
                over =
                        new Counted(
                                span * ActivitySample.LENGTH,
                                (float) (vehicles / seen),
                                (float) (people / seen),
                                explained);
            }
            span = now;
            seen = 0;
            vehicles = 0;
            people = 0;
            explained = false;
        }
        seen += step;
        vehicles += (double) step * vehiclesInView;
        people += (double) step * peopleInView;
        explained |= isExplained;
        return over;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(span);
        out.writeLong(seen);
        out.writeDouble(vehicles);
        out.writeDouble(people);
        out.writeBoolean(explained);
    }

    static ActivityCounter read(DataInput in) throws IOException {
        ActivityCounter count = new ActivityCounter();
        count.span = in.readLong();
        count.seen = in.readLong();
        count.vehicles = in.readDouble();
        count.people = in.readDouble();
        count.explained = in.readBoolean();
        return count;
    }
}
