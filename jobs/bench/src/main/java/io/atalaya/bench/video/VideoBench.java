package io.atalaya.bench.video;

import io.atalaya.bench.cluster.BenchBroker;
import io.atalaya.bench.cluster.Checkpoints;
import io.atalaya.bench.cluster.FlinkContender;
import io.atalaya.bench.cluster.JobSetup;
import io.atalaya.bench.cluster.MemoryUse;
import io.atalaya.bench.cluster.PassThrough;
import io.atalaya.bench.cluster.SteadyFeed;
import io.atalaya.bench.comparison.Comparison;
import io.atalaya.bench.comparison.Contender;
import io.atalaya.bench.comparison.Delays;
import io.atalaya.bench.comparison.Lap;
import io.atalaya.bench.comparison.Machine;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.embedded.RecordPublisher;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.kafka.KafkaSettings;
import io.atalaya.flink.parse.ParseOperator;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.videoanalytics.VideoAnalyticsJob;
import io.atalaya.videoanalytics.VideoAnalyticsOptions;
import io.atalaya.videoanalytics.VideoAnalyticsSettings;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The whole run: for each number of cameras a fresh broker with equally many frames, the laps of
 * all contenders in turn, and the final memory and state; with the most cameras also the steady
 * feed.
 */
final class VideoBench {
    static final String WITHOUT_MODELS = "without models";

    private static final long BACKLOG_MS = 7_200_000;
    private static final double MILLIS = 1_000;
    private static final long MICROS_PER_MILLI = 1_000;

    /**
     * @param cameras numbers of cameras, rising
     * @param frames frames in each recording, over all cameras
     * @param runs measured laps of each contender
     * @param maxWarmups maximum number of laps before them
     * @param lapSeconds minimum duration of a measured lap
     * @param framesPerSecond rate of the steady feed, over the most cameras
     * @param steadySeconds measured duration of the steady feed
     * @param checkpointIntervalMs null for production's interval
     * @param hasRunWithoutModels whether to measure the job also without its models
     */
    record Plan(
            List<Integer> cameras,
            int frames,
            int runs,
            @JsonProperty("mostWarmups") int maxWarmups,
            int lapSeconds,
            double framesPerSecond,
            int steadySeconds,
            Long checkpointIntervalMs,
            int parallelism,
            long seed,
            boolean hasRunWithoutModels) {
        /**
         * Frames per camera before the clock starts, because its first frame reads its state from
         * the savepoint; half a lap at most.
         */
        private static final int WARM_FRAMES = 5;

        /** Frames that pass before the clock starts. */
        long warmFrames(int cameras) {
            return Math.max(Lap.warm(frames), Math.min(frames / 2, (long) WARM_FRAMES * cameras));
        }

        int maxCameras() {
            return cameras.get(cameras.size() - 1);
        }
    }

    private final Plan plan;
    private final Consumer<String> log;
    private final List<VideoReport.Size> sizes = new ArrayList<>();
    private Delays frameToAlert;
    private Checkpoints steadyCheckpoints;

    /**
     * @param log receives progress, one line per step
     */
    VideoBench(Plan plan, Consumer<String> log) {
        this.plan = plan;
        this.log = log;
    }

    VideoReport run() throws InterruptedException {
        try (EmbeddedFlink flink =
                EmbeddedFlink.start(
                        JobSetup.cluster(plan.checkpointIntervalMs()), 1, plan.parallelism())) {
            for (int cameras : plan.cameras()) {
                try (BenchBroker broker = BenchBroker.start()) {
                    size(flink, broker, cameras);
                }
            }
        }
        return new VideoReport(
                Machine.here(), plan, List.copyOf(sizes), frameToAlert, steadyCheckpoints);
    }

    private void size(EmbeddedFlink flink, BenchBroker broker, int cameras)
            throws InterruptedException {
        CityFilm film = new CityFilm(cameras, plan.seed());
        long start = System.currentTimeMillis() - BACKLOG_MS;
        long objects = publish(film, broker, start);
        VideoAnalyticsSettings settings = settings(broker, cameras, true);
        String learned =
                LearnedScenes.savepoint(
                        flink,
                        settings.kafka(),
                        plan.parallelism(),
                        LearnedScenes.of(film, settings.cameras().analyzer(), start),
                        cameras);
        FlinkContender job = job(VideoAnalyticsJob.NAME, flink, broker, settings, learned, cameras);
        List<Contender> contenders = new ArrayList<>();
        contenders.add(passThrough(flink, broker, settings.kafka(), cameras));
        contenders.add(job);
        if (plan.hasRunWithoutModels()) {
            VideoAnalyticsSettings withoutModels = settings(broker, cameras, false);
            contenders.add(job(WITHOUT_MODELS, flink, broker, withoutModels, learned, cameras));
        }
        Comparison comparison =
                Comparison.run(
                        contenders,
                        plan.frames(),
                        plan.maxWarmups(),
                        plan.runs(),
                        plan.lapSeconds(),
                        lap -> log("%,7d cameras %s", cameras, lap.inWords("frames")));
        long heapBefore = MemoryUse.heap();
        JobClient running = job.start();
        job.time(running, plan.runs(), plan.frames());
        long loads = flink.sumOfGauges(running, "cameraLoads");
        if (loads < cameras) {
            throw new IllegalStateException(
                    "only " + loads + " of " + cameras + " cameras were read from the savepoint");
        }
        MemoryUse after = MemoryUse.of(flink, running);
        sizes.add(
                new VideoReport.Size(
                        cameras,
                        plan.frames(),
                        objects,
                        comparison,
                        after.savepointBytes(),
                        flink.largestOfGauges(running, "largestCameraBytes"),
                        heapBefore,
                        after.heapBytes()));
        if (cameras == plan.maxCameras()) {
            log(
                    "A steady feed of %,.0f frames/s of %,d cameras for %d s …",
                    plan.framesPerSecond(), cameras, plan.steadySeconds());
            long feedFrom = System.currentTimeMillis();
            frameToAlert = steady(broker, film);
            steadyCheckpoints = Checkpoints.since(feedFrom, flink, running);
        }
        flink.cancel(running);
    }

