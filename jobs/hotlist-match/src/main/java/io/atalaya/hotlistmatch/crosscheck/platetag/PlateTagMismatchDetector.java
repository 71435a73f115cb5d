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
 * Detects tags of other plates among the events of each plate. It loads a plate's stored events
 * only if a tag names another plate or a read is retracted; both are rare.
 */
public final class PlateTagMismatchDetector {
    /** The stored events of a plate. */
    public interface StoredEvents {
        List<PassageEvent> of(long key) throws Exception;
    }

    private final MismatchLogic logic;
    private final StoredEvents past;
    private final Consumer<CrossCheckFinding> out;

    public PlateTagMismatchDetector(
            MismatchSettings rules, StoredEvents past, Consumer<CrossCheckFinding> out) {
        this.logic = new MismatchLogic(rules);
        this.past = past;
        this.out = out;
    }

    /**
     * Handles an event that was stored under a key.
     *
     * @param key folded plate
     * @param plate packed canonical text of the key
     */
    public void onEvent(long key, long plate, PassageEvent event) throws Exception {
        if (event instanceof TagAssignment assignment && isOfAnotherPlate(assignment, plate)) {
            evaluate(assignment, past.of(key));
        } else if (event instanceof Retraction retraction && plate != 0) {
            cancelObsolete(retraction, plate, past.of(key));
        }
    }

    /** Accepts an assignment only under its plate read's own text, so that it is evaluated once. */
    private static boolean isOfAnotherPlate(TagAssignment assignment, long plate) {
        return assignment.plateReadId() != null
                && assignment.plate() == plate
                && assignment.tag().registeredPlate() != null
                && PlateComparison.kind(
                                plate, CanonicalPlate.pack(assignment.tag().registeredPlate()))
                        == MatchKind.NONE;
    }

    private void evaluate(TagAssignment assignment, List<PassageEvent> events) {
        CrossCheckFinding mismatch = mismatch(assignment, events);
        if (mismatch != null && ends(events).noneMatch(end -> isEnd(end, assignment))) {
            out.accept(mismatch.by(assignment.readOrigin()));
        }
    }

    /** Retracts the pairs that an event ends, each by its last assignment. */
    private void cancelObsolete(Retraction retraction, long plate, List<PassageEvent> events) {
        Map<String, TagAssignment> ended = new LinkedHashMap<>();
        for (PassageEvent event : events) {
            if (event instanceof TagAssignment assignment
                    && isOfAnotherPlate(assignment, plate)
                    && isEnd(retraction, assignment)) {
                ended.put(assignment.readKey() + ' ' + plateKey(assignment), assignment);
            }
        }
        for (TagAssignment assignment : ended.values()) {
            boolean first =
                    ends(events).allMatch(end -> end.equals(retraction) || !isEnd(end, assignment));
            CrossCheckFinding mismatch = first ? mismatch(assignment, events) : null;
            if (mismatch != null) {
                out.accept(mismatch.cancelled(retraction.causedAt()).by(retraction.readOrigin()));
            }
        }
    }

    private CrossCheckFinding mismatch(TagAssignment assignment, List<PassageEvent> events) {
        for (PassageEvent event : events) {
            if (event instanceof EnrichedRead enrichedRead
                    && enrichedRead.readKey().equals(plateKey(assignment))) {
                long known = Math.max(assignment.causedAt(), enrichedRead.arrivalTime());
                return logic.evaluate(enrichedRead, assignment.tag(), known);
            }
        }
        return null;
    }

    private static boolean isEnd(Retraction retraction, TagAssignment assignment) {
        return isOfPassage(retraction, assignment)
                || retraction.readKey().equals(plateKey(assignment));
    }

    private static boolean isOfPassage(Retraction retraction, TagAssignment assignment) {
        return retraction.passageId().equals(assignment.passageId()) && retraction.ends(assignment);
    }

    private static Stream<Retraction> ends(List<PassageEvent> events) {
        return events.stream().filter(Retraction.class::isInstance).map(Retraction.class::cast);
    }

    private static String plateKey(TagAssignment assignment) {
        return PassageEvent.key(assignment.deviceId(), assignment.plateReadId());
    }
}
