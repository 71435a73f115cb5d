package io.atalaya.videoanalytics.camera;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How long the ways of vehicles are before one camera, to tell a way from a piece of one: a tracker
 * that loses a car leaves two pieces, each of which begins or ends where none does, and they would
 * be the most unusual of all. Who turns round or weaves goes as far as others, and farther.
 */
final class TrajectoryLengths {
    /** Of the usual length; less is a piece. */
    private static final float PIECE = 0.5f;

    /** Ways after which one counts 1/e: a camera may be turned. */
    private static final float HORIZON = 300;

    /** Before so many nothing is known of what is usual. */
    private static final float FEW = 20;

    private float seen;
    private float mean;

    /**
     * Takes in a way, and says whether it is a piece of one by those before.
     *
     * @param length fractions of the picture
     */
    boolean isPiece(double length) {
        boolean piece = seen >= FEW && length < PIECE * mean;
        seen = Math.min(HORIZON, seen + 1);
        mean += (float) (length - mean) / seen;
        return piece;
    }

    void write(DataOutput out) throws IOException {
        out.writeFloat(seen);
        out.writeFloat(mean);
    }

    static TrajectoryLengths read(DataInput in) throws IOException {
        TrajectoryLengths lengths = new TrajectoryLengths();
        lengths.seen = in.readFloat();
        lengths.mean = in.readFloat();
        return lengths;
    }
}
