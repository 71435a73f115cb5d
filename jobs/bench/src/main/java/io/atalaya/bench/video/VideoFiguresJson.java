package io.atalaya.bench.video;

import io.atalaya.bench.report.FiguresJson;
import io.atalaya.contracts.json.JsonOut;

import java.io.IOException;

/** Writes the figures with every lap, for scripts that compare runs. */
final class VideoFiguresJson {
    private VideoFiguresJson() {}

    static byte[] write(VideoFigures figures) {
        return JsonOut.object(
                out -> {
                    out.object("machine", figures.machine(), FiguresJson::machine);
                    out.object("plan", figures.plan(), VideoFiguresJson::plan);
                    out.objects("sizes", figures.sizes(), VideoFiguresJson::size);
                    FiguresJson.ratio("cpuGrowth", figures.growth(CameraJob.NAME), out);
                    if (figures.plan().withoutModels()) {
                        FiguresJson.ratio(
                                "cpuGrowthWithoutModels",
                                figures.growth(CameraJob.WITHOUT_MODELS),
                                out);
                    }
                    out.object("frameToAlertMs", figures.frameToAlert(), FiguresJson::delays);
                    out.object("checkpoints", figures.checkpoints(), FiguresJson::checkpoints);
                });
    }

    private static void plan(VideoBenchPlan plan, JsonOut out) throws IOException {
        out.number("frames", plan.frames());
        out.number("runs", plan.runs());
        out.number("mostWarmups", plan.mostWarmups());
        out.number("framesPerSecond", plan.framesPerSecond());
        out.number("steadySeconds", plan.steadySeconds());
        out.number(
                "checkpointIntervalMs",
                plan.checkpoints() == null ? null : plan.checkpoints().toMillis());
        out.number("parallelism", plan.parallelism());
        out.number("seed", plan.seed());
        out.bool("withoutModels", plan.withoutModels());
    }

    private static void size(CitySize size, JsonOut out) throws IOException {
        out.number("cameras", size.cameras());
        out.number("frames", size.frames());
        out.number("objects", size.objects());
        out.number("jobToPassThrough", size.share());
        FiguresJson.ratio("jobToPassThroughByCpu", size.cpuShare(), out);
        FiguresJson.ratio("modelsByCpu", size.models(), out);
        out.objects("laps", size.laps(), FiguresJson::lap);
        out.number("savepointBytes", size.savepointBytes());
        out.number("largestCameraBytes", size.largestCamera());
        out.number("heapBytesBefore", size.heapBytesBefore());
        out.number("heapBytesAfter", size.heapBytesAfter());
    }
}
