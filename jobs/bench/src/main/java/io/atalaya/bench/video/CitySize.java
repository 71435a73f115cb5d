package io.atalaya.bench.video;

import io.atalaya.bench.measure.Spread;
import io.atalaya.bench.throughput.Lap;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was measured with one number of cameras.
 *
 * @param objects in the frames of the recording
 * @param savepointBytes all state, as written
 * @param largestCamera the largest state of one camera, bytes
 * @param heapBytes in use in the whole process after a collection, before and after the frames
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

    /** Processor microseconds a frame. */
    Spread cpu(String contender) {
        return spread(contender, Lap::cpuMicros);
    }

    /** How much of it was Java's compiler, 0 to 1. */
    Spread compiler(String contender) {
        return spread(contender, Lap::compilerShare);
    }

    /** The job's speed as a share of the pass-through's, by the medians. */
    double share() {
        return speed(CameraJob.NAME).median() / speed(FramePassThrough.NAME).median();
    }

    /** The same by processor time, which other work on the machine disturbs less. */
    double cpuShare() {
        return cpu(FramePassThrough.NAME).median() / cpu(CameraJob.NAME).median();
    }

    /**
     * The job's processor time a frame over that without its models, by the medians; null where it
     * was not measured without them.
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
