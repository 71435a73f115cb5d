package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertId;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.ConvoyEvidence;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.contracts.text.Text;
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
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Composes the finding of a convoy. */
final class ConvoyComposer {
    private static final double MS = 1_000;

    private final ConvoySettings settings;

    ConvoyComposer(ConvoySettings settings) {
        this.settings = settings;
    }

    static String alertId(String entryId, ConvoyKey key) {
        return AlertId.of(
                AlertType.CONVOY, entryId, CanonicalPlate.text(key.companion()), key.passageId());
    }

    /**
     * The finding of a convoy whose estimate is not null.
     *
     * @param action for its score
     */
    CrossCheckFinding compose(Convoy convoy, Alert.Action action) {
        ConvoyEstimate estimate = convoy.estimate();
        List<SharedPassage> passages = estimate.shared().passages();
        ListedPassage listed = estimate.shared().last().neighbourhood().listed();
        String companion = plate(passages);
        long time =
                Math.min(
                        estimate.shared().first().vehicleRead().deviceTime(),
                        convoy.key().deviceTime());
        Alert derivedAlert =
                new Alert(
                        new Alert.Identity(
                                alertId(listed.entryId(), convoy.key()), AlertType.CONVOY),
                        new Alert.Emission(convoy.causedAt(), convoy.causedAt(), 0),
                        new Alert.Lifecycle(Alert.Status.NEW, time, time, null),
                        Alert.Place.of(convoy.key().provingDevice(), null),
                        new Alert.Subject(companion, listed.entryId(), List.of()),
                        new Alert.Assessment(
                                action,
                                estimate.posterior(),
                                settings.priority(),
                                headline(companion, listed, passages)),
                        evidence(estimate, companion, listed),
                        null,
                        new Alert.Disclosure(
                                passages.stream()
                                        .anyMatch(step -> step.neighbourhood().listed().isCovert()),
                                notified(passages)));
        return new CrossCheckFinding(
                derivedAlert,
                plates(passages, companion),
                tags(passages),
                convoy.key().knownSince(),
                listed.read());
    }

    /** The companion's most frequent text; of equally frequent texts, the first. */
    private static String plate(List<SharedPassage> passages) {
        Map<String, Integer> reads = new LinkedHashMap<>();
        passages.forEach(step -> reads.merge(step.vehicleRead().plate(), 1, Integer::sum));
        String most = null;
        for (Map.Entry<String, Integer> text : reads.entrySet()) {
            if (most == null || text.getValue() > reads.get(most)) {
                most = text.getKey();
            }
        }
        return most;
    }

    private static List<String> plates(List<SharedPassage> passages, String companion) {
        Set<String> plates = new LinkedHashSet<>();
        plates.add(companion);
        for (SharedPassage step : passages) {
            plates.add(step.vehicleRead().plate());
            plates.add(step.neighbourhood().listed().listed());
            plates.addAll(step.neighbourhood().listed().ownPlates());
            step.vehicleRead().carried().stream()
                    .map(VehicleTag::plate)
                    .filter(Objects::nonNull)
                    .forEach(plates::add);
        }
        return List.copyOf(plates);
    }

    private static List<String> tags(List<SharedPassage> passages) {
        return passages.stream()
                .flatMap(
                        step ->
                                Stream.concat(
                                        step.neighbourhood().listed().tags().stream(),
                                        step.vehicleRead().carried().stream()
                                                .map(VehicleTag::tagId)))
                .distinct()
                .toList();
    }

    private static List<String> notified(List<SharedPassage> passages) {
        TreeSet<String> notified = new TreeSet<>();
        for (SharedPassage step : passages) {
            if (step.neighbourhood().listed().isCovert()) {
                notified.addAll(step.neighbourhood().listed().notified());
            }
        }
        return List.copyOf(notified);
    }

    private record Read(long deviceTime, String readId) {}

    private static ConvoyEvidence evidence(
            ConvoyEstimate estimate, String companion, ListedPassage listed) {
        List<Read> reads = new ArrayList<>();
        List<String> images = new ArrayList<>();
        List<ConvoyEvidence.Arch> arches = new ArrayList<>();
        for (SharedPassage step : estimate.shared().passages()) {
            ListedPassage passage = step.neighbourhood().listed();
            reads.add(new Read(passage.deviceTime(), passage.readId()));
            reads.add(new Read(step.vehicleRead().deviceTime(), step.vehicleRead().readId()));
            if (passage.imageRef() != null) {
                images.add(passage.imageRef());
            }
            arches.add(
                    new ConvoyEvidence.Arch(
                            passage.deviceId(),
                            null,
                            null,
                            passage.readId(),
                            passage.deviceTime(),
                            step.vehicleRead().readId(),
                            step.vehicleRead().deviceTime(),
                            step.gapMillis() / MS));
        }
        reads.sort(Comparator.comparingLong(Read::deviceTime).thenComparing(Read::readId));
        return new ConvoyEvidence(
                reads.stream().map(Read::readId).distinct().toList(),
                images.stream().distinct().toList(),
                new ConvoyEvidence.Listed(listed.entryId(), listed.listed()),
                companion,
                arches,
                estimate.contributions());
    }

    private static Text headline(
            String companion, ListedPassage listed, List<SharedPassage> passages) {
        double nearest = Double.POSITIVE_INFINITY;
        double farthest = 0;
        for (SharedPassage step : passages) {
            double gap = Math.abs(step.gapMillis()) / MS;
            nearest = Math.min(nearest, gap);
            farthest = Math.max(farthest, gap);
        }
        return Message.of(
                MessageCode.CONVOY, companion, listed.listed(), passages.size(), nearest, farthest);
    }
}
