package io.atalaya.hotlistmatch.metrics;

import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.metrics.DeclaredMetric;
import io.atalaya.flink.parse.ParseOperator;

import java.util.List;
import java.util.stream.Stream;

import static io.atalaya.flink.metrics.DeclaredMetric.counter;
import static io.atalaya.flink.metrics.DeclaredMetric.gauge;
import static io.atalaya.flink.metrics.DeclaredMetric.latency;

/** Every metric of the job, in the order of its documentation. */
public final class HotlistMatchMetrics {
    public static final DeclaredMetric MESSAGES_WITHOUT_READ =
            counter(
                    "messagesWithoutRead",
                    "messages",
                    "Messages of cameras that hold no plate read.");

    public static final DeclaredMetric READS =
            counter(
                    "reads",
                    "plate reads",
                    "Plate reads taken in, revisions and repeats included.");

    public static final DeclaredMetric TAG_READS =
            counter("tagReads", "tag reads", "Tag reads taken in.");

    public static final DeclaredMetric DUPLICATE_READS =
            counter(
                    "duplicateReads",
                    "reads",
                    "Reads and tag reads that had come before and change nothing.");

    public static final DeclaredMetric PENDING_TAGS =
            gauge("pendingTags", "devices", "Devices with a tag that waits for its plate read.");

    public static final DeclaredMetric PREFILTER_SURVIVORS =
            counter(
                    "prefilterSurvivors",
                    "reads",
                    "Reads with a listed plate or tag near, as far as the prefilter can tell. Only"
                            + " these are compared with entries.");

    public static final DeclaredMetric LIST_CHANGE_TO_EFFECT =
            latency(
                    "listChangeToEffectMs",
                    "From the arrival of an entry, while the job runs, to its being in force in a prefilter"
                            + " (passage) or a bucket (match).");

    public static final DeclaredMetric COMPARISONS =
            counter("comparisons", "pairs", "A read compared with an entry of its bucket.");

    public static final DeclaredMetric FINDINGS =
            counter("findings", "pairs", "Comparisons whose score may matter.");

    public static final DeclaredMetric OPINIONS_ASKED =
            counter(
                    "secondOpinionsAsked",
                    "images",
                    "Images of doubtful matches that were to be read again.");

    public static final DeclaredMetric OPINIONS_FOR =
            counter(
                    "secondOpinionsFor",
                    "images",
                    "Images read again that speak for the listed plate.");

    public static final DeclaredMetric OPINIONS_AGAINST =
            counter(
                    "secondOpinionsAgainst",
                    "images",
                    "Images read again that speak against the listed plate.");

    public static final DeclaredMetric IMAGES_UNUSABLE =
            counter(
                    "unusableImages",
                    "images",
                    "Images that were too large or could not be decoded; the alert says so.");

    public static final DeclaredMetric OPINIONS_DROPPED =
            counter(
                    "secondOpinionsDropped",
                    "images",
                    "Images that were not read again, for others mattered more: the budget is used"
                            + " up. The matches go without.");

    public static final DeclaredMetric OPINIONS_PENDING =
            gauge("pendingSecondOpinions", "images", "Images that are being or wait to be read.");

    public static final DeclaredMetric OPINION_LATENCY =
            latency("secondOpinionMs", "From a match to the second opinion of it.");

    public static final DeclaredMetric SIGHTED_PLATES =
            gauge("sightedPlates", "plates", "Plates and tags of which sightings are kept.");

    public static final DeclaredMetric LOOKS_INTO_THE_PAST =
            counter(
                    "looksIntoThePast",
                    "entries",
                    "New entries compared with the sightings that are kept, in each subtask.");

    public static final DeclaredMetric PENDING_LOOKS =
            gauge("pendingLooks", "entries", "New entries whose look into the past is not done.");

    public static final DeclaredMetric PAST_MATCHES =
            counter("pastFindings", "pairs", "What these looks have found that may matter.");

    public static final DeclaredMetric ALERTS =
            counter("alerts", "messages", "Messages about alerts that interrupt a person.");

    public static final DeclaredMetric REVIEWS =
            counter("reviews", "messages", "Messages about alerts that wait for review.");

    public static final DeclaredMetric ARRIVAL_TO_ALERT =
            latency(
                    "arrivalToAlertMs",
                    "From the arrival of the record that caused a new alert to the job's sending it,"
                            + " waits for a tag or for the burst to settle included.");

    public static final DeclaredMetric UNKNOWN_DEVICES =
            counter(
                    "unknownDevices",
                    "times",
                    "An alert was made while its device was not registered; the job looks again.");

