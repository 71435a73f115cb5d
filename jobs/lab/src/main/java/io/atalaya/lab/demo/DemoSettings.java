package io.atalaya.lab.demo;

import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.job.JobDefinition;
import io.atalaya.lab.platform.JobOverrides;
import io.atalaya.simulator.CityOptions;
import io.atalaya.simulator.CityOptions.PassagesKept;
import io.atalaya.simulator.camera.CameraPlan;
import io.atalaya.simulator.camera.CameraPlan.EpisodeRates;
import io.atalaya.simulator.condition.Conditions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Settings of the demo.
 *
 * @param rate plate reads per second
 * @param bulk entries loaded while reads flow, 0 for none
 * @param bulkRate entries of the bulk load per second
 * @param cameras number of cameras, 0 for none
 * @param conditions how badly cameras and readers work
 * @param parallelism parallelism of each job
 * @param show whose view is printed
 * @param hasConsole whether the console is started, too
 * @param overrides job settings of the command line
 */
record DemoSettings(
        double rate,
        int minutes,
        long seed,
        Language language,
        int hotlistSize,
        int bulk,
        int bulkRate,
        int cameras,
        Conditions conditions,
        int parallelism,
        Show show,
        boolean hasConsole,
        Map<String, String> overrides) {
    /** Dense enough that a convoy passes several arches within two minutes. */
    private static final int ARCHES = 300;

    /**
     * Minutes filmed before the traffic starts and sent as fast as the jobs read them, because a
     * camera needs up to 20 minutes of its own time to learn its scene.
     */
    static final int PAST_MINUTES = 30;

    /** Every camera has an episode within the first seconds, and again soon. */
    private static final double INCIDENTS_PER_HOUR = 30;

    /** For cameras with a zone, in addition to the other episodes. */
    private static final double INTRUSIONS_PER_HOUR = 12;

    /** Whose view is printed. */
    enum Show {
        /** Alerts and incidents. */
        CITY,
        /** What the dispatch systems receive. */
        RECEIVER
    }

    /** The jobs that have something to do. */
    List<JobDefinition<?>> jobs() {
        List<JobDefinition<?>> jobs = new ArrayList<>(JobDefinition.all());
        jobs.removeIf(job -> cameras == 0 && job.inputTopics().contains(Topics.CAMERA_FRAMES));
        return jobs;
    }

    /** The faults of the settings, each with its option; empty if all are valid. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        check(faults, "--rate", rate, 0.1, 20_000);
        check(faults, "--minutes", minutes, 1, 10_080);
        check(faults, "--hotlist-size", hotlistSize, 0, 2_000_000);
        check(faults, "--bulk", bulk, 0, 2_000_000);
        check(faults, "--bulk-rate", bulkRate, 1, 1_000_000);
        check(faults, "--cameras", cameras, 0, 200);
        check(faults, "--parallelism", parallelism, 1, 128);
        faults.addAll(JobOverrides.faults(overrides));
        return faults;
    }

    private static void check(
            List<String> faults, String option, Number value, Number from, Number to) {
        double v = value.doubleValue();
        if (!(v >= from.doubleValue() && v <= to.doubleValue())) {
            faults.add(option + ": got " + value + ", expected " + from + " to " + to);
        }
    }

    /** The city with traffic from the given moment on, epoch ms. */
    CityOptions city(long start) {
        return CityOptions.defaults(seed, start)
                .withMinutes(minutes)
                .withReadsPerSecond(rate)
                .withHotlistSize(hotlistSize)
                .withArches(ARCHES)
                .withPassages(PassagesKept.NONE)
                .withCameras(
                        new CameraPlan(
                                        cameras,
                                        PAST_MINUTES,
                                        PAST_MINUTES,
                                        minutes,
                                        INCIDENTS_PER_HOUR)
                                .with(new EpisodeRates(0, INTRUSIONS_PER_HOUR)))
                .withConditions(conditions);
    }
}
