package io.atalaya.plate.vendor.onvif;

import io.atalaya.onvif.OnvifElement;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The items of an event's source, key and data. In XML they are {@code SimpleItem Name="x"
 * Value="y"} and {@code ElementItem Name="x"} around an element, in JSON fields named x.
 */
final class EventItems {
    private final List<OnvifElement> parts;

    /**
     * @param parts those that are null are left out
     */
    EventItems(OnvifElement... parts) {
        this.parts = Stream.of(parts).filter(Objects::nonNull).toList();
    }

    /** The first of the items that has a value; empty if there are only empty ones; else null. */
    String value(String... names) {
        String found = null;
        for (String name : names) {
            for (OnvifElement part : parts) {
                for (OnvifElement item : part.children()) {
                    String value = itemValue(item, name);
                    if (value != null && !value.isEmpty()) {
                        return value;
                    }
                    found = found == null ? value : found;
                }
            }
        }
        return found;
    }

    /** All values of the first of the items that has any, those that are empty left out. */
    List<String> values(String... names) {
        for (String name : names) {
            List<String> values =
                    parts.stream()
                            .flatMap(part -> part.children().stream())
                            .map(item -> itemValue(item, name))
                            .filter(value -> value != null && !value.isEmpty())
                            .toList();
            if (!values.isEmpty()) {
                return values;
            }
        }
        return List.of();
    }

    /** Null if the item is none of that name. */
    private static String itemValue(OnvifElement item, String name) {
        boolean isNamed = name.equals(item.attribute("Name"));
        if (item.name().equals("SimpleItem")) {
            return isNamed ? item.attribute("Value") : null;
        }
        return item.children().isEmpty()
                        && (item.name().equals(name)
                                || isNamed && item.name().equals("ElementItem"))
                ? item.text()
                : null;
    }

    /** The elements of that name that have elements inside. */
    List<OnvifElement> elements(String name) {
        List<OnvifElement> found = new ArrayList<>();
        for (OnvifElement part : parts) {
            found.addAll(
                    part.all(
                            e ->
                                    e.name().equals(name)
                                            && !e.children().isEmpty()
                                            // JSON wraps the element in an item of its name.
                                            && e.child(name) == null));
        }
        return found;
    }
}
