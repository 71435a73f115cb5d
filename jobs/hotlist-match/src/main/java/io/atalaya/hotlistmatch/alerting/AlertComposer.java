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
import io.atalaya.hotlistmatch.event.PassageRead;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.score.Score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Writes a draft out as the alert that people and dispatch systems read. */
final class AlertComposer {
    private final int trackLength;

    AlertComposer(int trackLength) {
        this.trackLength = trackLength;
    }

    /**
     * Whether the alert says more than what was emitted last, or revives or cancels it: cheaper to
     * know than the alert itself.
     */
    static boolean isDueAfter(LastEmission last, DerivedAlert draft, int facts) {
        return last == null || last.isOutgrownBy(facts, status(draft) == Alert.Status.CANCELLED);
    }

    /** Interrupting people if any passage in it does. */
    static Alert.Action action(DerivedAlert draft) {
        return draft.members().stream()
                        .anyMatch(member -> member.voice().action() == Alert.Action.ALERT)
                ? Alert.Action.ALERT
                : Alert.Action.REVIEW;
    }

    /** The registration of the device that the alert names; null while there is none. */
    static Device device(DerivedAlert draft, AlertContext devices) {
        return devices.at(draft.head().device(), voice(draft).read().arrival());
    }

    /** The alert, with {@code detectedAt} 0, and a revision that does not know the last one. */
    Alert compose(DerivedAlert draft, AlertContext devices) {
        EvaluatedPassage head = draft.head();
        Match voice = voice(draft);
        HotlistEntry entry = voice.span().version().entry();
        Device device = device(draft, devices);
        List<Match> track = track(draft);
        Alert.Status status = status(draft);
        Alert.Action action = action(draft);
        return new Alert(
                AlertId.of(AlertType.HOTLIST_MATCH, entry.entryId(), head.passage().id()),
                at(draft),
                status,
                AlertType.HOTLIST_MATCH,
                head.time(),
                0,
                action,
                head.time(),
                draft.end().at(),
                device == null ? null : device.site(),
                device == null
                        ? new Alert.Place(head.device(), null, null)
                        : new Alert.Place(head.device(), device.latitude(), device.longitude()),
                new Alert.Subject(
                        entry.plate() != null ? entry.plate() : voice.score().text(),
                        entry.entryId(),
                        List.of()),
                voice.score().posterior(),
                entry.priority(),
                Headlines.of(status, action, voice, device),
                evidence(draft, voice, track, devices),
                entry,
                entry.covert(),
                entry.notified(),
                at(draft));
    }

    /** The best read speaks for the alert; of equals the first. */
    static Match voice(DerivedAlert draft) {
        return draft.members().stream()
                .map(EvaluatedPassage::voice)
                .max(Comparator.comparingDouble((Match fit) -> fit.score().posterior()))
                .orElseThrow();
    }

    private static Alert.Status status(DerivedAlert draft) {
        if (draft.head().isCancelled()) {
            return Alert.Status.CANCELLED;
        }
        if (draft.end().at() != null) {
            return Alert.Status.ENDED;
        }
        return draft.window().stream().mapToInt(EvaluatedPassage::facts).sum() == 1
                ? Alert.Status.NEW
                : Alert.Status.UPDATED;
    }

    /**
     * Counts all facts folded in, so that it grows with each and is the same whatever their order:
     * reads, ends of reads, ends of versions, here and on the track; registered devices; the
     * entry's end.
     */
    static int facts(DerivedAlert draft, AlertContext devices) {
        Set<String> registered = new HashSet<>();
        int facts = draft.end().facts();
        for (EvaluatedPassage judged : draft.touching()) {
            facts += judged.facts();
            if (devices.at(judged.device(), judged.voice().read().arrival()) != null) {
                registered.add(judged.device());
            }
        }
        return facts + registered.size();
    }

    private static long at(DerivedAlert draft) {
        long last = draft.head().known();
        if (draft.end().at() != null) {
            last = Math.max(last, draft.end().at());
        }
        for (EvaluatedPassage judged : draft.touching()) {
            last = Math.max(last, judged.lastAt());
        }
        return last;
    }

    private List<Match> track(DerivedAlert draft) {
        List<Match> track = new ArrayList<>();
        for (EvaluatedPassage judged : draft.before()) {
            if (!judged.isCancelled()) {
                track.add(judged.voice());
            }
        }
        track.add(draft.head().voice());
        return List.copyOf(track.subList(Math.max(0, track.size() - trackLength), track.size()));
    }

    private static HotlistEvidence evidence(
            DerivedAlert draft, Match voice, List<Match> track, AlertContext devices) {
        List<PassageRead> reads =
                draft.members().stream()
                        .flatMap(member -> member.counted().stream())
                        .map(Match::read)
                        .sorted(
                                Comparator.comparingLong(PassageRead::time)
                                        .thenComparing(PassageRead::readId))
                        .toList();
        return new HotlistEvidence(
                reads.stream().flatMap(AlertComposer::readIds).distinct().toList(),
                reads.stream()
                        .map(PassageRead::plateRead)
                        .filter(read -> read != null && read.imageRef() != null)
                        .map(PlateRead::imageRef)
                        .distinct()
                        .toList(),
                read(voice),
                comparison(voice),
                voice.score().parts(),
                draft.members().size(),
                track.stream().map(fit -> sighting(fit, devices)).toList(),
                draft.head().isRetrospective(),
                tag(voice));
    }

    /** A tag's, with that of the plate read that names the passage: it stays when it is revised. */
    private static Stream<String> readIds(PassageRead read) {
        return read instanceof TagAssignment tagged && tagged.plateReadId() != null
                ? Stream.of(
                        tagged.passageId().substring(tagged.deviceId().length() + 1),
                        tagged.readId())
                : Stream.of(read.readId());
    }

    private static HotlistEvidence.Read read(Match voice) {
        PlateRead read = voice.read().plateRead();
        return read == null ? null : HotlistEvidence.Read.of(read, voice.read().clockSuspect());
    }

    private static HotlistEvidence.Tag tag(Match voice) {
        TagAssignment tagged = voice.read() instanceof TagAssignment alone ? alone : voice.tag();
        return tagged == null ? null : HotlistEvidence.Tag.of(tagged.tag());
    }

    private static HotlistEvidence.Comparison comparison(Match voice) {
        HotlistEntry entry = voice.span().version().entry();
        Score score = voice.score();
        if (entry.plate() == null || score.text() == null) {
            String listed = entry.plate() != null ? entry.plate() : entry.pattern();
            return new HotlistEvidence.Comparison(score.kind(), score.text(), listed, "");
        }
        PlateAlignment alignment = PlateAlignment.of(score.text(), entry.plate());
        return new HotlistEvidence.Comparison(
                score.kind(), alignment.read(), alignment.listed(), alignment.differs());
    }

    private static HotlistEvidence.Sighting sighting(Match fit, AlertContext devices) {
        PassageRead read = fit.read();
        Device device = devices.at(read.deviceId(), read.arrival());
        return new HotlistEvidence.Sighting(
                read.readId(),
                read.deviceId(),
                read.time(),
                read.plateText(),
                device == null ? null : device.latitude(),
                device == null ? null : device.longitude());
    }
}
