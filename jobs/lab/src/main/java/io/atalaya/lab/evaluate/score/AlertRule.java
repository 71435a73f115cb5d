package io.atalaya.lab.evaluate.score;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.CameraEpisode;
import io.atalaya.simulator.truth.GroundTruth.Passage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What one type of alert must find, and which alert finds it.
 *
 * @param type name on the wire
 * @param expected all items of this type in the ground truth
 * @param anchors keys by which an alert is joined with the anchors of expected items
 * @param canBeFalse whether the ground truth suffices to call an alert without an expected item
 *     false; it does not give what excuses a camera alert
 * @param delayClock start of the delay, in words; null if the ground truth does not give it
 */
record AlertRule(
        String type,
        List<Expected> expected,
        Function<ScoredAlert, List<String>> anchors,
        boolean canBeFalse,
        String delayClock) {
    static final String RETROSPECTIVE = "retrospective ";
    private static final String CONVOY = AlertType.CONVOY.wireName();
    private static final String HOTLIST_MATCH = AlertType.HOTLIST_MATCH.wireName();
    private static final String READ_TIME = "the read's own time (device clock)";

    /** Fewest arches of a convoy alert. */
    private static final int CONVOY_ARCHES = 3;

    /**
     * An item of the ground truth that may alert.
     *
     * @param group difficulty group, for example the read class; null for a type without groups
     * @param anchors readIds or the camera, by which alerts about it are found
     * @param isRequired whether it must alert; an optional item is neither missed nor false
     * @param delayStartsAt start of its delay, epoch ms
     * @param isFoundBy whether an alert of this type that shares an anchor is about it
     * @param description text for the list of missed items
     */
    record Expected(
            String group,
            List<String> anchors,
            boolean isRequired,
            long delayStartsAt,
            Predicate<ScoredAlert> isFoundBy,
            String description) {}

    /** The rules of all types that the ground truth covers. */
    static List<AlertRule> of(GroundTruth truth) {
        Map<String, Passage> passages =
                truth.passages().stream()
                        .collect(Collectors.toMap(Passage::readId, p -> p, (first, last) -> last));
        List<AlertRule> rules = new ArrayList<>();
        rules.add(hotlist(truth, passages));
        rules.add(clones(truth));
        rules.add(mismatches(truth, passages));
        rules.add(convoys(truth));
        truth.cameraEpisodes().stream()
                .map(CameraEpisode::type)
                .distinct()
                .sorted()
                .forEach(type -> rules.add(camera(type, truth)));
        return rules;
    }

    /** Whether reads of a right alert that belong to no expected item are counted as stray. */
    boolean canHaveStrayReads() {
        return type.equals(HOTLIST_MATCH);
    }

    /** Content key: two alerts about one expected item with equal keys are duplicates. */
    String content(ScoredAlert alert) {
        return type.equals(CONVOY) && alert.plate() != null ? alert.plate() : "";
    }

    /**
     * Wanted passages, by entry and readId. Passages before their entry form their own groups:
     * their delay starts when the entry was added.
     */
    private static AlertRule hotlist(GroundTruth truth, Map<String, Passage> passages) {
        Map<String, GroundTruth.Entry> entries = new HashMap<>();
        truth.entries().forEach(entry -> entries.put(entry.entryId(), entry));
        List<Expected> expected = new ArrayList<>();
        for (GroundTruth.WantedPassage wanted : truth.wantedPassages()) {
            GroundTruth.Entry entry = entries.get(wanted.entryId());
            Passage passage = passages.get(wanted.readId());
            String group = (wanted.retrospective() ? RETROSPECTIVE : "") + wanted.readClass();
            expected.add(
                    new Expected(
                            group,
                            wanted.readIds(),
                            wanted.required(),
                            wanted.retrospective() && entry != null
                                    ? Math.max(wanted.time(), entry.addedAt())
                                    : wanted.time(),
                            alert -> wanted.entryId().equals(alert.entryId()),
                            "entry %s listed %s, read %s as %s (%s) at %s %s"
                                    .formatted(
                                            wanted.entryId(),
                                            listed(entry),
                                            wanted.readId(),
                                            passage == null || passage.read() == null
                                                    ? "?"
                                                    : passage.read(),
                                            group,
                                            wanted.deviceId(),
                                            Instant.ofEpochMilli(wanted.time()))));
        }
        return new AlertRule(
                HOTLIST_MATCH,
                expected,
                ScoredAlert::reads,
                true,
                READ_TIME + ", for retrospective ones the entry's arrival");
    }

    private static String listed(GroundTruth.Entry entry) {
        return entry == null ? "?" : entry.pattern() != null ? entry.pattern() : entry.plate();
    }

    /** Cloned plates: an alert must contain a read of each of the vehicles. */
    private static AlertRule clones(GroundTruth truth) {
        List<Expected> expected = new ArrayList<>();
        for (GroundTruth.Clone clone : truth.clones()) {
            expected.add(
                    new Expected(
                            null,
                            clone.reads().stream().flatMap(Collection::stream).toList(),
                            clone.required(),
                            truth.start(),
                            alert -> hasReadOfEach(alert, clone.reads()),
                            "plate " + clone.plate() + " reads " + clone.reads()));
        }
        return new AlertRule(
                AlertType.CLONED_PLATE.wireName(), expected, ScoredAlert::reads, true, null);
    }

    private static boolean hasReadOfEach(ScoredAlert alert, List<List<String>> vehicles) {
        return vehicles.stream().noneMatch(reads -> Collections.disjoint(reads, alert.reads()));
    }

    /** Passages whose tag is registered to another plate, by the plate's readId. */
    private static AlertRule mismatches(GroundTruth truth, Map<String, Passage> passages) {
        List<Expected> expected = new ArrayList<>();
        truth.mismatches().forEach(read -> expected.add(mismatch(read, true, truth, passages)));
        truth.unclearMismatches()
                .forEach(read -> expected.add(mismatch(read, false, truth, passages)));
        return new AlertRule(
                AlertType.PLATE_TAG_MISMATCH.wireName(),
                expected,
                ScoredAlert::reads,
                true,
                READ_TIME);
    }

    private static Expected mismatch(
            String read, boolean required, GroundTruth truth, Map<String, Passage> passages) {
        Passage passage = passages.get(read);
        String plates =
                passage == null
                        ? ""
                        : " shown %s, registered %s"
                                .formatted(passage.shown(), passage.registered());
        return new Expected(
                null,
                List.of(read),
                required,
                passage == null ? truth.start() : passage.time(),
                alert -> true,
                "read " + read + plates);
    }

    /**
     * Convoys, each once for all its companions: an alert must contain a read of the listed vehicle
     * and name a companion, not a vehicle that merely took the same road. A convoy is optional if
     * the listed vehicle passed fewer arches than a convoy alert needs.
     */
    private static AlertRule convoys(GroundTruth truth) {
        List<Expected> expected = new ArrayList<>();
        for (GroundTruth.Convoy convoy : truth.convoys()) {
            expected.add(
                    new Expected(
                            null,
                            convoy.reads(),
                            convoy.reads().size() >= CONVOY_ARCHES,
                            truth.start(),
                            alert -> isCompanion(alert.plate(), convoy),
                            "plate " + convoy.plate() + " with " + convoy.companions()));
        }
        return new AlertRule(CONVOY, expected, ScoredAlert::reads, true, null);
    }

    private static boolean isCompanion(String plate, GroundTruth.Convoy convoy) {
        return plate == null
                || !CanonicalPlate.isPlate(plate)
                || convoy.companions().stream()
                        .anyMatch(
                                companion ->
                                        OneEdit.isWithin(
                                                CanonicalPlate.pack(plate),
                                                CanonicalPlate.pack(companion)));
    }

    /** One type of camera episode: an alert of the same camera that overlaps it in time. */
    private static AlertRule camera(String type, GroundTruth truth) {
        List<Expected> expected = new ArrayList<>();
        for (CameraEpisode episode : truth.cameraEpisodes()) {
            if (episode.type().equals(type)) {
                List<String> tracks = episode.trackIds();
                expected.add(
                        new Expected(
                                null,
                                anchors(type, episode.deviceId(), tracks),
                                true,
                                episode.start(),
                                alert -> alert.overlaps(episode.start(), episode.end(), tracks),
                                "%s from %s tracks %s"
                                        .formatted(
                                                episode.deviceId(),
                                                Instant.ofEpochMilli(episode.start()),
                                                tracks)));
            }
        }
        return new AlertRule(
                type,
                expected,
                alert -> anchors(type, alert.deviceId(), alert.trackIds()),
                false,
                "the anomaly's start");
    }

    /** Unusual trajectories are matched by track, because a minute contains many of them. */
    private static List<String> anchors(String type, String deviceId, List<String> trackIds) {
        if (deviceId == null) {
            return List.of();
        }
        return type.equals(AlertType.UNUSUAL_TRAJECTORY.wireName()) && !trackIds.isEmpty()
                ? trackIds.stream().map(id -> deviceId + "/" + id).toList()
                : List.of(deviceId);
    }
}
