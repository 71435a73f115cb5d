package io.atalaya.bench.video;

import io.atalaya.bench.measure.Spread;
import io.atalaya.bench.throughput.Lap;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Measurements with one number of cameras.
 *
 * @param objects objects in the frames of the recording
 * @param savepointBytes all state, as written
 * @param largestCamera largest state of one camera, bytes
 * @param heapBytesBefore heap in use in the whole process after a collection, before the frames;
 *     {@code heapBytesAfter} after them
 */
record CitySize(
        int cameras,
        long frames,
        long objects,
        List<Lap> laps,
        long savepointBytes,
        long largestCamera,
        long heapBytesBefore,
        long heapBytesAfter) {
    Spread speed(String contender) {
        return spread(contender, Lap::recordsPerSecond);
    }

    /** CPU microseconds per frame. */
    Spread cpu(String contender) {
        return spread(contender, Lap::cpuMicros);
    }

    /** Share of CPU time spent in Java's compiler, 0 to 1. */
    Spread compiler(String contender) {
        return spread(contender, Lap::compilerShare);
    }

    /** The job's median speed as a share of the pass-through's. */
    double share() {
        return speed(CameraJob.NAME).median() / speed(FramePassThrough.NAME).median();
    }

    /** The same by CPU time, which depends less on other load. */
    double cpuShare() {
        return cpu(FramePassThrough.NAME).median() / cpu(CameraJob.NAME).median();
    }

    /**
     * The job's median CPU time per frame over that without its models; null if not measured
     * without them.
     */
    Double models() {
        boolean measured =
                laps.stream().anyMatch(lap -> lap.contender().equals(CameraJob.WITHOUT_MODELS));
        return measured
                ? cpu(CameraJob.NAME).median() / cpu(CameraJob.WITHOUT_MODELS).median()
                : null;
    }

    private Spread spread(String contender, ToDoubleFunction<Lap> figure) {
        return Spread.of(
                laps.stream()
                        .filter(lap -> lap.contender().equals(contender))
                        .map(figure::applyAsDouble)
                        .toList());
    }
}
