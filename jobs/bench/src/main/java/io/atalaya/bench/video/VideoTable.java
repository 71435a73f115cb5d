package io.atalaya.bench.video;

import io.atalaya.bench.measure.Delays;
import io.atalaya.bench.measure.Spread;
import io.atalaya.bench.state.CheckpointLines;

import java.util.Locale;

/** Formats the figures as text. */
final class VideoTable {
    private static final double KIB = 1 << 10;
    private static final double MIB = 1 << 20;
    private static final double PERCENT = 100;

    private final StringBuilder text = new StringBuilder();

    private VideoTable() {}

    static String of(VideoFigures figures) {
        VideoTable table = new VideoTable();
        table.line("%s", figures.machine().inWords());
        table.line(
                "heap at most %,.0f MiB, broker and jobs in one process, parallelism %d, seed %d",
                figures.machine().heapLimitBytes() / MIB,
                figures.plan().parallelism(),
                figures.plan().seed());
        table.throughput(figures);
        table.state(figures);
        table.latency(figures);
        return table.text.toString();
    }

    private void throughput(VideoFigures figures) {
        line("");
        line(
                "THROUGHPUT, frames a second: median (least … most) of the laps; CPU: µs a frame, whole process, and how much of it is Java's compiler");
        for (CitySize size : figures.sizes()) {
            line("");
            line(
                    "%,d cameras, %,d frames, %.1f objects in each",
                    size.cameras(), size.frames(), (double) size.objects() / size.frames());
            contender("a", size, FramePassThrough.NAME);
            contender("b", size, CameraJob.NAME);
            if (size.models() != null) {
                contender("c", size, CameraJob.WITHOUT_MODELS);
                line("  by CPU: b/c %.2f, what the models cost", size.models());
            }
            line(
                    "  b/a %3.0f %%   by CPU: b/a %3.0f %%   objects a second: %,.0f",
                    PERCENT * size.share(),
                    PERCENT * size.cpuShare(),
                    size.speed(CameraJob.NAME).median() * size.objects() / size.frames());
        }
        line("");
        line("  a does less than b: source, parse, discard; no state, no shuffle.");
        if (figures.sizes().size() > 1) {
            growth(figures, "b", CameraJob.NAME);
            if (figures.plan().withoutModels()) {
                growth(figures, "c", CameraJob.WITHOUT_MODELS);
            }
        }
    }

    private void growth(VideoFigures figures, String letter, String contender) {
        line(
                "  CPU a frame of %s with %,d cameras over that with %,d: %.2f",
                letter,
                figures.plan().mostCameras(),
                figures.plan().cameras().get(0),
                figures.growth(contender));
    }

    private void contender(String letter, CitySize size, String name) {
        Spread speed = size.speed(name);
        line(
                "  %s %-18s %,9.0f (%,.0f … %,.0f)   CPU %6.1f, compiler %2.0f %%",
                letter,
                name,
                speed.median(),
                speed.min(),
                speed.max(),
                size.cpu(name).median(),
                PERCENT * size.compiler(name).median());
    }

    private void state(VideoFigures figures) {
        line("");
        line("STATE after the frames");
        for (CitySize size : figures.sizes()) {
            line(
                    "  %,7d cameras: savepoint %,8.1f MiB, %5.1f KiB a camera; the largest %5.1f KiB;"
                            + " heap %+,.0f MiB",
                    size.cameras(),
                    size.savepointBytes() / MIB,
                    size.savepointBytes() / KIB / size.cameras(),
                    size.largestCamera() / KIB,
                    (size.heapBytesAfter() - size.heapBytesBefore()) / MIB);
        }
    }

    private void latency(VideoFigures figures) {
        Delays delays = figures.frameToAlert();
        line("");
        line(
                "LATENCY, %,.0f frames/s of %,d cameras for %d s, ms",
                figures.plan().framesPerSecond(),
                figures.plan().mostCameras(),
                figures.plan().steadySeconds());
        line(
                "  frame to alert: p50 %.0f, p99 %.0f, p99.9 %.0f, max %.0f; %,d measured, %,d never came",
                delays.p50(),
                delays.p99(),
                delays.p999(),
                delays.max(),
                delays.count(),
                delays.missing());
        CheckpointLines.write("steady feed", figures.checkpoints(), this::add);
        CheckpointLines.writeSteps(figures.checkpoints(), this::add);
    }

    private void line(String format, Object... values) {
        add(String.format(Locale.ROOT, format, values));
    }

    private void add(String line) {
        text.append(line).append('\n');
    }
}
