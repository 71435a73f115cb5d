package io.atalaya.cli.demo;

import io.atalaya.cli.embedded.JobOverrides;
import io.atalaya.hotlistmatch.HotlistMatchOptions;
import io.atalaya.hotlistmatch.HotlistMatchSettings;
import io.atalaya.loadgenerator.CityOptions;
import io.atalaya.loadgenerator.PassagesKept;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the demo does.
 *
 * @param rate plate reads a second
 * @param bulk entries loaded while reads flow, 0 for none
 * @param bulkRate of those, a second
 * @param parallelism of the job
 * @param overrides of the job's settings
 */
record DemoSettings(
        double rate,
        int minutes,
        long seed,
        Language language,
        int hotlistSize,
        int bulk,
        int bulkRate,
        int parallelism,
        Map<String, String> overrides) {
    /** Dense enough that a convoy has passed a handful of them within two minutes. */
    private static final int ARCHES = 300;

    static final JobOverrides JOB =
            new JobOverrides(HotlistMatchOptions.ALL, HotlistMatchSettings::from);

    /** What is wrong, every fault with its option; empty if nothing is. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        check(faults, "--rate", rate, 0.1, 20_000);
        check(faults, "--minutes", minutes, 1, 10_080);
        check(faults, "--hotlist-size", hotlistSize, 0, 2_000_000);
        check(faults, "--bulk", bulk, 0, 2_000_000);
        check(faults, "--bulk-rate", bulkRate, 1, 1_000_000);
        check(faults, "--parallelism", parallelism, 1, 128);
        faults.addAll(JobOverrides.faults(overrides, List.of(JOB)));
        return faults;
    }

    private static void check(
            List<String> faults, String option, Number value, Number from, Number to) {
        double v = value.doubleValue();
        if (!(v >= from.doubleValue() && v <= to.doubleValue())) {
            faults.add(option + ": got " + value + ", expected " + from + " to " + to);
        }
    }

    /** The city, with traffic from that moment on, epoch ms. */
    CityOptions city(long start) {
        return CityOptions.defaults(seed, start)
                .withMinutes(minutes)
                .withReadsPerSecond(rate)
                .withHotlistSize(hotlistSize)
                .withArches(ARCHES)
                .withPassages(PassagesKept.NONE);
    }
}
