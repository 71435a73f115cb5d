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
                            "What topic `plate-reads` holds. `AUTO` tells the formats apart message by message. A single one "
                                    + "refuses every other to the dead letter, which finds a wrongly configured camera sooner.");

    public static final ConfigOption<Duration> CLOCK_MAX_AHEAD =
            key("clock.max-ahead")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "A read whose time is further ahead of its arrival takes the arrival as its time and is "
                                    + "flagged `clockSuspect`. Too small flags healthy devices; too large lets a wrong clock place a car.");

    public static final ConfigOption<Duration> PASSAGE_MEMORY =
            key("passage.memory")
                    .durationType()
                    .defaultValue(Duration.ofHours(1))
                    .withDescription(
                            "How long a device's reads are remembered to drop second deliveries and to apply revisions "
                                    + "and withdrawals. Longer costs some 80 bytes a read; a later withdrawal that names no plate is lost.");

    public static final ConfigOption<Integer> PASSAGE_MAX_READS =
            key("passage.max-reads-per-device")
                    .intType()
                    .defaultValue(16384)
                    .withDescription(
                            "Bound of that memory for one device, of its reads and of its tags, whatever it sends. Smaller "
                                    + "loses pairs of plate and tag when a long backlog is caught up with: the two topics are read at their own pace.");

    public static final ConfigOption<Duration> PAIRING_WINDOW =
            key("passage.pairing-window")
                    .durationType()
                    .defaultValue(Duration.ofMillis(1500))
                    .withDescription(
                            "The greatest distance in time of a plate and the tag of the same car. Smaller leaves tags "
                                    + "alone; larger finds other cars near, and then no pair is certain. A lone tag waits so long, and a second more; clones and "
                                    + "convoys twice that.");

    public static final ConfigOption<Duration> SIGHTINGS_RETENTION =
            key("read-history.retention")
                    .durationType()
                    .defaultValue(Duration.ofDays(30))
                    .withDescription(
                            "How long reads of any plate are kept, so that a new entry is matched against them. Sightings "
                                    + "of unlisted vehicles are personal data: no longer than the law allows. A read whose time is older is refused.");

    public static final ConfigOption<Integer> SIGHTINGS_MAX_PER_PLATE =
            key("read-history.max-per-plate")
                    .intType()
                    .defaultValue(512)
                    .withDescription(
                            "Sightings kept of one plate; the oldest go first. Bounds what a flood of one text can cost.");

    public static final ConfigOption<Duration> LIST_KEEP =
            key("list.keep-ended")
                    .durationType()
                    .defaultValue(Duration.ofHours(1))
                    .withDescription(
                            "How long, by the arrival clock and by the wall clock, a removed or replaced entry version is still "
                                    + "matched by reads that arrived while it was in force. Shorter than the longest catch-up loses matches.");

    public static final ConfigOption<Integer> PREFILTER_CAPACITY =
            key("prefilter.capacity")
                    .intType()
                    .defaultValue(1 << 18)
                    .withDescription(
                            "Plates that a new job's prefilter is made for, about 12 bytes each in every subtask. A fuller "
                                    + "one is rebuilt by itself; a good guess only spares that.");

    public static final ConfigOption<String> SCORE_THRESHOLDS =
            key("score.thresholds")
                    .stringType()
                    .defaultValue("80:0.70:0.05, 40:0.80:0.08, 0:0.90:0.15")
                    .withDescription(
                            "`priority:alert:review` bands: from this priority on, the score at which a person is "
                                    + "interrupted and the score at which a match waits for review. Lower finds more misread plates and shows more innocent ones.");

    public static final ConfigOption<Integer> OPINION_BUDGET =
            key("ocr-verification.budget")
                    .intType()
                    .defaultValue(50)
                    .withDescription(
                            "Percent of a core, in each TaskManager, that reading the plate images of doubtful matches again "
                                    + "may take. What does not fit is left out, the least that matters first. `0` reads none, and needs no DJL.");

    public static final ConfigOption<Integer> OPINION_QUEUE =
            key("ocr-verification.queue")
                    .intType()
                    .defaultValue(64)
                    .withDescription(
                            "Images that wait in each TaskManager to be read again, 44 kB each at most. Longer keeps more of a "
                                    + "burst, and its last ones wait longer.");

    public static final ConfigOption<WhenFull> OPINION_WHEN_FULL =
            key("ocr-verification.when-full")
                    .enumType(WhenFull.class)
                    .defaultValue(WhenFull.DROP)
                    .withDescription(
                            "What happens when that queue is full. `DROP`: the image that matters least is left out. `WAIT`: the "
                                    + "reads behind it wait, so that every image is read however fast they come; right for a replay, and wrong where people wait for alerts.");

    public static final ConfigOption<Duration> OPINION_MAX_AGE =
            key("ocr-verification.max-age")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "An image that has waited for longer is left out, as if the queue had no room for it. Longer tells "
                                    + "of cars that are far by then.");

    public static final ConfigOption<Duration> OPINION_MAX_WAIT =
            key("ocr-verification.max-wait")
                    .durationType()
                    .defaultValue(Duration.ofMillis(500))
                    .withDescription(
                            "How long a match for review waits for the second opinion that may confirm it or rule it out. One "
                                    + "that interrupts a person never waits. Shorter shows more that is taken back a moment later.");

    public static final ConfigOption<Integer> OPINION_MAX_PIXELS =
            key("ocr-verification.max-pixels")
                    .intType()
                    .defaultValue(1_000_000)
                    .withDescription(
                            "A plate image of more pixels is not decoded. Larger lets whoever sends images use more memory, 4 "
                                    + "bytes a pixel.");

    public static final ConfigOption<String> OPINION_MODEL =
            key("ocr-verification.model")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Directory of another model than the job's own, with its `manifest.json`, at the same path where the "
                                    + "job is submitted and on every TaskManager.");

    public static final ConfigOption<Duration> COOL_DOWN =
            key("alerting.cool-down")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(10))
                    .withDescription(
                            "How long an alert is open: repeats at its device are counted instead of alerting again, and "
                                    + "the entry's end closes it.");

    public static final ConfigOption<Integer> TRACK_LENGTH =
            key("alerting.track-length")
                    .intType()
                    .defaultValue(10)
                    .withDescription("How many of the vehicle's last sightings an alert carries.");

    public static final ConfigOption<Duration> REVIEW_AFTER =
            key("alerting.retrospective-review-after")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(30))
                    .withDescription(
                            "A read that was older than this when its entry came is a review at most: the car is gone.");

    public static final ConfigOption<String> CALIBRATION_BOUNDS =
            key("calibration.max-offset")
                    .stringType()
                    .defaultValue("12:2")
                    .withDescription(
                            "`down:up`: the most that the answers of dispatch to the alerts of one device, or of one "
                                    + "list, take from the score or add to it, in natural logarithms of odds. `0:0` learns nothing.");

    public static final ConfigOption<Duration> CALIBRATION_MEMORY =
            key("calibration.memory")
                    .durationType()
                    .defaultValue(Duration.ofDays(30))
                    .withDescription(
                            "How long an answer counts, and how long an alert is remembered to be answered. Longer is "
                                    + "steadier, and slower to trust a device again that nobody answers for.");

    public static final ConfigOption<Integer> CLONES_MAX_SPEED =
            key("clones.max-speed-kmh")
                    .intType()
                    .defaultValue(200)
                    .withDescription(
                            "No car is faster from one device to the next, in a straight line, 200 m and 10 s taken off for "
                                    + "errors. Lower finds clones that stay near each other, and fast cars.");

    public static final ConfigOption<String> CLONES_THRESHOLDS =
            key("clones.thresholds")
                    .stringType()
                    .defaultValue("0.75:0.50")
                    .withDescription(
                            "`alert:review`: the score at which a cloned plate interrupts a person, and at which it waits "
                                    + "for review. Lower shows more misread plates.");

    public static final ConfigOption<Integer> CLONES_MAX_PLATES =
            key("clones.max-plates-per-device")
                    .intType()
                    .defaultValue(20)
                    .withDescription(
                            "A device with impossible pairs of more plates than this within an hour is faulty, its clock or "
                                    + "its place is wrong: clones that rest on it alone are taken back. Larger shows more of them first.");

    public static final ConfigOption<String> MISMATCH_THRESHOLDS =
            key("mismatch.thresholds")
                    .stringType()
                    .defaultValue("1:0.60")
                    .withDescription(
                            "`alert:review`: the score at which a plate that is not its tag's interrupts a person (by "
                                    + "default never: the plate may have been re-issued), and at which it waits for review.");

    public static final ConfigOption<Duration> CONVOYS_MAX_GAP =
            key("convoys.max-gap")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(50))
                    .withDescription(
                            "The greatest distance in time of a listed vehicle and its company at an arch. Larger keeps "
                                    + "those whom a red light parts; it costs a comparison with every car in it, and shows more chance cars.");

    public static final ConfigOption<Integer> CONVOYS_MIN_ARCHES =
            key("convoys.min-arches")
                    .intType()
                    .defaultValue(3)
                    .withDescription(
                            "How many arches two cars must have passed together. Fewer than three is how most cars on a road "
                                    + "drive; more finds company later, and none on short trips.");

    public static final ConfigOption<String> CONVOYS_THRESHOLDS =
            key("convoys.thresholds")
                    .stringType()
                    .defaultValue("0.50:0.25")
                    .withDescription(
                            "`alert:review`: the score at which a car that travels with a listed vehicle interrupts a person, "
                                    + "and at which it waits for review. Lower shows more cars that drive the same way.");

    public static final ConfigOption<String> ANOMALY_PRIORITIES =
            key("cross-checks.priorities")
                    .stringType()
                    .defaultValue("cloned-plate:70, plate-tag-mismatch:50, convoy:70")
                    .withDescription(
                            "The priority of alerts that no entry gives one, `type:priority` with 0 to 100, for every type.");

    /** All options, those of Kafka first. */
    public static final List<ConfigOption<?>> ALL =
            List.of(
                    KafkaOptions.BOOTSTRAP_SERVERS,
                    KafkaOptions.groupId(HotlistMatchJob.NAME),
                    KafkaOptions.PROPERTIES_FILE,
                    KafkaOptions.READS_START,
                    KafkaOptions.READS_FETCH_WAIT,
                    KafkaOptions.GUARANTEE,
                    BulkheadSettings.MAX_FAILED_RECORDS,
                    BulkheadSettings.MAX_PAUSED_KEYS,
                    PLATE_READS_FORMAT,
                    CLOCK_MAX_AHEAD,
                    PASSAGE_MEMORY,
                    PASSAGE_MAX_READS,
                    PAIRING_WINDOW,
                    SIGHTINGS_RETENTION,
                    SIGHTINGS_MAX_PER_PLATE,
                    LIST_KEEP,
                    PREFILTER_CAPACITY,
                    SCORE_THRESHOLDS,
                    OPINION_BUDGET,
                    OPINION_QUEUE,
                    OPINION_WHEN_FULL,
                    OPINION_MAX_AGE,
                    OPINION_MAX_WAIT,
                    OPINION_MAX_PIXELS,
                    OPINION_MODEL,
                    COOL_DOWN,
                    TRACK_LENGTH,
                    REVIEW_AFTER,
                    CALIBRATION_BOUNDS,
                    CALIBRATION_MEMORY,
                    CLONES_MAX_SPEED,
                    CLONES_THRESHOLDS,
                    CLONES_MAX_PLATES,
                    MISMATCH_THRESHOLDS,
                    CONVOYS_MAX_GAP,
                    CONVOYS_MIN_ARCHES,
                    CONVOYS_THRESHOLDS,
                    ANOMALY_PRIORITIES);

    private HotlistMatchOptions() {}
}
