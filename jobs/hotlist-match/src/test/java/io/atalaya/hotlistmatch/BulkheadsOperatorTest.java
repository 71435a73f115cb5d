package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.hotlistmatch.event.DeviceRead;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.event.HotlistChange;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.harness.Faults;
import io.atalaya.hotlistmatch.harness.InterleavedGraph;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static io.atalaya.hotlistmatch.TestRecords.arch;
import static io.atalaya.hotlistmatch.TestRecords.covert;
import static io.atalaya.hotlistmatch.TestRecords.enrichedRead;
import static io.atalaya.hotlistmatch.TestRecords.entry;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static io.atalaya.hotlistmatch.TestRecords.revision;
import static io.atalaya.hotlistmatch.TestRecords.withdrawal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A programming error that occurs with the data of one vehicle, or in random calls, does not affect
 * other vehicles, even at the same device, and is in the dead letters.
 */
class BulkheadsOperatorTest {
    private static final String PACKAGE = "io.atalaya.hotlistmatch.";
    private static final int ARCHES = 12;

    /** Number of kinds of vehicles; every sixth vehicle is of the same kind. */
    private static final int KINDS = 6;

    private static final int LISTED = 0;
    private static final int LISTED_LATER = 1;
    private static final int CLONED = 2;
    private static final int MISMATCHED = 3;
    private static final int IN_A_CONVOY = 4;
    private static final int TAKEN_BACK = 5;

    /** Keys of work that concerns no vehicle. */
    private static final Set<Object> REFERENCE_UPDATES = Set.of("reference update", "devices");

    private static final Pattern CAR = Pattern.compile("\\b[VE](\\d+)\\b");

    /** A lost read may change the confidence rank of other reads of its device. */
    private static final Pattern TRUST =
            Pattern.compile("\\{\"name\":\"confidence\"[^}]*}|(?<=\\d[.]\\d\\d)\\d+");

    /** A lost read may change the traffic that a convoy is compared with. */
    private static final Pattern TRAFFIC =
            Pattern.compile("\\{\"name\":\"gap\"[^}]*}|(?<=\"score\":)[.0-9]+");

    private static final Pattern KEY = Pattern.compile("key (-?\\d{6,})");

    private record Sent(long arrival, Consumer<InterleavedGraph> delivery) {}

    /** The result of a run. */
    private record End(
            Map<String, Alert> alerts, List<DeadLetter> letters, List<Integer> stateAndTimers) {}

    /** Vehicles with dissimilar plates and unique ids. */
    private static final class Town {
        private final List<String> plates = new ArrayList<>();
        private final List<Sent> sent = new ArrayList<>();

        /** The vehicle of the record at an address. */
        private final Map<String, Integer> vehicleAt = new HashMap<>();

        Town(int vehicles, long secondsBetween, int without) {
            Random random = new Random(1);
            while (plates.size() < 2 * vehicles) {
                String plate = plate(random);
                if (plates.stream().allMatch(other -> distance(plate, other) > 2)) {
                    plates.add(plate);
                }
            }
            for (int i = 0; i < vehicles; i++) {
                if (i != without) {
                    add(
                            i,
                            plates.get(i),
                            plates.get(vehicles + i),
                            NOON + i * secondsBetween * 1_000);
                }
            }
            sent.sort(Comparator.comparingLong(Sent::arrival));
        }

