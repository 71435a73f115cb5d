package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.hotlistmatch.event.EnrichedRead;

import java.util.Comparator;

/** A confident sighting at a known place; in order of (time, id). */
record Seen(EnrichedRead sighting, double latitude, double longitude) implements Comparable<Seen> {
    private static final Comparator<Seen> ORDER =
            Comparator.comparingLong(Seen::time).thenComparing(Seen::readKey);

    long time() {
        return sighting.read().time();
    }

    String readKey() {
        return sighting.readKey();
    }

    String device() {
        return sighting.read().deviceId();
    }

    @Override
    public int compareTo(Seen other) {
        return ORDER.compare(this, other);
    }
}
