package io.atalaya.bench.video;

import io.atalaya.bench.throughput.Lap;

import java.time.Duration;
import java.util.List;

/**
 * Plan of a run.
 *
 * @param cameras numbers of cameras, rising
 * @param frames frames in each recording, over all cameras
 * @param runs measured laps of each contender
 * @param mostWarmups maximum number of laps before them
 * @param framesPerSecond rate of the steady feed, over the most cameras
 * @param steadySeconds measured duration of the steady feed
 * @param checkpoints null for production's interval
 * @param withoutModels whether to measure the job also without its models
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
    /**
     * Frames per camera before the clock starts, because its first frame reads its state from the
     * savepoint; half a lap at most.
     */
    private static final int WARM_FRAMES = 5;

    /** Frames that pass before the clock starts. */
    long warmFrames(int cameras) {
        return Math.max(Lap.warm(frames), Math.min(frames / 2, (long) WARM_FRAMES * cameras));
    }

    /** The intrusions of the steady feed. */
    Intrusions intrusions() {
        return new Intrusions(mostCameras(), framesPerSecond, steadySeconds);
    }

    int mostCameras() {
        return cameras.get(cameras.size() - 1);
    }
}