    public static final DeclaredMetric CLONE_LOOKS =
            counter(
                    "cloneLooks",
                    "plates",
                    "A plate's sightings were held against each other, because two of them may be"
                            + " impossible for one car.");

    public static final DeclaredMetric CLONES =
            counter("clones", "changes", "News of cloned plates, before faulty devices are told.");

    public static final DeclaredMetric OPEN_CLONES =
            gauge("openClones", "plates", "Plates with a clone that is not over.");

    public static final DeclaredMetric PENDING_CLONES =
            gauge("pendingClones", "plates", "Plates and clones that wait for the clock.");

    public static final DeclaredMetric CLONES_TAKEN_BACK =
            counter("clonesTakenBack", "clones", "Clones taken back, for a device was faulty.");

    public static final DeclaredMetric LISTED_PASSAGES_LOOKED_AROUND =
            counter(
                    "listedPassagesLookedAround",
                    "passages",
                    "Passages of listed vehicles whose company at the arch was looked at.");

    public static final DeclaredMetric PENDING_COMPANY =
            gauge(
                    "pendingCompany",
                    "minutes",
                    "Minutes at an arch whose cars are not looked at yet.");

    public static final DeclaredMetric PENDING_CONVOYS =
            gauge(
                    "pendingConvoys",
                    "entries",
                    "Listed vehicles of whose company something waits for tags or the clock.");

    public static final DeclaredMetric CONVOYS =
            counter("convoys", "changes", "News of cars that keep together with a listed one.");

    public static final DeclaredMetric ANSWERS =
            counter("answers", "answers", "Answers of dispatch taken in.");

    public static final DeclaredMetric ANSWERS_TO_UNKNOWN_ALERTS =
            counter(
                    "answersToUnknownAlerts",
                    "answers",
                    "Answers to alerts that are not, or no longer, known; they teach nothing.");

    public static final DeclaredMetric CALIBRATED_SUBJECTS =
            gauge(
                    "calibratedSubjects",
                    "devices and lists",
                    "Those whose answers shift the score; each subtask holds them all.");

    public static final DeclaredMetric LARGEST_SHIFT =
            gauge("largestShift", "log odds", "The largest such shift, either way.");

    public static final DeclaredMetric CALIBRATIONS_IGNORED =
            counter(
                    "calibrationsIgnored",
                    "changes",
                    "Shifts of more devices and lists than are kept.");

    /** All metrics, from the inputs on. */
    public static final List<DeclaredMetric> ALL =
            with(
                    Bulkhead.METRICS,
                    ParseOperator.REFUSED_RECORDS,
                    MESSAGES_WITHOUT_READ,
                    READS,
                    TAG_READS,
                    DUPLICATE_READS,
                    PENDING_TAGS,
                    PREFILTER_SURVIVORS,
                    LIST_CHANGE_TO_EFFECT,
                    COMPARISONS,
                    FINDINGS,
                    OPINIONS_ASKED,
                    OPINIONS_FOR,
                    OPINIONS_AGAINST,
                    IMAGES_UNUSABLE,
                    OPINIONS_DROPPED,
                    OPINIONS_PENDING,
                    OPINION_LATENCY,
                    SIGHTED_PLATES,
                    LOOKS_INTO_THE_PAST,
                    PENDING_LOOKS,
                    PAST_MATCHES,
                    ALERTS,
                    REVIEWS,
                    ARRIVAL_TO_ALERT,
                    UNKNOWN_DEVICES,
                    CLONE_LOOKS,
                    CLONES,
                    OPEN_CLONES,
                    PENDING_CLONES,
                    CLONES_TAKEN_BACK,
                    LISTED_PASSAGES_LOOKED_AROUND,
                    PENDING_COMPANY,
                    PENDING_CONVOYS,
                    CONVOYS,
                    ANSWERS,
                    ANSWERS_TO_UNKNOWN_ALERTS,
                    CALIBRATED_SUBJECTS,
                    LARGEST_SHIFT,
                    CALIBRATIONS_IGNORED);

    /** Gauges of deferred work: while all are 0 and no input arrives, the job emits nothing. */
    public static final List<DeclaredMetric> PENDING =
            List.of(
                    PENDING_TAGS,
                    PENDING_LOOKS,
                    OPINIONS_PENDING,
                    PENDING_CLONES,
                    PENDING_COMPANY,
                    PENDING_CONVOYS);

    private HotlistMatchMetrics() {}

    private static List<DeclaredMetric> with(List<DeclaredMetric> common, DeclaredMetric... own) {
        return Stream.concat(Stream.of(own), common.stream()).toList();
    }
}
