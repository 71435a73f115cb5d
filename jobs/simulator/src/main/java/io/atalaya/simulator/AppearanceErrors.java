package io.atalaya.simulator;

import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.simulator.random.SeededRandom;

import java.util.List;
import java.util.Map;

/** The appearance that a camera reports for a vehicle, correct most of the time. */
final class AppearanceErrors {
    static final double RIGHT = 0.93;

    /**
     * Share of wrong colours that are neighbours of the right one, for example grey for silver at
     * dusk.
     */
    private static final double NEIGHBOUR = 0.7;

    private static final Map<String, List<String>> NEIGHBOURS =
            Map.of(
                    "WHITE", List.of("SILVER", "BEIGE"),
                    "SILVER", List.of("GRAY", "WHITE"),
                    "GRAY", List.of("SILVER", "BLACK", "BLUE"),
                    "BLACK", List.of("GRAY", "BLUE"),
                    "BLUE", List.of("BLACK", "GRAY", "GREEN"),
                    "RED", List.of("BROWN"),
                    "GREEN", List.of("BLUE", "GRAY"),
                    "BROWN", List.of("RED", "BEIGE"),
                    "BEIGE", List.of("WHITE", "BROWN"),
                    "YELLOW", List.of("BEIGE"));

    private final SeededRandom random;
    private final Fleet fleet;
    private final boolean eachOnItsOwn;

    /**
     * @param eachOnItsOwn whether make, colour and type are wrong independently with equal rates;
     *     otherwise either make or colour is wrong, and the type never
     */
    AppearanceErrors(SeededRandom random, Fleet fleet, boolean eachOnItsOwn) {
        this.random = random;
        this.fleet = fleet;
        this.eachOnItsOwn = eachOnItsOwn;
    }

    Vehicle of(Vehicle vehicle) {
        boolean make;
        boolean color;
        boolean type = false;
        if (eachOnItsOwn) {
            make = !random.happens(RIGHT);
            color = !random.happens(RIGHT);
            type = !random.happens(RIGHT);
        } else {
            boolean wrong = !random.happens(RIGHT);
            color = wrong && random.happens(0.5);
            make = wrong && !color;
        }
        Vehicle mistaken = make ? otherMake(vehicle) : vehicle;
        return new Vehicle(
                mistaken.make(),
                mistaken.model(),
                color ? otherColor(vehicle.color()) : vehicle.color(),
                type ? otherType(vehicle.type()) : vehicle.type(),
                Math.rint(random.between(0.7, 0.97) * 1000) / 1000);
    }

    private Vehicle otherMake(Vehicle vehicle) {
        while (true) {
            Vehicle other = random.oneOf(fleet.models());
            if (!other.make().equals(vehicle.make())) {
                return other;
            }
        }
    }

    private String otherColor(String color) {
        if (eachOnItsOwn && random.happens(NEIGHBOUR)) {
            return random.oneOf(NEIGHBOURS.get(color));
        }
        while (true) {
            String other = random.oneOf(fleet.colors());
            if (!other.equals(color)) {
                return other;
            }
        }
    }

    private String otherType(String type) {
        while (true) {
            String other = random.oneOf(fleet.models()).type();
            if (!other.equals(type)) {
                return other;
            }
        }
    }
}
