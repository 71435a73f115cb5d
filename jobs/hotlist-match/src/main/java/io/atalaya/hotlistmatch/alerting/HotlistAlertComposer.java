package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertId;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.HotlistEvidence;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.PlateAlignment;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.hotlistmatch.alerting.AlertDerivation.DerivedAlert;
import io.atalaya.hotlistmatch.alerting.MatchEvaluator.Match;
import io.atalaya.hotlistmatch.event.PassageRead;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.score.Score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Composes a derived alert into the alert that people and dispatch systems read. */
final class HotlistAlertComposer {
    private final int trackLength;

    HotlistAlertComposer(int trackLength) {
        this.trackLength = trackLength;
    }

    /** {@code ALERT} if any passage of it is one, else {@code REVIEW}. */
    static Alert.Action action(DerivedAlert derivedAlert) {
        return derivedAlert.members().stream()
                        .anyMatch(member -> member.currentMatch().action() == Alert.Action.ALERT)
                ? Alert.Action.ALERT
                : Alert.Action.REVIEW;
    }

    /** The registration of the device that the alert names; null if there is none yet. */
    static Device device(DerivedAlert derivedAlert, AlertContext devices) {
        return devices.at(
                derivedAlert.head().device(), currentMatch(derivedAlert).read().arrivalTime());
    }

    /**
     * The alert with {@code detectedAt} 0 and a revision that does not follow the last emission
     * yet; its status is NEW while it is open.
     */
    Alert compose(DerivedAlert derivedAlert, AlertContext devices) {
        EvaluatedPassage head = derivedAlert.head();
        Match currentMatch = currentMatch(derivedAlert);
        HotlistEntry entry = currentMatch.interval().version().entry();
        Device device = device(derivedAlert, devices);
        List<Match> track = track(derivedAlert);
        Alert.Status status = status(derivedAlert);
        Alert.Action action = action(derivedAlert);
        long at = derivedAlert.causedAt();
        return new Alert(
                new Alert.Identity(
                        AlertId.of(AlertType.HOTLIST_MATCH, entry.entryId(), head.passage().id()),
                        AlertType.HOTLIST_MATCH),
                new Alert.Emission(at, at, 0),
                new Alert.Lifecycle(
                        status, head.deviceTime(), head.deviceTime(), derivedAlert.endedAt()),
                Alert.Place.of(head.device(), device),
                new Alert.Subject(
                        entry.plate() != null ? entry.plate() : currentMatch.score().text(),
                        entry.entryId(),
                        List.of()),
                new Alert.Assessment(
                        action,
                        currentMatch.score().posterior(),
                        entry.priority(),
                        HotlistHeadlines.of(status, action, currentMatch, device)),
                evidence(derivedAlert, currentMatch, track, devices),
                entry,
                new Alert.Disclosure(entry.covert(), entry.notified()));
    }

    /** The match with the highest posterior represents the alert; the first one of equal ones. */
    static Match currentMatch(DerivedAlert derivedAlert) {
        return derivedAlert.members().stream()
                .map(EvaluatedPassage::currentMatch)
                .max(Comparator.comparingDouble((Match match) -> match.score().posterior()))
                .orElseThrow();
    }

    /** Whether all devices on which the alert's contents depend are registered. */
    static boolean isPlaced(DerivedAlert derivedAlert, AlertContext devices) {
        return Stream.concat(derivedAlert.members().stream(), derivedAlert.before().stream())
                .allMatch(
                        passage ->
                                devices.at(
                                                passage.device(),
                                                passage.currentMatch().read().arrivalTime())
                                        != null);
    }

    private static Alert.Status status(DerivedAlert derivedAlert) {
        if (derivedAlert.head().isCancelled()) {
            return Alert.Status.CANCELLED;
        }
        return derivedAlert.endedAt() != null ? Alert.Status.ENDED : Alert.Status.NEW;
    }

    private List<Match> track(DerivedAlert derivedAlert) {
        List<Match> track = new ArrayList<>();
        for (EvaluatedPassage evaluated : derivedAlert.before()) {
            if (!evaluated.isCancelled()) {
                track.add(evaluated.currentMatch());
            }
        }
        track.add(derivedAlert.head().currentMatch());
        return List.copyOf(track.subList(Math.max(0, track.size() - trackLength), track.size()));
    }

    private static HotlistEvidence evidence(
            DerivedAlert derivedAlert,
            Match currentMatch,
            List<Match> track,
            AlertContext devices) {
        List<PassageRead> reads =
                derivedAlert.members().stream()
                        .flatMap(member -> member.counted().stream())
                        .map(Match::read)
                        .sorted(
                                Comparator.comparingLong(PassageRead::deviceTime)
                                        .thenComparing(PassageRead::readId))
                        .toList();
        return new HotlistEvidence(
                reads.stream().flatMap(HotlistAlertComposer::readIds).distinct().toList(),
                reads.stream()
                        .map(PassageRead::plateRead)
                        .filter(read -> read != null && read.imageRef() != null)
                        .map(PlateRead::imageRef)
                        .distinct()
                        .toList(),
                read(currentMatch),
                comparison(currentMatch),
                currentMatch.score().parts(),
                derivedAlert.members().size(),
                track.stream().map(match -> trackRead(match, devices)).toList(),
                derivedAlert.head().isRetrospective(),
                tag(currentMatch));
    }

    /**
     * A tag read is listed with the first read of its passage, whose id stays the same through
     * revisions.
     */
    private static Stream<String> readIds(PassageRead read) {
        return read instanceof TagAssignment assignment && assignment.plateReadId() != null
                ? Stream.of(
                        assignment.passageId().substring(assignment.deviceId().length() + 1),
                        assignment.readId())
                : Stream.of(read.readId());
    }

    private static HotlistEvidence.Read read(Match currentMatch) {
        PlateRead read = currentMatch.read().plateRead();
        return read == null
                ? null
                : HotlistEvidence.Read.of(read, currentMatch.read().isClockSuspect());
    }

    private static HotlistEvidence.Tag tag(Match currentMatch) {
        TagAssignment assignment =
                currentMatch.read() instanceof TagAssignment alone ? alone : currentMatch.tag();
        return assignment == null ? null : HotlistEvidence.Tag.of(assignment.tag());
    }

    private static HotlistEvidence.Comparison comparison(Match currentMatch) {
        HotlistEntry entry = currentMatch.interval().version().entry();
        Score score = currentMatch.score();
        if (entry.plate() == null || score.text() == null) {
            String listed = entry.plate() != null ? entry.plate() : entry.pattern();
            return new HotlistEvidence.Comparison(score.kind(), score.text(), listed, "");
        }
        PlateAlignment alignment = PlateAlignment.of(score.text(), entry.plate());
        return new HotlistEvidence.Comparison(
                score.kind(), alignment.read(), alignment.listed(), alignment.differs());
    }

    private static HotlistEvidence.TrackRead trackRead(Match match, AlertContext devices) {
        PassageRead read = match.read();
        Device device = devices.at(read.deviceId(), read.arrivalTime());
        return new HotlistEvidence.TrackRead(
                read.readId(),
                read.deviceId(),
                read.deviceTime(),
                read.plateText(),
                device == null ? null : device.latitude(),
                device == null ? null : device.longitude());
    }
}
