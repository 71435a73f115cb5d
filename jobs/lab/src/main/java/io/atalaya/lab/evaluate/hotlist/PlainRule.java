package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.plate.PlateNeighbours;
import io.atalaya.lab.evaluate.score.OneEdit;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A simple baseline over canonical plates: every read equal to a listed plate, or within edit
 * distance 1, is an alert. It uses no other evidence and does no past-read matching.
 */
enum PlainRule {
    EQUALITY("exact equality") {
        @Override
        Index index(List<ListedVersion> versions) {
            Long2ObjectOpenHashMap<List<ListedVersion>> byPlate = new Long2ObjectOpenHashMap<>();
            for (ListedVersion version : versions) {
                byPlate.computeIfAbsent(version.plate(), p -> new ArrayList<>(1)).add(version);
            }
            return (plate, near) -> byPlate.getOrDefault(plate, List.of()).forEach(near);
        }
    },
    EDIT_DISTANCE_1("edit distance 1") {
        /**
         * Two texts within one edit have a variant in common if at most one character of each is
         * deleted.
         */
        @Override
        Index index(List<ListedVersion> versions) {
            Long2ObjectOpenHashMap<List<ListedVersion>> byVariant = new Long2ObjectOpenHashMap<>();
            for (ListedVersion version : versions) {
                PlateNeighbours.forEachDeletion(
                        version.plate(),
                        variant ->
                                byVariant
                                        .computeIfAbsent(variant, v -> new ArrayList<>(1))
                                        .add(version));
            }
            return (plate, near) -> {
                Set<ListedVersion> found = new LinkedHashSet<>();
                PlateNeighbours.forEachDeletion(
                        plate,
                        variant -> {
                            for (ListedVersion version :
                                    byVariant.getOrDefault(variant, List.of())) {
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
        void near(long plate, Consumer<ListedVersion> version);
    }

    private final String title;

    PlainRule(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Indexes versions with a plate. */
    abstract Index index(List<ListedVersion> versions);
}
