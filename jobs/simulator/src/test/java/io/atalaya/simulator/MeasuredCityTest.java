package io.atalaya.simulator;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.rfid.RfidReadCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.CityOptions.PassagesKept;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.Passage;
import io.atalaya.simulator.truth.GroundTruth.WantedPassage;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What a simulated day is made like: half an hour of it, every passage named. */
class MeasuredCityTest {
    private static final long START = 1_772_542_800_000L;

    private static final Map<String, PlateRead> READS = new HashMap<>();
    private static final List<RfidRead> TAGS = new ArrayList<>();
    private static final Map<String, Long> TAG_ARRIVALS = new HashMap<>();
    private static GroundTruth truth;

    @BeforeAll
    static void drive() throws InvalidRecordException {
        City city = SampleCity.generate(options(PassagesKept.ALL));
        while (city.hasNext()) {
            TopicRecord record = city.next();
            if (record.topic().equals(Topics.PLATE_READS)) {
                PlateRead read = PlateReadCodec.read(record.value());
                if (!read.isWithdrawn()) {
                    READS.putIfAbsent(read.readId(), read);
                }
            } else if (record.topic().equals(Topics.RFID_READS)) {
                RfidRead tag = RfidReadCodec.read(record.value());
                TAGS.add(tag);
                TAG_ARRIVALS.put(tag.readId(), record.timestamp());
            }
        }
        truth = city.truth();
    }

    private static CityOptions options(PassagesKept kept) {
        return CityOptions.defaults(5, START)
                .withMinutes(30)
                .withReadsPerSecond(20)
                .withHotlistSize(100)
                .withScenariosPerMinute(4)
                .withPassages(kept)
                .withRoadside(new Roadside(CharacterRates.assumedByScore(), 0.01));
    }

    @Test
    void misreadsFollowTheCharacterRates() {
        double characters = 0;
        double wrong = 0;
        for (Passage passage : truth.passages()) {
            if (passage.read().length() == passage.shown().length()) {
                for (int i = 0; i < passage.read().length(); i++) {
                    characters++;
                    wrong += passage.read().charAt(i) == passage.shown().charAt(i) ? 0 : 1;
                }
            }
        }
        // Of plates without an added character; the stories' forced misreads come on top.
        assertThat(wrong / characters).isCloseTo(0.0055, within(0.0025));
        assertThat(share("exact")).isBetween(0.88, 0.94);
        assertThat(share("one-edit")).isBetween(0.05, 0.10);
    }

    @Test
    void confidenceSeparatesMostMisreads() {
        double[] right = confidences("exact");
        double[] edits = confidences("one-edit");
        assertThat(median(right)).isCloseTo(0.985, within(0.005));
        assertThat(median(edits)).isCloseTo(0.90, within(0.02));
        double sure = Arrays.stream(edits).filter(c -> c > 0.96).count() / (double) edits.length;
        assertThat(sure).isBetween(0.03, 0.15);
    }

    @Test
    void makeColourAndTypeAreRightIn93PercentEach() {
        Fleet fleet = new Fleet(5, 0.01);
        int n = 0;
        int make = 0;
        int color = 0;
        int type = 0;
        for (Passage passage : truth.passages()) {
            Vehicle seen = READS.get(passage.readId()).vehicle();
            Vehicle real =
                    fleet.vehicle(Long.parseLong(passage.vehicle().substring(1))).appearance();
            n++;
            make += seen.make().equals(real.make()) ? 1 : 0;
            color += seen.color().equals(real.color()) ? 1 : 0;
            type += seen.type().equals(real.type()) ? 1 : 0;
        }
        assertThat(make / (double) n).isCloseTo(0.93, within(0.01));
        assertThat(color / (double) n).isCloseTo(0.93, within(0.01));
        // Another make's model may be of another type as well.
        assertThat(type / (double) n).isCloseTo(0.93, within(0.02));
    }

    @Test
    void sevenInTenVehiclesHaveTagsReadNearTheirPlate() {
        double read =
                truth.passages().stream().filter(Passage::tag).count()
                        / (double) truth.passages().size();
        assertThat(read).isCloseTo(0.70 * 0.95, within(0.02));
        int late = 0;
        for (RfidRead tag : TAGS) {
            PlateRead plate = READS.get("R" + tag.readId().substring(1));
            assertThat(Math.abs(tag.deviceTime() - plate.deviceTime())).isLessThanOrEqualTo(1_000);
            assertThat(tag.lane()).isEqualTo(plate.lane());
            late += TAG_ARRIVALS.get(tag.readId()) - tag.deviceTime() >= 5_000 ? 1 : 0;
        }
        assertThat(late / (double) TAGS.size()).isBetween(0.005, 0.05);
    }

