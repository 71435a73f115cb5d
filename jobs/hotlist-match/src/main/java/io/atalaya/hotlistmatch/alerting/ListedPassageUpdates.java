package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.hotlistmatch.alerting.MatchEvaluator.Match;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.ListedPassages;
import io.atalaya.hotlistmatch.event.PassageRead;
import io.atalaya.hotlistmatch.event.TagAssignment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Derives the passages of listed vehicles that the convoy operators receive: those whose match is
 * an alert or has an evaluated tag. A review without tag is not emitted, because a tag may still
 * rule it out; a passage with a suspect clock is not active. The result depends on the facts about
 * the passage alone, in any order.
 */
final class ListedPassageUpdates {
    private ListedPassageUpdates() {}

    /**
     * The passages to emit.
     *
     * @param emitted the last emission of each passage
     */
    static List<ListedPassage> of(
            List<EvaluatedPassage> evaluated, EntryState entryState, ListedPassages emitted) {
        List<ListedPassage> updates = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (EvaluatedPassage passage : evaluated) {
            if (Stream.concat(passage.counted().stream(), passage.mistaken().stream())
                    .anyMatch(ListedPassageUpdates::isCertainEnough)) {
                known.add(passage.passage().id());
                add(passage(passage), emitted, updates);
            }
        }
        for (ListedPassage old : emitted.all()) {
            // A passage that was removed with its version stays emitted, because it was correct at
            // its time.
            if (!known.contains(old.passageId()) && entryState.hasPassage(old.passageId())) {
                add(old.retracted(), emitted, updates);
            }
        }
        return updates;
    }

    private static boolean isCertainEnough(Match match) {
        return match.action() == Alert.Action.ALERT || tag(match) != null;
    }

    private static TagAssignment tag(Match match) {
        return match.read() instanceof TagAssignment alone ? alone : match.tag();
    }

    private static void add(
            ListedPassage passage, ListedPassages emitted, List<ListedPassage> updates) {
        if (!passage.equals(emitted.of(passage.entryId(), passage.passageId()))) {
            updates.add(passage);
        }
    }

    private static ListedPassage passage(EvaluatedPassage evaluated) {
        Match currentMatch = evaluated.currentMatch();
        HotlistEntry entry = currentMatch.interval().version().entry();
        PassageRead read = currentMatch.read();
        String text = read.plateText();
        return new ListedPassage(
                entry.entryId(),
                evaluated.passage().id(),
                evaluated.isMatch()
                        && !evaluated.isCancelled()
                        && isCertainEnough(currentMatch)
                        && !read.isClockSuspect(),
                false,
                entry.pattern() == null || text == null ? 0 : CanonicalPlate.pack(text),
                entry.plate() != null ? entry.plate() : text == null ? "" : text,
                ownPlates(entry, evaluated),
                read.deviceId(),
                read.readId(),
                read.deviceTime(),
                read.arrivalTime(),
                evaluated.knownSince(),
                read.direction(),
                currentMatch.score().posterior(),
                read.plateRead() == null ? null : read.plateRead().imageRef(),
                tags(entry, evaluated),
                entry.covert(),
                entry.notified(),
                read.readOrigin());
    }

    /**
     * Includes the vehicle's tag, because a covert entry may identify the vehicle by its tag alone.
     */
    private static List<String> tags(HotlistEntry entry, EvaluatedPassage evaluated) {
        TagAssignment carried = evaluated.passage().tag();
        return Stream.of(entry.tagId(), carried == null ? null : carried.tag().tagId())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /**
     * Includes the registered plate of its tag, so that a vehicle with a false plate is not its own
     * companion.
     */
    private static List<String> ownPlates(HotlistEntry entry, EvaluatedPassage evaluated) {
        Set<String> own = new LinkedHashSet<>();
        add(entry.plate(), own);
        for (Match match : evaluated.counted()) {
            add(match.read().plateText(), own);
            TagAssignment tag = tag(match);
            if (tag != null) {
                add(tag.tag().registeredPlate(), own);
                if (tag.plate() != 0) {
                    add(CanonicalPlate.text(tag.plate()), own);
                }
            }
        }
        return List.copyOf(own);
    }

    private static void add(String text, Set<String> texts) {
        if (text != null && CanonicalPlate.isPlate(text)) {
            texts.add(text);
        }
    }
}
