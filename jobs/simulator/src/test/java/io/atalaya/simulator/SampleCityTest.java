package io.atalaya.simulator;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.Passage;
import io.atalaya.simulator.truth.GroundTruth.WantedPassage;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class SampleCityTest {
    private static final long START = 1_772_542_800_000L;

    @Property(tries = 4)
    void bytesDependOnTheOptions(@ForAll long seed) {
        CityOptions options = small(seed);
        assertThat(digest(options)).isEqualTo(digest(options));
        assertThat(digest(options)).isNotEqualTo(digest(small(seed + 1)));
    }

    @Property(tries = 4)
    void recordsAreInOrderOfArrivalAndReadable(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int minutes)
            throws InvalidRecordException {
        City city = SampleCity.generate(small(seed).withMinutes(minutes));
        long last = 0;
        Map<String, Integer> counts = new HashMap<>();
        while (city.hasNext()) {
            TopicRecord record = city.next();
            assertThat(record.timestamp()).isGreaterThanOrEqualTo(last);
            last = record.timestamp();
            counts.merge(record.topic(), 1, Integer::sum);
            switch (record.topic()) {
                case Topics.DEVICES -> Device.CODEC.read(record.value());
                case Topics.PLATE_READS -> PlateReadCodec.read(record.value());
                case Topics.HOTLIST -> {
                    if (record.value() != null) {
                        HotlistEntryCodec.read(record.value());
                    }
                }
                default -> assertThat(record.topic()).isEqualTo(Topics.RFID_READS);
            }
        }
        assertThat(counts.keySet())
                .containsExactlyInAnyOrder(
                        Topics.DEVICES, Topics.HOTLIST, Topics.PLATE_READS, Topics.RFID_READS);
        assertThat(last).isLessThan(city.options().end() + 30_000);
    }

    @Property(tries = 2)
    void vehiclesKeepToPlausibleSpeeds(@ForAll long seed) throws InvalidRecordException {
        City city =
                SampleCity.generate(
                        CityOptions.defaults(seed, START).withMinutes(30).withHotlistSize(0));
        Map<String, Device> arches = new HashMap<>();
        while (city.hasNext()) {
            TopicRecord record = city.next();
            if (record.topic().equals(Topics.DEVICES)) {
                arches.put(record.key(), Device.CODEC.read(record.value()));
            }
        }
        Map<String, Passage> last = new HashMap<>();
        int legs = 0;
        double fastest = 0;
        double slowest = 0;
        for (Passage passage : city.truth().passages()) {
            Passage before = last.put(passage.vehicle(), passage);
            if (before != null) {
                double km =
                        Roads.straightKm(
                                arches.get(before.deviceId()), arches.get(passage.deviceId()));
                double hours = (passage.time() - before.time()) / 3_600_000.0;
                fastest = Math.max(fastest, km / hours);
                slowest = Math.min(slowest, km / hours);
                legs++;
            }
        }
        assertThat(fastest).isLessThanOrEqualTo(Traffic.FASTEST_KMH);
        assertThat(slowest).isZero();
        assertThat(legs).isGreaterThan(10_000);
    }

    @Test
    void misreadsTagsAndLoadHaveTheConfiguredShares() {
        CityOptions options =
                CityOptions.defaults(7, START)
                        .withMinutes(30)
                        .withReadsPerSecond(100)
                        .withHotlistSize(0)
                        .withScenariosPerMinute(0);
        City city = SampleCity.generate(options);
        int reads = drain(city, Topics.PLATE_READS).size();
        List<Passage> passages = city.truth().passages();
        Map<String, Double> shares =
                passages.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Passage::readClass,
                                        Collectors.collectingAndThen(
                                                Collectors.counting(),
                                                n -> n / (double) passages.size())));
        assertThat(shares.get("exact")).isCloseTo(0.92, within(0.005));
        assertThat(shares.get("look-alike")).isCloseTo(0.04, within(0.004));
        assertThat(shares.get("one-edit")).isCloseTo(0.025, within(0.003));
        assertThat(shares.get("worse")).isCloseTo(0.015, within(0.002));
        double tags = passages.stream().filter(Passage::tag).count() / (double) passages.size();
        assertThat(tags).isCloseTo(0.70 * 0.95, within(0.02));
        assertThat(passages.size() / 1800.0).isCloseTo(100, within(10.0));
        // Deliveries twice, and the few revisions.
        assertThat(reads / (double) passages.size()).isCloseTo(1.023, within(0.005));
    }

    @Property(tries = 4)
    void differentNumbersHaveDifferentPlates(@ForAll long seed) {
        Fleet fleet = new Fleet(seed, 0);
        Set<String> plates = new HashSet<>();
        for (long number = 0; number < 100_000; number++) {
            plates.add(fleet.vehicle(number).plate());
        }
        assertThat(plates).hasSize(100_000);
    }

    @Test
    void onlyClonesShareAPlate() {
        City city =
                SampleCity.generate(
                        CityOptions.defaults(11, START)
                                .withMinutes(20)
                                .withScenariosPerMinute(0)
                                .withHotlistSize(50_000));
        Set<String> listed = new HashSet<>();
        List<TopicRecord> entries = drain(city, Topics.HOTLIST);
        for (TopicRecord record : entries) {
            listed.add(entryPlate(record));
        }
        assertThat(listed).hasSameSizeAs(entries);
        Map<String, String> vehicleOf = new HashMap<>();
        for (Passage passage : city.truth().passages()) {
            assertThat(listed.contains(passage.shown())).isFalse();
            String other = vehicleOf.putIfAbsent(passage.shown(), passage.vehicle());
            assertThat(other == null || other.equals(passage.vehicle())).isTrue();
        }
    }

    @Test
    void shortDemonstrationHasEveryScenario() {
        City city = SampleCity.generate(CityOptions.defaults(1, START));
        List<TopicRecord> records = new ArrayList<>();
        city.forEachRemaining(records::add);
        GroundTruth truth = city.truth();
        Set<String> sent =
                records.stream()
                        .filter(r -> r.topic().equals(Topics.PLATE_READS))
                        .map(r -> readId(r.value()))
                        .collect(Collectors.toSet());
        assertThat(truth.wantedPassages()).isNotEmpty();
        assertThat(sent)
                .containsAll(truth.wantedPassages().stream().map(WantedPassage::readId).toList());
        List<WantedPassage> required =
                truth.wantedPassages().stream().filter(WantedPassage::required).toList();
        assertThat(required.size()).isBetween(40, 400);
        assertThat(required.stream().map(WantedPassage::readClass))
                .contains("exact", "look-alike", "one-edit", "by-tag")
                .doesNotContain("worse");
        assertThat(required.stream().filter(WantedPassage::retrospective)).isNotEmpty();
        assertThat(truth.wantedPassages().stream().filter(w -> !w.required())).isNotEmpty();
        assertThat(truth.entries().stream().filter(e -> e.pattern() != null)).isNotEmpty();
        assertThat(truth.entries().stream().filter(e -> e.removedAt() != null)).isNotEmpty();
        assertThat(truth.entries().stream().filter(e -> e.validUntil() != null)).isNotEmpty();
        assertThat(truth.entries().stream().filter(GroundTruth.Entry::byTag)).isNotEmpty();
        assertThat(truth.clones().stream().filter(GroundTruth.Clone::required)).isNotEmpty();
        assertThat(truth.convoys().stream().filter(c -> c.reads().size() >= 3)).isNotEmpty();
        assertThat(truth.mismatches()).isNotEmpty();
        assertThat(truth.outage()).isNotNull();
        assertThat(required.stream().mapToLong(WantedPassage::time).min().orElseThrow())
                .as("the first alert comes within seconds")
                .isLessThan(START + 10_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void twoMinutesSufficeForAConvoy(long seed) {
        City city =
                SampleCity.generate(
                        CityOptions.defaults(seed, START)
                                .withMinutes(2)
                                .withArches(300)
                                .withHotlistSize(0));
        city.forEachRemaining(record -> {});
        assertThat(city.truth().convoys()).anyMatch(convoy -> convoy.reads().size() >= 4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void oneMinuteSufficesForAClone(long seed) {
        City city =
                SampleCity.generate(
                        CityOptions.defaults(seed, START)
                                .withMinutes(1)
                                .withArches(300)
                                .withHotlistSize(0));
        city.forEachRemaining(record -> {});
        assertThat(city.truth().clones()).anyMatch(GroundTruth.Clone::required);
    }

    @Test
    void archSendsStoredReadsAfterAnOutage() throws Exception {
        City city =
                SampleCity.generate(
                        CityOptions.defaults(3, START).withMinutes(10).withHotlistSize(0));
        List<TopicRecord> reads = drain(city, Topics.PLATE_READS);
        GroundTruth.Outage outage = city.truth().outage();
        int kept = 0;
        for (TopicRecord record : reads) {
            PlateRead read = PlateReadCodec.read(record.value());
            boolean without =
                    read.deviceId().equals(outage.deviceId())
                            && read.deviceTime() >= outage.start()
                            && read.deviceTime() < outage.end();
            if (without) {
                assertThat(record.timestamp()).isGreaterThanOrEqualTo(outage.end());
                kept++;
            }
        }
        assertThat(kept).isGreaterThan(5);
    }

    @Test
    void rejectsAllInvalidOptionsTogether() {
        assertThatThrownBy(() -> new CityOptions(1, 5, 0, -1, -2, 3, 1e9, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "start: got 5",
                        "minutes: got 0",
                        "readsPerSecond: got -1",
                        "hotlistSize: got -2",
                        "arches: got 3",
                        "scenariosPerMinute: got 1.0E9",
                        "passages: got null",
                        "roadside: got null");
    }

    private static CityOptions small(long seed) {
        return CityOptions.defaults(seed, START)
                .withMinutes(2)
                .withReadsPerSecond(20)
                .withHotlistSize(500);
    }

    private static List<TopicRecord> drain(City city, String topic) {
        List<TopicRecord> records = new ArrayList<>();
        while (city.hasNext()) {
            TopicRecord record = city.next();
            if (record.topic().equals(topic)) {
                records.add(record);
            }
        }
        return records;
    }

    private static String digest(CityOptions options) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            City city = SampleCity.generate(options);
            while (city.hasNext()) {
                TopicRecord record = city.next();
                digest.update(record.topic().getBytes());
                digest.update(ByteBuffer.allocate(8).putLong(record.timestamp()).array());
                digest.update(record.key().getBytes());
                digest.update(record.value() == null ? new byte[] {0} : record.value());
            }
            digest.update(GroundTruth.CODEC.write(city.truth()));
            return new java.math.BigInteger(1, digest.digest()).toString(16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String readId(byte[] message) {
        try {
            return PlateReadCodec.read(message).readId();
        } catch (InvalidRecordException e) {
            throw new AssertionError(e);
        }
    }

    private static String entryPlate(TopicRecord record) {
        try {
            return HotlistEntryCodec.read(record.value()).plate();
        } catch (InvalidRecordException e) {
            throw new AssertionError(e);
        }
    }
}
