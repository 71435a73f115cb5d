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
                    "Plate and tag reads that were delivered before and are dropped.");

    public static final DeclaredMetric PENDING_TAGS =
            gauge("pendingTags", "devices", "Devices with a tag that waits for its plate read.");

    public static final DeclaredMetric PREFILTER_PASSED =
            counter(
                    "prefilterPassed",
                    "reads",
                    "Reads and assigned tags that passed the prefilter: a listed plate or tag may be"
                            + " near. Only these are compared with entries.");

    public static final DeclaredMetric LIST_CHANGE_TO_EFFECT =
            latency(
                    "listChangeToEffectMs",
                    "From the arrival of an entry, while the job runs, to its being in force in a prefilter"
                            + " (passage) or a bucket (match).");

    public static final DeclaredMetric COMPARISONS =
            counter("comparisons", "pairs", "A read compared with an entry of its bucket.");

    public static final DeclaredMetric CANDIDATE_MATCHES =
            counter("candidateMatches", "pairs", "Pairs of read and entry that may match.");

    public static final DeclaredMetric OCR_REQUESTS =
            counter(
                    "ocrRequests",
                    "pairs",
                    "Pairs of read and entry for which the plate image was requested to be read"
                            + " again. An image is read once for all of them.");

    public static final DeclaredMetric OCR_CONFIRMED =
            counter(
                    "ocrConfirmed",
                    "pairs",
                    "Pairs of an image and an entry: the image, read again, speaks for its plate.");

    public static final DeclaredMetric OCR_CONTRADICTED =
            counter(
                    "ocrContradicted",
                    "pairs",
                    "Pairs of an image and an entry: the image, read again, speaks against its"
                            + " plate.");

    public static final DeclaredMetric IMAGES_UNUSABLE =
            counter(
                    "unusableImages",
                    "pairs",
                    "Pairs of an image and an entry: the image was too large or could not be"
                            + " decoded; the alert says so.");

    public static final DeclaredMetric OCR_REQUESTS_DROPPED =
            counter(
                    "ocrRequestsDropped",
                    "pairs",
                    "OCR requests that were dropped because the budget is used up and others matter"
                            + " more. Their matches are emitted without an OCR result.");

    public static final DeclaredMetric PENDING_OCR_REQUESTS =
            gauge(
                    "pendingOcrRequests",
                    "pairs",
                    "Pairs of read and entry whose image is being read or waits for it.");

    public static final DeclaredMetric OCR_VERIFICATION =
            latency("ocrVerificationMs", "From a match to its OCR result.");

    public static final DeclaredMetric STORED_PLATES =
            gauge("storedPlates", "plates", "Plates and tags with stored reads.");

    public static final DeclaredMetric PAST_READ_QUERIES =
            counter(
                    "pastReadQueries",
                    "entries",
                    "New entries that were compared with the stored reads, in each subtask.");

    public static final DeclaredMetric PENDING_PAST_READ_QUERIES =
            gauge(
                    "pendingPastReadQueries",
                    "entries",
                    "New entries that are not compared with the stored reads yet.");

    public static final DeclaredMetric PAST_READ_MATCHES =
            counter("pastReadMatches", "pairs", "Past reads that may match a new entry.");

    public static final DeclaredMetric ALERTS =
            counter("alerts", "messages", "Messages about alerts that interrupt a person.");

    public static final DeclaredMetric REVIEWS =
            counter("reviews", "messages", "Messages about alerts that wait for review.");

    public static final DeclaredMetric ARRIVAL_TO_ALERT =
            latency(
                    "arrivalToAlertMs",
                    "From the arrival of the record that caused a new alert to its emission, with"
                            + " the waits for a tag and for a burst.");

    public static final DeclaredMetric UNREGISTERED_DEVICES =
            counter(
                    "unregisteredDevices",
                    "times",
                    "Alerts of devices that are not registered; the job checks again every 5 s.");

    public static final DeclaredMetric CLONE_CHECKS =
            counter(
                    "cloneChecks",
                    "plates",
                    "Plates whose stored reads were checked because one vehicle may not have made two"
                            + " of them.");

    public static final DeclaredMetric CLONES =
            counter(
                    "clones",
                    "changes",
                    "Cloned-plate updates before faulty devices are filtered out.");

    public static final DeclaredMetric OPEN_CLONES =
            gauge("openClones", "plates", "Plates with an open clone.");

    public static final DeclaredMetric PENDING_CLONES =
            gauge("pendingClones", "plates", "Plates and clones that wait for the watermark.");

    public static final DeclaredMetric CLONES_RETRACTED =
            counter("clonesRetracted", "clones", "Clones retracted because a device is faulty.");

    public static final DeclaredMetric PROXIMITY_CHECKS =
            counter(
                    "proximityChecks",
                    "passages",
                    "Passages of listed vehicles whose nearby vehicles were looked up.");

    public static final DeclaredMetric PENDING_PROXIMITY_CHECKS =
            gauge(
                    "pendingProximityChecks",
                    "minutes",
                    "Minutes at a device whose vehicles are not looked up yet.");

    public static final DeclaredMetric PENDING_CONVOYS =
            gauge(
                    "pendingConvoys",
                    "entries",
                    "Listed vehicles with convoy events that wait for tags or the watermark.");

    public static final DeclaredMetric CONVOYS =
            counter("convoys", "changes", "Updates of vehicles that travel with a listed one.");

    public static final DeclaredMetric DISPOSITIONS =
            counter("dispositions", "dispositions", "Dispositions that were applied.");

    public static final DeclaredMetric DISPOSITIONS_OF_UNKNOWN_ALERTS =
            counter(
                    "dispositionsOfUnknownAlerts",
                    "dispositions",
                    "Dispositions of alerts that are not known, or no longer. They calibrate only"
                            + " the device or source that they name.");

    public static final DeclaredMetric CALIBRATED_SUBJECTS =
            gauge(
                    "calibratedSubjects",
                    "devices and lists",
                    "Those with a calibration offset; each subtask holds them all.");

    public static final DeclaredMetric LARGEST_CALIBRATION_OFFSET =
            gauge(
                    "largestCalibrationOffset",
                    "log odds",
                    "The largest calibration offset, of either sign.");

    public static final DeclaredMetric CALIBRATIONS_IGNORED =
            counter(
                    "calibrationsIgnored",
                    "changes",
                    "Calibration offsets that were dropped because too many devices and lists have one.");

    /** All metrics, from the inputs on. */
    public static final List<DeclaredMetric> ALL =
            with(
                    Bulkhead.METRICS,
                    ParseOperator.REJECTED_RECORDS,
                    MESSAGES_WITHOUT_READ,
                    READS,
                    TAG_READS,
                    DUPLICATE_READS,
                    PENDING_TAGS,
                    PREFILTER_PASSED,
                    LIST_CHANGE_TO_EFFECT,
                    COMPARISONS,
                    CANDIDATE_MATCHES,
                    OCR_REQUESTS,
                    OCR_CONFIRMED,
                    OCR_CONTRADICTED,
                    IMAGES_UNUSABLE,
                    OCR_REQUESTS_DROPPED,
                    PENDING_OCR_REQUESTS,
                    OCR_VERIFICATION,
                    STORED_PLATES,
                    PAST_READ_QUERIES,
                    PENDING_PAST_READ_QUERIES,
                    PAST_READ_MATCHES,
                    ALERTS,
                    REVIEWS,
                    ARRIVAL_TO_ALERT,
                    UNREGISTERED_DEVICES,
                    CLONE_CHECKS,
                    CLONES,
                    OPEN_CLONES,
                    PENDING_CLONES,
                    CLONES_RETRACTED,
                    PROXIMITY_CHECKS,
                    PENDING_PROXIMITY_CHECKS,
                    PENDING_CONVOYS,
                    CONVOYS,
                    DISPOSITIONS,
                    DISPOSITIONS_OF_UNKNOWN_ALERTS,
                    CALIBRATED_SUBJECTS,
                    LARGEST_CALIBRATION_OFFSET,
                    CALIBRATIONS_IGNORED);

    /** Gauges of deferred work: while all are 0 and no input arrives, the job emits nothing. */
    public static final List<DeclaredMetric> PENDING =
            List.of(
                    PENDING_TAGS,
                    PENDING_PAST_READ_QUERIES,
                    PENDING_OCR_REQUESTS,
                    PENDING_CLONES,
                    PENDING_PROXIMITY_CHECKS,
                    PENDING_CONVOYS);

    private HotlistMatchMetrics() {}

    private static List<DeclaredMetric> with(List<DeclaredMetric> common, DeclaredMetric... own) {
        return Stream.concat(Stream.of(own), common.stream()).toList();
    }
}
