package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.hotlistmatch.event.EnrichedRead;

import java.util.Comparator;

/** A confident read at a known location, ordered by (time, readKey). */
record LocatedRead(EnrichedRead enrichedRead, double latitude, double longitude)
        implements Comparable<LocatedRead> {
    private static final Comparator<LocatedRead> ORDER =
            Comparator.comparingLong(LocatedRead::time).thenComparing(LocatedRead::readKey);

    long time() {
        return enrichedRead.read().time();
    }

    String readKey() {
        return enrichedRead.readKey();
    }

    String device() {
        return enrichedRead.read().deviceId();
    }

    @Override
    public int compareTo(LocatedRead other) {
        return ORDER.compare(this, other);
    }
}
