package io.atalaya.bench.video;

import io.atalaya.bench.throughput.Lap;

import java.time.Duration;
import java.util.List;

/**
 * What is measured.
 *
 * @param cameras sizes of the city, rising
 * @param frames in each size's recording, over all cameras
 * @param runs measured laps of each contender
 * @param mostWarmups laps before them, at most
 * @param framesPerSecond of the steady feed, over the largest city
 * @param steadySeconds how long it is measured
 * @param checkpoints null: production's interval
 * @param withoutModels whether the job is measured without its models, too
 */
record VideoBenchPlan(
        List<Integer> cameras,
        int frames,
        int runs,
        int mostWarmups,
        double framesPerSecond,
        int steadySeconds,
        Duration checkpoints,
        int parallelism,
        long seed,
        boolean withoutModels) {
    /** With its first frame a camera is read from the savepoint. Half a lap at most. */
    private static final int WARM_FRAMES = 5;

    /** Frames that have passed before the clock starts. */
    long warmFrames(int cameras) {
        return Math.max(Lap.warm(frames), Math.min(frames / 2, (long) WARM_FRAMES * cameras));
    }

    /** Of the steady feed. */
    Intrusions intrusions() {
        return new Intrusions(mostCameras(), framesPerSecond, steadySeconds);
    }

    int mostCameras() {
        return cameras.get(cameras.size() - 1);
    }
}
