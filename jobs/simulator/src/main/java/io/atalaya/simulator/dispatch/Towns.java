package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.simulator.CityOptions;
import io.atalaya.simulator.SampleCity;
import io.atalaya.simulator.random.SeededRandom;

import java.util.ArrayList;
import java.util.List;

/** The towns of the sample city, and its arches and cameras. */
final class Towns {
    private static final double METRES_PER_DEGREE = 111_320;

    /** Most of a town lies within this distance of its centre. */
    private static final double TOWN_METRES = 2_000;

    /** Further out another site could be responsible. */
    private static final double MAX_TOWN_METRES = 4_000;

    private static final int CAMERAS = 600;

    /** The places of the sample city; further arches lie between two of them. */
    private static final int TOWN_COUNT = 50;

    private final List<Device> centres;
    private final List<Device> arches;
    private final List<Device> cameras = new ArrayList<>();

    /** A point in a town, and who is responsible there. */
    record Spot(double latitude, double longitude, String municipality, String site) {
        static Spot of(Device device) {
            return new Spot(
                    device.latitude(), device.longitude(), device.municipality(), device.site());
        }

        Spot moved(double east, double north) {
            return new Spot(
                    latitude + north / METRES_PER_DEGREE,
                    longitude
                            + east
                                    / (METRES_PER_DEGREE
                                            * StrictMath.cos(StrictMath.toRadians(latitude))),
                    municipality,
                    site);
        }

        /** A point that is normally distributed around this one. */
        Spot near(SeededRandom random, double deviationMetres) {
            return moved(random.gaussian() * deviationMetres, random.gaussian() * deviationMetres);
        }

        Place place(double radiusMetres) {
            return new Place(rounded(latitude), rounded(longitude), radiusMetres);
        }

        double metresTo(Spot other) {
            double north = (other.latitude - latitude) * METRES_PER_DEGREE;
            double east =
                    (other.longitude - longitude)
                            * METRES_PER_DEGREE
                            * StrictMath.cos(StrictMath.toRadians(latitude));
            return StrictMath.sqrt(north * north + east * east);
        }
    }

    Towns(long seed, long start, SeededRandom random) {
        CityOptions options = CityOptions.defaults(seed, start);
        this.arches = SampleCity.arches(options);
        this.centres = SampleCity.arches(options.withArches(TOWN_COUNT));
        for (int i = 1; i <= CAMERAS; i++) {
            cameras.add(device("CAM-D%04d".formatted(i), Device.Kind.CAMERA, spot(random)));
        }
    }

    List<Device> arches() {
        return arches;
    }

    List<Device> cameras() {
        return cameras;
    }

    Spot centre(String municipality) {
        return centres.stream()
                .filter(each -> each.municipality().equals(municipality))
                .findFirst()
                .map(Spot::of)
                .orElseThrow();
    }

    /** A point somewhere in a town. */
    Spot spot(SeededRandom random) {
        Spot centre = Spot.of(random.oneOf(centres));
        Spot spot;
        do {
            spot = centre.near(random, TOWN_METRES);
        } while (spot.metresTo(centre) > MAX_TOWN_METRES);
        return spot;
    }

    static Device device(String deviceId, Device.Kind kind, Spot spot) {
        return new Device(
                deviceId,
                kind,
                spot.site,
                spot.municipality,
                rounded(spot.latitude),
                rounded(spot.longitude),
                null,
                null,
                null,
                "America/Mexico_City");
    }

    /** To about 10 cm. */
    private static double rounded(double degrees) {
        return Math.round(degrees * 1e6) / 1e6;
    }
}
