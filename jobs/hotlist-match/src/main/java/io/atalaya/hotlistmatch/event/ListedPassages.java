package io.atalaya.hotlistmatch.event;

import java.util.ArrayList;
import java.util.List;

/**
 * The last emission of each passage of listed vehicles: those at one device, or those emitted for
 * one entry. Immutable.
 */
public record ListedPassages(List<ListedPassage> all) {
    public static final ListedPassages NONE = new ListedPassages(List.of());

    /** The last emission of a passage, or null. */
    public ListedPassage of(String entryId, String passageId) {
        for (ListedPassage each : all) {
            if (each.passageId().equals(passageId) && each.entryId().equals(entryId)) {
                return each;
            }
        }
        return null;
    }

    /**
     * Adds or replaces a passage; beyond {@code max} the least recently updated ones are evicted.
     */
    public ListedPassages with(ListedPassage passage, int max) {
        List<ListedPassage> next = new ArrayList<>(all);
        next.removeIf(
                each ->
                        each.passageId().equals(passage.passageId())
                                && each.entryId().equals(passage.entryId()));
        next.add(passage);
        return new ListedPassages(
                List.copyOf(next.subList(Math.max(0, next.size() - max), next.size())));
    }

    /** Those whose {@link ListedPassage#releaseAt} is {@code horizon} or later. */
    public ListedPassages since(long horizon) {
        return new ListedPassages(
                all.stream().filter(each -> each.releaseAt() >= horizon).toList());
    }
}
