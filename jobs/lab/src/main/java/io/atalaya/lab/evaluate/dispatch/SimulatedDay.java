package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.simulator.dispatch.DispatchOptions;

import picocli.CommandLine.Option;

/** The arguments of commands that generate a day of dispatch. */
final class SimulatedDay {
    /** Fixed, so that the same arguments give the same bytes: Tuesday, 3 March 2026, local. */
    private static final long MIDNIGHT = 1_772_517_600_000L;

    @Option(
            names = "--minutes",
            defaultValue = "1440",
            paramLabel = "N",
            description = "Duration, 10 to 10080, from midnight on (default: ${DEFAULT-VALUE}).")
    private int minutes;

    @Option(
            names = "--load",
            defaultValue = "1",
            paramLabel = "SHARE",
            description =
                    "Share of the load of the reference installation, 0.01 to 20 (default:"
                            + " ${DEFAULT-VALUE}).")
    private double load;

    /**
     * @throws IllegalArgumentException naming every argument out of range
     */
    DispatchOptions options(long seed) {
        return DispatchOptions.defaults(seed, MIDNIGHT).withMinutes(minutes).withLoad(load);
    }
}
