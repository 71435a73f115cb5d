package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.DeviceEvent.OpeningHours;
import io.atalaya.contracts.dispatch.DeviceEvent.Premises;
import io.atalaya.simulator.dispatch.Towns.Spot;
import io.atalaya.simulator.random.SeededRandom;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;

/** The help buttons and the zones of the prisons, and where they really are. */
final class Buttons {
    private static final List<DayOfWeek> WEEK =
            List.of(
                    DayOfWeek.MONDAY,
                    DayOfWeek.TUESDAY,
                    DayOfWeek.WEDNESDAY,
                    DayOfWeek.THURSDAY,
                    DayOfWeek.FRIDAY);

    private static final List<OpeningHours> SCHOOL_HOURS =
            List.of(new OpeningHours(WEEK, "07:00", "14:00"));

    private static final List<OpeningHours> OFFICE_HOURS =
            List.of(new OpeningHours(WEEK, "09:00", "18:00"));

    private static final List<OpeningHours> SHOP_HOURS =
            List.of(new OpeningHours(List.of(), "09:00", "22:00"));

    /** Of the reference installation's 4,500 buttons 2,000 are in schools and offices. */
    private static final double SHARE_OF_SCHOOLS = 0.3;

    private static final double SHARE_OF_OFFICES = 0.14;

    /** In a city of central Mexico many were registered at a wrong address. */
    private static final double WRONG_ADDRESS = 0.01;

    private static final int ZONES_PER_PRISON = 20;

    private final List<Button> all = new ArrayList<>();
    private final List<Button> zones = new ArrayList<>();
    private final List<List<Button>> schools = new ArrayList<>();

    /**
     * A button or zone.
     *
     * @param device as it is registered
     * @param spot where it is
     */
    record Button(
            Device device,
            Premises premises,
            List<OpeningHours> openingHours,
            Spot spot,
            Spot entrance) {
        String deviceId() {
            return device.deviceId();
        }
    }

    Buttons(Towns towns, int count, SeededRandom random) {
        while (all.size() < count * SHARE_OF_SCHOOLS) {
            Spot school = towns.spot(random);
            List<Button> buttons = new ArrayList<>();
            int size = 2 + random.below(9);
            for (int i = 0; i < size; i++) {
                buttons.add(add(Premises.SCHOOL, SCHOOL_HOURS, school, random));
            }
            schools.add(buttons);
        }
        while (all.size() < count * (SHARE_OF_SCHOOLS + SHARE_OF_OFFICES)) {
            add(Premises.OFFICE, OFFICE_HOURS, towns.spot(random), random);
        }
        while (all.size() < count) {
            add(Premises.SHOP, SHOP_HOURS, towns.spot(random), random);
        }
        for (String municipality : List.of("Almoloya de Juárez", "Ecatepec de Morelos")) {
            Spot prison = towns.centre(municipality).near(random, 500);
            for (int i = 1; i <= ZONES_PER_PRISON; i++) {
                Spot zone = prison.near(random, 40);
                zones.add(
                        new Button(
                                Towns.device(
                                        "PRISON-%s-%02d".formatted(prison.site(), i),
                                        Device.Kind.BUTTON,
                                        zone),
                                Premises.PRISON,
                                List.of(),
                                zone,
                                prison));
            }
        }
    }

    private Button add(
            Premises premises, List<OpeningHours> hours, Spot entrance, SeededRandom random) {
        Spot spot = entrance.near(random, 20);
        Spot registered = random.happens(WRONG_ADDRESS) ? spot.near(random, 1_500) : spot;
        Button button =
                new Button(
                        Towns.device(
                                "BTN-%05d".formatted(all.size() + 1),
                                Device.Kind.BUTTON,
                                registered),
                        premises,
                        hours,
                        spot,
                        entrance);
        all.add(button);
        return button;
    }

    /** Without those of prisons. */
    List<Button> all() {
        return all;
    }

    List<Button> zones() {
        return zones;
    }

    List<List<Button>> schools() {
        return schools;
    }

    List<Device> devices() {
        List<Device> devices = new ArrayList<>();
        all.forEach(button -> devices.add(button.device()));
        zones.forEach(zone -> devices.add(zone.device()));
        return devices;
    }
}
