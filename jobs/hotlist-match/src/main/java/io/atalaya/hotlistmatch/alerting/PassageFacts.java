package io.atalaya.hotlistmatch.alerting;

import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.OcrResult;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.PassageRead;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The facts about one passage that may concern an entry: its reads and their retractions. A set, so
 * that order of arrival and repetition do not change it, up to its bound.
 *
 * @param reads by (arrival, readKey)
 * @param retractions by (arrival, readKey), one per read
 * @param tags by (arrival, readKey)
 */
record PassageFacts(
        String id,
        List<EnrichedRead> reads,
        List<Retraction> retractions,
        List<TagAssignment> tags) {
    /** Upper limit per list, because a camera may revise its read ten times a second. */
    private static final int MAX_FACTS = 32;

    private static final Comparator<PassageEvent> BY_ARRIVAL =
            Comparator.comparingLong(PassageEvent::causedAt).thenComparing(PassageEvent::readKey);

    private static final Comparator<TagAssignment> BY_CHANGE =
            Comparator.comparingInt(TagAssignment::assignmentSequence)
                    .thenComparingLong(TagAssignment::causedAt)
                    .thenComparing(
                            TagAssignment::plateReadId,
                            Comparator.nullsFirst(Comparator.naturalOrder()));

    /** Of two retractions of a read the first counts, of two of a tag the last emitted one. */
    private static final Comparator<Retraction> BY_WEIGHT =
            Comparator.comparingInt(Retraction::assignmentSequence)
                    .reversed()
                    .thenComparing(BY_ARRIVAL);

    /**
     * A read is emitted again with its OCR result. Of several results any may count, because the
     * entry's plate changed between them; it must be the same one in every run.
     */
    private static final Comparator<EnrichedRead> BY_OCR_RESULT =
            Comparator.comparing(
                            EnrichedRead::ocrResult,
                            Comparator.nullsLast(
                                    Comparator.comparing(OcrResult::outcome)
                                            .thenComparing(OcrResult::plate)
                                            .thenComparing(OcrResult::margin)))
                    .thenComparing(BY_ARRIVAL);

    static PassageFacts of(PassageEvent event) {
        return new PassageFacts(event.passageId(), List.of(), List.of(), List.of()).with(event);
    }

    /** Adds a fact; returns this passage if the fact is known. */
    PassageFacts with(PassageEvent event) {
        if (event instanceof EnrichedRead enrichedRead) {
            List<EnrichedRead> merged = merge(reads, enrichedRead, BY_OCR_RESULT);
            return merged == reads ? this : bounded(merged, retractions, tags);
        }
        if (event instanceof TagAssignment assignment) {
            List<TagAssignment> merged = merge(tags, assignment, BY_CHANGE.reversed());
            return merged == tags ? this : bounded(reads, retractions, merged);
        }
        List<Retraction> merged = merge(retractions, (Retraction) event, BY_WEIGHT);
        return merged == retractions ? this : bounded(reads, merged, tags);
    }

    /** The passage with one more fact in one of the lists. */
    private PassageFacts bounded(
            List<EnrichedRead> allReads, List<Retraction> allGone, List<TagAssignment> allTags) {
        List<EnrichedRead> keptReads = withoutSecond(allReads);
        List<TagAssignment> keptTags = withoutSecond(allTags);
        List<Retraction> keptGone = allGone;
        if (allGone.size() > MAX_FACTS) {
            Set<String> kept =
                    Stream.concat(keptReads.stream(), keptTags.stream())
                            .map(PassageEvent::readKey)
                            .collect(Collectors.toSet());
            Retraction useless =
                    allGone.stream()
                            .filter(end -> !kept.contains(end.readKey()))
                            .findFirst()
                            .orElse(allGone.get(0));
            keptGone = allGone.stream().filter(end -> end != useless).toList();
        }
        return new PassageFacts(id, keptReads, keptGone, keptTags);
    }

    /**
     * Evicts the second fact: the first one determines which version the passage matched and when,
     * the last ones its current state.
     */
    private static <T> List<T> withoutSecond(List<T> facts) {
        if (facts.size() <= MAX_FACTS) {
            return facts;
        }
        List<T> kept = new ArrayList<>(facts);
        kept.remove(1);
        return List.copyOf(kept);
    }

    /** Adds a fact; of two about one read the first by {@code order} counts. */
    private static <T extends PassageEvent> List<T> merge(
            List<T> facts, T added, Comparator<? super T> order) {
        List<T> merged = new ArrayList<>(facts.size() + 1);
        for (T fact : facts) {
            if (fact.readKey().equals(added.readKey())) {
                if (order.compare(fact, added) <= 0) {
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

    /** Whether only retractions are known. */
    boolean isOrphan() {
        return reads.isEmpty() && tags.isEmpty();
    }

    /** The retraction of a read or of a tag's assignment; or null. */
    Retraction endOf(PassageRead read) {
        for (Retraction end : retractions) {
            if (end.ends(read)) {
                return end;
            }
        }
        return null;
    }

    /** The reads, and the tags that name the entry themselves, by (arrival, readKey). */
    List<PassageRead> observedBy(Predicate<TagAssignment> naming) {
        List<PassageRead> observed = new ArrayList<>(reads);
        tags.stream().filter(naming).forEach(observed::add);
        observed.sort(BY_ARRIVAL);
        return observed;
    }

    /** The tag that the vehicle carries, or null. */
    TagAssignment tag() {
        TagAssignment last = null;
        for (TagAssignment tag : tags) {
            if (endOf(tag) == null) {
                last = tag;
            }
        }
        return last;
    }

    /** All facts, in no order. */
    Stream<PassageEvent> facts() {
        return Stream.of(reads, retractions, tags).flatMap(List::stream);
    }

    /** Arrival time of the first fact, epoch ms. */
    long firstAt() {
        return facts().mapToLong(PassageEvent::causedAt).min().orElse(Long.MAX_VALUE);
    }

    /** Arrival time of the last fact, epoch ms. */
    long lastAt() {
        return facts().mapToLong(PassageEvent::causedAt).max().orElse(Long.MIN_VALUE);
    }
}
