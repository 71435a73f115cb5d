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

    private final SeededRandom chance;
    private final Fleet fleet;
    private final boolean eachOnItsOwn;

    /**
     * @param eachOnItsOwn whether make, colour and type are wrong independently with equal rates;
     *     otherwise either make or colour is wrong, and the type never
     */
    AppearanceErrors(SeededRandom chance, Fleet fleet, boolean eachOnItsOwn) {
        this.chance = chance;
        this.fleet = fleet;
        this.eachOnItsOwn = eachOnItsOwn;
    }

    Vehicle of(Vehicle vehicle) {
        boolean make;
        boolean color;
        boolean type = false;
        if (eachOnItsOwn) {
            make = !chance.happens(RIGHT);
            color = !chance.happens(RIGHT);
            type = !chance.happens(RIGHT);
        } else {
            boolean wrong = !chance.happens(RIGHT);
            color = wrong && chance.happens(0.5);
            make = wrong && !color;
        }
        Vehicle mistaken = make ? otherMake(vehicle) : vehicle;
        return new Vehicle(
                mistaken.make(),
                mistaken.model(),
                color ? otherColor(vehicle.color()) : vehicle.color(),
                type ? otherType(vehicle.type()) : vehicle.type(),
                Math.rint(chance.between(0.7, 0.97) * 1000) / 1000);
    }

    private Vehicle otherMake(Vehicle vehicle) {
        while (true) {
            Vehicle other = chance.oneOf(fleet.models());
            if (!other.make().equals(vehicle.make())) {
                return other;
            }
        }
    }

    private String otherColor(String color) {
        if (eachOnItsOwn && chance.happens(NEIGHBOUR)) {
            return chance.oneOf(NEIGHBOURS.get(color));
        }
        while (true) {
            String other = chance.oneOf(fleet.colors());
            if (!other.equals(color)) {
                return other;
            }
        }
    }

    private String otherType(String type) {
        while (true) {
            String other = chance.oneOf(fleet.models()).type();
            if (!other.equals(type)) {
                return other;
            }
        }
    }
}
