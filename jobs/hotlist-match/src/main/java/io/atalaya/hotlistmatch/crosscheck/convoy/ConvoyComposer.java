package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertId;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.ConvoyEvidence;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyCase.ConvoyKey;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyLogic.Convoy;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyScorer.ConvoyEstimate;
import io.atalaya.hotlistmatch.crosscheck.convoy.SharedPassages.SharedPassage;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.VehicleTag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Composes the finding of a convoy. */
final class ConvoyComposer {
    private static final double MS = 1_000;

    private final ConvoySettings rules;

    ConvoyComposer(ConvoySettings rules) {
        this.rules = rules;
    }

    static String alertId(String entryId, ConvoyKey anchor) {
        return AlertId.of(
                AlertType.CONVOY,
                entryId,
                CanonicalPlate.text(anchor.companion()),
                anchor.passageId());
    }

    /**
     * The finding of a convoy whose estimate is not null.
     *
     * @param action for its score
     */
    CrossCheckFinding compose(Convoy convoy, Alert.Action action) {
        ConvoyEstimate company = convoy.company();
        List<SharedPassage> steps = company.chain().steps();
        ListedPassage listed = company.chain().last().arch().listed();
        String companion = plate(steps);
        long time = Math.min(company.chain().first().car().time(), convoy.anchor().time());
        Alert derivedAlert =
                new Alert(
                        new Alert.Identity(
                                alertId(listed.entryId(), convoy.anchor()), AlertType.CONVOY),
                        new Alert.Emission(convoy.at(), convoy.at(), 0),
                        new Alert.Lifecycle(Alert.Status.NEW, time, time, null),
                        Alert.Place.of(convoy.anchor().provenAt(), null),
                        new Alert.Subject(companion, listed.entryId(), List.of()),
                        new Alert.Assessment(
                                action,
                                company.posterior(),
                                rules.priority(),
                                headline(companion, listed, steps)),
                        evidence(company, companion, listed),
                        null,
                        new Alert.Disclosure(
                                steps.stream().anyMatch(step -> step.arch().listed().covert()),
                                notified(steps)));
        return new CrossCheckFinding(
                derivedAlert,
                plates(steps, companion),
                tags(steps),
                convoy.anchor().arrival(),
                listed.read());
    }

    /** The companion's most frequent text; of equally frequent texts, the first. */
    private static String plate(List<SharedPassage> steps) {
        Map<String, Integer> reads = new LinkedHashMap<>();
        steps.forEach(step -> reads.merge(step.car().plate(), 1, Integer::sum));
        String most = null;
        for (Map.Entry<String, Integer> text : reads.entrySet()) {
            if (most == null || text.getValue() > reads.get(most)) {
                most = text.getKey();
            }
        }
        return most;
    }

    private static List<String> plates(List<SharedPassage> steps, String companion) {
        Set<String> plates = new LinkedHashSet<>();
        plates.add(companion);
        for (SharedPassage step : steps) {
            plates.add(step.car().plate());
            plates.add(step.arch().listed().listed());
            plates.addAll(step.arch().listed().own());
            step.car().carried().stream()
                    .map(VehicleTag::plate)
                    .filter(Objects::nonNull)
                    .forEach(plates::add);
        }
        return List.copyOf(plates);
    }

    private static List<String> tags(List<SharedPassage> steps) {
        return steps.stream()
                .flatMap(
                        step ->
                                Stream.concat(
                                        step.arch().listed().tags().stream(),
                                        step.car().carried().stream().map(VehicleTag::tagId)))
                .distinct()
                .toList();
    }

    private static List<String> notified(List<SharedPassage> steps) {
        TreeSet<String> notified = new TreeSet<>();
        for (SharedPassage step : steps) {
            if (step.arch().listed().covert()) {
                notified.addAll(step.arch().listed().notified());
            }
        }
        return List.copyOf(notified);
    }

    private record Read(long time, String readId) {}

    private static ConvoyEvidence evidence(
            ConvoyEstimate company, String companion, ListedPassage listed) {
        List<Read> reads = new ArrayList<>();
        List<String> images = new ArrayList<>();
        List<ConvoyEvidence.Arch> arches = new ArrayList<>();
        for (SharedPassage step : company.chain().steps()) {
            ListedPassage passage = step.arch().listed();
            reads.add(new Read(passage.time(), passage.readId()));
            reads.add(new Read(step.car().time(), step.car().readId()));
            if (passage.imageRef() != null) {
                images.add(passage.imageRef());
            }
            arches.add(
                    new ConvoyEvidence.Arch(
                            passage.deviceId(),
                            null,
                            null,
                            passage.readId(),
                            passage.time(),
                            step.car().readId(),
                            step.car().time(),
                            step.gap() / MS));
        }
        reads.sort(Comparator.comparingLong(Read::time).thenComparing(Read::readId));
        return new ConvoyEvidence(
                reads.stream().map(Read::readId).distinct().toList(),
                images.stream().distinct().toList(),
                new ConvoyEvidence.Listed(listed.entryId(), listed.listed()),
                companion,
                arches,
                company.parts());
    }

    private static Alert.Headline headline(
            String companion, ListedPassage listed, List<SharedPassage> steps) {
        double nearest = Double.POSITIVE_INFINITY;
        double farthest = 0;
        for (SharedPassage step : steps) {
            double gap = Math.abs(step.gap()) / MS;
            nearest = Math.min(nearest, gap);
            farthest = Math.max(farthest, gap);
        }
        return new Alert.Headline(
                String.format(
                        Locale.ROOT,
                        "%s acompaña a %s: en %d arcos, a %.0f–%.0f s",
                        companion,
                        listed.listed(),
                        steps.size(),
                        nearest,
                        farthest),
                String.format(
                        Locale.ROOT,
                        "%s travels with %s: at %d arches, %.0f–%.0f s apart",
                        companion,
                        listed.listed(),
                        steps.size(),
                        nearest,
                        farthest));
    }
}
