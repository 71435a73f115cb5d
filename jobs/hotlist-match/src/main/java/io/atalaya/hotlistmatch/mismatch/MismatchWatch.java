package io.atalaya.hotlistmatch.mismatch;

import io.atalaya.hotlistmatch.anomaly.Anomaly;
import io.atalaya.hotlistmatch.passage.Gone;
import io.atalaya.hotlistmatch.passage.PlateEvent;
import io.atalaya.hotlistmatch.passage.Sighting;
import io.atalaya.hotlistmatch.passage.Tagged;
import io.atalaya.plate.CanonicalPlate;
import io.atalaya.plate.MatchKind;
import io.atalaya.plate.PlateComparison;

import java.util.List;
import java.util.function.Consumer;

/**
 * Watches the events of each plate for tags of other plates. What was kept of a plate is read only
 * where its tag names another one, or where a read of it ends: both are rare.
 */
public final class MismatchWatch {
    /** A mismatch is one fact; what takes it back is the second. */
    private static final int TAKEN_BACK = 2;

    /** What is kept of a plate. */
    public interface Past {
        List<PlateEvent> of(long key) throws Exception;
    }

    private final MismatchLogic logic;
    private final Past past;
    private final Consumer<Anomaly> out;

    public MismatchWatch(MismatchRules rules, Past past, Consumer<Anomaly> out) {
        this.logic = new MismatchLogic(rules);
        this.past = past;
        this.out = out;
    }

    /**
     * Takes up an event that was kept under a key.
     *
     * @param plate packed canonical text of the key
     */
    public void seen(long key, long plate, PlateEvent event) throws Exception {
        if (event instanceof Tagged tagged && isOfAnotherPlate(tagged, plate)) {
            judge(tagged, past.of(key));
        } else if (event instanceof Gone gone && plate != 0) {
            takeBack(gone, plate, past.of(key));
        }
    }

    /** Under the text that its plate read is known by, so that it is judged once. */
    private static boolean isOfAnotherPlate(Tagged tagged, long plate) {
        return tagged.plateReadId() != null
                && tagged.plate() == plate
                && tagged.tag().registeredPlate() != null
                && PlateComparison.kind(plate, CanonicalPlate.pack(tagged.tag().registeredPlate()))
                        == MatchKind.NONE;
    }

    private void judge(Tagged tagged, List<PlateEvent> events) {
        Anomaly mismatch = mismatch(tagged, events);
        if (mismatch != null
                && !isGone(tagged.readKey(), events)
                && !isGone(plateKey(tagged), events)) {
            out.accept(mismatch);
        }
    }

    private void takeBack(Gone gone, long plate, List<PlateEvent> events) {
        for (PlateEvent event : events) {
            if (event instanceof Tagged tagged
                    && isOfAnotherPlate(tagged, plate)
                    && (gone.readKey().equals(tagged.readKey())
                            || gone.readKey().equals(plateKey(tagged)))) {
                Anomaly mismatch = mismatch(tagged, events);
                if (mismatch != null) {
                    out.accept(mismatch.takenBack(TAKEN_BACK, gone.at()));
                }
            }
        }
    }

    private Anomaly mismatch(Tagged tagged, List<PlateEvent> events) {
        for (PlateEvent event : events) {
            if (event instanceof Sighting sighting && sighting.readKey().equals(plateKey(tagged))) {
                return logic.judge(sighting, tagged.tag(), tagged.at());
            }
        }
        return null;
    }

    private static String plateKey(Tagged tagged) {
        return PlateEvent.key(tagged.deviceId(), tagged.plateReadId());
    }

    private static boolean isGone(String readKey, List<PlateEvent> events) {
        return events.stream()
                .anyMatch(event -> event instanceof Gone gone && gone.readKey().equals(readKey));
    }
}
