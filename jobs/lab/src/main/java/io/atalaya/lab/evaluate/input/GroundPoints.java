package io.atalaya.lab.evaluate.input;

import io.atalaya.anomaly.trajectory.Trajectory;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;

import java.util.Comparator;
import java.util.List;

/** Ground contact points of recorded objects: time in seconds, x and y. */
public final class GroundPoints {
    private GroundPoints() {}

    /**
     * The point of an object in a frame.
     *
     * @param aspect width of the image in image heights; 1 leaves x as a fraction of the width
     */
    public static double[] of(CameraFrame frame, DetectedObject object, double aspect) {
        return new double[] {
            frame.deviceTime() / 1000.0,
            aspect * (object.x() + object.width() / 2),
            object.y() + object.height()
        };
    }

    /** The trajectory through points in any order, because frames can be out of order. */
    public static Trajectory trajectory(List<double[]> points) {
        List<double[]> inOrder =
                points.stream().sorted(Comparator.comparingDouble(point -> point[0])).toList();
        return new Trajectory(column(inOrder, 0), column(inOrder, 1), column(inOrder, 2));
    }

    private static double[] column(List<double[]> points, int index) {
        return points.stream().mapToDouble(point -> point[index]).toArray();
    }
}
