package io.atalaya.contracts.plate.adapter.onvif;

import io.atalaya.contracts.onvif.OnvifElement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The items of an event's source, key and data. In XML they are {@code SimpleItem Name="x"
 * Value="y"} and {@code ElementItem Name="x"} around an element, in JSON fields named x.
 */
final class EventItems {
    private final List<OnvifElement> parts;

    /**
     * The values by name, in order. An index, because an event may have as many items as plates,
     * each looked up separately.
     */
    private final Map<String, List<String>> values = new HashMap<>();

    /**
     * @param parts of which null ones are skipped
     */
    EventItems(OnvifElement... parts) {
        this.parts = Stream.of(parts).filter(Objects::nonNull).toList();
        for (OnvifElement part : this.parts) {
            part.children().forEach(this::add);
        }
    }

    private void add(OnvifElement item) {
        String name = item.attribute("Name");
        if (item.name().equals("SimpleItem")) {
            add(name, item.attribute("Value"));
        } else if (item.children().isEmpty()) {
            add(item.name(), item.text());
            if (item.name().equals("ElementItem") && !item.name().equals(name)) {
                add(name, item.text());
            }
        }
    }

    private void add(String name, String value) {
        if (name != null && value != null) {
            values.computeIfAbsent(name, any -> new ArrayList<>(1)).add(value);
        }
    }

    /**
     * The first non-empty value among the items; empty if all are empty; null without such items.
     */
    String value(String... names) {
        String found = null;
        for (String name : names) {
            for (String value : values.getOrDefault(name, List.of())) {
                if (!value.isEmpty()) {
                    return value;
                }
                found = value;
            }
        }
        return found;
    }

    /** All non-empty values of the first item name that has any. */
    List<String> values(String... names) {
        for (String name : names) {
            List<String> stated =
                    values.getOrDefault(name, List.of()).stream()
                            .filter(value -> !value.isEmpty())
                            .toList();
            if (!stated.isEmpty()) {
                return stated;
            }
        }
        return List.of();
    }

    /** The elements of that name that contain elements. */
    List<OnvifElement> elements(String name) {
        List<OnvifElement> found = new ArrayList<>();
        for (OnvifElement part : parts) {
            found.addAll(
                    part.all(
                            e ->
                                    e.name().equals(name)
                                            && !e.children().isEmpty()
                                            // JSON wraps the element in an item of the same name.
                                            && e.child(name) == null));
        }
        return found;
    }
}
