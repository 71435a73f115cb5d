package io.atalaya.hotlistmatch.passage;

import io.atalaya.hotlistmatch.FormatSample;
import io.atalaya.hotlistmatch.SharedSamples;
import io.atalaya.plate.CanonicalPlate;

import java.util.List;

/** Samples of the passage's formats. */
public final class PassageSamples {
    private static final long NOON = SharedSamples.NOON;
    public static final Sighting SIGHTING =
            new Sighting("ARCO-1/R-1", NOON + 5, true, SharedSamples.FULL_READ);
    public static final Gone GONE = new Gone("ARCO-1/R-1", "ARCO-1/R-2", NOON + 9, true);

    private PassageSamples() {}

    public static List<FormatSample<?>> samples() {
        return List.of(
                FormatSample.<PlateEvent>of(PlateEventFormat.INSTANCE, SIGHTING, GONE),
                FormatSample.of(
                        SightingFormat.INSTANCE,
                        SIGHTING,
                        new Sighting("ARCO-1/R-2", NOON, false, SharedSamples.WITHDRAWAL)),
                FormatSample.of(DeviceMemoryFormat.INSTANCE, memory(), new DeviceMemory()));
    }

    private static DeviceMemory memory() {
        DeviceMemory memory = new DeviceMemory();
        long[] one = {CanonicalPlate.pack("NKR-48-16")};
        long[] two = {CanonicalPlate.pack("NKR-4B-16"), CanonicalPlate.pack("NKR-48-16")};
        memory.remember("R-1", new DeviceMemory.Sent("R-1", NOON, one));
        memory.remember("R-2", new DeviceMemory.Sent("R-1", NOON + 5, two));
        memory.markGone("R-1", NOON + 5);
        memory.markGone("R-2", NOON + 9);
        return memory;
    }
}
