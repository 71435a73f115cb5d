package io.atalaya.hotlist;

import io.atalaya.plate.Compass;

import java.util.List;

/** Where an entry holds. An empty list means everywhere. */
public record Scope(List<String> sites, List<String> devices, List<Compass> directions) {
    public static final Scope EVERYWHERE = new Scope(List.of(), List.of(), List.of());
}