    private long publish(CityFilm film, BenchBroker broker, long start) {
        try (RecordPublisher publisher = RecordPublisher.bulk(broker.bootstrapServers())) {
            film.devices(start - 1).forEach(publisher::publish);
            long objects =
                    film.film(plan.frames(), LearnedScenes.FRAMES, start, publisher::publish);
            publisher.flush();
            return objects;
        }
    }

    private VideoAnalyticsSettings settings(BenchBroker broker, int cameras, boolean models) {
        Configuration options = JobSetup.job(broker);
        // A margin, because keys are not spread quite evenly.
        int cached = Math.max(1_000, cameras * 2 / plan.parallelism());
        options.set(VideoAnalyticsOptions.CACHED, cached);
        options.set(VideoAnalyticsOptions.MODELS_CACHED, cached);
        if (!models) {
            options.set(
                    VideoAnalyticsOptions.URGENCY, "unusual-trajectory:OFF,unusual-activity:OFF");
        }
        return VideoAnalyticsSettings.from(options);
    }

    private Contender passThrough(
            EmbeddedFlink flink, BenchBroker broker, KafkaSettings kafka, int cameras) {
        return new FlinkContender(
                PassThrough.NAME,
                flink,
                broker,
                () -> {
                    StreamExecutionEnvironment env = flink.environment(plan.parallelism());
                    PassThrough.add(
                            env,
                            kafka,
                            Topics.CAMERA_FRAMES,
                            ParseOperator.ofDevices(
                                    BulkheadSettings.DEFAULT,
                                    record -> CameraFrameCodec.read(record.value())),
                            BinaryTypeInfo.of(CameraFrame.class));
                    return env;
                },
                List.of(PassThrough.PASSED),
                plan.warmFrames(cameras));
    }

    /**
     * The job itself, from a savepoint in which every camera has learned its scene; with its
     * models, which have learned nothing yet, or without them.
     */
    private FlinkContender job(
            String name,
            EmbeddedFlink flink,
            BenchBroker broker,
            VideoAnalyticsSettings settings,
            String savepoint,
            int cameras) {
        return new FlinkContender(
                name,
                flink,
                broker,
                () -> {
                    StreamExecutionEnvironment env =
                            JobSetup.partOf(savepoint, flink, plan.parallelism());
                    new VideoAnalyticsJob().addTo(env, settings);
                    return env;
                },
                List.of("frames"),
                plan.warmFrames(cameras));
    }

    /**
     * Feeds frames of all cameras in turn. Occasional zone intrusions, which need no warm-up, give
     * the delay: from the due time of the frame that makes the intrusion certain.
     */
    private Delays steady(BenchBroker broker, CityFilm film) throws InterruptedException {
        Intrusions intrusions =
                new Intrusions(plan.maxCameras(), plan.framesPerSecond(), plan.steadySeconds());
        int cameras = intrusions.cameras();
        Delays.Recorder delays = new Delays.Recorder();
        Set<String> alertIds = ConcurrentHashMap.newKeySet();
        try (SteadyFeed feed = new SteadyFeed(broker, Intrusions.WARM_SECONDS)) {
            feed.readAlerts(
                    (alert, now) -> {
                        if (alert.type() == AlertType.ZONE_INTRUSION
                                && alert.causedAt() >= feed.measuredFrom()
                                && alertIds.add(alert.alertId())) {
                            delays.add(now - alert.causedAt() * MICROS_PER_MILLI);
                        }
                    });
            for (long n = 0; n < intrusions.frames(); n++) {
                int camera = (int) (n % cameras);
                int number = (int) (n / cameras);
                long due = feed.startsAt() + (long) (n * MILLIS / plan.framesPerSecond());
                feed.send(film.frame(camera, number, due, intrusions.isInside(camera, number)));
            }
            feed.finish(() -> alertIds.size() >= intrusions.entered());
        }
        return delays.delays(Math.max(0, intrusions.entered() - alertIds.size()));
    }

    private void log(String format, Object... values) {
        log.accept(String.format(Locale.ROOT, format, values));
    }
}
