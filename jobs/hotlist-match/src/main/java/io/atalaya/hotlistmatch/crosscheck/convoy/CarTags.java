package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.hotlistmatch.event.Car;
import io.atalaya.hotlistmatch.event.TagStay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was told of the tags of cars near each other in time, put together by passage. */
final class CarTags {
    private final Map<String, List<TagStay>> told = new HashMap<>();

    /**
     * @param news of a tag
     */
    void add(Car news) {
        told.computeIfAbsent(news.root(), root -> new ArrayList<>()).add(news.tag());
    }

    /** The last word on each tag of a passage, by readId. */
    List<TagStay> of(String root) {
        List<TagStay> words = told.get(root);
        if (words == null) {
            return List.of();
        }
        words.sort(Comparator.comparingInt(TagStay::told));
        Map<String, TagStay> last = new TreeMap<>();
        for (TagStay word : words) {
            last.merge(word.readId(), word, TagStay::then);
        }
        return List.copyOf(last.values());
    }
}
