package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;

import java.util.ArrayList;
import java.util.List;

/** Wanted passages and alerts by country. */
final class ByCountry {
    private final List<Part> parts = new ArrayList<>();

    /**
     * Figures of one country.
     *
     * @param reads reads whose camera names the country; 0 if no camera does
     */
    record Part(
            String country,
            int reads,
            List<GroundTruth.WantedPassage> wanted,
            List<JudgedAlert> shown,
            List<JudgedAlert> scored) {}

    ByCountry(
            GroundTruth truth,
            Countries countries,
            List<JudgedAlert> shown,
            List<JudgedAlert> scored) {
        List<String> met = new ArrayList<>();
        truth.wantedPassages().forEach(passage -> met.add(of(countries, passage)));
        shown.forEach(alert -> met.add(of(countries, alert)));
        List<String> all = countries.allWith(met);
        if (all.size() < 2) {
            return;
        }
        for (String country : all) {
            parts.add(
                    new Part(
                            country,
                            countries.readsOf(country),
                            truth.wantedPassages().stream()
                                    .filter(passage -> of(countries, passage).equals(country))
                                    .toList(),
                            ofCountry(country, countries, shown),
                            ofCountry(country, countries, scored)));
        }
    }

    private static List<JudgedAlert> ofCountry(
            String country, Countries countries, List<JudgedAlert> alerts) {
        return alerts.stream().filter(alert -> of(countries, alert).equals(country)).toList();
    }

    private static String of(Countries countries, GroundTruth.WantedPassage passage) {
        return countries.of(passage.entryId(), List.of(passage.readId()));
    }

    private static String of(Countries countries, JudgedAlert judged) {
        ScoredAlert alert = judged.alert();
        return countries.of(alert.entryId(), alert.reads());
    }

    /** In alphabetical order; empty if all plates are of one country. */
    List<Part> parts() {
        return parts;
    }
}
