package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.hotlistmatch.Recording;
import io.atalaya.hotlistmatch.crosscheck.ActionThresholds;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.simulator.truth.GroundTruth;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the logic alone on a recorded hour: it finds every clone that two reads prove, and no
 * other.
 */
class CloneRecordingTest {
    private static final Map<Long, List<PassageEvent>> BY_PLATE = new TreeMap<>();
    private static final RegisteredDeviceLocations PLACES = new RegisteredDeviceLocations();

    @BeforeAll
    static void readTheRecording() throws Exception {
        Recording.require();
        for (TopicRecord record : Recording.of(Topics.DEVICES)) {
            Device device = Device.CODEC.read(record.value());
            PLACES.put(
                    device.deviceId(),
                    DeviceHistory.with(
                            null, new DeviceHistory.Registration(record.timestamp(), device)));
        }
        Set<String> known = new HashSet<>();
        for (TopicRecord record : Recording.of(Topics.PLATE_READS)) {
            PlateRead read = PlateReadCodec.read(record.value());
            String key = PassageEvent.key(read.deviceId(), read.readId());
            if (known.add(key)) {
                BY_PLATE.computeIfAbsent(CanonicalPlate.pack(read.plate()), p -> new ArrayList<>())
                        .add(new EnrichedRead(key, record.timestamp(), false, read));
            }
        }
    }

    @Test
    void everyProvenCloneAndNoOther() throws Exception {
        GroundTruth truth = Recording.truth();
        List<CrossCheckFinding> found = crossCheckFindings(200);

        assertThat(found).noneMatch(CrossCheckFinding::isCancelled);
        assertThat(found.stream().map(each -> each.derivedAlert().subject().plate()))
                .containsExactlyInAnyOrderElementsOf(
                        truth.clones().stream()
                                .filter(GroundTruth.Clone::required)
                                .map(GroundTruth.Clone::plate)
                                .toList());
    }

    /**
     * The result does not depend on the exact speed limit, because the fastest vehicle is much
     * slower than the slowest proven clone.
     */
    @Test
    void theSpeedBoundMayLieAnywhereBetween() {
        assertThat(crossCheckFindings(150)).hasSameSizeAs(crossCheckFindings(300));
    }

    @Test
    void twoGoodReadsInterruptAPerson() {
        assertThat(crossCheckFindings(200))
                .allMatch(each -> each.derivedAlert().assessment().action() == Alert.Action.ALERT);
    }

    private static List<CrossCheckFinding> crossCheckFindings(double maxSpeedKmh) {
        CloneSettings rules =
                new CloneSettings(
                        maxSpeedKmh, new ActionThresholds(0.75, 0.5), 20, 70, Town.TAG_WAIT);
        CloneLogic logic = new CloneLogic(maxSpeedKmh, Town.TAG_WAIT.toMillis(), PLACES);
        CloneComposer composer = new CloneComposer(rules);
        List<CrossCheckFinding> found = new ArrayList<>();
        BY_PLATE.forEach(
                (plate, events) ->
                        logic.derive(plate, events, Long.MAX_VALUE, List.of())
                                .forEach(clone -> found.add(composer.compose(clone))));
        return found;
    }
}
