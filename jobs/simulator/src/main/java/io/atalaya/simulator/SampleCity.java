package io.atalaya.simulator;

import io.atalaya.contracts.device.Device;

import java.util.List;

/** Entry point: generates a city from its options. */
public final class SampleCity {
    private SampleCity() {}

    /** The arches of a city with those options, as named in its records. */
    public static List<Device> arches(CityOptions options) {
        return Roads.build(options.arches()).arches();
    }

    /** The arches and cameras of a city with those options, as named in its records. */
    public static List<Device> devices(CityOptions options) {
        return new City(options).devices();
    }

    /**
     * Generates a city's records and ground truth. The same options give the same bytes.
     *
     * @throws IllegalArgumentException if the options need more plates than there are
     */
    public static City generate(CityOptions options) {
        return new City(options);
    }
}
