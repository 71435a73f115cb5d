package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.dispatch.Call;
import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.dispatch.DeviceEvent.Kind;
import io.atalaya.contracts.dispatch.DeviceEvent.Premises;
import io.atalaya.simulator.dispatch.Buttons.Button;
import io.atalaya.simulator.dispatch.SourceRecords.Occurrence;
import io.atalaya.simulator.dispatch.Towns.Spot;
import io.atalaya.simulator.dispatch.TrueIncident.Outcome;
import io.atalaya.simulator.random.SeededRandom;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Presses of help buttons, most of them by accident, their tests and defects, the zones of the
 * prisons, and storms: many buttons of a town within minutes, and all of a school.
 */
final class ButtonScenarios {
    private static final double[] BUSINESS_HOURS = {
        0, 0, 0, 0, 0, 0, 1, 4, 8, 10, 10, 10, 10, 8, 6, 8, 10, 9, 7, 4, 2, 1, 0, 0
    };

    private static final double ACCIDENTS_PER_BUTTON_DAY = 0.02;
    private static final double REAL_PER_BUTTON_DAY = 0.003;
    private static final double TESTS_PER_BUTTON_DAY = 1 / 7.0;
    private static final long TEST_MS = 20 * 60_000;
    private static final double FAULTS_PER_BUTTON_DAY = 0.002;
    private static final double STUCK_PER_BUTTON_DAY = 0.0005;

    /** At least two in an hour, because the gravest incidents are what matters most. */
    private static final double DURESS_PER_DAY = 6;

    private static final double PRISON_PER_DAY = 4;

    private static final long PRISON_GAP_MS = 10 * 60_000;

    /** A few buttons are pressed by accident again and again. */
    private static final double BAD_ACTORS = 0.01;

    private static final double FROM_BAD_ACTORS = 0.3;

    private static final double LATE = 0.01;
    private static final double TWICE = 0.01;

    private static final int STORM_PRESSES = 60;
    private static final long STORM_MS = 4 * 60_000;

    /** A storm within each such part of the day. */
    private static final int STORM_EVERY_MINUTES = 480;

    private final DispatchOptions options;
    private final Buttons buttons;
    private final SourceRecords records;
    private final SeededRandom random;
    private final Map<String, Long> testedAt = new HashMap<>();
    private int eventNumber;
    private int callNumber;

    ButtonScenarios(
            DispatchOptions options, Buttons buttons, SourceRecords records, SeededRandom random) {
        this.options = options;
        this.buttons = buttons;
        this.records = records;
        this.random = random;
    }

    void add() {
        double count = buttons.all().size();
        times(count * TESTS_PER_BUTTON_DAY).forEach(this::test);
        times(count * ACCIDENTS_PER_BUTTON_DAY).forEach(this::accident);
        times(count * REAL_PER_BUTTON_DAY).forEach(time -> emergency(Kind.PRESS, time));
        times(atLeastTwo(DURESS_PER_DAY)).forEach(time -> emergency(Kind.DURESS, time));
        prisons();
        times(count * FAULTS_PER_BUTTON_DAY).forEach(this::fault);
        times(count * STUCK_PER_BUTTON_DAY).forEach(this::stuck);
        int storms = Math.max(1, options.minutes() / STORM_EVERY_MINUTES);
        for (int i = 0; i < storms; i++) {
            storm(options.timeAt((i + 0.5) / storms));
            school(options.timeAt((i + 0.35) / storms));
        }
        heartbeats();
    }

    private double atLeastTwo(double perDay) {
        return Math.max(perDay * options.load(), 2_880.0 / options.minutes());
    }

    private List<Long> times(double perDay) {
        return SourceRecords.times(random, options, perDay, BUSINESS_HOURS);
    }

    /** Half of the accidents are cancelled at once, and some later. */
    private void accident(long time) {
        Button button =
                random.happens(FROM_BAD_ACTORS)
                        ? buttons.all().get(random.below(badActors()))
                        : random.oneOf(buttons.all());
        double fate = random.between(0, 1);
        // A position was notified of what is cancelled later than this.
        boolean isCancelledSoon = fate < 0.5;
        Occurrence accident =
                records.at(
                        button.spot(),
                        "accident",
                        75,
                        isCancelledSoon ? Outcome.NOTHING : Outcome.FALSE_ALARM,
                        time);
        report(accident, button, Kind.PRESS, time);
        if (fate < 0.7) {
            long after =
                    (long)
                            (isCancelledSoon
                                    ? random.between(2_000, 6_000)
                                    : random.between(20_000, 90_000));
            records.send(
                    event(button, Kind.CANCEL, time + after, true),
                    time + after + (long) random.between(1_700, 2_500));
        }
    }

    private int badActors() {
        return Math.max(1, (int) (buttons.all().size() * BAD_ACTORS));
    }

    private void emergency(Kind kind, long time) {
        Button button = random.oneOf(buttons.all());
        boolean isDuress = kind == Kind.DURESS;
        Occurrence emergency =
                records.at(
                        button.spot(),
                        isDuress ? "duress" : "panic-button",
                        isDuress ? 95 : 75,
                        Outcome.REAL,
                        time);
        report(emergency, button, kind, time);
        if (random.happens(0.6)) {
            int more = 1 + random.below(4);
            long again = time;
            for (int i = 0; i < more; i++) {
                again += (long) random.between(1_000, 8_000);
                report(emergency, button, kind, again);
            }
        }
        if (random.happens(0.3)) {
            call(emergency, time + (long) random.exponential(40_000));
        }
    }

