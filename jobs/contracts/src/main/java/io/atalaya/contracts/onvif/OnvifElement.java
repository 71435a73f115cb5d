package io.atalaya.contracts.onvif;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * An element of an ONVIF message, which comes as XML or as JSON. Names are without their prefix:
 * many senders forget the namespaces.
 */
public final class OnvifElement {
    /** Stands for a text of JSON that is longer than any but a picture's, and was not kept. */
    public static final String OVERLONG = "(too long)";

    /** Readers ask for many names, and an element may have 150,000 children. */
    private static final int FEW_CHILDREN = 16;

    private final OnvifElement parent;
    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<OnvifElement> children = new ArrayList<>();
    private String text = "";

    /** The first child of each name, once there are so many that a search takes long. */
    private Map<String, OnvifElement> firstChildren;

    OnvifElement(OnvifElement parent, String qualifiedName) {
        this.parent = parent;
        this.name = local(qualifiedName);
    }

    /** Without a prefix. */
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

    /** Null for the whole message. */
    public OnvifElement parent() {
        return parent;
    }

    /**
     * The attribute's value, or null. What has made JSON of the camera's XML does not always mark
     * attributes: then they are children with a text.
     */
    public String attribute(String attribute) {
        String value = attributes.get(attribute);
        OnvifElement unmarked = value == null ? child(attribute) : null;
        return unmarked == null || unmarked.text.isEmpty() ? value : unmarked.text;
    }

    /** The text directly inside, without the white space around it. */
    public String text() {
        return text;
    }

    public List<OnvifElement> children() {
        return children;
    }

    /** The first child of that name, in upper or lower case; null if there is none. */
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

    /** All children of that name, in upper or lower case. */
    public List<OnvifElement> children(String childName) {
        return children.stream().filter(child -> child.name.equalsIgnoreCase(childName)).toList();
    }

    /** What lies at the end of a path of first children, or null. */
    public OnvifElement at(String... path) {
        OnvifElement element = this;
        for (String step : path) {
            element = element == null ? null : element.child(step);
        }
        return element;
    }

    /** This element and all inside it that are wanted, outer ones first. */
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

    /** Where the element stands, for messages: the names from the outermost one on. */
    public String path() {
        String outer = parent == null ? "" : parent.path();
        return outer.isEmpty() || name.isEmpty() ? outer + name : outer + "." + name;
    }
}
