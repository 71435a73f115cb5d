package io.atalaya.plate.vendor.onvif;

import io.atalaya.onvif.OnvifElement;

import java.util.ArrayList;
import java.util.List;

/**
 * The items of an event's source, key and data. In XML they are {@code SimpleItem Name="x"
 * Value="y"} and {@code ElementItem Name="x"} around an element, in JSON fields named x.
 */
final class EventItems {
    private final List<OnvifElement> parts = new ArrayList<>();

    EventItems(OnvifElement event, String... names) {
        for (String name : names) {
            OnvifElement part = event.child(name);
            if (part != null) {
                parts.add(part);
            }
        }
    }

    /** The first of the items that has a value; empty if there are only empty ones; else null. */
    String value(String... names) {
        String found = null;
        for (String name : names) {
            for (OnvifElement part : parts) {
                String value = value(part, name);
                if (value != null && !value.isEmpty()) {
                    return value;
                }
                found = found == null ? value : found;
            }
        }
        return found;
    }

    private static String value(OnvifElement part, String name) {
        for (OnvifElement item : part.children()) {
            if (item.name().equals("SimpleItem")) {
                if (name.equals(item.attribute("Name"))) {
                    return item.attribute("Value");
                }
            } else if (item.name().equals(name) && item.children().isEmpty()) {
                return item.text();
            } else if (item.name().equals("ElementItem")
                    && name.equals(item.attribute("Name"))
                    && item.children().isEmpty()) {
                return item.text();
            }
        }
        return null;
    }

    /** The first element of that name that has elements inside, or null. */
    OnvifElement element(String name) {
        for (OnvifElement part : parts) {
            for (OnvifElement found :
                    part.all(
                            e ->
                                    e.name().equals(name)
                                            && !e.children().isEmpty()
                                            // JSON wraps the element in an item of its name.
                                            && e.child(name) == null)) {
                return found;
            }
        }
        return null;
    }
}
