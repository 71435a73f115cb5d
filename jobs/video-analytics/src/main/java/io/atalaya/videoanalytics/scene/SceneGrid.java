package io.atalaya.videoanalytics.scene;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Grid of cells over one camera's view with the directions and speeds of vehicles, the places of
 * people and the dwell of objects. An empty cell takes two bytes on the heap and none in state.
 * What is learned decays with time and with every new passage, so that a lasting change becomes
 * typical.
 */
public final class SceneGrid {
    public static final int COLUMNS = 32;
    public static final int ROWS = 18;
    public static final int CELLS = COLUMNS * ROWS;

    /** Directions are counted in eighths of the circle. */
    public static final int DIRECTIONS = 8;

    private static final short NONE = -1;

    private static final int VEHICLES = 8;
    private static final int SPEED_COUNT = 9;
    private static final int SPEED_MEAN = 10;
    private static final int SPEED_VARIANCE = 11;
    private static final int PEOPLE = 12;
    private static final int VEHICLE_STAY = 13;
    private static final int PERSON_STAY = 14;
    private static final int ITEM_STAY = 15;
    private static final int FIELDS = 16;

    /**
     * Resolution of each field, stored in two bytes on the heap and in state: counts up to {@link
     * #MEMORY}, logs of speeds, stays in seconds up to 18 hours.
     */
    private static final float[] STEPS = new float[FIELDS];

    static {
        Arrays.fill(STEPS, 1f / 256);
        STEPS[SPEED_MEAN] = 1f / 2048;
        STEPS[SPEED_VARIANCE] = 1f / 2048;
        STEPS[VEHICLE_STAY] = 2;
        STEPS[PERSON_STAY] = 2;
        STEPS[ITEM_STAY] = 2;
    }

    /** Number of passages over which earlier ones decay. */
    private static final float MEMORY = 80;

    private final short[] slots = new short[CELLS];
    private short[] values = new short[0];
    private int used;

    public SceneGrid() {
        Arrays.fill(slots, NONE);
    }

    /** The cell of a position in fractions of the image. */
    public static int cell(float x, float y) {
        int column = Math.max(0, Math.min(COLUMNS - 1, (int) (x * COLUMNS)));
        int row = Math.max(0, Math.min(ROWS - 1, (int) (y * ROWS)));
        return row * COLUMNS + column;
    }

    /**
     * The cell of a position in image heights.
     *
     * @param aspect image width over height
     */
    static int cell(float x, float y, float aspect) {
        return cell(x / aspect, y);
    }

    /** A direction in eighths of the circle, from 0 to below 8. */
    public static float direction(float dx, float dy) {
        float across = Math.abs(dx);
        float along = Math.abs(dy);
        float steeper = Math.max(across, along);
        float eighth = steeper == 0 ? 0 : arctangent(Math.min(across, along) / steeper);
        float ofQuarter = along > across ? 2 - eighth : eighth;
        float ofHalf = dx < 0 ? 4 - ofQuarter : ofQuarter;
        return (dy < 0 ? DIRECTIONS - ofHalf : ofHalf) % DIRECTIONS;
    }

    /**
     * Arctangent of a ratio from 0 to 1, in eighths of the circle. The polynomial's error is some
     * millionths at most (Abramowitz and Stegun 1964, 4.4.49). Java's own function took as long as
     * all other work per cell.
     */
    private static float arctangent(float ratio) {
        double r = (double) ratio * ratio;
        double series = 0.0028662257;
        series = series * r - 0.0161657367;
        series = series * r + 0.0429096138;
        series = series * r - 0.0752896400;
        series = series * r + 0.1065626393;
        series = series * r - 0.1420889944;
        series = series * r + 0.1999355085;
        series = series * r - 0.3333314528;
        return (float) ((series * r + 1) * ratio * (4 / Math.PI));
    }

    /** Adds the passage of a vehicle through a cell. */
    public void learnVehicle(int cell, float direction, float weight) {
        int slot = slot(cell);
        float keep = 1 - weight / MEMORY;
        int low = (int) direction;
        float share = direction - low;
        for (int i = 0; i < DIRECTIONS; i++) {
            float seen = 0;
            if (i == low) {
                seen = (1 - share) * weight;
            } else if (i == (low + 1) % DIRECTIONS) {
                seen = share * weight;
            }
            set(slot, i, get(slot, i) * keep + seen);
        }
        set(slot, VEHICLES, get(slot, VEHICLES) * keep + weight);
    }

