package io.atalaya.loadgenerator;

/** The way in: makes a city from its options. */
public final class SampleCity {
    private SampleCity() {}

    /**
     * A city's records and answers. The same options give the same bytes.
     *
     * @throws IllegalArgumentException if the options ask for more plates than there are
     */
    public static City generate(CityOptions options) {
        return new City(options);
    }
}
