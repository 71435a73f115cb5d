package io.atalaya.hotlistmatch.crosscheck.platetag;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Watches the events of each plate for tags of other plates. What was kept of a plate is read only
 * where its tag names another one, or where a read of it ends: both are rare.
 */
public final class PlateTagMismatchDetector {
    /** What takes a mismatch back is a fact, and so is its return. */
    private static final int EACH_RETURN = 2;

    /** What is kept of a plate. */
    public interface Past {
        List<PassageEvent> of(long key) throws Exception;
    }

    private final MismatchLogic logic;
    private final Past past;
    private final Consumer<CrossCheckFinding> out;

    public PlateTagMismatchDetector(
            MismatchSettings rules, Past past, Consumer<CrossCheckFinding> out) {
        this.logic = new MismatchLogic(rules);
        this.past = past;
        this.out = out;
    }

    /**
     * Takes up an event that was kept under a key.
     *
     * @param plate packed canonical text of the key
     */
    public void seen(long key, long plate, PassageEvent event) throws Exception {
        if (event instanceof TagAssignment tagged && isOfAnotherPlate(tagged, plate)) {
            judge(tagged, past.of(key));
        } else if (event instanceof Retraction gone && plate != 0) {
            takeBack(gone, plate, past.of(key));
        }
    }

    /** Under the text that its plate read is known by, so that it is judged once. */
    private static boolean isOfAnotherPlate(TagAssignment tagged, long plate) {
        return tagged.plateReadId() != null
                && tagged.plate() == plate
                && tagged.tag().registeredPlate() != null
                && PlateComparison.kind(plate, CanonicalPlate.pack(tagged.tag().registeredPlate()))
                        == MatchKind.NONE;
    }

    private void judge(TagAssignment tagged, List<PassageEvent> events) {
        CrossCheckFinding mismatch = mismatch(tagged, events);
        if (mismatch != null && ends(events).noneMatch(end -> isEnd(end, tagged))) {
            out.accept(mismatch.by(tagged.readOrigin()));
        }
    }

    /** Of the pairs that an event ends, as each was told last. */
    private void takeBack(Retraction gone, long plate, List<PassageEvent> events) {
        Map<String, TagAssignment> ended = new LinkedHashMap<>();
        for (PassageEvent event : events) {
            if (event instanceof TagAssignment tagged
                    && isOfAnotherPlate(tagged, plate)
                    && isEnd(gone, tagged)) {
                ended.put(tagged.readKey() + ' ' + plateKey(tagged), tagged);
            }
        }
        for (TagAssignment tagged : ended.values()) {
            boolean first = ends(events).allMatch(end -> end.equals(gone) || !isEnd(end, tagged));
            CrossCheckFinding mismatch = first ? mismatch(tagged, events) : null;
            if (mismatch != null) {
                out.accept(
                        mismatch.takenBack(mismatch.draft().revision() + 1, gone.at())
                                .by(gone.readOrigin()));
            }
        }
    }

    private CrossCheckFinding mismatch(TagAssignment tagged, List<PassageEvent> events) {
        for (PassageEvent event : events) {
            if (event instanceof EnrichedRead sighting
                    && sighting.readKey().equals(plateKey(tagged))) {
                long known = Math.max(tagged.at(), sighting.arrival());
                CrossCheckFinding first = logic.judge(sighting, tagged.tag(), known);
                return first == null
                        ? null
                        : first.revised(1 + EACH_RETURN * returns(tagged, events));
            }
        }
        return null;
    }

    /** How often the tag was told to belong to that plate read, then not to, and then again. */
    private static int returns(TagAssignment tagged, List<PassageEvent> events) {
        return (int)
                ends(events)
                        .filter(end -> end.told() < tagged.told())
                        .filter(end -> events.stream().anyMatch(old -> isTold(old, tagged, end)))
                        .mapToInt(Retraction::told)
                        .distinct()
                        .count();
    }

    private static boolean isTold(PassageEvent event, TagAssignment tagged, Retraction end) {
        return event instanceof TagAssignment old
                && old.readKey().equals(tagged.readKey())
                && plateKey(old).equals(plateKey(tagged))
                && isOfPassage(end, old);
    }

    private static boolean isEnd(Retraction gone, TagAssignment tagged) {
        return isOfPassage(gone, tagged) || gone.readKey().equals(plateKey(tagged));
    }

    private static boolean isOfPassage(Retraction gone, TagAssignment tagged) {
        return gone.passageId().equals(tagged.passageId()) && gone.ends(tagged);
    }

    private static Stream<Retraction> ends(List<PassageEvent> events) {
        return events.stream().filter(Retraction.class::isInstance).map(Retraction.class::cast);
    }

    private static String plateKey(TagAssignment tagged) {
        return PassageEvent.key(tagged.deviceId(), tagged.plateReadId());
    }
}