    /** Adds the speed of a vehicle in a cell; the unit is the caller's. */
    public void learnSpeed(int cell, float logSpeed) {
        int slot = slot(cell);
        float count = Math.min(get(slot, SPEED_COUNT) + 1, MEMORY);
        float mean = get(slot, SPEED_MEAN);
        float off = logSpeed - mean;
        float newMean = mean + off / count;
        float variance = get(slot, SPEED_VARIANCE);
        set(slot, SPEED_COUNT, count);
        set(slot, SPEED_MEAN, newMean);
        float newVariance = variance + (off * (logSpeed - newMean) - variance) / count;
        set(slot, SPEED_VARIANCE, newVariance + STEPS[SPEED_VARIANCE] * chance(logSpeed));
    }

    /**
     * Up to half a step either way, so that changes of less than half a step are not always rounded
     * away: only large deviations would be learned, and an even pace would seem twice as uneven. It
     * is taken from the last bits of the speed, so that the same frames give the same scene.
     */
    private static float chance(float logSpeed) {
        return (Float.floatToRawIntBits(logSpeed) & 0xFF) / 256f - 0.5f;
    }

    /** Adds the passage of a person through a cell. */
    public void learnPerson(int cell, float weight) {
        int slot = slot(cell);
        set(slot, PEOPLE, get(slot, PEOPLE) * (1 - weight / MEMORY) + weight);
    }

    /**
     * Learns a stay in a cell if it is longer than the known one.
     *
     * @param weight 1 for a typical stay; less if it was an episode that may not recur
     */
    public void learnStay(int cell, StationaryClass stay, float millis, float weight) {
        float seconds = millis / 1000;
        float known = slots[cell] == NONE ? 0 : get(slots[cell], stay.field);
        if (seconds > known) {
            set(slot(cell), stay.field, known + weight * (seconds - known));
        }
    }

    /** Class of stationary objects, each with its own typical stay. */
    public enum StationaryClass {
        VEHICLE(VEHICLE_STAY),
        PERSON(PERSON_STAY),
        ITEM(ITEM_STAY);

        private final int field;

        StationaryClass(int field) {
            this.field = field;
        }
    }

    /** Decayed number of vehicle passages in a cell. */
    public float vehicles(int cell) {
        return slots[cell] == NONE ? 0 : get(slots[cell], VEHICLES);
    }

    /** Share of the vehicles with this direction, within 1/8 of the circle; 0 without vehicles. */
    public float share(int cell, float direction) {
        int slot = slots[cell];
        if (slot == NONE) {
            return 0;
        }
        int nearest = Math.round(direction) % DIRECTIONS;
        float sum =
                get(slot, nearest)
                        + get(slot, (nearest + 1) % DIRECTIONS)
                        + get(slot, (nearest + DIRECTIONS - 1) % DIRECTIONS);
        return sum / Math.max(get(slot, VEHICLES), 1e-6f);
    }

    /** Passages in a cell and its neighbours with this direction, within 1/8 of the circle. */
    public float support(int cell, float direction) {
        int nearest = Math.round(direction) % DIRECTIONS;
        int right = (nearest + 1) % DIRECTIONS;
        int left = (nearest + DIRECTIONS - 1) % DIRECTIONS;
        int row = cell / COLUMNS;
        int column = cell % COLUMNS;
        // Adds integers for all three directions at once, because this is called more often than
        // most.
        int steps = 0;
        for (int r = Math.max(0, row - 1); r <= Math.min(ROWS - 1, row + 1); r++) {
            for (int c = Math.max(0, column - 1); c <= Math.min(COLUMNS - 1, column + 1); c++) {
                int slot = slots[r * COLUMNS + c];
                if (slot != NONE) {
                    int at = slot * FIELDS;
                    steps += values[at + nearest] + values[at + right] + values[at + left];
                }
            }
        }
        return steps * STEPS[nearest];
    }

