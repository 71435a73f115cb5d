package io.atalaya.videoanalytics;

import io.atalaya.contracts.camera.format.FrameFormat;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.kafka.KafkaOptions;
import io.atalaya.videoanalytics.anomaly.ModelKind;

import org.apache.flink.configuration.ConfigOption;

import java.time.Duration;
import java.util.List;

import static org.apache.flink.configuration.ConfigOptions.key;

/** Every option of the job, in the order in which its documentation lists them. */
public final class VideoAnalyticsOptions {
    public static final ConfigOption<FrameFormat> FRAMES_FORMAT =
            key("camera-frames.format")
                    .enumType(FrameFormat.class)
                    .defaultValue(FrameFormat.AUTO)
                    .withDescription(
                            "Message format of topic `camera-frames`. `AUTO` detects the format of each message. A "
                                    + "fixed format rejects all others to `dead-letter`, which reveals a wrongly configured "
                                    + "camera sooner.");

    public static final ConfigOption<Integer> FRAME_WIDTH =
            key("deepstream.frame-width")
                    .intType()
                    .defaultValue(1920)
                    .withDescription(
                            "Width in pixels of the frames that the boxes of DeepStream and Metropolis refer to: of "
                                    + "the stream multiplexer, not of the camera. Too small a value rejects boxes; too large a "
                                    + "value puts everything into the upper left corner.");

    public static final ConfigOption<Integer> FRAME_HEIGHT =
            key("deepstream.frame-height")
                    .intType()
                    .defaultValue(1080)
                    .withDescription("Height in pixels of the same frames.");

