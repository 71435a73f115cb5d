package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.hotlistmatch.event.DeviceVehicleRead;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.RoutedEvent;
import io.atalaya.hotlistmatch.event.SerializedEvent;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.match.BucketKeys;
import io.atalaya.hotlistmatch.match.Probe;
import io.atalaya.hotlistmatch.prefilter.Prefilter;
import io.atalaya.hotlistmatch.score.ScoreBound;

import it.unimi.dsi.fastutil.longs.LongList;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Arrays;

/**
 * Decides where a passage event may matter and sends it there: to the read history under each of
 * its keys, to the buckets with entries near it if it can reach a review, to the entries whose
 * pattern matches, and to the convoy operators.
 */
final class PassageRouter {
    private static final Logger LOG = LoggerFactory.getLogger(PassageRouter.class);

    private final Bulkhead bulkhead;
    private final Prefilter prefilter;
    private final boolean areConvoysSought;
    private final Output<StreamRecord<RoutedEvent>> output;
    private final Counter passedReads;

    /** Carries each output, because the bulkhead copies it. */
    private final StreamRecord<?> carrier = new StreamRecord<>(null);

    private long applied;

    /**
     * @param areConvoysSought whether vehicle reads are emitted
     * @param passedReads counts the reads that pass the prefilter
     */
    PassageRouter(
            Bulkhead bulkhead,
            Prefilter prefilter,
            boolean areConvoysSought,
            Output<StreamRecord<RoutedEvent>> output,
            Counter passedReads) {
        this.bulkhead = bulkhead;
        this.prefilter = prefilter;
        this.areConvoysSought = areConvoysSought;
        this.output = output;
        this.passedReads = passedReads;
    }

    /** Notes that the prefilter has the list up to that change. */
    void setApplied(long sequence) {
        applied = sequence;
    }

    /** Sends a progress marker to a subtask of the read history. */
    void mark(long key, int subtask) {
        output.collect(carry(new RoutedEvent.Progress(key, subtask, applied)));
    }

    /**
     * @param keys packed canonical texts and keys of tags, the top text first
     * @param device the reads of the event's device
     */
    void route(PassageEvent routed, long[] keys, DeviceReads device) throws Exception {
        if (areConvoysSought) {
            emitVehicleRead(routed, keys, device.plates());
        }
        PassageEvent event = routed;
        String image = null;
        if (routed instanceof EnrichedRead enrichedRead) {
            image = enrichedRead.read().plateImage();
            // The image is removed, because the read history stores the event and images are never
            // state.
            event = image == null ? enrichedRead : enrichedRead.withImage(null);
        }
        int[] near = near(event, keys, device.plates());
        boolean hasPassed = false;
        SerializedEvent written = SerializedEvent.of(event);
        for (int i = 0; i < keys.length; i++) {
            boolean isTag = TagKey.isTag(keys[i]);
            long key = isTag ? keys[i] : CanonicalPlate.fold(keys[i]);
            long plate = isTag ? 0 : keys[i];
            if (near[i] != 0) {
                hasPassed = true;
                probe(key, plate, near[i], written, image);
            }
            output.collect(
                    carry(
                            new RoutedEvent.ByPlate(
                                    key, plate, !isTag && plate == keys[0], written)));
            if (!isTag) {
                findPatterns(plate, event);
            }
        }
        if (hasPassed && !(event instanceof Retraction)) {
            passedReads.inc();
        }
    }

    /** Where entries may be near each key for which the event may matter; 0: nowhere. */
    private int[] near(PassageEvent event, long[] keys, PlateRing plates) {
        int[] near = new int[keys.length];
        if (event instanceof Retraction) {
            // A retraction goes to every bucket that the read may have reached with an earlier
            // list.
            Arrays.fill(near, BucketKeys.EVERYWHERE);
            return near;
        }
        boolean isNear = false;
        for (int i = 0; i < keys.length; i++) {
            if (TagKey.isTag(keys[i])) {
                near[i] = prefilter.canContain(keys[i]) ? BucketKeys.EVERYWHERE : 0;
            } else {
                near[i] = prefilter.near(CanonicalPlate.fold(keys[i]));
                isNear |= near[i] != 0;
            }
        }
        if (isNear && !canReachReview(event, keys, near, plates)) {
            for (int i = 0; i < keys.length; i++) {
                // A tag keeps its bucket, because an entry may name it whatever plate was read
                // beside it.
                near[i] &= TagKey.isTag(keys[i]) ? BucketKeys.EVERYWHERE : BucketKeys.EQUAL;
            }
        }
        return near;
    }

