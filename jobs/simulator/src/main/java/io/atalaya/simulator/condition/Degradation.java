package io.atalaya.simulator.condition;

import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.rfid.RfidReadCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.random.SeededRandom;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.CameraEpisode;
import io.atalaya.simulator.truth.GroundTruth.Clone;
import io.atalaya.simulator.truth.GroundTruth.Passage;
import io.atalaya.simulator.truth.GroundTruth.WantedPassage;
import io.atalaya.simulator.truth.ReadClass;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Degrades the frames, plate reads and tag reads of any recording, and adapts its ground truth. The
 * same seed and records give the same bytes. Other records pass.
 */
public final class Degradation {
    private final Conditions conditions;
    private final long seed;
    private final Map<String, CameraDegradation> cameras = new HashMap<>();
    private final Map<String, ReaderDegradation> readers = new HashMap<>();

    public Degradation(Conditions conditions, long seed) {
        this.conditions = conditions;
        this.seed = seed;
    }

    /**
     * The record under the conditions, or null if it is not read at all. A malformed record passes.
     */
    public TopicRecord degrade(TopicRecord record) {
        if (conditions.isClear() || record.value() == null) {
            return record;
        }
        try {
            return switch (record.topic()) {
                case Topics.CAMERA_FRAMES ->
                        with(
                                record,
                                CameraFrameCodec.write(
                                        camera(record.key())
                                                .degrade(CameraFrameCodec.read(record.value()))));
                case Topics.PLATE_READS ->
                        with(
                                record,
                                PlateReadCodec.write(
                                        reader(record.key())
                                                .degrade(PlateReadCodec.read(record.value()))));
                case Topics.RFID_READS -> {
                    RfidRead read =
                            reader(record.key()).degrade(RfidReadCodec.read(record.value()));
                    yield read == null ? null : with(record, RfidReadCodec.write(read));
                }
                default -> record;
            };
        } catch (InvalidRecordException e) {
            return record;
        }
    }

    private static TopicRecord with(TopicRecord record, byte[] value) {
        return new TopicRecord(record.topic(), record.timestamp(), record.key(), value);
    }

    private CameraDegradation camera(String key) {
        return cameras.computeIfAbsent(key, id -> new CameraDegradation(conditions, randomOf(id)));
    }

    private ReaderDegradation reader(String key) {
        return readers.computeIfAbsent(key, id -> new ReaderDegradation(conditions, randomOf(id)));
    }

    private SeededRandom randomOf(String id) {
        return new SeededRandom(SeededRandom.hash(seed, id.hashCode()));
    }

    /**
     * The ground truth of the degraded records, once all have passed: with the new track ids and
     * texts; what can no longer be known is optional.
     */
    public GroundTruth truth(GroundTruth clear) {
        if (conditions.isClear()) {
            return clear;
        }
        Map<String, Passage> passages =
                clear.passages().stream()
                        .collect(Collectors.toMap(Passage::readId, each -> each, (a, b) -> a));
        Predicate<String> isAsClear = id -> text(passages.get(id)) == null && !isTagLost(id);
        List<String> unclear = new ArrayList<>(clear.unclearMismatches());
        clear.mismatches().stream().filter(isAsClear.negate()).forEach(unclear::add);
        return new GroundTruth(
                clear.seed(),
                clear.start(),
                clear.minutes(),
                clear.entries(),
                clear.wantedPassages().stream()
                        .map(each -> degraded(each, passages.get(each.readId())))
                        .toList(),
                clear.clones().stream().map(this::degraded).toList(),
                clear.convoys(),
                clear.mismatches().stream().filter(isAsClear).toList(),
                unclear,
                clear.cameras(),
                clear.cameraMinutes(),
                withIds(clear.cameraEpisodes()),
                withIds(clear.unusualSpeeds()),
                clear.outage(),
                clear.passages().stream().map(this::degraded).toList());
    }

    private String text(Passage passage) {
        ReaderDegradation reader = passage == null ? null : readers.get(passage.deviceId());
        return reader == null ? null : reader.textOf(passage.readId());
    }

    /** A tag's readId differs from its plate's in the first letter only. */
    private boolean isTagLost(String readId) {
        return readers.values().stream().anyMatch(each -> each.isUnread("T" + readId.substring(1)));
    }

    private Passage degraded(Passage passage) {
        String text = text(passage);
        boolean tag = passage.tag() && !isTagLost(passage.readId());
        return new Passage(
                passage.readId(),
                passage.time(),
                passage.deviceId(),
                passage.vehicle(),
                passage.shown(),
                passage.registered(),
                text == null ? passage.read() : text,
                text == null ? passage.readClass() : ReadClass.of(passage.shown(), text).wireName(),
                tag);
    }

    private WantedPassage degraded(WantedPassage wanted, Passage passage) {
        String text = text(passage);
        boolean byTag = wanted.readClass().equals(ReadClass.BY_TAG.wireName());
        boolean tagLost = isTagLost(wanted.readId());
        String readClass =
                text == null || byTag
                        ? wanted.readClass()
                        : ReadClass.of(passage.shown(), text).wireName();
        boolean isKnowable =
                byTag ? !tagLost : text == null || !readClass.equals(ReadClass.WORSE.wireName());
        return new WantedPassage(
                wanted.entryId(),
                wanted.readId(),
                wanted.time(),
                wanted.deviceId(),
                readClass,
                tagLost ? null : wanted.tagReadId(),
                wanted.retrospective(),
                wanted.required() && isKnowable);
    }

    private Clone degraded(Clone clone) {
        boolean isWhole =
                clone.reads().stream()
                        .flatMap(Collection::stream)
                        .allMatch(
                                id ->
                                        readers.values().stream()
                                                .allMatch(each -> each.textOf(id) == null));
        return new Clone(
                clone.plate(),
                clone.vehicles(),
                clone.kmh(),
                clone.reads(),
                clone.provenKmh(),
                clone.required() && isWhole);
    }

    private List<CameraEpisode> withIds(List<CameraEpisode> episodes) {
        return episodes.stream().map(this::withIds).toList();
    }

    private CameraEpisode withIds(CameraEpisode episode) {
        CameraDegradation camera = cameras.get(episode.deviceId());
        if (camera == null || episode.trackIds() == null) {
            return episode;
        }
        Set<String> ids = new LinkedHashSet<>(episode.trackIds());
        episode.trackIds().forEach(id -> ids.addAll(camera.otherIds(id)));
        return new CameraEpisode(
                episode.type(),
                episode.kind(),
                episode.deviceId(),
                episode.start(),
                episode.end(),
                List.copyOf(ids));
    }
}
