package io.atalaya.hotlistmatch.crosscheck.platetag;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.rfid.RfidReadCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.hotlistmatch.Recording;
import io.atalaya.hotlistmatch.crosscheck.ActionThresholds;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.simulator.truth.GroundTruth;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the logic alone on a recorded hour, with the simplest pairing: the only tag in the lane
 * within 1.5 s. If a vehicle without a tag is near one with a tag, this pairs the wrong two as
 * often as a plate differs from its tag, so appearance must separate the cases.
 */
class MismatchRecordingTest {
    private static final long WINDOW_MS = 1_500;

    @Test
    void clearMismatchesAndHardlyAnythingElse() throws Exception {
        Recording.require();
        GroundTruth truth = Recording.truth();
        Set<String> clear = new HashSet<>(truth.mismatches());
        Set<String> unclear = new HashSet<>(truth.unclearMismatches());
        MismatchLogic logic =
                new MismatchLogic(new MismatchSettings(new ActionThresholds(1, 0.6), 50));
        Map<String, List<RfidRead>> tags = tagsByLane();
        Set<String> known = new HashSet<>();
        Set<String> paired = new HashSet<>();
        Set<String> found = new HashSet<>();
        int wrongPairs = 0;
        for (TopicRecord record : Recording.of(Topics.PLATE_READS)) {
            PlateRead read = PlateReadCodec.read(record.value());
            String key = PassageEvent.key(read.deviceId(), read.readId());
            List<RfidRead> near =
                    tags.getOrDefault(read.deviceId() + read.lane(), List.of()).stream()
                            .filter(
                                    tag ->
                                            Math.abs(tag.deviceTime() - read.deviceTime())
                                                    <= WINDOW_MS)
                            .toList();
            if (known.add(key) && near.size() == 1) {
                paired.add(read.readId());
                EnrichedRead enrichedRead = new EnrichedRead(key, record.timestamp(), false, read);
                wrongPairs += isWrong(read, near.get(0), clear, unclear) ? 1 : 0;
                if (logic.evaluate(enrichedRead, near.get(0), record.timestamp()) != null) {
                    found.add(read.readId());
                }
            }
        }
        paired.retainAll(clear);
        assertThat(paired).hasSizeGreaterThan(25);
        assertThat(found).containsAll(paired);
        found.removeAll(clear);
        found.removeAll(unclear);
        assertThat(found).as("false ones").hasSizeLessThanOrEqualTo(wrongPairs / 10);
    }

    private static boolean isWrong(
            PlateRead read, RfidRead tag, Set<String> clear, Set<String> unclear) {
        return read.confidence() >= 0.8
                && !clear.contains(read.readId())
                && !unclear.contains(read.readId())
                && PlateComparison.kind(
                                CanonicalPlate.pack(read.plate()),
                                CanonicalPlate.pack(tag.registeredPlate()))
                        == MatchKind.NONE;
    }

    private static Map<String, List<RfidRead>> tagsByLane() throws Exception {
        Map<String, List<RfidRead>> tags = new HashMap<>();
        Set<String> known = new HashSet<>();
        for (TopicRecord record : Recording.of(Topics.RFID_READS)) {
            RfidRead tag = RfidReadCodec.read(record.value());
            if (known.add(PassageEvent.key(tag.deviceId(), tag.readId()))) {
                tags.computeIfAbsent(tag.deviceId() + tag.lane(), lane -> new ArrayList<>())
                        .add(tag);
            }
        }
        return tags;
    }
}
