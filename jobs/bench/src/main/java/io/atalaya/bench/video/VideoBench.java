package io.atalaya.bench.video;

import io.atalaya.bench.measure.Delays;
import io.atalaya.bench.measure.Machine;
import io.atalaya.bench.recording.Publisher;
import io.atalaya.bench.state.Checkpoints;
import io.atalaya.bench.state.Holding;
import io.atalaya.bench.state.Holdings;
import io.atalaya.bench.throughput.BenchBroker;
import io.atalaya.bench.throughput.Contender;
import io.atalaya.bench.throughput.JobSetup;
import io.atalaya.bench.throughput.Lap;
import io.atalaya.bench.throughput.Rounds;
import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.flink.kafka.KafkaOptions;
import io.atalaya.videoanalytics.VideoAnalyticsOptions;
import io.atalaya.videoanalytics.VideoAnalyticsSettings;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The whole run: for each number of cameras a fresh broker with equally many frames, the laps of
 * all contenders in turn, and the final memory and state; with the most cameras also the steady
 * feed.
 */
final class VideoBench {
    private static final long BACKLOG_MS = 7_200_000;

    private final VideoBenchPlan plan;
    private final Consumer<String> log;
    private final List<CitySize> sizes = new ArrayList<>();
    private Delays frameToAlert;
    private Checkpoints checkpoints;

    /**
     * @param log receives progress, one line per step
     */
    VideoBench(VideoBenchPlan plan, Consumer<String> log) {
        this.plan = plan;
        this.log = log;
    }

    VideoFigures run() throws InterruptedException {
        try (EmbeddedFlink flink =
                EmbeddedFlink.start(JobSetup.cluster(plan.checkpoints()), 1, plan.parallelism())) {
            for (int cameras : plan.cameras()) {
                try (BenchBroker broker = BenchBroker.start()) {
                    size(flink, broker, cameras);
                }
            }
        }
        return new VideoFigures(
                Machine.here(), plan, List.copyOf(sizes), frameToAlert, checkpoints);
    }

    private void size(EmbeddedFlink flink, BenchBroker broker, int cameras)
            throws InterruptedException {
        CityFilm film = new CityFilm(cameras, plan.seed());
        long start = System.currentTimeMillis() - BACKLOG_MS;
        long objects = publish(film, broker, start);
        VideoAnalyticsSettings settings = settings(broker, cameras, true);
        String taught =
                TaughtCity.savepoint(
                        flink,
                        settings.kafka(),
                        plan.parallelism(),
                        LearnedScenes.of(film, settings.cameras().watch(), start),
                        cameras);
        long warm = plan.warmFrames(cameras);
        CameraJob job =
                new CameraJob(
                        CameraJob.NAME,
                        flink,
                        broker,
                        settings,
                        plan.parallelism(),
                        taught,
                        cameras,
                        warm);
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new FramePassThrough(flink, settings.kafka(), plan.parallelism(), warm));
        contenders.add(job);
        if (plan.withoutModels()) {
            contenders.add(
                    new CameraJob(
                            CameraJob.WITHOUT_MODELS,
                            flink,
                            broker,
                            settings(broker, cameras, false),
                            plan.parallelism(),
                            taught,
                            cameras,
                            warm));
        }
        List<Lap> laps = race(contenders, cameras);
        Holdings holdings = new Holdings(flink);
        long heapBefore = Holdings.heap();
        JobClient running = job.start();
        job.time(running, plan.runs(), plan.frames());
        Holding after = holdings.of(running);
        sizes.add(
                new CitySize(
                        cameras,
                        plan.frames(),
                        objects,
                        laps,
                        after.savepointBytes(),
                        flink.largestOfGauges(running, "largestCameraBytes"),
                        heapBefore,
                        after.heapBytes()));
        if (cameras == plan.mostCameras()) {
            steady(flink, broker, film, cameras, running);
        }
        flink.cancel(running);
    }

    private long publish(CityFilm film, BenchBroker broker, long start) {
        try (Publisher publisher = Publisher.bulk(broker.bootstrapServers())) {
            film.devices(start - 1).forEach(publisher::publish);
            long objects =
                    film.film(plan.frames(), LearnedScenes.FRAMES, start, publisher::publish);
            publisher.flush();
            return objects;
        }
    }

    private VideoAnalyticsSettings settings(BenchBroker broker, int cameras, boolean models) {
        Configuration job = new Configuration();
        job.set(KafkaOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers());
        job.set(KafkaOptions.groupId(JobSetup.GROUP), JobSetup.GROUP);
        job.set(KafkaOptions.READS_START, KafkaOptions.StartFrom.EARLIEST);
        // A margin, because keys are not spread quite evenly.
        job.set(VideoAnalyticsOptions.CACHED, Math.max(1_000, cameras * 2 / plan.parallelism()));
        job.set(
                VideoAnalyticsOptions.MODELS_CACHED,
                Math.max(1_000, cameras * 2 / plan.parallelism()));
        if (!models) {
            job.set(VideoAnalyticsOptions.URGENCY, "unusual-trajectory:OFF,unusual-activity:OFF");
        }
        return VideoAnalyticsSettings.from(job);
    }

    private List<Lap> race(List<Contender> contenders, int cameras) throws InterruptedException {
        return Rounds.race(
                contenders,
                plan.frames(),
                plan.mostWarmups(),
                plan.runs(),
                lap ->
                        log.accept(
                                String.format(
                                        Locale.ROOT,
                                        "%,7d cameras %s",
                                        cameras,
                                        lap.inWords("frames"))));
    }

    private void steady(
            EmbeddedFlink flink, BenchBroker broker, CityFilm film, int cameras, JobClient running)
            throws InterruptedException {
        log.accept(
                String.format(
                        Locale.ROOT,
                        "A steady feed of %,.0f frames/s of %,d cameras for %d s …",
                        plan.framesPerSecond(),
                        cameras,
                        plan.steadySeconds()));
        long from = System.currentTimeMillis();
        try (SteadyFeed feed = new SteadyFeed(broker.bootstrapServers())) {
            frameToAlert = feed.run(film, plan.intrusions());
        }
        checkpoints = Checkpoints.since(from, flink, running);
    }
}
