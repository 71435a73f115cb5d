package io.atalaya.console.security;

import java.util.Collection;
import java.util.List;

/** What a {@link Viewer} may know of or not, as far as this depends on what it is about. */
public interface Matter {
    /** By which the audit names it. */
    String id();

    /** Whether only those in {@link #notified} may know of it. */
    boolean covert();

    /** Groups that may know of it; empty means all if it is not covert, and else no one. */
    List<String> notified();

    /** The sites that it concerns; empty means all. */
    Collection<String> sites();

    /** Whether not all may know of it. */
    default boolean isRestricted() {
        return covert() || !notified().isEmpty();
    }
}
