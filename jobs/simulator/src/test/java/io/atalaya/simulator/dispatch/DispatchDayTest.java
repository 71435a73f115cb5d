package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.CallCodec;
import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.dispatch.Drone;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.warning.WarningCodec;
import io.atalaya.simulator.dispatch.TrueIncident.Outcome;
import io.atalaya.simulator.dispatch.TrueIncident.Subject;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DispatchDayTest {
    /** Tuesday, noon. */
    private static final long START = 1_772_560_800_000L;

    private static final DispatchOptions HOUR = DispatchOptions.defaults(1, START).withMinutes(60);

    private static DispatchDay day;

    @BeforeAll
    static void generate() {
        day = DispatchDay.generate(HOUR);
    }

    @Test
    void recordsAreInOrderAndReadable() throws InvalidRecordException {
        long last = 0;
        Set<String> topics = new TreeSet<>();
        for (TopicRecord record : day.records()) {
            assertThat(record.timestamp()).isGreaterThanOrEqualTo(last);
            last = record.timestamp();
            topics.add(record.topic());
            byte[] value = record.value();
            switch (record.topic()) {
                case Topics.ALERTS -> AlertCodec.read(value, last);
                case Topics.CALLS -> CallCodec.read(value);
                case Topics.DEVICES -> Device.CODEC.read(value);
                case Topics.DEVICE_EVENTS -> DeviceEvent.CODEC.read(value);
                case Topics.DRONES -> Drone.CODEC.read(value);
                case Topics.MUTES -> Mute.CODEC.read(value);
                case Topics.PUBLIC_WARNINGS -> WarningCodec.read(value);
                case Topics.SITE_PRESENCE -> SitePresence.CODEC.read(value);
                default -> throw new AssertionError(record.topic());
            }
        }
        assertThat(topics).hasSize(8);
    }

    @Test
    void theSameOptionsGiveTheSameDay() {
        assertThat(DispatchDay.generate(HOUR).truth()).isEqualTo(day.truth());
        assertThat(lines(DispatchDay.generate(HOUR))).isEqualTo(lines(day));
        assertThat(DispatchDay.generate(DispatchOptions.defaults(2, START).withMinutes(60)).truth())
                .isNotEqualTo(day.truth());
    }

    @Test
    void covertEntriesChangeNoOtherRecord() {
        DispatchDay open = DispatchDay.generate(HOUR.withCovert(false));
        Set<String> covert =
                day.truth().stream()
                        .filter(TrueIncident::covert)
                        .flatMap(each -> each.events().stream())
                        .map(event -> event.substring("alert:".length()))
                        .collect(Collectors.toSet());
        assertThat(covert).isNotEmpty();
        assertThat(lines(open))
                .isEqualTo(
                        lines(
                                new DispatchDay(
                                        day.records().stream()
                                                .filter(record -> !covert.contains(record.key()))
                                                .toList(),
                                        List.of())));
    }

    @Test
    void everyEventBelongsToOneIncident() {
        Set<String> seen = new HashSet<>();
        for (TrueIncident incident : day.truth()) {
            assertThat(incident.events()).isNotEmpty();
            incident.events().forEach(event -> assertThat(seen.add(event)).isTrue());
        }
    }

    /** Else no day could show that these stay two incidents. */
    @Test
    void aVehicleIsNoticedWhereSomethingElseHappens() {
        List<TrueIncident> places =
                day.truth().stream()
                        .filter(each -> each.kind().equals("security") && each.isNotified())
                        .toList();
        assertThat(day.truth())
                .filteredOn(each -> each.subject() == Subject.VEHICLE && !each.covert())
                .filteredOn(vehicle -> places.stream().anyMatch(place -> isBeside(vehicle, place)))
                .hasSizeGreaterThan(1);
    }

    private static boolean isBeside(TrueIncident vehicle, TrueIncident place) {
        return Math.abs(vehicle.time() - place.time()) < 60_000
                && Math.abs(vehicle.place().latitude() - place.place().latitude()) < 0.002
                && Math.abs(vehicle.place().longitude() - place.place().longitude()) < 0.002;
    }

    @Test
    void mostCallsAreAboutNothing() {
        long calls =
                day.truth().stream()
                        .flatMap(each -> each.events().stream())
                        .filter(event -> event.startsWith("call:"))
                        .count();
        long nuisances =
                day.truth().stream()
                        .filter(each -> each.outcome() == Outcome.NOTHING)
                        .flatMap(each -> each.events().stream())
                        .filter(event -> event.startsWith("call:"))
                        .count();
        assertThat((double) nuisances / calls).isBetween(0.75, 0.95);
    }

    @Test
    void hasTheGravestIncidents() {
        assertThat(day.truth())
                .extracting(TrueIncident::kind)
                .contains("kidnapping", "duress", "prison-alarm", "earthquake", "crash", "test");
    }

    @Test
    void writesTheTruth(@TempDir Path directory) throws IOException {
        day.write(directory);
        Path file = directory.resolve(TrueIncident.FILE);
        assertThat(TrueIncident.read(file)).isEqualTo(day.truth());
        Files.writeString(file, "{\"incidentId\":\"T1\"}\n");
        assertThatThrownBy(() -> TrueIncident.read(file))
                .hasMessageContaining("truth.jsonl:1: time");
    }

    @Test
    void rejectsOptionsOutOfRange() {
        assertThatThrownBy(() -> HOUR.withMinutes(9)).hasMessageContaining("minutes: got 9,");
        assertThatThrownBy(() -> HOUR.withLoad(Double.NaN)).hasMessageContaining("load: got NaN");
    }

    private static List<String> lines(DispatchDay day) {
        return day.records().stream()
                .map(
                        record ->
                                record.topic()
                                        + record.timestamp()
                                        + record.key()
                                        + new String(record.value()))
                .toList();
    }
}
