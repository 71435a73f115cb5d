package io.atalaya.hotlistmatch.event;

import java.util.ArrayList;
import java.util.List;

/**
 * Passages of listed vehicles, the last word on each: those at a device, or what was told of an
 * entry's. Immutable.
 */
public record ListedPassages(List<ListedPassage> all) {
    public static final ListedPassages NONE = new ListedPassages(List.of());

    /** What was told of a passage, or null. */
    public ListedPassage of(String entryId, String passageId) {
        for (ListedPassage each : all) {
            if (each.passageId().equals(passageId) && each.entryId().equals(entryId)) {
                return each;
            }
        }
        return null;
    }

    /** With a later word on a passage; of more than {@code max} the first known are forgotten. */
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

    /** Those that were due at {@code horizon} or later. */
    public ListedPassages since(long horizon) {
        return new ListedPassages(all.stream().filter(each -> each.due() >= horizon).toList());
    }
}
