package io.atalaya.simulator;

import io.atalaya.contracts.device.Device;

import java.util.List;

/** The way in: makes a city from its options. */
public final class SampleCity {
    private SampleCity() {}

    /** The arches of a city with those options, as its records will name them. */
    public static List<Device> arches(CityOptions options) {
        return Roads.build(options.arches()).arches();
    }

    /** The arches and cameras of a city with those options, as its records will name them. */
    public static List<Device> devices(CityOptions options) {
        return new City(options).devices();
    }

    /**
     * A city's records and answers. The same options give the same bytes.
     *
     * @throws IllegalArgumentException if the options ask for more plates than there are
     */
    public static City generate(CityOptions options) {
        return new City(options);
    }
}
