package io.atalaya.bench.video;

import io.atalaya.bench.cluster.Checkpoints;
import io.atalaya.bench.cluster.PassThrough;
import io.atalaya.bench.comparison.Comparison;
import io.atalaya.bench.comparison.Delays;
import io.atalaya.bench.comparison.Machine;
import io.atalaya.bench.comparison.Plots;
import io.atalaya.bench.comparison.Report;
import io.atalaya.bench.comparison.Table;
import io.atalaya.commandline.Chart;
import io.atalaya.videoanalytics.VideoAnalyticsJob;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import java.util.List;
import java.util.Map;

/**
 * All measurements of a run.
 *
 * @param checkpoints of the steady feed; null if none completed
 */
record VideoReport(
        Machine machine,
        VideoBench.Plan plan,
        List<Size> sizes,
        @JsonProperty("frameToAlertMs") Delays frameToAlert,
        Checkpoints checkpoints)
        implements Report {
    private static final double KIB = 1 << 10;
    private static final double MIB = 1 << 20;
    private static final double PERCENT = 100;

    /**
     * Measurements with one number of cameras.
     *
     * @param objects objects in the frames of the recording
     * @param savepointBytes all state, as written
     * @param largestCameraBytes largest state of one camera
     * @param heapBytesBefore heap in use in the whole process after a collection, before the
     *     frames; {@code heapBytesAfter} after them
     */
    record Size(
            int cameras,
            long frames,
            long objects,
            @JsonUnwrapped Comparison comparison,
            long savepointBytes,
            long largestCameraBytes,
            long heapBytesBefore,
            long heapBytesAfter) {

        @JsonProperty
        double jobToPassThrough() {
            return comparison.ratio(VideoAnalyticsJob.NAME, PassThrough.NAME);
        }

        @JsonProperty
        double jobToPassThroughByCpu() {
            return comparison.cpuRatio(VideoAnalyticsJob.NAME, PassThrough.NAME);
        }

        /**
         * The job's median CPU time per frame over that without its models; null if not measured
         * without them.
         */
        @JsonProperty
        Double modelsByCpu() {
            return comparison.has(VideoBench.WITHOUT_MODELS)
                    ? comparison.cpuRatio(VideoBench.WITHOUT_MODELS, VideoAnalyticsJob.NAME)
                    : null;
        }
    }

    @JsonProperty
    Double cpuGrowth() {
        return growth(VideoAnalyticsJob.NAME);
    }

    @JsonProperty
    Double cpuGrowthWithoutModels() {
        return plan.hasRunWithoutModels() ? growth(VideoBench.WITHOUT_MODELS) : null;
    }

    /** CPU time per frame with the most cameras over that with the fewest. */
    private double growth(String contender) {
        return sizes.get(sizes.size() - 1).comparison.cpu(contender).median()
                / sizes.get(0).comparison.cpu(contender).median();
    }

    @Override
    public void print(Table table) {
        table.machine(machine, plan.parallelism(), plan.seed());
        printThroughput(table);
        printState(table);
        printLatency(table);
    }

    /** By name of the file. */
    Map<String, Chart> plots() {
        return Plots.ofThroughput(
                "cameras",
                "frame",
                sizes.stream()
                        .map(size -> new Plots.Sized(size.cameras, "", size.comparison))
                        .toList());
    }

    private void printThroughput(Table table) {
        table.line("");
        table.throughputHead("frame");
        for (Size size : sizes) {
            table.line("");
            table.line(
                    "%,d cameras, %,d frames, %.1f objects in each",
                    size.cameras, size.frames, (double) size.objects / size.frames);
            table.contender("a", size.comparison, PassThrough.NAME);
            table.contender("b", size.comparison, VideoAnalyticsJob.NAME);
            if (plan.hasRunWithoutModels()) {
                table.contender("c", size.comparison, VideoBench.WITHOUT_MODELS);
                table.line("  by CPU: b/c %.2f, what the models cost", size.modelsByCpu());
            }
            table.line(
                    "  b/a %3.0f %%   by CPU: b/a %3.0f %%   objects a second: %,.0f",
                    PERCENT * size.jobToPassThrough(),
                    PERCENT * size.jobToPassThroughByCpu(),
                    size.comparison.speed(VideoAnalyticsJob.NAME).median()
                            * size.objects
                            / size.frames);
        }
        table.line("");
        table.line("  a does less than b: %s.", PassThrough.LESS);
        if (sizes.size() > 1 && !table.isQuick()) {
            printGrowth("b", cpuGrowth(), table);
            if (plan.hasRunWithoutModels()) {
                printGrowth("c", cpuGrowthWithoutModels(), table);
            }
        }
    }

    private void printGrowth(String letter, double growth, Table table) {
        table.line(
                "  CPU a frame of %s with %,d cameras over that with %,d: %.2f",
                letter, plan.maxCameras(), plan.cameras().get(0), growth);
    }

    private void printState(Table table) {
        table.line("");
        table.line("STATE after the frames");
        for (Size size : sizes) {
            table.line(
                    "  %,7d cameras: savepoint %,8.1f MiB, %5.1f KiB a camera; the largest %5.1f KiB;"
                            + " heap %+,.0f MiB",
                    size.cameras,
                    size.savepointBytes / MIB,
                    size.savepointBytes / KIB / size.cameras,
                    size.largestCameraBytes / KIB,
                    (size.heapBytesAfter - size.heapBytesBefore) / MIB);
        }
    }

    private void printLatency(Table table) {
        table.line("");
        table.line(
                "LATENCY, ms, at %,.0f frames/s of %,d cameras for %d s, from when it was due",
                plan.framesPerSecond(), plan.maxCameras(), plan.steadySeconds());
        table.delayHeads();
        table.delays("frame to alert", frameToAlert);
        Checkpoints.printWithSteps("steady feed", checkpoints, table);
    }
}
