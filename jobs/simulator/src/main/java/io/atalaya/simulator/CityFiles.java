package io.atalaya.simulator;

import java.io.IOException;
import java.nio.file.Path;

/** Writes a city as a recording. */
public final class CityFiles {
    private CityFiles() {}

    /**
     * Takes all of the city's records and writes them into {@code directory}, which is created if
     * it is missing.
     *
     * @return number of records written
     */
    public static long write(City city, Path directory) throws IOException {
        try (RecordingWriter recording = new RecordingWriter(directory)) {
            while (city.hasNext()) {
                recording.write(city.next());
            }
            recording.write(city.truth());
            return recording.records();
        }
    }
}
