package io.atalaya.hotlistmatch;

import io.atalaya.contracts.plate.format.PlateFormat;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.kafka.KafkaOptions;
import io.atalaya.hotlistmatch.ocr.OcrSettings.WhenFull;

import org.apache.flink.configuration.ConfigOption;

import java.time.Duration;
import java.util.List;

import static org.apache.flink.configuration.ConfigOptions.key;

/** Every option of the job, in the order in which its documentation lists them. */
public final class HotlistMatchOptions {
    public static final ConfigOption<PlateFormat> PLATE_READS_FORMAT =
            key("plate-reads.format")
                    .enumType(PlateFormat.class)
                    .defaultValue(PlateFormat.AUTO)
                    .withDescription(
                            "Message format of topic `plate-reads`. `AUTO` detects the format of each message. A "
                                    + "fixed format rejects all others to `dead-letter`, which reveals a wrongly configured "
                                    + "camera sooner.");

    public static final ConfigOption<Duration> CLOCK_MAX_AHEAD =
            key("clock.max-ahead")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "A read whose device time is further ahead of its arrival takes its arrival time instead "
                                    + "and is flagged `clockSuspect`. Too low a value flags healthy devices; too high a value "
                                    + "lets a wrong clock place a vehicle.");

    public static final ConfigOption<Duration> PASSAGE_MEMORY =
            key("passage.memory")
                    .durationType()
                    .defaultValue(Duration.ofHours(1))
                    .withDescription(
                            "How long the reads of a device are kept to drop second deliveries and to apply "
                                    + "revisions and retractions. A higher value costs about 150 bytes of heap per plate "
                                    + "read and 300 per tag read; a later "
                                    + "retraction that names no plate is lost.");

    public static final ConfigOption<Integer> PASSAGE_MAX_READS =
            key("passage.max-reads-per-device")
                    .intType()
                    .defaultValue(16_000)
                    .withDescription(
                            "Upper limit of the kept reads of one device, and of its tags. A lower value loses pairs "
                                    + "of plate and tag when a long backlog is read, because the two topics are read at their "
                                    + "own pace.");

    public static final ConfigOption<Boolean> TAGS_ENABLED =
            key("tags.enabled")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether topic `rfid-reads` is read. `false`, where no arch reads tags: plates are not "
                                    + "compared with tags, an entry's `tagId` finds nothing, and no message waits for a "
                                    + "tag.");

    public static final ConfigOption<Duration> PAIRING_WINDOW =
            key("passage.pairing-window")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(2))
                    .withDescription(
                            "Maximum time between a plate read and the tag read of the same vehicle. A lower value "
                                    + "leaves tags unpaired; a higher value finds other vehicles near, and then fewer pairs are "
                                    + "certain. A tag without a plate waits this long and one second more; clones and convoys "
                                    + "wait twice that.");

    public static final ConfigOption<Boolean> READ_HISTORY_ENABLED =
            key("read-history.enabled")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether reads are stored. `false`, where the law forbids it: an entry meets no "
                                    + "read that was processed before it, even a moment before; plates are not compared with "
                                    + "tags; and `clones.enabled` must be `false`, too.");

    public static final ConfigOption<Duration> READ_HISTORY_RETENTION =
            key("read-history.retention")
                    .durationType()
                    .defaultValue(Duration.ofDays(30))
                    .withDescription(
                            "How long all reads are kept, so that a new entry is matched against them. Reads of "
                                    + "unlisted vehicles are personal data: keep them no longer than the law allows. A read "
                                    + "whose device time is older is rejected.");

    public static final ConfigOption<Integer> READ_HISTORY_MAX_PER_PLATE =
            key("read-history.max-per-plate")
                    .intType()
                    .defaultValue(512)
                    .withDescription(
                            "Maximum number of stored reads of one plate that are used; the oldest are left out. It "
                                    + "limits the time that a flood of one text can cost. Its reads are stored until "
                                    + "the retention is over.");

    public static final ConfigOption<Duration> LIST_KEEP =
            key("list.keep-ended")
                    .durationType()
                    .defaultValue(Duration.ofHours(1))
                    .withDescription(
                            "How long, by the watermark and by the wall clock, a removed or replaced entry version "
                                    + "is still matched with reads that arrived while it was in force. A value below the "
                                    + "longest catch-up loses matches.");

    public static final ConfigOption<Integer> PREFILTER_CAPACITY =
            key("prefilter.capacity")
                    .intType()
                    .defaultValue(1 << 18)
                    .withDescription(
                            "Number of plates that the prefilter of a new job is sized for, about 12 bytes each in "
                                    + "every subtask. A prefilter that is full is rebuilt by itself; a good estimate only "
                                    + "saves that.");

    public static final ConfigOption<String> SCORE_THRESHOLDS =
            key("score.thresholds")
                    .stringType()
                    .defaultValue("80:0.70:0.05, 40:0.80:0.08, 0:0.90:0.15")
                    .withDescription(
                            "`priority:alert:review` bands: from this priority on, the score at which a person is "
                                    + "interrupted and the score at which a match waits for review. Lower values find more "
                                    + "misread plates and show more innocent ones.");

    public static final ConfigOption<Integer> OCR_BUDGET =
            key("ocr-verification.budget")
                    .intType()
                    .defaultValue(50)
                    .withDescription(
                            "Percent of a core, in each TaskManager, that OCR verification of doubtful matches may "
                                    + "take. Images beyond it are dropped, the least important first. `0` verifies none and "
                                    + "needs no DJL.");

    public static final ConfigOption<Integer> OCR_QUEUE =
            key("ocr-verification.queue")
                    .intType()
                    .defaultValue(512)
                    .withDescription(
                            "Images that wait for OCR verification in each TaskManager, 44 kB each at most. A longer "
                                    + "queue keeps more of a burst, and its least important images wait longer.");

    public static final ConfigOption<WhenFull> OCR_WHEN_FULL =
            key("ocr-verification.when-full")
                    .enumType(WhenFull.class)
                    .defaultValue(WhenFull.DROP)
                    .withDescription(
                            "What happens when the queue is full. `DROP`: the least important image is dropped. "
                                    + "`WAIT`: the reads behind it wait, so that every image is read however fast they come; "
                                    + "right for a replay, wrong where people wait for alerts.");

    public static final ConfigOption<Duration> OCR_MAX_AGE =
            key("ocr-verification.max-age")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "An image that has waited longer is dropped. A higher value alerts on vehicles that are "
                                    + "far away by then, a lower one never alerts on those that only the image shows.");

    public static final ConfigOption<Duration> OCR_MAX_WAIT =
            key("ocr-verification.max-wait")
                    .durationType()
                    .defaultValue(Duration.ofMillis(500))
                    .withDescription(
                            "Maximum time that a review waits for its OCR result. A match that interrupts a person "
                                    + "never waits. A lower value shows more reviews that are cancelled a moment later.");

    public static final ConfigOption<Integer> OCR_MAX_PIXELS =
            key("ocr-verification.max-pixels")
                    .intType()
                    .defaultValue(1_000_000)
                    .withDescription(
                            "A plate image with more pixels is not decoded. A higher value lets a sender of images "
                                    + "use more memory, 4 bytes per pixel.");

    public static final ConfigOption<String> OCR_MODEL =
            key("ocr-verification.model")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Directory of a model to use instead of the job's own, with its `manifest.json`, at the "
                                    + "same path where the job is submitted and on every TaskManager.");

    public static final ConfigOption<Duration> COOL_DOWN =
            key("alerting.cool-down")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(10))
                    .withDescription(
                            "How long an alert is open: repeats at its device are counted instead of alerting again, "
                                    + "and the entry's end closes it.");

    public static final ConfigOption<Integer> TRACK_LENGTH =
            key("alerting.track-length")
                    .intType()
                    .defaultValue(10)
                    .withDescription("Number of the vehicle's last reads that an alert carries.");

    public static final ConfigOption<Duration> REVIEW_AFTER =
            key("alerting.retrospective-review-after")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(30))
                    .withDescription(
                            "A read that was older than this when its entry came is a review at most, because the "
                                    + "vehicle is gone.");

    public static final ConfigOption<String> CALIBRATION_BOUNDS =
            key("calibration.max-offset")
                    .stringType()
                    .defaultValue("12:2")
                    .withDescription(
                            "`down:up`: the most that the dispositions of the alerts of one device, or of one list, "
                                    + "take from the score or add to it, in log-odds. `0:0` learns nothing.");

    public static final ConfigOption<Duration> CALIBRATION_MEMORY =
            key("calibration.memory")
                    .durationType()
                    .defaultValue(Duration.ofDays(30))
                    .withDescription(
                            "How long a disposition counts, and how long an alert waits for its disposition. A "
                                    + "higher value is steadier, and slower to trust a device again that gets no dispositions.");

    public static final ConfigOption<Boolean> CLONES_ENABLED =
            key("clones.enabled")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether plates that are on two vehicles are looked for. `false` saves the order of "
                                    + "arrival and the last place of each plate, some 30 bytes on the heap.");

    public static final ConfigOption<Integer> CLONES_MAX_SPEED =
            key("clones.max-speed-kmh")
                    .intType()
                    .defaultValue(200)
                    .withDescription(
                            "No vehicle is faster from one device to the next, in a straight line, after 200 m and "
                                    + "10 s are taken off for errors. A lower value finds clones that stay near each other, "
                                    + "and fast vehicles.");

    public static final ConfigOption<String> CLONES_THRESHOLDS =
            key("clones.thresholds")
                    .stringType()
                    .defaultValue("0.75:0.50")
                    .withDescription(
                            "`alert:review`: the score at which a cloned plate interrupts a person, and at which it "
                                    + "waits for review. Lower values show more misread plates.");

    public static final ConfigOption<Integer> CLONES_MAX_PLATES =
            key("clones.max-plates-per-device")
                    .intType()
                    .defaultValue(20)
                    .withDescription(
                            "A device with impossible pairs of more plates than this within an hour is faulty, "
                                    + "because its clock or its place is wrong: clones that rest on it alone are cancelled. A "
                                    + "higher value shows more of them first.");

    public static final ConfigOption<String> MISMATCH_THRESHOLDS =
            key("mismatch.thresholds")
                    .stringType()
                    .defaultValue("1:0.60")
                    .withDescription(
                            "`alert:review`: the score at which a plate that is not its tag's interrupts a person "
                                    + "(by default never, because the plate may have been re-issued), and at which it waits "
                                    + "for review.");

    public static final ConfigOption<Boolean> CONVOYS_ENABLED =
            key("convoys.enabled")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether vehicles that travel with a listed one are looked for. `false` saves the last "
                                    + "hour of reads that this takes, some 40 bytes each.");

    public static final ConfigOption<Duration> CONVOYS_MAX_GAP =
            key("convoys.max-gap")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(50))
                    .withDescription(
                            "Maximum time between a listed vehicle and its companion at an arch. A higher value keeps "
                                    + "those that a red light separates; it costs a comparison with every vehicle in it, and "
                                    + "shows more chance vehicles.");

    public static final ConfigOption<Integer> CONVOYS_MIN_ARCHES =
            key("convoys.min-arches")
                    .intType()
                    .defaultValue(3)
                    .withDescription(
                            "Number of arches that two vehicles must have passed together. Most vehicles on a road "
                                    + "pass fewer than three together; a higher value finds companions later, and misses them on "
                                    + "short trips.");

    public static final ConfigOption<String> CONVOYS_THRESHOLDS =
            key("convoys.thresholds")
                    .stringType()
                    .defaultValue("0.50:0.25")
                    .withDescription(
                            "`alert:review`: the score at which a vehicle that travels with a listed one interrupts "
                                    + "a person, and at which it waits for review. Lower values show more vehicles that drive "
                                    + "the same way.");

    public static final ConfigOption<String> ANOMALY_PRIORITIES =
            key("cross-checks.priorities")
                    .stringType()
                    .defaultValue("cloned-plate:70, plate-tag-mismatch:50, convoy:70")
                    .withDescription(
                            "Priority of the alerts that no entry gives one, `type:priority` with 0 to 100, for "
                                    + "every type.");

    /** All options, those of Kafka first. */
    public static final List<ConfigOption<?>> ALL =
            List.of(
                    KafkaOptions.BOOTSTRAP_SERVERS,
                    KafkaOptions.groupId(HotlistMatchJob.NAME),
                    KafkaOptions.PROPERTIES_FILE,
                    KafkaOptions.READS_START,
                    KafkaOptions.READS_FETCH_WAIT,
                    KafkaOptions.GUARANTEE,
                    KafkaOptions.TRANSACTION_TIMEOUT,
                    BulkheadSettings.MAX_FAILED_RECORDS,
                    BulkheadSettings.MAX_PAUSED_KEYS,
                    PLATE_READS_FORMAT,
                    CLOCK_MAX_AHEAD,
                    PASSAGE_MEMORY,
                    PASSAGE_MAX_READS,
                    TAGS_ENABLED,
                    PAIRING_WINDOW,
                    READ_HISTORY_ENABLED,
                    READ_HISTORY_RETENTION,
                    READ_HISTORY_MAX_PER_PLATE,
                    LIST_KEEP,
                    PREFILTER_CAPACITY,
                    SCORE_THRESHOLDS,
                    OCR_BUDGET,
                    OCR_QUEUE,
                    OCR_WHEN_FULL,
                    OCR_MAX_AGE,
                    OCR_MAX_WAIT,
                    OCR_MAX_PIXELS,
                    OCR_MODEL,
                    COOL_DOWN,
                    TRACK_LENGTH,
                    REVIEW_AFTER,
                    CALIBRATION_BOUNDS,
                    CALIBRATION_MEMORY,
                    CLONES_ENABLED,
                    CLONES_MAX_SPEED,
                    CLONES_THRESHOLDS,
                    CLONES_MAX_PLATES,
                    MISMATCH_THRESHOLDS,
                    CONVOYS_ENABLED,
                    CONVOYS_MAX_GAP,
                    CONVOYS_MIN_ARCHES,
                    CONVOYS_THRESHOLDS,
                    ANOMALY_PRIORITIES);

    private HotlistMatchOptions() {}
}
