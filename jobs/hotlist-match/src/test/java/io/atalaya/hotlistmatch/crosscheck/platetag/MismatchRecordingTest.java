package io.atalaya.hotlistmatch.crosscheck.platetag;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.rfid.RfidReadCodec;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.hotlistmatch.Recording;
import io.atalaya.hotlistmatch.crosscheck.ActionThresholds;
import io.atalaya.hotlistmatch.event.DeviceRead;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.passage.ArchRun;
import io.atalaya.simulator.condition.Conditions;
import io.atalaya.simulator.condition.Degradation;
import io.atalaya.simulator.truth.GroundTruth;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests pairing and score together on a recorded hour, by its ground truth. */
class MismatchRecordingTest {
    private final MismatchLogic logic =
            new MismatchLogic(new MismatchSettings(new ActionThresholds(1, 0.6), 50));

    @ParameterizedTest
    @ValueSource(strings = {"clear", "crowded+night+rain"})
    void clearMismatchesAndNothingElse(String conditions) throws Exception {
        Recording.require();
        Degradation degradation = new Degradation(Conditions.parse(conditions), 1);
        List<DeviceRead> messages = new ArrayList<>();
        for (String topic : List.of(Topics.PLATE_READS, Topics.RFID_READS)) {
            for (TopicRecord record : Recording.of(topic)) {
                TopicRecord degraded = degradation.degrade(record);
                if (degraded != null) {
                    messages.add(message(degraded));
                }
            }
        }
        messages.sort(Comparator.comparingLong(DeviceRead::arrivalTime));
        Map<String, List<DeviceRead>> devices = new HashMap<>();
        Map<String, EnrichedRead> reads = new HashMap<>();
        for (DeviceRead message : messages) {
            devices.computeIfAbsent(message.deviceId(), id -> new ArrayList<>()).add(message);
            if (message instanceof EnrichedRead read) {
                reads.put(read.readKey(), read);
            }
        }
        Map<String, TagAssignment> assignments = new HashMap<>();
        for (List<DeviceRead> ofDevice : devices.values()) {
            ArchRun.byArrival(
                    ofDevice,
                    (event, keys) -> {
                        if (event instanceof TagAssignment assignment) {
                            assignments.put(assignment.readKey(), assignment);
                        }
                    });
        }
        Set<String> found = new HashSet<>();
        for (TagAssignment assignment : assignments.values()) {
            if (isMismatch(assignment, reads)) {
                found.add(assignment.plateReadId());
            }
        }
        GroundTruth truth = degradation.truth(Recording.truth());
        Set<String> missed = new HashSet<>(truth.mismatches());
        missed.removeAll(found);
        assertThat(truth.mismatches()).hasSizeGreaterThan(20);
        assertThat(missed).hasSizeLessThanOrEqualTo(truth.mismatches().size() / 20);
        found.removeAll(truth.mismatches());
        found.removeAll(truth.unclearMismatches());
        assertThat(found).as("false ones").isEmpty();
    }

    private boolean isMismatch(TagAssignment assignment, Map<String, EnrichedRead> reads) {
        long registered = CanonicalPlate.pack(assignment.tag().registeredPlate());
        if (assignment.plateReadId() == null
                || PlateComparison.kind(assignment.plate(), registered) != MatchKind.NONE) {
            return false;
        }
        EnrichedRead read =
                reads.get(PassageEvent.key(assignment.deviceId(), assignment.plateReadId()));
        return logic.evaluate(read, assignment.tag(), assignment.causedAt()) != null;
    }

    private static DeviceRead message(TopicRecord record) throws Exception {
        if (record.topic().equals(Topics.RFID_READS)) {
            return new EnrichedTagRead(
                    record.timestamp(),
                    false,
                    RfidReadCodec.read(record.value()),
                    RecordPosition.UNKNOWN);
        }
        PlateRead read = PlateReadCodec.read(record.value());
        String key = PassageEvent.key(read.deviceId(), read.readId());
        return new EnrichedRead(key, record.timestamp(), false, read);
    }
}
