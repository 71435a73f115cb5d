package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertId;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CloneEvidence;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.contracts.text.Text;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.crosscheck.HypothesisOdds;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.CloneLogic.ClonedPlate;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.CloneLogic.ImpossibleTravel;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.CloneLogic.LocatedRead;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.OpenClones.CloneKey;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.VehicleTag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Composes the finding of a clone. */
final class CloneComposer {
    /** Maximum number of pairs in an alert: the first one and the latest ones. */
    private static final int MAX_PAIRS = 8;

    private final CloneSettings settings;
    private final CloneScore score = new CloneScore();

    CloneComposer(CloneSettings settings) {
        this.settings = settings;
    }

    /** The finding; a retraction if no pair is left or the score is below review. */
    CrossCheckFinding compose(ClonedPlate found) {
        CloneKey anchor = found.identityKey();
        HypothesisOdds result = score.score(anchor.plate(), found.pairs());
        Alert.Action action = settings.thresholds().action(result.posterior());
        ImpossibleTravel first = found.pairs().get(0);
        PlateRead read = first.second().enrichedRead().read();
        Alert.Status status =
                found.isCancelled() || action == null ? Alert.Status.CANCELLED : Alert.Status.NEW;
        Alert derivedAlert =
                new Alert(
                        new Alert.Identity(
                                AlertId.of(
                                        AlertType.CLONED_PLATE,
                                        CanonicalPlate.text(anchor.plate()),
                                        anchor.first(),
                                        anchor.second()),
                                AlertType.CLONED_PLATE),
                        new Alert.Emission(found.changedAt(), found.changedAt(), 0),
                        new Alert.Lifecycle(
                                status,
                                first.first().deviceTime(),
                                first.first().deviceTime(),
                                null),
                        Alert.Place.of(first.second().device(), null),
                        new Alert.Subject(read.plate(), null, List.of()),
                        new Alert.Assessment(
                                action == null ? Alert.Action.REVIEW : action,
                                result.posterior(),
                                settings.priority(),
                                headline(read.plate(), first, found.isCancelled())),
                        evidence(found.pairs(), result),
                        null,
                        Alert.Disclosure.EVERYONE);
        return new CrossCheckFinding(
                derivedAlert,
                plates(read.plate(), found.tags()),
                found.tags().stream().map(VehicleTag::tagId).distinct().toList(),
                anchor.arrivalTime(),
                lastRead(found).readOrigin());
    }

    private static EnrichedRead lastRead(ClonedPlate found) {
        return found.pairs().stream()
                .flatMap(pair -> Stream.of(pair.first(), pair.second()))
                .map(LocatedRead::enrichedRead)
                .max(Comparator.comparingLong(EnrichedRead::arrivalTime))
                .orElseThrow();
    }

    /** The plate shown and the plates registered for the tags of the vehicles that show it. */
    private static List<String> plates(String shown, List<VehicleTag> tags) {
        return Stream.concat(
                        Stream.of(shown),
                        tags.stream().map(VehicleTag::plate).filter(Objects::nonNull))
                .distinct()
                .toList();
    }

    private static CloneEvidence evidence(List<ImpossibleTravel> pairs, HypothesisOdds result) {
        TreeSet<LocatedRead> seen = new TreeSet<>();
        for (ImpossibleTravel pair : pairs) {
            seen.add(pair.first());
            seen.add(pair.second());
        }
        List<PlateRead> reads = seen.stream().map(each -> each.enrichedRead().read()).toList();
        List<ImpossibleTravel> shown = new ArrayList<>(pairs.subList(0, 1));
        shown.addAll(pairs.subList(Math.max(1, pairs.size() - MAX_PAIRS + 1), pairs.size()));
        return new CloneEvidence(
                reads.stream().map(PlateRead::readId).distinct().toList(),
                reads.stream()
                        .map(PlateRead::imageRef)
                        .filter(ref -> ref != null)
                        .distinct()
                        .toList(),
                shown.stream().map(CloneComposer::pair).toList(),
                pairs.size(),
                result.parts());
    }

    private static CloneEvidence.Pair pair(ImpossibleTravel pair) {
        return new CloneEvidence.Pair(
                read(pair.first()),
                read(pair.second()),
                rounded(pair.distanceKm(), 1_000),
                (pair.second().deviceTime() - pair.first().deviceTime()) / 1000.0,
                rounded(pair.neededKmh(), 10));
    }

    private static CloneEvidence.Read read(LocatedRead seen) {
        PlateRead read = seen.enrichedRead().read();
        return new CloneEvidence.Read(
                read.readId(),
                read.deviceId(),
                seen.latitude(),
                seen.longitude(),
                read.deviceTime(),
                read.plate(),
                read.confidence(),
                read.vehicle(),
                seen.enrichedRead().isClockSuspect());
    }

    private static Text headline(String plate, ImpossibleTravel pair, boolean cancelled) {
        double minutes = (pair.second().deviceTime() - pair.first().deviceTime()) / 60_000.0;
        return Message.of(
                cancelled ? MessageCode.CLONED_PLATE_CANCELLED : MessageCode.CLONED_PLATE,
                plate,
                pair.first().device(),
                pair.second().device(),
                pair.distanceKm(),
                minutes);
    }

    private static double rounded(double value, double scale) {
        return Math.rint(value * scale) / scale;
    }
}
