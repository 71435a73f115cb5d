package io.atalaya.contracts.onvif;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * An element of an ONVIF message in XML or JSON. Names have no prefix, because many senders omit
 * the namespaces.
 */
public final class OnvifElement {
    /** Stands for a JSON text that was not kept because only an image is so long. */
    public static final String OVERLONG = "(too long)";

    /**
     * From more children on there is an index, because readers ask for many names and an element
     * may have 150,000 children.
     */
    private static final int FEW_CHILDREN = 16;

    private final OnvifElement parent;
    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<OnvifElement> children = new ArrayList<>();
    private String text = "";

    /** The first child of each name, once a linear search takes too long. */
    private Map<String, OnvifElement> firstChildren;

    OnvifElement(OnvifElement parent, String qualifiedName) {
        this.parent = parent;
        this.name = local(qualifiedName);
    }

    /** The name without its prefix. */
    public static String local(String qualifiedName) {
        return qualifiedName.substring(qualifiedName.indexOf(':') + 1);
    }

    OnvifElement add(String qualifiedName) {
        OnvifElement child = new OnvifElement(this, qualifiedName);
        children.add(child);
        if (firstChildren != null) {
            firstChildren.putIfAbsent(child.name, child);
        }
        return child;
    }

    void attribute(String qualifiedName, String value) {
        attributes.put(local(qualifiedName), value);
    }

    void text(String content) {
        text = content;
    }

    public String name() {
        return name;
    }

    /** The parent element, or null for the whole message. */
    public OnvifElement parent() {
        return parent;
    }

    /**
     * The attribute's value, or null. Converters from the camera's XML to JSON do not always mark
     * attributes; unmarked ones are children with a text.
     */
    public String attribute(String attribute) {
        String value = attributes.get(attribute);
        OnvifElement unmarked = value == null ? child(attribute) : null;
        return unmarked == null || unmarked.text.isEmpty() ? value : unmarked.text;
    }

    /** The text directly inside, without surrounding white space. */
    public String text() {
        return text;
    }

    public List<OnvifElement> children() {
        return children;
    }

    /** The first child of that name, ignoring case, or null. */
    public OnvifElement child(String childName) {
        if (children.size() > FEW_CHILDREN) {
            return firstChildren().get(childName);
        }
        for (OnvifElement child : children) {
            if (child.name.equalsIgnoreCase(childName)) {
                return child;
            }
        }
        return null;
    }

    private Map<String, OnvifElement> firstChildren() {
        if (firstChildren == null) {
            firstChildren = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (OnvifElement child : children) {
                firstChildren.putIfAbsent(child.name, child);
            }
        }
        return firstChildren;
    }

    /** All children of that name, ignoring case. */
    public List<OnvifElement> children(String childName) {
        return children.stream().filter(child -> child.name.equalsIgnoreCase(childName)).toList();
    }

    /** The element at the end of a path of first children, or null. */
    public OnvifElement at(String... path) {
        OnvifElement element = this;
        for (String step : path) {
            element = element == null ? null : element.child(step);
        }
        return element;
    }

    /** This element and all its descendants that match the predicate, outer ones first. */
    public List<OnvifElement> all(Predicate<OnvifElement> wanted) {
        List<OnvifElement> found = new ArrayList<>();
        collect(wanted, found);
        return found;
    }

    private void collect(Predicate<OnvifElement> wanted, List<OnvifElement> found) {
        if (wanted.test(this)) {
            found.add(this);
        }
        for (OnvifElement child : children) {
            child.collect(wanted, found);
        }
    }

    /** The names from the outermost element to this one, for messages. */
    public String path() {
        String outer = parent == null ? "" : parent.path();
        return outer.isEmpty() || name.isEmpty() ? outer + name : outer + "." + name;
    }
}