    /**
     * Axis along which vehicles go in a cell and those around it, in eighths of the circle, from -2
     * to 2. Both directions of a road have the same axis.
     */
    public float axis(int cell) {
        int row = cell / COLUMNS;
        int column = cell % COLUMNS;
        float level = 0;
        float slanted = 0;
        for (int r = Math.max(0, row - 1); r <= Math.min(ROWS - 1, row + 1); r++) {
            for (int c = Math.max(0, column - 1); c <= Math.min(COLUMNS - 1, column + 1); c++) {
                int slot = slots[r * COLUMNS + c];
                if (slot != NONE) {
                    // The doubled angles of the eighths: 0 and 4 are level, 2 and 6 upright.
                    level += get(slot, 0) + get(slot, 4) - get(slot, 2) - get(slot, 6);
                    slanted += get(slot, 1) + get(slot, 5) - get(slot, 3) - get(slot, 7);
                }
            }
        }
        return (float) (Math.atan2(slanted, level) * 2 / Math.PI);
    }

    /** Number of speeds that the cell remembers. */
    public float speeds(int cell) {
        return slots[cell] == NONE ? 0 : get(slots[cell], SPEED_COUNT);
    }

    public float logSpeed(int cell) {
        return get(slots[cell], SPEED_MEAN);
    }

    public float speedVariance(int cell) {
        return get(slots[cell], SPEED_VARIANCE);
    }

    /** Passages of people in a cell and its neighbours. */
    public float peopleAround(int cell) {
        return around(cell, PEOPLE, true);
    }

    /** The longest typical stay in a cell and its neighbours, ms. */
    public float maxStayAround(int cell, StationaryClass stay) {
        return 1000 * around(cell, stay.field, false);
    }

    private float around(int cell, int field, boolean sum) {
        int row = cell / COLUMNS;
        int column = cell % COLUMNS;
        float result = 0;
        for (int r = Math.max(0, row - 1); r <= Math.min(ROWS - 1, row + 1); r++) {
            for (int c = Math.max(0, column - 1); c <= Math.min(COLUMNS - 1, column + 1); c++) {
                int slot = slots[r * COLUMNS + c];
                if (slot != NONE) {
                    float value = get(slot, field);
                    result = sum ? result + value : Math.max(result, value);
                }
            }
        }
        return result;
    }

    /** Decays counts and stays by a factor; speeds are kept. */
    public void fade(float factor) {
        for (int slot = 0; slot < used; slot++) {
            for (int field = 0; field < FIELDS; field++) {
                if (field != SPEED_MEAN && field != SPEED_VARIANCE) {
                    set(slot, field, factor * get(slot, field));
                }
            }
        }
    }

    private float get(int slot, int field) {
        return values[slot * FIELDS + field] * STEPS[field];
    }

    private void set(int slot, int field, float value) {
        int steps = Math.round(value / STEPS[field]);
        values[slot * FIELDS + field] =
                (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, steps));
    }

    /** The slot of a cell, created if the cell is empty. */
    private int slot(int cell) {
        if (slots[cell] == NONE) {
            if ((used + 1) * FIELDS > values.length) {
                int cells = Math.min(CELLS, Math.max(16, used * 3 / 2));
                values = Arrays.copyOf(values, Math.max(cells, used + 1) * FIELDS);
            }
            slots[cell] = (short) used++;
        }
        return slots[cell];
    }

    /** Writes every cell that is not empty, without fields that are 0. */
    public void write(DataOutput out) throws IOException {
        out.writeShort(used);
        for (int cell = 0; cell < CELLS; cell++) {
            if (slots[cell] != NONE) {
                out.writeShort(cell);
                writeCell(slots[cell] * FIELDS, out);
            }
        }
    }

    private void writeCell(int at, DataOutput out) throws IOException {
        int known = 0;
        for (int i = 0; i < FIELDS; i++) {
            known |= values[at + i] == 0 ? 0 : 1 << i;
        }
        out.writeShort(known);
        for (int i = 0; i < FIELDS; i++) {
            if (values[at + i] != 0) {
                out.writeShort(values[at + i]);
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    public static SceneGrid read(DataInput in) throws IOException {
        SceneGrid grid = new SceneGrid();
        for (int cells = in.readShort(); cells > 0; cells--) {
            int at = grid.slot(in.readShort()) * FIELDS;
            int known = in.readShort();
            for (int i = 0; i < FIELDS; i++) {
                if ((known & 1 << i) != 0) {
                    grid.values[at + i] = in.readShort();
                }
            }
        }
        return grid;
    }
}