        private void add(int vehicle, String plate, String other, long time) {
            int arch = vehicle % (ARCHES - 4);
            switch (vehicle % KINDS) {
                case LISTED -> {
                    list(vehicle, entry("E" + vehicle, plate), NOON - 60_000);
                    for (int i = 0; i < 3; i++) {
                        pass(vehicle, i, arch + i, time + 600_000L * i, plate, plate);
                    }
                }
                case LISTED_LATER -> {
                    pass(vehicle, 0, arch, time, plate, plate);
                    pass(vehicle, 1, arch + 1, time + 600_000, plate, null);
                    list(vehicle, entry("E" + vehicle, plate), time + 900_000);
                }
                case CLONED -> {
                    pass(vehicle, 0, arch, time, plate, null);
                    pass(vehicle, 1, arch + 4, time + 60_000, plate, null);
                }
                case MISMATCHED -> pass(vehicle, 0, arch, time, plate, other);
                case TAKEN_BACK -> {
                    list(vehicle, covert("E" + vehicle, plate), NOON - 60_000);
                    String device = pass(vehicle, 0, arch, time, plate, plate);
                    send(
                            vehicle,
                            revision(
                                    device,
                                    "V" + vehicle + "-1",
                                    time + 400,
                                    plate,
                                    "V" + vehicle + "-0"));
                    send(vehicle, withdrawal(device, "V" + vehicle + "-1", time + 60_000));
                    list(vehicle, null, time + 300_000);
                }
                case IN_A_CONVOY -> {
                    list(vehicle, entry("E" + vehicle, plate), NOON - 60_000);
                    for (int i = 0; i < 2; i++) {
                        pass(vehicle, i, arch + i, time + 240_000L * i, plate, null);
                        pass(vehicle, i + 2, arch + i, time + 240_000L * i + 8_000, other, null);
                    }
                }
                default -> throw new IllegalStateException("kind " + vehicle % KINDS);
            }
        }

        /**
         * @param entry null removes it
         */
        private void list(int vehicle, HotlistEntry entry, long arrival) {
            RecordPosition position = position(Topics.HOTLIST, vehicle);
            sent.add(
                    new Sent(
                            arrival,
                            graph ->
                                    graph.send(
                                            new HotlistChange(
                                                    "E" + vehicle, entry, arrival, position))));
        }

        private RecordPosition position(String topic, int vehicle) {
            RecordPosition position = new RecordPosition(vehicle % 3, 1_000 + sent.size());
            vehicleAt.put(position.in(topic).toString(), vehicle);
            return position;
        }

        /**
         * @param registered plate of the vehicle's tag; null: it has no tag
         * @return the device
         */
        private String pass(
                int vehicle, int number, int arch, long time, String plate, String registered) {
            String device = "ARCO-" + arch;
            String readId = "V" + vehicle + "-" + number;
            send(vehicle, read(device, readId, time, plate));
            if (registered != null) {
                send(
                        new EnrichedTagRead(
                                time + 300,
                                false,
                                new RfidRead(
                                        readId + "-T",
                                        device,
                                        null,
                                        time + 200,
                                        "REP" + vehicle,
                                        registered,
                                        null),
                                position(Topics.RFID_READS, vehicle)));
            }
            return device;
        }

        private void send(int vehicle, PlateRead read) {
            send(enrichedRead(read).from(position(Topics.PLATE_READS, vehicle)));
        }

        private void send(DeviceRead message) {
            sent.add(new Sent(message.arrivalTime(), graph -> graph.send(message)));
        }

        /**
         * A letter about several records has the address of one of them; a letter about an entry
         * has no device.
         */
        void assertAddressed(DeadLetter letter) {
            assertThat(letter.address()).as(text(letter)).isNotNull();
            assertThat(vehiclesIn(text(letter), Map.of()))
                    .contains(vehicleAt.get(letter.address().toString()));
            assertThat(letter.error().deviceId() == null)
                    .as(text(letter))
                    .isEqualTo(letter.address().topic().equals(Topics.HOTLIST));
        }

        private static String plate(Random random) {
            StringBuilder plate = new StringBuilder();
            for (int i = 0; i < 7; i++) {
                // Uses characters without look-alikes.
                String characters = i < 3 ? "ACEFHJKLMNPRTUVWXY" : "3479";
                plate.append(characters.charAt(random.nextInt(characters.length())));
            }
            return plate.toString();
        }

        private static int distance(String one, String other) {
            int distance = 0;
            for (int i = 0; i < one.length(); i++) {
                distance += one.charAt(i) == other.charAt(i) ? 0 : 1;
            }
            return distance;
        }

