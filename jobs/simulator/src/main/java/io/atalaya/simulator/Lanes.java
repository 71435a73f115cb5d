package io.atalaya.simulator;

import io.atalaya.simulator.Roads.Stretch;
import io.atalaya.simulator.random.SeededRandom;

import java.util.Arrays;

/** Assigns lanes to passing vehicles, with a minimum gap within a lane. */
final class Lanes {
    static final int MAX_LANES = 16;

    /** Minimum gap in ms between two vehicles of a lane. */
    static final long HEADWAY_MS = 800;

    private final SeededRandom random;
    private final long[] last;

    Lanes(SeededRandom random, int arches) {
        this.random = random;
        this.last = new long[arches * MAX_LANES];
        Arrays.fill(last, Long.MIN_VALUE / 2);
    }

    /** Takes a lane at the end of the stretch; calls are in time order. */
    int assign(Stretch stretch, long time) {
        int first = random.below(stretch.lanes());
        int taken = first;
        for (int i = 0; i < stretch.lanes(); i++) {
            int lane = (first + i) % stretch.lanes();
            if (time - last[slot(stretch, lane)] >= HEADWAY_MS) {
                taken = lane;
                break;
            }
        }
        last[slot(stretch, taken)] = time;
        return stretch.lane() + taken;
    }

    private static int slot(Stretch stretch, int lane) {
        return stretch.to() * MAX_LANES + stretch.lane() + lane;
    }
}
