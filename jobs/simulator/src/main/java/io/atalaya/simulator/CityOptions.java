package io.atalaya.simulator;

import io.atalaya.simulator.camera.CameraPlan;
import io.atalaya.simulator.condition.Conditions;

import java.util.ArrayList;
import java.util.List;

/**
 * Options of the city. The same options give the same bytes.
 *
 * @param seed any number
 * @param start of the traffic, epoch ms; devices and the list come before it
 * @param minutes of traffic, 1..10,080
 * @param readsPerSecond mean over all arches, 0.1..20,000
 * @param hotlistSize entries without a vehicle in the city, 0..10,000,000
 * @param arches 50..2,000
 * @param scenariosPerMinute scenarios with wanted, cloned, convoy and misread vehicles, 0..120
 * @param passages passages in the ground truth: fewer for long heavy runs, because all do not fit
 *     into memory
 * @param roadside error rates of plates, appearances and tags
 * @param cameras plan of the cameras; none by default
 * @param conditions how badly cameras and readers work; clear by default
 */
public record CityOptions(
        long seed,
        long start,
        int minutes,
        double readsPerSecond,
        int hotlistSize,
        int arches,
        double scenariosPerMinute,
        PassagesKept passages,
        Roadside roadside,
        CameraPlan cameras,
        Conditions conditions) {

    /** Passages that the ground truth lists; all passages of a day barely fit into memory. */
    public enum PassagesKept {
        ALL,
        /**
         * Only misreads, wanted vehicles, and tags registered to another plate, which an alert may
         * concern.
         */
        NOTABLE,
        NONE
    }

    /** 2020-01-01 and 2100-01-01: a start outside is probably in a wrong unit. */
    private static final long EARLIEST = 1_577_836_800_000L;

    private static final long LATEST = 4_102_444_800_000L;

    /**
     * @throws IllegalArgumentException naming every option out of range
     */
    public CityOptions {
        List<String> faults = new ArrayList<>();
        check(faults, "start", start, EARLIEST, LATEST);
        check(faults, "minutes", minutes, 1, 10_080);
        check(faults, "readsPerSecond", readsPerSecond, 0.1, 20_000);
        check(faults, "hotlistSize", hotlistSize, 0, 10_000_000);
        check(faults, "arches", arches, 50, 2_000);
        check(faults, "scenariosPerMinute", scenariosPerMinute, 0, 120);
        if (passages == null) {
            faults.add("passages: got null, expected ALL, NOTABLE or NONE");
        }
        if (roadside == null) {
            faults.add("roadside: got null, expected how well it reads");
        }
        if (cameras == null) {
            faults.add("cameras: got null, expected what they film");
        } else {
            faults.addAll(cameras.faults());
        }
        if (conditions == null) {
            faults.add("conditions: got null, expected at least clear");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("city options: " + String.join("; ", faults));
        }
    }

    /** A city without cameras. */
    public CityOptions(
            long seed,
            long start,
            int minutes,
            double readsPerSecond,
            int hotlistSize,
            int arches,
            double scenariosPerMinute,
            PassagesKept passages,
            Roadside roadside) {
        this(
                seed,
                start,
                minutes,
                readsPerSecond,
                hotlistSize,
                arches,
                scenariosPerMinute,
                passages,
                roadside,
                CameraPlan.NONE,
                Conditions.CLEAR);
    }

    /** Five minutes at the mean load of Estado de México, against 20,000 entries. */
    public static CityOptions defaults(long seed, long start) {
        return new CityOptions(
                seed, start, 5, 50, 20_000, 100, 20, PassagesKept.ALL, Roadside.demonstration());
    }

    public CityOptions withMinutes(int value) {
        return with(value, readsPerSecond, hotlistSize, arches, scenariosPerMinute);
    }

    public CityOptions withReadsPerSecond(double value) {
        return with(minutes, value, hotlistSize, arches, scenariosPerMinute);
    }

    public CityOptions withHotlistSize(int value) {
        return with(minutes, readsPerSecond, value, arches, scenariosPerMinute);
    }

    public CityOptions withArches(int value) {
        return with(minutes, readsPerSecond, hotlistSize, value, scenariosPerMinute);
    }

    public CityOptions withScenariosPerMinute(double value) {
        return with(minutes, readsPerSecond, hotlistSize, arches, value);
    }

    public CityOptions withPassages(PassagesKept value) {
        return with(value, roadside, cameras, conditions);
    }

    public CityOptions withRoadside(Roadside value) {
        return with(passages, value, cameras, conditions);
    }

    public CityOptions withCameras(CameraPlan value) {
        return with(passages, roadside, value, conditions);
    }

    public CityOptions withConditions(Conditions value) {
        return with(passages, roadside, cameras, value);
    }

    private CityOptions with(
            int newMinutes,
            double newReadsPerSecond,
            int newHotlistSize,
            int newArches,
            double newScenariosPerMinute) {
        return new CityOptions(
                seed,
                start,
                newMinutes,
                newReadsPerSecond,
                newHotlistSize,
                newArches,
                newScenariosPerMinute,
                passages,
                roadside,
                cameras,
                conditions);
    }

    private CityOptions with(
            PassagesKept newPassages,
            Roadside newRoadside,
            CameraPlan newCameras,
            Conditions newConditions) {
        return new CityOptions(
                seed,
                start,
                minutes,
                readsPerSecond,
                hotlistSize,
                arches,
                scenariosPerMinute,
                newPassages,
                newRoadside,
                newCameras,
                newConditions);
    }

    /** The end of the traffic, epoch ms. */
    public long end() {
        return start + minutes * 60_000L;
    }

    private static void check(
            List<String> faults, String name, Number value, Number from, Number to) {
        double v = value.doubleValue();
        if (!(v >= from.doubleValue() && v <= to.doubleValue())) {
            faults.add(name + ": got " + value + ", expected " + from + " to " + to);
        }
    }
}
