package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.commandline.Chart;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.PlatePattern;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateNeighbours;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.lab.evaluate.score.OneEdit;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A simple baseline over canonical plates: every read equal to a listed plate, or within edit
 * distance 1, is an alert. It uses no other evidence and does no past-read matching.
 */
enum BaselineRule {
    EQUALITY("exact equality", Chart.ORANGE, SeriesMarkers.TRIANGLE_UP) {
        @Override
        Index index(List<ListedEntry> versions) {
            Long2ObjectOpenHashMap<List<ListedEntry>> byPlate = new Long2ObjectOpenHashMap<>();
            for (ListedEntry version : versions) {
                byPlate.computeIfAbsent(version.plate(), p -> new ArrayList<>(1)).add(version);
            }
            return (plate, near) -> byPlate.getOrDefault(plate, List.of()).forEach(near);
        }
    },
    EDIT_DISTANCE_1("edit distance 1", Chart.RED, SeriesMarkers.TRIANGLE_DOWN) {
        /**
         * Two texts within one edit have a variant in common if at most one character of each is
         * deleted.
         */
        @Override
        Index index(List<ListedEntry> versions) {
            Long2ObjectOpenHashMap<List<ListedEntry>> byVariant = new Long2ObjectOpenHashMap<>();
            for (ListedEntry version : versions) {
                PlateNeighbours.forEachDeletion(
                        version.plate(),
                        variant ->
                                byVariant
                                        .computeIfAbsent(variant, v -> new ArrayList<>(1))
                                        .add(version));
            }
            return (plate, near) -> {
                Set<ListedEntry> found = new LinkedHashSet<>();
                PlateNeighbours.forEachDeletion(
                        plate,
                        variant -> {
                            for (ListedEntry version : byVariant.getOrDefault(variant, List.of())) {
                                if (OneEdit.isWithin(plate, version.plate())) {
                                    found.add(version);
                                }
                            }
                        });
                found.forEach(near);
            };
        }
    };

    /** Index of listed plates. */
    @FunctionalInterface
    interface Index {
        /** Passes on the versions near a packed canonical plate, each once. */
        void near(long plate, Consumer<ListedEntry> version);
    }

    private final String title;
    private final Color color;
    private final Marker marker;

    BaselineRule(String title, Color color, Marker marker) {
        this.title = title;
        this.color = color;
        this.marker = marker;
    }

    String title() {
        return title;
    }

    Color color() {
        return color;
    }

    Marker marker() {
        return marker;
    }

    /** Indexes versions with a plate. */
    abstract Index index(List<ListedEntry> versions);

    /** One version of an entry and the interval in which it is on the list, in arrival time. */
    static final class ListedEntry {
        private final HotlistEntry entry;
        private final long plate;
        private final PlatePattern pattern;
        private final long inForceFrom;
        private long inForceTo = Long.MAX_VALUE;

        ListedEntry(HotlistEntry entry, long inForceFrom) {
            this.entry = entry;
            this.plate = entry.plate() == null ? 0 : CanonicalPlate.pack(entry.plate());
            this.pattern =
                    entry.pattern() == null ? null : PlatePattern.compile(entry.pattern(), false);
            this.inForceFrom = inForceFrom;
        }

        void removeAt(long arrival) {
            inForceTo = arrival;
        }

        String entryId() {
            return entry.entryId();
        }

        /** The listed country, or null. */
        String country() {
            return entry.country();
        }

        /** Packed canonical form, or 0. */
        long plate() {
            return plate;
        }

        PlatePattern pattern() {
            return pattern;
        }

        /**
         * Whether the entry covers a read of this place and time; an unknown place or direction is
         * covered.
         */
        boolean covers(PlateRead read, long arrival, Map<String, Device> devices) {
            return arrival >= inForceFrom
                    && arrival < inForceTo
                    && entry.isValidAt(read.deviceTime())
                    && isInScope(read, devices.get(read.deviceId()));
        }

        private boolean isInScope(PlateRead read, Device device) {
            return (entry.scope().devices().isEmpty()
                            || entry.scope().devices().contains(read.deviceId()))
                    && (entry.scope().directions().isEmpty()
                            || read.direction() == null
                            || entry.scope().directions().contains(read.direction()))
                    && (entry.scope().sites().isEmpty()
                            || device == null
                            || device.site() == null
                            || entry.scope().sites().contains(device.site()));
        }
    }
}
