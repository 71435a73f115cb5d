package io.atalaya.campaign;

import java.util.Map;
import java.util.TreeMap;

/** Counts of a campaign's work. */
final class Figures {
    private final Map<String, Integer> largest = new TreeMap<>();
    private final Occurrences occurrences = new Occurrences();
    private long worlds;
    private long frames;
    private long watchedMillis;
    private long reads;
    private long alerts;
    private long messages;
    private long incidents;
    private long incidentEvents;
    private long deadLetters;
    private Throwable thrown;

    /**
     * Adds a completed world.
     *
     * @param entries number of entries listed in it
     */
    void world(int entries) {
        worlds++;
        occurrences.endWorld(entries);
    }

    Occurrences occurrences() {
        return occurrences;
    }

    double cameraHours() {
        return watchedMillis / 3_600_000.0;
    }

    void frame(long watched) {
        frames++;
        watchedMillis += watched;
    }

    void read() {
        reads++;
    }

    void alerts(long others, long theirMessages) {
        alerts += others;
        messages += theirMessages;
    }

    void incidents(int others, int theirEvents) {
        incidents += others;
        incidentEvents += theirEvents;
    }

    void deadLetter() {
        deadLetters++;
    }

    void thrown(Throwable e) {
        thrown = e;
    }

    /** The last exception that ended a world, with its stack trace. */
    Throwable thrown() {
        return thrown;
    }

    /** Whether cameras, reads, alerts, incidents and rejected records all occurred. */
    boolean isBroad() {
        return watchedMillis > 0 && reads > 0 && alerts > 0 && incidents > 0 && deadLetters > 0;
    }

    Map<String, Integer> largest() {
        return largest;
    }

    @Override
    public String toString() {
        return "%,d worlds, %,.1f camera-hours, %,d frames, %,d reads, %,d alerts (%,d messages), %,d incidents (%,d events), %,d rejected"
                .formatted(
                        worlds,
                        cameraHours(),
                        frames,
                        reads,
                        alerts,
                        messages,
                        incidents,
                        incidentEvents,
                        deadLetters);
    }
}
