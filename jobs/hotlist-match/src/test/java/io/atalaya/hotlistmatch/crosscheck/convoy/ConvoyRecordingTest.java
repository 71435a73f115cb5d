package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.hotlistmatch.Recording;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyLogic.Convoy;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.ReadOrigin;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.Passage;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the logic alone on a recorded hour: which companions it finds for the vehicles in convoys,
 * and for every other vehicle if that one were listed.
 */
class ConvoyRecordingTest {
    private static final ConvoySettings RULES = Drive.RULES;
    private static final ConvoyLogic LOGIC = new ConvoyLogic(RULES);

    private static GroundTruth truth;
    private static final Map<String, PlateRead> READS = new HashMap<>();
    private static final Map<String, List<PlateRead>> BY_DEVICE = new HashMap<>();
    private static final Map<String, List<Passage>> BY_VEHICLE = new TreeMap<>();

    @BeforeAll
    static void readTheRecording() throws Exception {
        Recording.require();
        truth = Recording.truth();
        for (TopicRecord record : Recording.of(Topics.PLATE_READS)) {
            PlateRead read = PlateReadCodec.read(record.value());
            if (READS.put(read.readId(), read) == null) {
                BY_DEVICE.computeIfAbsent(read.deviceId(), d -> new ArrayList<>()).add(read);
            }
        }
        for (Passage passage : truth.passages()) {
            BY_VEHICLE.computeIfAbsent(passage.vehicle(), v -> new ArrayList<>()).add(passage);
        }
    }

    @Test
    void everyConvoyInterruptsAPerson() {
        for (GroundTruth.Convoy convoy : truth.convoys()) {
            assertThat(found(convoy.listed(), RULES.thresholds().alert()))
                    .as("of %s", convoy.plate())
                    .isNotEmpty()
                    .isSubsetOf(
                            convoy.companions().stream()
                                    .map(plate -> CanonicalPlate.text(CanonicalPlate.pack(plate)))
                                    .collect(Collectors.toSet()));
        }
    }

    /**
     * Chance vehicles, with many more trips than listed vehicles make: about 60 an hour pass three
     * devices. Nine vehicles (c6_0 to c8_2) form three more convoys of unlisted vehicles, so they
     * are excluded.
     */
    @Test
    void hardlyAnyVehicleThatDrivesTheSameWayIsShown() {
        int trips = 0;
        int alerts = 0;
        int reviews = 0;
        for (Map.Entry<String, List<Passage>> vehicle : BY_VEHICLE.entrySet()) {
            boolean inConvoy = vehicle.getKey().startsWith("c");
            if (vehicle.getValue().size() >= RULES.minDevices() && !inConvoy) {
                trips++;
                alerts += found(vehicle.getKey(), RULES.thresholds().alert()).size();
                reviews += found(vehicle.getKey(), RULES.thresholds().review()).size();
            }
        }
        assertThat(trips).isGreaterThan(400);
        assertThat(60.0 * alerts / trips).isLessThan(2);
        assertThat(60.0 * reviews / trips).isLessThan(4);
    }

    private static String text(String plate) {
        return CanonicalPlate.text(CanonicalPlate.pack(plate));
    }

    /** Canonical plates of a vehicle's companions from a score on, if that vehicle were listed. */
    private static Set<String> found(String vehicle, double from) {
        ConvoyCase facts = ConvoyCase.EMPTY;
        for (Passage passage : BY_VEHICLE.get(vehicle)) {
            facts = facts.with(near(passage));
        }
        Set<String> found = new HashSet<>();
        for (Convoy convoy : LOGIC.derive(facts)) {
            if (convoy.estimate() != null && convoy.estimate().posterior() >= from) {
                found.add(
                        text(
                                new ConvoyComposer(RULES)
                                        .compose(convoy, Alert.Action.ALERT)
                                        .derivedAlert()
                                        .subject()
                                        .plate()));
            }
        }
        return found;
    }

    private static ConvoyEvent.NeighbourhoodFound near(Passage passage) {
        PlateRead listed = READS.get(passage.readId());
        List<NearbyRead> vehicleReads = new ArrayList<>();
        int flow = 0;
        for (PlateRead read : BY_DEVICE.get(passage.deviceId())) {
            long apart = read.deviceTime() - passage.time();
            if (read.direction() == listed.direction() && read != listed) {
                if (Math.abs(apart) <= RULES.maxGap().toMillis()) {
                    vehicleReads.add(
                            new NearbyRead(
                                    read.readId(),
                                    read.plate(),
                                    read.deviceTime(),
                                    read.deviceTime(),
                                    NearbyRead.NOT_RETRACTED,
                                    List.of()));
                } else if (apart < 0
                        && apart >= -RULES.maxGap().toMillis() - ConvoySettings.FLOW_MS) {
                    flow++;
                }
            }
        }
        return new ConvoyEvent.NeighbourhoodFound(
                new ListedPassage(
                        "E",
                        passage.deviceId() + "/" + passage.readId(),
                        true,
                        false,
                        0,
                        passage.shown(),
                        List.of(passage.shown()),
                        passage.deviceId(),
                        passage.readId(),
                        passage.time(),
                        passage.time(),
                        passage.time(),
                        listed.direction(),
                        0.98,
                        null,
                        List.of(),
                        false,
                        List.of(),
                        new ReadOrigin(passage.deviceId(), false, RecordPosition.UNKNOWN)),
                flow,
                vehicleReads);
    }
}
