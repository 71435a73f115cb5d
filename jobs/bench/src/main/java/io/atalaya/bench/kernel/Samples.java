package io.atalaya.bench.kernel;

import io.atalaya.bench.hotlist.NationalList;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.Vehicle;

import it.unimi.dsi.fastutil.longs.LongSets;

import java.util.List;

/** Listed and unlisted plates, and a read as an arch sends it. */
final class Samples {
    private static final int COUNT = 1 << 16;
    private static final int MASK = COUNT - 1;
    private static final long SEED = 7;
    private static final long TIME = 1_780_000_000_000L;

    private final NationalList entries;
    private final long[] listed = new long[COUNT];
    private final long[] others = new long[COUNT];

    private Samples(NationalList entries) {
        this.entries = entries;
        for (int i = 0; i < COUNT; i++) {
            listed[i] = CanonicalPlate.pack(entries.entry(i).plate());
            others[i] = CanonicalPlate.pack(entries.entry(COUNT + i).plate());
        }
    }

    static Samples make() {
        return new Samples(new NationalList(SEED, 2 * COUNT, LongSets.EMPTY_SET));
    }

    HotlistEntry entry(int index) {
        return entries.entry(index & MASK);
    }

    /** A listed plate, packed. */
    long listed(int index) {
        return listed[index & MASK];
    }

    /** An unlisted plate, packed. */
    long plate(int index) {
        return others[index & MASK];
    }

    /** A read of that entry's vehicle with one wrong character. */
    static PlateRead misread(HotlistEntry entry) {
        String plate = entry.plate();
        char last = plate.charAt(plate.length() - 1);
        String wrong = plate.substring(0, plate.length() - 1) + (last == 'B' ? '8' : 'B');
        Vehicle looks = entry.vehicle();
        return new PlateRead(
                "R1a2b-0012345",
                "ARCH-0042",
                2,
                TIME,
                wrong,
                0.93,
                List.of(new Candidate(wrong, 0.93), new Candidate(plate, 0.31)),
                "MX",
                null,
                Compass.NE,
                84.5,
                new Vehicle(looks.make(), looks.model(), looks.color(), looks.type(), 0.8),
                null,
                null,
                null,
                false);
    }

    /** A correct read of that entry's vehicle. */
    static PlateRead read(HotlistEntry entry, double confidence, boolean looks) {
        Vehicle vehicle = entry.vehicle();
        return new PlateRead(
                "R1a2b-0012345",
                "ARCH-0042",
                2,
                TIME,
                entry.plate(),
                confidence,
                List.of(),
                "MX",
                entry.state(),
                null,
                null,
                looks
                        ? new Vehicle(vehicle.make(), null, vehicle.color(), vehicle.type(), 0.8)
                        : null,
                null,
                null,
                null,
                false);
    }
}