    /** Alarms of zones; several at a time would be one incident. */
    private void prisons() {
        long last = 0;
        for (long time : times(atLeastTwo(PRISON_PER_DAY))) {
            if (time - last > PRISON_GAP_MS) {
                prison(time);
                last = time;
            }
        }
    }

    private void prison(long time) {
        Button zone = random.oneOf(buttons.zones());
        boolean isReal = random.happens(0.3);
        Occurrence alarm =
                records.at(
                        zone.spot(),
                        "prison-alarm",
                        90,
                        isReal ? Outcome.REAL : Outcome.FALSE_ALARM,
                        time);
        report(alarm, zone, Kind.ZONE_ALARM, time);
        records.send(event(zone, Kind.ZONE_RESTORED, time + 120_000, null), time + 120_500);
    }

    /** The weekly test: the device says so and is pressed. */
    private void test(long time) {
        Button button = random.oneOf(buttons.all());
        Occurrence test = records.at(button.spot(), "test", 0, Outcome.NOTHING, time);
        testedAt.put(button.deviceId(), time);
        test.event(event(button, Kind.TEST, time, null), time + 500);
        long pressed = time + (long) random.between(5_000, 30_000);
        test.event(event(button, Kind.PRESS, pressed, null), pressed + 500);
    }

    private void fault(long time) {
        Button button = random.oneOf(buttons.all());
        Occurrence fault = records.fault(button.spot(), time, Outcome.REAL);
        report(fault, button, Kind.FAULT, time);
        long restored = time + (long) random.exponential(3_600_000);
        if (restored < options.end()) {
            records.send(event(button, Kind.RESTORED, restored, null), restored + 500);
        }
    }

    /** A button that reports a press every few seconds is defective. */
    private void stuck(long time) {
        Button button = random.oneOf(buttons.all());
        Occurrence stuck = records.fault(button.spot(), time, Outcome.REAL);
        for (long at = time; at < time + 5 * 60_000; at += 1_000 + random.below(2_000)) {
            report(stuck, button, Kind.PRESS, at);
        }
    }

    /**
     * A power failure in a town triggers its buttons, each premises an incident of its own.
     * Meanwhile a person is in danger elsewhere.
     */
    private void storm(long time) {
        Spot centre = random.oneOf(buttons.all()).spot();
        List<Button> nearest =
                buttons.all().stream()
                        .sorted(
                                Comparator.comparingDouble(
                                        button -> centre.metresTo(button.spot())))
                        .limit(STORM_PRESSES)
                        .toList();
        Map<Spot, Occurrence> byPremises = new HashMap<>();
        for (Button button : nearest) {
            long at = time + (long) random.between(0, STORM_MS);
            Occurrence accident =
                    byPremises.computeIfAbsent(
                            button.entrance(),
                            spot -> records.at(spot, "accident", 75, Outcome.FALSE_ALARM, time));
            report(accident, button, Kind.PRESS, at);
        }
        long real = time + STORM_MS / 2;
        Button button = buttons.all().get(buttons.all().size() - 1 - random.below(50));
        report(
                records.at(button.spot(), "duress", 95, Outcome.REAL, real),
                button,
                Kind.DURESS,
                real);
    }

    /** All buttons of a school, and calls from it, are one incident. */
    private void school(long time) {
        List<Button> school = random.oneOf(buttons.schools());
        Spot spot = school.get(0).spot();
        Occurrence incident = records.at(spot, "panic-button", 85, Outcome.REAL, time);
        for (Button button : school) {
            report(incident, button, Kind.PRESS, time + (long) random.exponential(40_000));
        }
        int calls = 2 + random.below(5);
        for (int i = 0; i < calls; i++) {
            call(incident, time + (long) random.exponential(60_000));
        }
    }

    private void heartbeats() {
        long gap = options.heartbeatMinutes() * 60_000L;
        if (gap == 0) {
            return;
        }
        for (Button button : buttons.all()) {
            for (long at = options.start() + (long) random.between(0, gap);
                    at < options.end();
                    at += gap) {
                records.send(event(button, Kind.HEARTBEAT, at, null), at + 300);
            }
        }
    }

    private void call(Occurrence incident, long time) {
        Call call =
                new Call.Emergency(
                        "P%05d".formatted(++callNumber),
                        time,
                        "30101",
                        incident.spot().near(random, 20).place(60),
                        null,
                        "Piden auxilio",
                        "es-MX",
                        null,
                        "PCAD" + callNumber,
                        false,
                        false,
                        null);
        incident.call(call, time + (long) random.between(20_000, 45_000));
    }

    /**
     * An event on the device's link, which is slow or repeats itself now and then. A button that is
     * being tested is not pressed otherwise.
     */
    private void report(Occurrence occurrence, Button button, Kind kind, long time) {
        long sinceTest = time - testedAt.getOrDefault(button.deviceId(), 0L);
        if (sinceTest > 0 && sinceTest < TEST_MS) {
            return;
        }
        DeviceEvent event = event(button, kind, time, null);
        double delay = random.between(200, 1_500);
        if (kind == Kind.PRESS && random.happens(LATE)) {
            delay = random.between(10_000, 120_000);
        }
        occurrence.event(event, time + (long) delay);
        if (random.happens(TWICE)) {
            occurrence.event(event, time + (long) (delay + random.between(500, 30_000)));
        }
    }

    private DeviceEvent event(Button button, Kind kind, long time, Boolean codeAccepted) {
        return new DeviceEvent(
                "%d".formatted(++eventNumber),
                button.deviceId(),
                kind,
                time,
                codeAccepted,
                null,
                null,
                button.premises(),
                button.openingHours(),
                button.premises() == Premises.PRISON ? button.deviceId() : null,
                null);
    }
}
