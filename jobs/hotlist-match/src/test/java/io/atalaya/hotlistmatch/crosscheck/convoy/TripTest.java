package io.atalaya.hotlistmatch.crosscheck.convoy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.at;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.near;
import static org.assertj.core.api.Assertions.assertThat;

class TripTest {
    private static final int MIN_ARCHES = 3;

    /** Consecutive plates and texts of several lengths, so that many are near each other. */
    private static final List<String> STEMS = List.of("PUF7", "MNK70", "NKR48", "T1", "RKG4851");

    /** The result equals that of {@link ObviousTrip}, which compares all reads with each other. */
    @Test
    void findsWhatAnObviousOneFinds() {
        int candidates = 0;
        for (int seed = 0; seed < 300; seed++) {
            List<PassageNeighbourhood> neighbourhoods = facts(new Random(seed)).neighbourhoods();
            List<ObviousTrip> expected =
                    ObviousTrip.of(neighbourhoods).stream()
                            .filter(trip -> trip.neighbourhoods().size() >= MIN_ARCHES)
                            .toList();
            List<Trip> trips = Trip.of(neighbourhoods, MIN_ARCHES);

            assertThat(trips).hasSameSizeAs(expected);
            for (int i = 0; i < trips.size(); i++) {
                Trip trip = trips.get(i);
                ObviousTrip obvious = expected.get(i);
                assertThat(trip.neighbourhoods()).isEqualTo(obvious.neighbourhoods());
                assertThat(trip.candidates(MIN_ARCHES))
                        .as("seed %d", seed)
                        .isEqualTo(obvious.candidates(MIN_ARCHES));
                long from = trip.neighbourhoods().get(0).listed().deviceTime();
                for (Trip.CompanionCandidate each : trip.candidates(MIN_ARCHES)) {
                    candidates++;
                    assertThat(trip.onward(each.text(), from, Long.MAX_VALUE))
                            .isEqualTo(obvious.onward(each.text(), from, Long.MAX_VALUE));
                }
            }
        }
        assertThat(candidates).isGreaterThan(300);
    }

    private static ConvoyCase facts(Random random) {
        ConvoyCase facts = ConvoyCase.EMPTY;
        double second = 0;
        int neighbourhoods = 2 + random.nextInt(7);
        for (int i = 0; i < neighbourhoods; i++) {
            second += random.nextInt(12) == 0 ? 4_000 : 60 + random.nextInt(300);
            String device = Drive.name(random.nextInt(6));
            List<NearbyRead> vehicleReads = new ArrayList<>();
            int many = random.nextInt(30);
            for (int vehicleRead = 0; vehicleRead < many; vehicleRead++) {
                String plate = STEMS.get(random.nextInt(STEMS.size())) + (10 + random.nextInt(90));
                NearbyRead each = Drive.companion(device, plate, second + random.nextInt(90) - 45);
                vehicleReads.add(
                        random.nextInt(8) > 0
                                ? each
                                : new NearbyRead(
                                        each.readId(),
                                        plate,
                                        each.deviceTime(),
                                        each.arrivalTime(),
                                        at(second + random.nextInt(100)),
                                        List.of()));
            }
            facts =
                    facts.with(
                            near(
                                    Drive.passage(device, second),
                                    vehicleReads.toArray(NearbyRead[]::new)));
        }
        return facts;
    }
}
