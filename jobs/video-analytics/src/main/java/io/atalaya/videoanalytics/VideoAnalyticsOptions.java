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
                            "What topic `camera-frames` holds. `AUTO` tells the formats apart message by message. A single one "
                                    + "refuses every other to the dead letter, which finds a wrongly configured camera sooner.");

    public static final ConfigOption<Integer> PICTURE_WIDTH =
            key("deepstream.picture-width")
                    .intType()
                    .defaultValue(1920)
                    .withDescription(
                            "Width in pixels of the pictures that DeepStream's and Metropolis' boxes are in: of the stream multiplexer, "
                                    + "not of the camera. Too small refuses boxes; too large puts everything into the upper left corner.");

    public static final ConfigOption<Integer> PICTURE_HEIGHT =
            key("deepstream.picture-height")
                    .intType()
                    .defaultValue(1080)
                    .withDescription("Likewise their height.");

    public static final ConfigOption<Integer> ONVIF_GRID =
            key("onvif.grid")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "Up to what ONVIF cameras count from the top left that send boxes without a Transformation and outside of "
                                    + "-1 to 1, as Dahua's do up to 8191. 0 refuses such boxes, for nobody can know what they are in.");

    public static final ConfigOption<Duration> MAX_BEHIND =
            key("frames.max-behind")
                    .durationType()
                    .defaultValue(Duration.ofDays(1))
                    .withDescription(
                            "A frame whose time is further behind its arrival is refused. Links fail for hours and then send "
                                    + "what they have kept; what is older than this helps nobody any more.");

    public static final ConfigOption<Integer> CACHED =
            key("cameras.cached")
                    .intType()
                    .defaultValue(20_000)
                    .withDescription(
                            "Cameras that each subtask keeps on the heap, some 30 KB each, 100 KB at most. With fewer than send to it, "
                                    + "cameras go to and fro between heap and state at every frame, which is slow: metric `cameraLoads`.");

    public static final ConfigOption<Duration> FORGET_AFTER =
            key("cameras.forget-after")
                    .durationType()
                    .defaultValue(Duration.ofDays(30))
                    .withDescription(
                            "A camera of which nothing has come for so long is forgotten, its scene too, and what is open ends; so is the registration of one that is removed. "
                                    + "Shorter makes cameras learn anew after a repair.");

    public static final ConfigOption<Duration> WARM_UP =
            key("scene.warm-up")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(20))
                    .withDescription(
                            "How long a camera learns before it says what is unusual; silence, repeats and zones are told from "
                                    + "the start or soon after. Shorter makes false alarms on the first day.");

    public static final ConfigOption<Duration> BUSY_WARM_UP =
            key("scene.busy-warm-up")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(10))
                    .withDescription("The same for a camera that has seen 300 things by then.");

    public static final ConfigOption<Duration> HALF_LIFE =
            key("scene.half-life")
                    .durationType()
                    .defaultValue(Duration.ofDays(4))
                    .withDescription(
                            "After which what was learned counts half. Shorter follows roadworks sooner, and forgets what "
                                    + "is usual on a Sunday.");

    public static final ConfigOption<Duration> STOPPED_AFTER =
            key("stopped-vehicle.after")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(40))
                    .withDescription(
                            "How long a vehicle must stand, where none is known to stand. Where they do, it must stand longer "
                                    + "than is usual there. Shorter tells sooner, and of those who only let somebody out.");

    public static final ConfigOption<Duration> WRONG_WAY_AFTER =
            key("wrong-way.after")
                    .durationType()
                    .defaultValue(Duration.ofMillis(1400))
                    .withDescription(
                            "How long a vehicle must go against all others. Shorter tells sooner, and of boxes that jump.");

    public static final ConfigOption<Double> SPEEDING_RATIO =
            key("speeding.ratio")
                    .doubleType()
                    .defaultValue(1.6)
                    .withDescription(
                            "How many times the usual speed of place and hour is told, if it also is outside of the usual spread.");

    public static final ConfigOption<Double> CRAWLING_RATIO =
            key("crawling.ratio")
                    .doubleType()
                    .defaultValue(0.35)
                    .withDescription(
                            "Which share of the usual speed is told, while no jam and no red light explains it.");

    public static final ConfigOption<Duration> LOITERING_AFTER =
            key("loitering.after")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(2))
                    .withDescription(
                            "How long a person must stay, where none is known to stay. Shorter tells of those who wait for a bus "
                                    + "on the first days.");

    public static final ConfigOption<Integer> CROWD_PEOPLE =
            key("crowd.people")
                    .intType()
                    .defaultValue(8)
                    .withDescription(
                            "People standing together below whom it is a group. Where more are usual it takes half as many again.");

    public static final ConfigOption<Integer> CONGESTION_VEHICLES =
            key("congestion.vehicles")
                    .intType()
                    .defaultValue(5)
                    .withDescription(
                            "Slow vehicles below which it is a queue. Where more are usual it takes 1.4 times as many.");

    public static final ConfigOption<Duration> ABANDONED_AFTER =
            key("abandoned-object.after")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .withDescription(
                            "How long an object must lie, half of that with nobody near. Shorter tells of bags put down.");

    public static final ConfigOption<Duration> ZONE_AFTER =
            key("zone-intrusion.after")
                    .durationType()
                    .defaultValue(Duration.ofMillis(1500))
                    .withDescription(
                            "How long somebody must be in a restricted zone. Shorter tells of boxes that tremble at its border.");

    public static final ConfigOption<Duration> SILENT_AFTER =
            key("camera-silent.after")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(18))
                    .withDescription(
                            "How long nothing must come of a camera. One whose link is wont to pause gets twice its longest usual pause.");

    public static final ConfigOption<Duration> FROZEN_AFTER =
            key("camera-frozen.after")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(12))
                    .withDescription(
                            "How long the very same boxes must come. A camera that is wont to repeat gets three times its longest usual run.");

    public static final ConfigOption<Double> OUTAGE_SHARE =
            key("outage.share")
                    .doubleType()
                    .defaultValue(0.3)
                    .withDescription(
                            "If this share of the cameras that send steadily pauses at once, it is one outage and one alert, not one a camera.");

    public static final ConfigOption<Integer> OUTAGE_CAMERAS =
            key("outage.cameras")
                    .intType()
                    .defaultValue(5)
                    .withDescription("Fewer cameras are no outage, whatever their share.");

    public static final ConfigOption<Duration> INPUT_SILENT_AFTER =
            key("outage.input-silent-after")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "How long, by the wall clock, nothing at all must come until that is told. Shorter tells of a machine that pauses.");

    public static final ConfigOption<Double> MODELS_BUDGET =
            key("models.budget")
                    .doubleType()
                    .defaultValue(1.0)
                    .withDescription(
                            "Alerts per camera and day that the models may raise together, the most unusual ones: half of them about "
                                    + "trajectories and half about activity, or all about one if the other is `OFF` in `alerts.triage` "
                                    + "or does not know the camera yet. "
                                    + "More finds more, and takes more of people's time.");

    public static final ConfigOption<String> MODELS_DIRECTORY =
            key("models.directory")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Directory of models, on every TaskManager and where the job is submitted: `<name>/<version>/manifest.json` and "
                                    + "the weights beside it. What it does not hold comes with the job.");

    public static final ConfigOption<String> TRAJECTORY_VERSION =
            key("models.trajectory")
                    .stringType()
                    .defaultValue("1")
                    .withDescription(
                            "Version of the model `trajectory`, until `model-control` asks for another one. Cameras learn anew for a version that "
                                    + "never judged them.");

    public static final ConfigOption<String> ACTIVITY_VERSION =
            key("models.scene-activity")
                    .stringType()
                    .defaultValue("1")
                    .withDescription("Likewise of the model `scene-activity`.");

    public static final ConfigOption<Duration> MODELS_SLOWEST =
            key("models.slowest")
                    .durationType()
                    .defaultValue(Duration.ofMillis(10))
                    .withDescription(
                            "How long a version that `model-control` asks for may take for 64 rows on one core, or it is refused. Those "
                                    + "that come with the job take below 0.1 ms. Below that even they are refused; far above, a slow version "
                                    + "holds up the alerts of all cameras.");

    public static final ConfigOption<Integer> MODELS_BATCH =
            key("models.batch")
                    .intType()
                    .defaultValue(64)
                    .withDescription(
                            "Tracks and activities, of any cameras, about which a network is asked at once at most. Larger batches are hardly "
                                    + "faster.");

    public static final ConfigOption<Duration> MODELS_MAX_WAIT =
            key("models.max-wait")
                    .durationType()
                    .defaultValue(Duration.ofMillis(5))
                    .withDescription(
                            "How long one of them waits for others. Longer makes fuller batches and later alerts.");

    public static final ConfigOption<Integer> MODELS_CACHED =
            key("models.cached")
                    .intType()
                    .defaultValue(5_000)
                    .withDescription(
                            "Cameras of which each subtask keeps on the heap what its models have learned, some 70 KB each. Each is needed "
                                    + "every five minutes and at every track: metric `cameraModelLoads`.");

    public static final ConfigOption<String> URGENCY =
            key("alerts.triage")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Changes to how urgent types are: `type:ALERT:priority` interrupts a person, `type:REVIEW:priority` waits in "
                                    + "a list (priorities 0 to 100), `type:OFF` is not told. Separated by commas.");

    /** All options, those of Kafka first. */
    public static final List<ConfigOption<?>> ALL =
            List.of(
                    KafkaOptions.BOOTSTRAP_SERVERS,
                    KafkaOptions.groupId(VideoAnalyticsJob.NAME),
                    KafkaOptions.PROPERTIES_FILE,
                    KafkaOptions.READS_START,
                    KafkaOptions.READS_FETCH_WAIT,
                    KafkaOptions.GUARANTEE,
                    BulkheadSettings.MAX_FAILED_RECORDS,
                    BulkheadSettings.MAX_PAUSED_KEYS,
                    FRAMES_FORMAT,
                    PICTURE_WIDTH,
                    PICTURE_HEIGHT,
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
