package io.atalaya.simulator.dispatch;

import java.util.ArrayList;
import java.util.List;

/**
 * Options of a simulated day of dispatch. The same options give the same bytes.
 *
 * @param seed any number
 * @param start epoch ms
 * @param minutes 10 to 10,080
 * @param load share of the load of the reference installation, which has some 20,000 calls and 900
 *     incidents a day; 0.01 to 20
 * @param buttons help buttons of schools, offices and shops, 100 to 100,000
 * @param heartbeatMinutes between heartbeats of a button, 0 for none
 * @param hasCovert whether covert entries of the hot list are among the wanted vehicles
 * @param hasSiteFaults whether a site stops, and is later cut off from the other
 */
public record DispatchOptions(
        long seed,
        long start,
        int minutes,
        double load,
        int buttons,
        int heartbeatMinutes,
        boolean hasCovert,
        boolean hasSiteFaults) {

    private static final long MINUTE_MS = 60_000;

    /**
     * @throws IllegalArgumentException naming every option out of range
     */
    public DispatchOptions {
        List<String> faults = new ArrayList<>();
        check(faults, "minutes", minutes, 10, 10_080);
        check(faults, "load", load, 0.01, 20);
        check(faults, "buttons", buttons, 100, 100_000);
        check(faults, "heartbeatMinutes", heartbeatMinutes, 0, 1_440);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }

    /**
     * A day of the reference installation: 2,000 buttons in schools and offices, 2,500 in shops.
     */
    public static DispatchOptions defaults(long seed, long start) {
        return new DispatchOptions(seed, start, 1_440, 1, 4_500, 0, true, true);
    }

    public DispatchOptions withMinutes(int value) {
        return new DispatchOptions(
                seed, start, value, load, buttons, heartbeatMinutes, hasCovert, hasSiteFaults);
    }

    public DispatchOptions withLoad(double value) {
        return new DispatchOptions(
                seed, start, minutes, value, buttons, heartbeatMinutes, hasCovert, hasSiteFaults);
    }

    public DispatchOptions withButtons(int value, int newHeartbeatMinutes) {
        return new DispatchOptions(
                seed, start, minutes, load, value, newHeartbeatMinutes, hasCovert, hasSiteFaults);
    }

    public DispatchOptions withCovert(boolean value) {
        return new DispatchOptions(
                seed, start, minutes, load, buttons, heartbeatMinutes, value, hasSiteFaults);
    }

    public DispatchOptions withSiteFaults(boolean value) {
        return new DispatchOptions(
                seed, start, minutes, load, buttons, heartbeatMinutes, hasCovert, value);
    }

    /** The end of the day, epoch ms. */
    public long end() {
        return start + minutes * MINUTE_MS;
    }

    /** A time within the day; share 0 is its start, 1 its end. */
    long timeAt(double share) {
        return start + (long) (share * minutes * MINUTE_MS);
    }

    private static void check(
            List<String> faults, String name, Number value, Number from, Number to) {
        double number = value.doubleValue();
        if (!(number >= from.doubleValue() && number <= to.doubleValue())) {
            faults.add(name + ": got " + value + ", expected " + from + " to " + to);
        }
    }
}
