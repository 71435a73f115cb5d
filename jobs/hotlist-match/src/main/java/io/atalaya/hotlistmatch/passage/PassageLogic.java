package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.score.ConfidenceRank;
import io.atalaya.hotlistmatch.score.ScoreBoundFilter;

import it.unimi.dsi.fastutil.longs.LongList;

import java.time.Duration;
import java.util.List;

/**
 * Turns the messages of one device into events. Drops a second delivery; a revision retracts the
 * read that it replaces and continues its passage; a withdrawal retracts its read even if it
 * arrives first. Independent of Flink. All messages of a device are in one partition, so their
 * order is the same in every run.
 */
final class PassageLogic {
    private static final long[] NO_TEXTS = {};

    /** Receives an event and its keys: packed canonical texts and keys of tags. */
    interface PassageOutput {
        void emit(PassageEvent event, long[] keys) throws Exception;
    }

    private final long memoryMillis;
    private final int maxReads;
    private final TagPairing pairing;
    private final ScoreBoundFilter plausibility;

    PassageLogic(Duration memory, int maxReads, TagPairing pairing, ScoreBoundFilter plausibility) {
        this.memoryMillis = memory.toMillis();
        this.maxReads = maxReads;
        this.pairing = pairing;
        this.plausibility = plausibility;
    }

    /**
     * Processes one message; false if it was a second delivery.
     *
     * @param clock watermark
     */
    boolean process(EnrichedRead message, long clock, DeviceReads device, PassageOutput out)
            throws Exception {
        PlateRead read = message.read();
        long arrival = message.arrivalTime();
        device.prune(horizon(arrival, clock), maxReads);
        if (read.isWithdrawn()) {
            return withdraw(message, device, out);
        }
        if (device.plates().find(read.readId()) != ReadRing.NONE) {
            return false;
        }
        String revised = read.revises();
        String root = revised == null ? read.readId() : device.rootOf(revised);
        long[] texts = texts(read);
        ConfidenceRank confidenceRank = device.confidences().confidenceRank(read.confidence());
        long plate =
                device.addPlate(
                        new DeviceReadsDelta.Plate(
                                read.readId(),
                                root,
                                arrival,
                                ReadRing.laneOf(read.lane()),
                                read.deviceTime(),
                                texts),
                        plausibility.of(read, confidenceRank));
        if (revised != null) {
            end(revised, message, device, NO_TEXTS, out);
            // The last revision of a read counts, because cameras that send several of them name
            // the vehicle's first read, not the previous revision.
            LongList chain = device.plates().chain(root);
            for (int i = 0; i < chain.size(); i++) {
                if (chain.getLong(i) != plate) {
                    String other = device.plates().readId(chain.getLong(i));
                    end(other, message, device, NO_TEXTS, out);
                }
            }
        }
        if (!device.isRetracted(read.readId())) {
            device.addConfidence(read.confidence());
            out.emit(message.in(PassageEvent.key(read.deviceId(), root), confidenceRank), texts);
        }
        pairing.plateCame(plate, device, out);
        return true;
    }

    /**
     * The horizon does not pass the watermark, because one topic may catch up hours before the
     * other: plates far ahead must not evict the tags that wait for them.
     */
    private long horizon(long arrival, long clock) {
        return Math.min(arrival, Math.max(clock, 0)) - memoryMillis;
    }

    /** Processes a tag read; false if it was a second delivery. */
    boolean process(EnrichedTagRead arrived, long clock, DeviceReads device, PassageOutput out)
            throws Exception {
        device.prune(horizon(arrived.arrivalTime(), clock), maxReads);
        return pairing.onTagRead(arrived, device, out);
    }

    private boolean withdraw(EnrichedRead withdrawal, DeviceReads device, PassageOutput out)
            throws Exception {
        PlateRead read = withdrawal.read();
        String target = read.revises();
        if (device.isRetracted(target)) {
            return false;
        }
        // The withdrawal of a read that is no longer stored may still carry its plate.
        long[] named = read.plate() == null ? NO_TEXTS : texts(read);
        end(target, withdrawal, device, named, out);
        return true;
    }

    /**
     * Retracts a read.
     *
     * @param cause the withdrawal or the revision
     * @param named the texts of a read that is no longer stored
     */
    private void end(
            String readId, EnrichedRead cause, DeviceReads device, long[] named, PassageOutput out)
            throws Exception {
        if (device.isRetracted(readId)) {
            return;
        }
        String deviceId = cause.deviceId();
        long at = cause.arrivalTime();
        device.markRetracted(readId, at);
        long plate = device.plates().find(readId);
        if (plate != ReadRing.NONE) {
            pairing.onPlateRetracted(plate, at, device);
        }
        long[] texts = plate == ReadRing.NONE ? named : device.plates().allTexts(plate);
        if (texts.length > 0) {
            String passageId = PassageEvent.key(deviceId, device.rootOf(readId));
            out.emit(
                    new Retraction(
                            deviceId,
                            passageId,
                            PassageEvent.key(deviceId, readId),
                            at,
                            !cause.read().isWithdrawn(),
                            0,
                            cause.position()),
                    texts);
        }
    }

    /** The distinct canonical texts of a read, packed, the top one first. */
    private static long[] texts(PlateRead read) {
        List<String> texts = read.texts();
        long[] packed = new long[texts.size()];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = CanonicalPlate.pack(texts.get(i));
        }
        return packed;
    }
}
