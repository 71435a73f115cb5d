package io.atalaya.contracts.hotlist;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.plate.Compass;

import java.util.List;

/** The sites, devices and directions where an entry applies. An empty list means all of them. */
public record Scope(List<String> sites, List<String> devices, List<Compass> directions) {
    static final int MAX_NAMES = 1000;
    static final int MAX_DIRECTIONS = 8;

    public static final Scope EVERYWHERE = new Scope(List.of(), List.of(), List.of());

    public Scope {
        sites = Field.texts("sites", sites, MAX_NAMES, HotlistEntry.MAX_ID);
        devices = Field.texts("devices", devices, MAX_NAMES, HotlistEntry.MAX_ID);
        directions = Field.list("directions", directions, MAX_DIRECTIONS);
    }
}