        End run() throws Exception {
            return run(() -> false);
        }

        /**
         * @param isLost whether the last delivery has failed and is to be sent again
         */
        End run(BooleanSupplier isLost) throws Exception {
            try (InterleavedGraph graph = new InterleavedGraph(NOON)) {
                graph.deliverAgainIf(isLost);
                for (int i = 0; i < ARCHES; i++) {
                    String device = "ARCO-" + i;
                    graph.send(
                            new DeviceChange(
                                    device,
                                    arch(device, "TOLUCA", 19.2 + 0.1 * i),
                                    NOON - 7_200_000));
                }
                graph.deliverAll();
                for (Sent each : sent) {
                    graph.clock(each.arrival() - 1);
                    each.delivery().accept(graph);
                    graph.deliverAll();
                    graph.pass(100);
                    graph.deliverAll();
                }
                long last = sent.get(sent.size() - 1).arrival();
                for (long second : List.of(1, 5, 10, 30, 60, 120)) {
                    graph.clock(last + second * 1_000);
                    graph.deliverAll();
                    graph.pass(60_000);
                    graph.deliverAll();
                }
                graph.clock(last + 1_000L * 60 * 60 * 48);
                // Each second sweeps one or two plates.
                for (int i = 0; i < 120; i++) {
                    graph.pass(1_000);
                }
                graph.deliverAll();
                return new End(
                        LastRevisions.of(graph.alerts()).last(),
                        List.copyOf(graph.deadLetters()),
                        graph.stateAndTimers());
            }
        }

        /** The vehicles that occur in a text. */
        Set<Integer> vehiclesIn(String text, Map<String, Alert> alerts) {
            Set<Integer> vehicles = new TreeSet<>();
            for (Matcher each = CAR.matcher(text); each.find(); ) {
                vehicles.add(Integer.valueOf(each.group(1)));
            }
            for (Matcher each = KEY.matcher(text); each.find(); ) {
                long key = Long.parseLong(each.group(1));
                for (int i = 0; i < plates.size(); i++) {
                    if (CanonicalPlate.fold(CanonicalPlate.pack(plates.get(i))) == key) {
                        vehicles.add(i % (plates.size() / 2));
                    }
                }
            }
            alerts.forEach(
                    (id, alert) -> {
                        if (text.contains(id)) {
                            vehicles.addAll(vehiclesIn(alert.toString(), Map.of()));
                        }
                    });
            return vehicles;
        }
    }

    private static String text(DeadLetter letter) {
        return new String(letter.key(), UTF_8)
                + ' '
                + (letter.value() == null ? "" : new String(letter.value(), UTF_8));
    }

    private static List<Class<?>> classes(String... names) throws ClassNotFoundException {
        List<Class<?>> classes = new ArrayList<>();
        for (String name : names) {
            classes.add(Class.forName(PACKAGE + name));
        }
        return classes;
    }

    /** The alerts about other vehicles, complete except for their revision and detection time. */
    private static Map<String, Alert> ofOthers(End end, int vehicle, Town town) {
        Map<String, Alert> others = new TreeMap<>();
        end.alerts()
                .forEach(
                        (id, alert) -> {
                            if (!town.vehiclesIn(alert.toString(), Map.of()).contains(vehicle)) {
                                others.put(id, alert.as(alert.status(), 1).withDetectedAt(0));
                            }
                        });
        return others;
    }

