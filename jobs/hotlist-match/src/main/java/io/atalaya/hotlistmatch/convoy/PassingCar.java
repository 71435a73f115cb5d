package io.atalaya.hotlistmatch.convoy;

import io.atalaya.hotlistmatch.passage.Gone;
import io.atalaya.hotlistmatch.passage.Sighting;
import io.atalaya.plate.PlateRead;

/** A car on its way from the passage step to the convoys, keyed by device. */
public record PassingCar(String deviceId, Car car) {

    /** The car of a read. */
    public static PassingCar of(Sighting sighting) {
        PlateRead read = sighting.read();
        return new PassingCar(
                read.deviceId(),
                new Car(
                        read.readId(),
                        root(sighting.passageId(), read.deviceId(), read.readId()),
                        read.plate(),
                        read.time(),
                        sighting.arrival(),
                        read.direction()));
    }

    /**
     * The end of a read.
     *
     * @param time of the read, epoch ms
     */
    public static PassingCar end(String deviceId, String readId, Gone gone, long time) {
        return new PassingCar(
                deviceId,
                new Car(
                        readId,
                        root(gone.passageId(), deviceId, readId),
                        null,
                        time,
                        gone.at(),
                        null));
    }

    /** Most reads name their passage themselves: no text is made for them. */
    private static String root(String passageId, String deviceId, String readId) {
        int from = deviceId.length() + 1;
        return passageId.length() == from + readId.length() && passageId.endsWith(readId)
                ? readId
                : passageId.substring(from);
    }
}
