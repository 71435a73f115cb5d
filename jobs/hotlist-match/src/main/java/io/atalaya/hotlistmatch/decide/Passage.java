package io.atalaya.hotlistmatch.decide;

import io.atalaya.hotlistmatch.passage.Gone;
import io.atalaya.hotlistmatch.passage.Observed;
import io.atalaya.hotlistmatch.passage.PlateEvent;
import io.atalaya.hotlistmatch.passage.Sighting;
import io.atalaya.hotlistmatch.passage.Tagged;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is known of one passage that may concern an entry: its reads, and which of them are gone. A
 * set of facts: no order of arrival and no repetition changes it.
 *
 * @param reads by (arrival, readKey)
 * @param gone by (arrival, readKey), one a read
 * @param tags by (arrival, readKey)
 */
record Passage(String id, List<Sighting> reads, List<Gone> gone, List<Tagged> tags) {
    private static final Comparator<PlateEvent> BY_ARRIVAL =
            Comparator.comparingLong(PlateEvent::at).thenComparing(PlateEvent::readKey);

    private static final Comparator<Tagged> BY_CHANGE =
            Comparator.comparingLong(Tagged::at)
                    .thenComparing(
                            Tagged::plateReadId, Comparator.nullsFirst(Comparator.naturalOrder()));

    static Passage of(PlateEvent event) {
        return new Passage(event.passageId(), List.of(), List.of(), List.of()).with(event);
    }

    /** With a fact added; this passage itself if it is known already. */
    Passage with(PlateEvent event) {
        if (event instanceof Sighting sighting) {
            List<Sighting> merged = merge(reads, sighting);
            return merged == reads ? this : new Passage(id, merged, gone, tags);
        }
        if (event instanceof Tagged tagged) {
            List<Tagged> merged = mergeLast(tags, tagged);
            return merged == tags ? this : new Passage(id, reads, gone, merged);
        }
        List<Gone> merged = merge(gone, (Gone) event);
        return merged == gone ? this : new Passage(id, reads, merged, tags);
    }

    /** Adds a fact; of two about one read the one that arrived first counts. */
    private static <T extends PlateEvent> List<T> merge(List<T> facts, T added) {
        List<T> merged = new ArrayList<>(facts.size() + 1);
        for (T fact : facts) {
            if (fact.readKey().equals(added.readKey())) {
                if (BY_ARRIVAL.compare(fact, added) <= 0) {
                    return facts;
                }
            } else {
                merged.add(fact);
            }
        }
        merged.add(added);
        merged.sort(BY_ARRIVAL);
        return List.copyOf(merged);
    }

    /** Adds a tag; of two facts about one the later counts, for its plate read was revised. */
    private static List<Tagged> mergeLast(List<Tagged> facts, Tagged added) {
        List<Tagged> merged = new ArrayList<>(facts.size() + 1);
        for (Tagged fact : facts) {
            if (!fact.readKey().equals(added.readKey())) {
                merged.add(fact);
            } else if (BY_CHANGE.compare(fact, added) >= 0) {
                return facts;
            }
        }
        merged.add(added);
        merged.sort(BY_ARRIVAL);
        return List.copyOf(merged);
    }

    /** What ended a read, or null. */
    Gone endOf(Observed read) {
        for (Gone end : gone) {
            if (end.readKey().equals(read.readKey())) {
                return end;
            }
        }
        return null;
    }

    /** The reads, and the tags that name the entry by themselves, by (arrival, readKey). */
    List<Observed> observedBy(Predicate<Tagged> naming) {
        List<Observed> observed = new ArrayList<>(reads);
        tags.stream().filter(naming).forEach(observed::add);
        observed.sort(BY_ARRIVAL);
        return observed;
    }

    /** The tag that the car carries, or null. */
    Tagged tag() {
        Tagged last = null;
        for (Tagged tag : tags) {
            if (endOf(tag) == null) {
                last = tag;
            }
        }
        return last;
    }

    /** Arrival of the first fact. */
    long firstAt() {
        long first = Long.MAX_VALUE;
        for (Tagged tag : tags) {
            first = Math.min(first, tag.at());
        }
        for (Sighting read : reads) {
            first = Math.min(first, read.at());
        }
        for (Gone end : gone) {
            first = Math.min(first, end.at());
        }
        return first;
    }
}