    public static final ConfigOption<Integer> ONVIF_GRID =
            key("onvif.grid")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "Largest coordinate, counted from the top left, of ONVIF cameras that send boxes without "
                                    + "a Transformation and outside of -1 to 1; Dahua cameras count up to 8191. 0 rejects such "
                                    + "boxes, because their unit is unknown.");

    public static final ConfigOption<Duration> MAX_BEHIND =
            key("frames.max-behind")
                    .durationType()
                    .defaultValue(Duration.ofDays(1))
                    .withDescription(
                            "Frames whose device time is further behind their arrival are rejected. Links fail for "
                                    + "hours and then deliver what they kept; older frames are of no use.");

    public static final ConfigOption<Integer> CACHED =
            key("cameras.cached")
                    .intType()
                    .defaultValue(20_000)
                    .withDescription(
                            "Cameras that each subtask keeps ready for their next frame, about 30 KB of heap each, "
                                    + "170 KB at most. Each camera beyond takes 8 KB, but is decoded for every frame, which "
                                    + "is slow: see metric `cameraLoads`.");

    public static final ConfigOption<Duration> FORGET_AFTER =
            key("cameras.forget-after")
                    .durationType()
                    .defaultValue(Duration.ofDays(30))
                    .withDescription(
                            "A camera that sends nothing for this long is evicted with its scene, and its open "
                                    + "episodes end. The registration of a removed camera is kept as long. A lower value makes "
                                    + "cameras learn again after a repair.");

    public static final ConfigOption<Duration> WARM_UP =
            key("scene.warm-up")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(20))
                    .withDescription(
                            "Time that a camera learns before it alerts on what is not typical. Silence, repeated "
                                    + "frames and zones are checked from the start or soon after. A lower value raises false "
                                    + "alerts on the first day.");

    public static final ConfigOption<Duration> BUSY_WARM_UP =
            key("scene.busy-warm-up")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(10))
                    .withDescription("The same for a camera that has seen 300 objects by then.");

    public static final ConfigOption<Duration> HALF_LIFE =
            key("scene.half-life")
                    .durationType()
                    .defaultValue(Duration.ofDays(4))
                    .withDescription(
                            "Time after which learned data counts half. A lower value follows roadworks sooner and "
                                    + "loses what is typical on a Sunday.");

    public static final ConfigOption<Duration> STOPPED_AFTER =
            key("stopped-vehicle.after")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(40))
                    .withDescription(
                            "Minimum time that a vehicle stands before an alert, at places where vehicles are not "
                                    + "known to stand. Where they are, it must stand longer than is typical there. A lower "
                                    + "value alerts sooner, also on vehicles that only let a passenger out.");

    public static final ConfigOption<Duration> WRONG_WAY_AFTER =
            key("wrong-way.after")
                    .durationType()
                    .defaultValue(Duration.ofMillis(1400))
                    .withDescription(
                            "Minimum time that a vehicle drives against all others. A lower value alerts sooner, "
                                    + "also on boxes that jump.");

    public static final ConfigOption<Double> SPEEDING_RATIO =
            key("speeding.ratio")
                    .doubleType()
                    .defaultValue(1.6)
                    .withDescription(
                            "Multiple of the typical speed of the place and hour that alerts, if it is also outside "
                                    + "the typical spread.");

    public static final ConfigOption<Double> CRAWLING_RATIO =
            key("crawling.ratio")
                    .doubleType()
                    .defaultValue(0.35)
                    .withDescription(
                            "Share of the typical speed below which a vehicle alerts, if neither congestion nor a "
                                    + "red light explains it.");

    public static final ConfigOption<Duration> LOITERING_AFTER =
            key("loitering.after")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(2))
                    .withDescription(
                            "Minimum dwell time for a loitering alert where no longer dwell is typical. A lower "
                                    + "value alerts on people who wait for a bus on the first days.");

    public static final ConfigOption<Integer> CROWD_PEOPLE =
            key("crowd.people")
                    .intType()
                    .defaultValue(8)
                    .withDescription(
                            "People standing together from whom on a group is a crowd. Where more are typical, it "
                                    + "takes half as many again.");

    public static final ConfigOption<Integer> CONGESTION_VEHICLES =
            key("congestion.vehicles")
                    .intType()
                    .defaultValue(5)
                    .withDescription(
                            "Slow vehicles from which on a queue is congestion. Where more are typical, it takes 1.4 "
                                    + "times as many.");

    public static final ConfigOption<Duration> ABANDONED_AFTER =
            key("abandoned-object.after")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .withDescription(
                            "Minimum time that an object lies before an alert; half of it if no person is near. A "
                                    + "lower value alerts on bags that are put down for a moment.");

    public static final ConfigOption<Duration> ZONE_AFTER =
            key("zone-intrusion.after")
                    .durationType()
                    .defaultValue(Duration.ofMillis(1500))
                    .withDescription(
                            "Minimum time that a person is in a restricted zone. A lower value alerts on boxes that "
                                    + "jitter at its border.");

    public static final ConfigOption<Duration> SILENT_AFTER =
            key("camera-silent.after")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(18))
                    .withDescription(
                            "Time without any frame of a camera before an alert. A camera whose link pauses often "
                                    + "gets twice its longest typical pause.");

    public static final ConfigOption<Duration> FROZEN_AFTER =
            key("camera-frozen.after")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(12))
                    .withDescription(
                            "Time with identical boxes before an alert. A camera that repeats itself often gets "
                                    + "three times its longest typical run.");

    public static final ConfigOption<Double> OUTAGE_SHARE =
            key("outage.share")
                    .doubleType()
                    .defaultValue(0.3)
                    .withDescription(
                            "If this share of the steadily sending cameras pauses at once, it is one outage with one "
                                    + "alert instead of one alert per camera.");

    public static final ConfigOption<Integer> OUTAGE_CAMERAS =
            key("outage.cameras")
                    .intType()
                    .defaultValue(5)
                    .withDescription(
                            "Minimum number of cameras of an outage, whatever their share.");

    public static final ConfigOption<Duration> INPUT_SILENT_AFTER =
            key("outage.input-silent-after")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "Time, by the wall clock, without any frame to read before an alert. A lower value alerts "
                                    + "on a short gap of the network.");

    public static final ConfigOption<Double> MODELS_BUDGET =
            key("models.budget")
                    .doubleType()
                    .defaultValue(1.0)
                    .withDescription(
                            "Alerts per camera and day that the models raise together, the rarest first: half about "
                                    + "trajectories and half about activity, or all about one if the other is `OFF` in "
                                    + "`alerts.triage` or does not know the camera yet. A higher value finds more and takes "
                                    + "more of the dispatchers' time.");

    public static final ConfigOption<String> MODELS_DIRECTORY =
            key("models.directory")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Directory of models, on every TaskManager and where the job is submitted: "
                                    + "`<name>/<version>/manifest.json` with the weights beside it. Models that it does not "
                                    + "hold come with the job.");

    public static final ConfigOption<String> TRAJECTORY_VERSION =
            key("models.trajectory")
                    .stringType()
                    .defaultValue("1")
                    .withDescription(
                            "Version of the model `trajectory` until `model-control` requests another one. Cameras "
                                    + "learn again for a version that has not scored them before.");

    public static final ConfigOption<String> ACTIVITY_VERSION =
            key("models.scene-activity")
                    .stringType()
                    .defaultValue("1")
                    .withDescription("Version of the model `scene-activity`, likewise.");

    public static final ConfigOption<Duration> MODELS_SLOWEST =
            key("models.slowest")
                    .durationType()
                    .defaultValue(Duration.ofMillis(10))
                    .withDescription(
                            "Maximum time that a version requested by `model-control` may take for 64 rows on one "
                                    + "core; a slower one is rejected. The versions that come with the job take less than 0.1 "
                                    + "ms. A value below that rejects even them; with a far higher value a slow version delays "
                                    + "the alerts of all cameras.");

    public static final ConfigOption<Integer> MODELS_BATCH =
            key("models.batch")
                    .intType()
                    .defaultValue(64)
                    .withDescription(
                            "Maximum number of tracks and activity samples, of any cameras, in one model run. Larger "
                                    + "batches are hardly faster.");

    public static final ConfigOption<Duration> MODELS_MAX_WAIT =
            key("models.max-wait")
                    .durationType()
                    .defaultValue(Duration.ofMillis(5))
                    .withDescription(
                            "Maximum time that a request waits for others. A higher value makes fuller batches and "
                                    + "later alerts.");

    public static final ConfigOption<Integer> MODELS_CACHED =
            key("models.cached")
                    .intType()
                    .defaultValue(5_000)
                    .withDescription(
                            "Cameras whose models' learned state each subtask keeps on the heap, about 70 KB each. "
                                    + "Each is needed every five minutes and at every track: see metric `cameraModelLoads`.");

    public static final ConfigOption<String> URGENCY =
            key("alerts.triage")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Changes to the urgency of alert types: `type:ALERT:priority` interrupts a person, "
                                    + "`type:REVIEW:priority` waits in a list (priorities 0 to 100), `type:OFF` is not "
                                    + "emitted. Separated by commas.");

    /** All options, those of Kafka first. */
    public static final List<ConfigOption<?>> ALL =
            List.of(
                    KafkaOptions.BOOTSTRAP_SERVERS,
                    KafkaOptions.groupId(VideoAnalyticsJob.NAME),
                    KafkaOptions.PROPERTIES_FILE,
                    KafkaOptions.READS_START,
                    KafkaOptions.READS_FETCH_WAIT,
                    KafkaOptions.GUARANTEE,
                    KafkaOptions.TRANSACTION_TIMEOUT,
                    BulkheadSettings.MAX_FAILED_RECORDS,
                    BulkheadSettings.MAX_PAUSED_KEYS,
                    FRAMES_FORMAT,
                    FRAME_WIDTH,
                    FRAME_HEIGHT,
                    ONVIF_GRID,
                    MAX_BEHIND,
                    CACHED,
                    FORGET_AFTER,
                    WARM_UP,
                    BUSY_WARM_UP,
                    HALF_LIFE,
                    STOPPED_AFTER,
                    WRONG_WAY_AFTER,
                    SPEEDING_RATIO,
                    CRAWLING_RATIO,
                    LOITERING_AFTER,
                    CROWD_PEOPLE,
                    CONGESTION_VEHICLES,
                    ABANDONED_AFTER,
                    ZONE_AFTER,
                    SILENT_AFTER,
                    FROZEN_AFTER,
                    OUTAGE_SHARE,
                    OUTAGE_CAMERAS,
                    INPUT_SILENT_AFTER,
                    MODELS_BUDGET,
                    MODELS_DIRECTORY,
                    TRAJECTORY_VERSION,
                    ACTIVITY_VERSION,
                    MODELS_SLOWEST,
                    MODELS_BATCH,
                    MODELS_MAX_WAIT,
                    MODELS_CACHED,
                    URGENCY);

    private VideoAnalyticsOptions() {}

    /** The option for the version of a model. */
    static ConfigOption<String> version(ModelKind kind) {
        return switch (kind) {
            case TRAJECTORY -> TRAJECTORY_VERSION;
            case SCENE_ACTIVITY -> ACTIVITY_VERSION;
        };
    }
}