    /**
     * @param type class of the method that fails
     * @param method that fails
     * @param vehicle whose data makes it fail
     * @param isBeforeAll whether the reads of the vehicle are lost completely
     */
    @ParameterizedTest
    @CsvSource({
        "passage.PassageLogic, process, 14, true",
        "passage.TagPairing, assignment, 15, false",
        "crosscheck.clonedplate.CloneLogic, derive, 14, false",
        "crosscheck.platetag.MismatchLogic, evaluate, 15, false",
        "score.Scorer, canReach, 12, false",
        "prefilter.Prefilter, apply, 11, false",
        "match.Bucket, with, 11, false",
        "alerting.EntryState, with, 11, false",
        "alerting.AlertDerivation, evaluated, 12, false",
        "crosscheck.clonedplate.FaultyDeviceFilter, evaluate, 14, false",
        "crosscheck.convoy.ConvoyProximityOperator$VehicleTags, of, 10, false",
        "crosscheck.convoy.ConvoyLogic, derive, 10, false",
        "crosscheck.CrossCheckAlertComposer, compose, 14, false",
        "crosscheck.CovertHistory, with, 11, false",
        "score.MatchTarget, of, 12, false"
    })
    void anErrorAboutOneVehicleReachesNoOther(
            String type, String method, int vehicle, boolean isBeforeAll) throws Exception {
        Town town = new Town(24, 20, -1);
        End expected = new Town(24, 20, isBeforeAll ? vehicle : -1).run();
        Pattern ofVehicle = Pattern.compile("\\b[VE]" + vehicle + "\\b");
        End end;
        try (Faults faults =
                Faults.in(
                        classes(type),
                        (called, arguments) ->
                                called.endsWith("." + method)
                                        && ofVehicle
                                                .matcher(Arrays.deepToString(arguments))
                                                .find())) {
            end = town.run();
            assertThat(faults.thrown()).isNotEmpty();
            assertThat(end.letters())
                    .allSatisfy(
                            letter -> {
                                assertThat(letter.error().exception()).contains("injected");
                                assertThat(letter.error().thrownAt()).contains(type);
                                town.assertAddressed(letter);
                                assertThat(town.vehiclesIn(text(letter), expected.alerts()))
                                        .contains(vehicle);
                            });
            assertThat(end.letters().stream().map(letter -> letter.error().exception()).distinct())
                    .hasSize(faults.thrown().size());
        }
        Map<String, Alert> others = ofOthers(expected, vehicle, town);
        assertThat(others).hasSizeGreaterThan(15);
        assertThat(ofOthers(end, vehicle, town)).isEqualTo(others);
        for (int i = 0; i < end.stateAndTimers().size(); i++) {
            assertThat(end.stateAndTimers().get(i))
                    .isLessThanOrEqualTo(expected.stateAndTimers().get(i));
        }
    }

