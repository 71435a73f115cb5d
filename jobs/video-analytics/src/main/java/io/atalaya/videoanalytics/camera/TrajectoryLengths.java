package io.atalaya.videoanalytics.camera;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Trajectory lengths of vehicles at one camera, to distinguish a whole one from a fragment. A
 * tracker that loses a vehicle leaves two fragments. Each begins or ends where no trajectory does,
 * so they would be the rarest of all. A vehicle that turns round or weaves has a trajectory at
 * least as long as others.
 */
final class TrajectoryLengths {
    /** Fraction of the typical length; a shorter trajectory is a fragment. */
    private static final float PIECE = 0.5f;

    /**
     * A trajectory's weight falls to 1/e after this many others, because a camera may be turned.
     */
    private static final float HORIZON = 300;

    /** Before this many trajectories the typical length is unknown. */
    private static final float FEW = 20;

    private float count;
    private float mean;

    /**
     * Adds a trajectory and returns whether it is a fragment by those before it.
     *
     * @param length fractions of the image
     */
    boolean isFragment(double length) {
        boolean isFragment = count >= FEW && length < PIECE * mean;
        count = Math.min(HORIZON, count + 1);
        mean += (float) (length - mean) / count;
        return isFragment;
    }

    void write(DataOutput out) throws IOException {
        out.writeFloat(count);
        out.writeFloat(mean);
    }

    static TrajectoryLengths read(DataInput in) throws IOException {
        TrajectoryLengths lengths = new TrajectoryLengths();
        lengths.count = in.readFloat();
        lengths.mean = in.readFloat();
        return lengths;
    }
}