    /**
     * Whether the read, or a read of the tag's passage, can reach a review. If so, the event is
     * sent under all its texts, because each of several candidate matches with one entry has to
     * allow for the others.
     */
    private boolean canReachReview(PassageEvent event, long[] keys, int[] near, PlateRing plates) {
        if (event instanceof EnrichedRead enrichedRead) {
            ScoreBound scoreBound = plates.scoreBound(plates.find(enrichedRead.readId()));
            for (int i = 0; i < keys.length; i++) {
                if (prefilter.canReachReview(CanonicalPlate.fold(keys[i]), near[i], scoreBound)) {
                    return true;
                }
            }
            return false;
        }
        if (((TagAssignment) event).plateReadId() == null) {
            return false;
        }
        LongList chain = plates.chain(rootOf(event));
        for (int i = 0; i < chain.size(); i++) {
            long read = chain.getLong(i);
            ScoreBound scoreBound = plates.scoreBound(read);
            for (int t = 0; t < plates.texts(read); t++) {
                long plate = plates.text(read, t);
                long folded = CanonicalPlate.fold(plate);
                int nearPlate = near(plate, folded, keys, near);
                if (prefilter.canReachReview(folded, nearPlate, scoreBound)) {
                    return true;
                }
            }
        }
        return chain.isEmpty();
    }

    /** Where entries may be near a text, which mostly is one of the keys, so it is known. */
    private int near(long plate, long folded, long[] keys, int[] near) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] == plate) {
                return near[i];
            }
        }
        return prefilter.near(folded);
    }

    private void emitVehicleRead(PassageEvent event, long[] keys, PlateRing plates) {
        if (event instanceof EnrichedRead enrichedRead) {
            emitPassing(enrichedRead, keys[0]);
        } else if (event.isOfTag()) {
            emitTagOf(event, plates);
        } else {
            emitRetraction((Retraction) event, plates);
        }
    }

    /** Emits a vehicle read; short texts are skipped, because they are signs or fragments. */
    private void emitPassing(EnrichedRead enrichedRead, long plate) {
        if (!enrichedRead.isClockSuspect()
                && CanonicalPlate.length(plate) >= PlateComparison.MIN_FUZZY_LENGTH) {
            output.collect(
                    PassageOperator.VEHICLE_READS, carry(DeviceVehicleRead.of(enrichedRead)));
        }
    }

    /**
     * Emits the assignment of a tag, or its retraction, at the time of its plate read; a tag
     * without plate has no vehicle read.
     */
    private void emitTagOf(PassageEvent event, PlateRing plates) {
        String root = rootOf(event);
        LongList chain = plates.chain(root);
        if (chain.isEmpty()) {
            return;
        }
        long time = plates.deviceTime(chain.getLong(0));
        DeviceVehicleRead vehicleRead;
        if (event instanceof TagAssignment assignment) {
            vehicleRead = DeviceVehicleRead.assignment(root, assignment, time);
        } else {
            Retraction retraction = (Retraction) event;
            String readId =
                    retraction
                            .readKey()
                            .substring(PassageEvent.tagKey(event.deviceId(), "").length());
            vehicleRead =
                    DeviceVehicleRead.untagged(event.deviceId(), readId, root, retraction, time);
        }
        output.collect(PassageOperator.VEHICLE_READS, carry(vehicleRead));
    }

    /** The first readId of the event's passage. */
    private static String rootOf(PassageEvent event) {
        return event.passageId().substring(event.deviceId().length() + 1);
    }

    /** Emits the retraction of a plate read at the device time of that read. */
    private void emitRetraction(Retraction retraction, PlateRing plates) {
        String deviceId = retraction.deviceId();
        String readId = retraction.readKey().substring(deviceId.length() + 1);
        long plate = plates.find(readId);
        if (plate != ReadRing.NONE) {
            long time = plates.deviceTime(plate);
            output.collect(
                    PassageOperator.VEHICLE_READS,
                    carry(DeviceVehicleRead.end(deviceId, readId, retraction, time)));
        }
    }

    private <T> StreamRecord<T> carry(T value) {
        return carrier.replace(value);
    }

    private void findPatterns(long key, PassageEvent event) throws Exception {
        prefilter.forEachPattern(
                key,
                pattern -> emitPatternMatch(pattern, event),
                (pattern, failure) ->
                        bulkhead.runPart(
                                pattern.listed().entryId(),
                                event,
                                () -> {
                                    throw failure;
                                }));
    }

    private void probe(long key, long plate, int near, SerializedEvent written, String image) {
        BucketKeys.ofRead(
                key,
                near,
                bucket ->
                        output.collect(
                                PassageOperator.PROBES,
                                carry(new Probe(bucket, plate, applied, written, image))));
    }

    private void emitPatternMatch(Prefilter.PatternTarget pattern, PassageEvent event) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "entry {} is a candidate: version {}, by {}, because its pattern matches",
                    pattern.listed().entryId(),
                    pattern.inForceFrom(),
                    event.cause());
        }
        output.collect(
                PassageOperator.PATTERN_MATCHES,
                carry(
                        new EntryEvent.ReadMatched(
                                pattern.listed().entryId(), pattern.inForceFrom(), event)));
    }
}