    @Test
    void staleTagsAreFewAndUnclear() {
        Set<String> required = new HashSet<>(truth.mismatches());
        Set<String> unclear = new HashSet<>(truth.unclearMismatches());
        Set<String> scenarioVehicles = new HashSet<>();
        truth.entries().forEach(e -> scenarioVehicles.add(e.vehicle()));
        truth.clones().forEach(c -> scenarioVehicles.addAll(c.vehicles()));
        int stale = 0;
        for (Passage passage : truth.passages()) {
            if (passage.tag()
                    && !passage.shown().equals(passage.registered())
                    && !scenarioVehicles.contains(passage.vehicle())) {
                assertThat(required).doesNotContain(passage.readId());
                assertThat(unclear).contains(passage.readId());
                stale++;
            }
        }
        assertThat(stale / (double) truth.passages().size()).isCloseTo(0.0066, within(0.004));
        assertThat(required).isNotEmpty();
    }

    @Test
    void revisionOfAPlateThatIsNotItsTagsIsUnclear() throws InvalidRecordException {
        Roadside staleTags = new Roadside(CharacterRates.assumedByScore(), 0.5);
        City city =
                SampleCity.generate(
                        options(PassagesKept.ALL).withMinutes(10).withRoadside(staleTags));
        Map<String, String> revisions = new HashMap<>();
        while (city.hasNext()) {
            TopicRecord record = city.next();
            if (record.topic().equals(Topics.PLATE_READS)) {
                PlateRead read = PlateReadCodec.read(record.value());
                if (read.supersedes() != null && !read.isWithdrawn()) {
                    revisions.put(read.supersedes(), read.readId());
                }
            }
        }
        List<String> ofOtherPlates =
                city.truth().passages().stream()
                        .filter(each -> each.tag() && !each.shown().equals(each.registered()))
                        .map(each -> revisions.get(each.readId()))
                        .filter(Objects::nonNull)
                        .toList();
        assertThat(ofOtherPlates).isNotEmpty();
        assertThat(city.truth().unclearMismatches()).containsAll(ofOtherPlates);
    }

    @Test
    void vehiclesInALaneKeepTheirDistance() {
        Map<String, Long> last = new HashMap<>();
        int near = 0;
        for (Passage passage : truth.passages()) {
            PlateRead read = READS.get(passage.readId());
            Long before = last.put(read.deviceId() + "/" + read.lane(), passage.time());
            if (before != null && passage.time() - before < Lanes.HEADWAY_MS) {
                near++;
            }
        }
        assertThat(near / (double) truth.passages().size()).isLessThan(0.01);
    }

    @Test
    void alertAboutAnImpostorIsOptional() {
        Map<String, Passage> passages =
                truth.passages().stream().collect(Collectors.toMap(Passage::readId, p -> p));
        Map<String, GroundTruth.Entry> entries =
                truth.entries().stream()
                        .collect(Collectors.toMap(GroundTruth.Entry::entryId, e -> e));
        Set<String> clones =
                truth.clones().stream().map(GroundTruth.Clone::plate).collect(Collectors.toSet());
        int impostors = 0;
        for (WantedPassage wanted : truth.wantedPassages()) {
            GroundTruth.Entry entry = entries.get(wanted.entryId());
            Passage passage = passages.get(wanted.readId());
            // A revision's readId is no passage of its own.
            boolean other = passage != null && !passage.vehicle().equals(entry.vehicle());
            if (clones.contains(entry.plate()) && other) {
                assertThat(wanted.required()).isFalse();
                impostors++;
            }
        }
        assertThat(impostors).isPositive();
    }

    @Test
    void notablePassagesAreThoseThatAnAlertMayConcern() {
        City city = SampleCity.generate(options(PassagesKept.NOTABLE));
        while (city.hasNext()) {
            city.next();
        }
        Set<String> wanted =
                truth.wantedPassages().stream()
                        .map(WantedPassage::readId)
                        .collect(Collectors.toSet());
        Set<String> kept =
                city.truth().passages().stream().map(Passage::readId).collect(Collectors.toSet());
        for (Passage passage : truth.passages()) {
            boolean plain =
                    passage.readClass().equals("exact")
                            && (!passage.tag() || passage.shown().equals(passage.registered()));
            if (!plain || wanted.contains(passage.readId())) {
                assertThat(kept).contains(passage.readId());
            }
        }
        assertThat(kept.size()).isLessThan(truth.passages().size() / 4);
        assertThat(city.truth().wantedPassages()).isEqualTo(truth.wantedPassages());
    }

    private static double share(String readClass) {
        return truth.passages().stream().filter(p -> p.readClass().equals(readClass)).count()
                / (double) truth.passages().size();
    }

    private static double[] confidences(String readClass) {
        return truth.passages().stream()
                .filter(p -> p.readClass().equals(readClass))
                .mapToDouble(p -> READS.get(p.readId()).confidence())
                .sorted()
                .toArray();
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }
}