    /** A vehicle that fails is paused, and no other vehicle, at whatever operator it fails. */
    @ParameterizedTest
    @CsvSource({
        "passage.PassageLogic, process",
        "passage.TagPairing, assignment",
        "score.Scorer, canReach"
    })
    void aVehicleThatFailsAgainAndAgainPausesNoOtherOfItsArch(String type, String method)
            throws Exception {
        Pattern failing = Pattern.compile("\\bBAD-\\d+\\b");
        try (InterleavedGraph graph = new InterleavedGraph(NOON);
                Faults faults =
                        Faults.in(
                                classes(type),
                                (called, arguments) ->
                                        called.endsWith("." + method)
                                                && failing.matcher(Arrays.deepToString(arguments))
                                                        .find())) {
            graph.send(
                    new DeviceChange("ARCO-0", arch("ARCO-0", "TOLUCA", 19.2), NOON - 7_200_000));
            graph.send(
                    new HotlistChange(
                            "E1", entry("E1", "HKL3478"), NOON - 60_000, RecordPosition.UNKNOWN));
            graph.deliverAll();
            for (int i = 0; i < 6; i++) {
                // A misread of the listed plate, so that both vehicles concern one entry.
                pass(graph, "BAD-" + i, NOON + 20_000 * i, "HKL347B");
                pass(graph, "GOOD-" + i, NOON + 20_000 * i + 10_000, "HKL3478");
            }
            for (int i = 1; i <= 10; i++) {
                graph.clock(NOON + 120_000 + 1_000 * i);
                graph.deliverAll();
                graph.pass(1_000);
                graph.deliverAll();
            }
            assertThat(faults.thrown()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(graph.deadLetters())
                    .hasSizeGreaterThanOrEqualTo(2)
                    .extracting(BulkheadsOperatorTest::text)
                    // A new entry is matched with past reads, including the misread.
                    .allMatch(
                            letter -> letter.contains("BAD-") || letter.contains("PastReadQuery["));
            String alerts = LastRevisions.of(graph.alerts()).last().toString();
            for (int i = 0; i < 6; i++) {
                assertThat(alerts).contains("GOOD-" + i);
            }
        }
    }

    private static void pass(InterleavedGraph graph, String readId, long time, String plate)
            throws Exception {
        graph.clock(time - 1);
        graph.send(enrichedRead(read("ARCO-0", readId, time, plate)));
        RfidRead tag =
                new RfidRead(readId + "-T", "ARCO-0", null, time, "REP-" + readId, null, null);
        graph.send(new EnrichedTagRead(time, false, tag, RecordPosition.UNKNOWN));
        graph.deliverAll();
        graph.pass(100);
        graph.deliverAll();
    }

    /**
     * The whole alert without the part for the confidence rank and with two decimals, because each
     * read of a device slightly changes the rank of later ones.
     */
    private static String said(Alert alert) {
        byte[] message = AlertCodec.write(alert.as(alert.status(), 1).withDetectedAt(0));
        String whole =
                "%s at %d: %s"
                        .formatted(
                                alert.type(),
                                alert.causedAt(),
                                new String(message, StandardCharsets.UTF_8));
        String said = TRUST.matcher(whole).replaceAll("");
        return alert.type() == AlertType.CONVOY ? TRAFFIC.matcher(said).replaceAll("") : said;
    }

    /**
     * Work that fails at its end leaves no trace: done again, it gives exactly the result of a run
     * without failure, for its own vehicle as well.
     */
    @Test
    void workThatFailsAtItsEndCanBeDoneAgain() throws Exception {
        Town town = new Town(60, 120, -1);
        End expected = town.run();
        Random random = new Random(7);
        Set<String> failed = new TreeSet<>();
        Map<String, Integer> failures = new TreeMap<>();
        AtomicBoolean isLost = new AtomicBoolean();
        End end;
        try (Faults faults =
                Faults.atEnds(
                        (worker, arguments) -> {
                            // A key that fails twice would be paused.
                            boolean fails =
                                    random.nextInt(3) == 0 && failed.add(worker + arguments[0]);
                            if (fails) {
                                isLost.set(true);
                                failures.merge(worker, 1, Integer::sum);
                            }
                            return fails;
                        })) {
            end = town.run(() -> isLost.getAndSet(false));
            assertThat(end.letters()).hasSameSizeAs(faults.thrown());
        }
        assertThat(failures)
                .containsOnlyKeys(
                        Stream.of(
                                        "registry.RegistryOperator",
                                        "passage.PassageOperator",
                                        "readhistory.ReadHistoryOperator",
                                        "match.MatchFunction",
                                        "alerting.HotlistAlertFunction",
                                        "crosscheck.clonedplate.FaultyDeviceFilterOperator",
                                        "crosscheck.convoy.ConvoyProximityOperator",
                                        "crosscheck.convoy.ConvoyOperator",
                                        "crosscheck.CrossCheckAlertFunction")
                                .map(each -> PACKAGE + each + Faults.END)
                                .toList());
        assertThat(whole(end)).isEqualTo(whole(expected)).hasSizeGreaterThan(40);
        assertThat(end.stateAndTimers()).isEqualTo(expected.stateAndTimers());
    }

    private static Map<String, Alert> whole(End end) {
        Map<String, Alert> alerts = new TreeMap<>();
        end.alerts().forEach((id, alert) -> alerts.put(id, alert.withDetectedAt(0)));
        return alerts;
    }

    private static Predicate<DeadLetter> isOf(String thrown) {
        return letter -> letter.error().exception().endsWith(thrown);
    }

    /** The rebuild of a filter concerns many records, not one. */
    private static boolean isOfRecord(Object[] unit) {
        boolean isOfRebuild =
                unit[1] instanceof ListDelta
                        && !(unit[1] instanceof ListDelta.Added)
                        && !(unit[1] instanceof ListDelta.Removed);
        return !REFERENCE_UPDATES.contains(unit[0]) && !isOfRebuild;
    }

    @Test
    void randomErrorsChangeNothingForVehiclesThatTheyDoNotStrike() throws Exception {
        Town town = new Town(200, 120, -1);
        End expected = town.run();
        assertThat(expected.letters()).isEmpty();
        Random random = new Random(7);
        final End end;
        try (Faults faults =
                Faults.inAndAtEnds(
                        classes(
                                "passage.PassageLogic",
                                "passage.TagPairing",
                                "score.Scorer",
                                "crosscheck.clonedplate.CloneLogic",
                                "crosscheck.clonedplate.CloneScore",
                                "crosscheck.clonedplate.FaultyDeviceFilter",
                                "crosscheck.platetag.MismatchLogic",
                                "alerting.AlertDerivation",
                                "alerting.MatchEvaluator",
                                "crosscheck.convoy.ConvoyLogic",
                                "crosscheck.convoy.ConvoyScorer",
                                "crosscheck.CrossCheckAlertComposer"),
                        (called, arguments) -> {
                            if (called.endsWith(Faults.END)) {
                                return isOfRecord(arguments) && random.nextInt(200) == 0;
                            }
                            // The operator itself reads this constant.
                            return !called.endsWith(".waitMs") && random.nextInt(2_000) == 0;
                        })) {
            end = town.run();
            assertThat(faults.thrown()).hasSizeBetween(20, 200);
            assertThat(end.letters())
                    .extracting(letter -> letter.error().exception())
                    .allMatch(exception -> exception.contains("injected"));
            end.letters().forEach(town::assertAddressed);
            assertThat(end.letters()).hasSizeGreaterThan(10);
            // Work that fails discards the letters of its parts and reports the whole.
            assertThat(faults.thrown())
                    .filteredOn(thrown -> end.letters().stream().noneMatch(isOf(thrown)))
                    .hasSizeLessThan(3);
        }
        Map<String, Alert> all = new HashMap<>(expected.alerts());
        all.putAll(end.alerts());
        Set<Integer> struck = new TreeSet<>();
        end.letters().forEach(letter -> struck.addAll(town.vehiclesIn(text(letter), all)));
        // The tag of a lost read may be assigned to another vehicle nearby.
        Set<Integer> beside = new TreeSet<>();
        for (Alert alert : end.alerts().values()) {
            Set<Integer> vehicles = town.vehiclesIn(alert.toString(), Map.of());
            if (vehicles.stream().anyMatch(struck::contains)) {
                beside.addAll(vehicles);
            }
        }
        struck.addAll(beside);
        assertThat(struck).hasSizeBetween(10, 120);
        Map<String, String> theirs = new TreeMap<>();
        Map<String, String> mine = new TreeMap<>();
        all.keySet()
                .forEach(
                        id -> {
                            Alert then = expected.alerts().get(id);
                            Alert now = end.alerts().get(id);
                            Alert any = then == null ? now : then;
                            Set<Integer> vehicles = town.vehiclesIn(any.toString(), Map.of());
                            if (vehicles.stream().noneMatch(struck::contains)) {
                                theirs.put(id, then == null ? "none" : said(then));
                                mine.put(id, now == null ? "none" : said(now));
                            }
                        });
        assertThat(theirs.values())
                .anyMatch(alert -> alert.startsWith(AlertType.HOTLIST_MATCH.name()))
                .anyMatch(alert -> alert.startsWith(AlertType.CLONED_PLATE.name()))
                .anyMatch(alert -> alert.startsWith(AlertType.PLATE_TAG_MISMATCH.name()))
                .anyMatch(alert -> alert.startsWith(AlertType.CONVOY.name()));
        assertThat(mine).isEqualTo(theirs);
    }
}
