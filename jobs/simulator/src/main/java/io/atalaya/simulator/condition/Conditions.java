package io.atalaya.simulator.condition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The conditions of a day, one after the other in equal parts: {@code clear:night+rain} is a clear
 * afternoon that becomes a rainy night.
 */
public final class Conditions {
    public static final Conditions CLEAR = parse(Condition.CLEAR.wireName());

    private final String name;
    private final List<Quality> parts;
    private final long start;
    private final long millis;

    private Conditions(String name, List<Quality> parts, long start, long millis) {
        this.name = name;
        this.parts = parts;
        this.start = start;
        this.millis = millis;
    }

    /**
     * Reads names such as {@code rain}, {@code night+rain} and {@code clear:night+rain}.
     *
     * @throws IllegalArgumentException naming the unknown condition
     */
    public static Conditions parse(String text) {
        List<Quality> parts = new ArrayList<>();
        for (String part : text.split(":", -1)) {
            Quality quality = Quality.UNCHANGED;
            for (String condition : part.split("\\+", -1)) {
                quality = quality.with(of(condition).quality());
            }
            parts.add(quality);
        }
        return new Conditions(text, List.copyOf(parts), 0, 1);
    }

    private static Condition of(String name) {
        return Arrays.stream(Condition.values())
                .filter(condition -> condition.wireName().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "condition: got \""
                                                + name
                                                + "\", expected "
                                                + Arrays.stream(Condition.values())
                                                        .map(Condition::wireName)
                                                        .collect(Collectors.joining(", "))));
    }

    /** The same over this time, epoch ms. */
    public Conditions over(long from, long to) {
        return new Conditions(name, parts, from, Math.max(1, to - from));
    }

    /** As given on the command line. */
    public String name() {
        return name;
    }

    boolean isClear() {
        return parts.stream().allMatch(Quality.UNCHANGED::equals);
    }

    /** The quality at a device time, epoch ms. */
    Quality at(long time) {
        long part = Math.floorDiv((time - start) * parts.size(), millis);
        return parts.get((int) Math.max(0, Math.min(parts.size() - 1, part)));
    }
}
