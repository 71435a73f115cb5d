package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.passage.DeviceReads.Home;
import io.atalaya.hotlistmatch.passage.DeviceReads.Sent;
import io.atalaya.hotlistmatch.passage.DeviceReads.Tag;

import it.unimi.dsi.fastutil.longs.LongLinkedOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongList;
import it.unimi.dsi.fastutil.longs.LongSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finds the car of each tag: the plate read in the same lane, within a window of the tag's time.
 *
 * <p>A plate near the registered one is the tag's at once. Otherwise the tag waits until its plate
 * would have arrived; then it belongs to the one plate in the window that no other tag names, if
 * there is one and no other tag could claim it as well. Cars that follow each other closely leave
 * no such plate, and the tag stays alone: better no pair than a wrong one. A plate that comes later
 * still takes its tag.
 *
 * <p>What is decided depends on times of arrival only, so that plates and tags may be read in any
 * order between their topics.
 */
public final class TagPairing {
    private static final Comparator<Sent> BY_ARRIVAL =
            Comparator.comparingLong(Sent::arrival).thenComparing(Sent::readId);

    /** So many windows away may a tag be that a plate or another tag bears on. */
    private static final int REACH = 3;

    /** Devices send late by about so much. */
    private static final Duration USUAL_LAG = Duration.ofSeconds(1);

    private final long window;
    private final long wait;

    /**
     * @param window the greatest distance in time of a tag and its plate
     */
    TagPairing(Duration window) {
        this.window = window.toMillis();
        this.wait = waitFor(window).toMillis();
    }

    /** How long after its arrival a tag waits for its plate. */
    public static Duration waitFor(Duration window) {
        return window.plus(USUAL_LAG);
    }

    /**
     * How long after a plate's arrival it is known which tag its car carries: a tag that is read
     * with it may come by as much later as it then waits.
     */
    public static Duration knownAfter(Duration window) {
        return waitFor(window).multipliedBy(2);
    }

    /** How long after its arrival a tag without a plate is held to be alone, in ms. */
    long waitMs() {
        return wait;
    }

    /** Takes up a tag; false if it was a second delivery. */
    boolean tagCame(EnrichedTagRead arrived, DeviceReads device, PassageLogic.Out out)
            throws Exception {
        if (device.tags().containsKey(arrived.read().readId())) {
            return false;
        }
        Tag tag = Tag.of(arrived, arrived.arrival() + wait);
        device.remember(tag);
        move(tag, Long.MIN_VALUE, device, out);
        // It may claim a plate that another tag was given.
        decideAgain(arrived.read().time(), tag.lane(), tag.arrival(), device);
        return true;
    }

    /** Gives a plate read that has just gone on the tags that it brings home. */
    void plateCame(Sent plate, DeviceReads device, PassageLogic.Out out) throws Exception {
        for (Tag tag : device.tagsNear(plate.time(), window)) {
            if (tag.assignments().isEmpty() && sameLane(tag.lane(), plate.lane())) {
                move(tag, Long.MIN_VALUE, device, out);
            }
        }
        if (plate.isRevision()) {
            emitTagsOf(plate, device, out);
        }
        // Not at once: a tag that claims the plate may be on its way.
        decideAgain(plate.time(), plate.lane(), plate.arrival(), device);
    }

    /**
     * Frees the tags of a plate read that is gone.
     *
     * @param at arrival of what ended it
     */
    void plateGone(Sent plate, long at, DeviceReads device) {
        decideAgain(plate.time(), plate.lane(), at, device);
    }

    /**
     * A plate bears on the tags in its window, these on the plates in theirs, and each of those on
     * its tags again.
     */
    private void decideAgain(long time, int lane, long arrival, DeviceReads device) {
        int near = device.lacksLanes() ? DeviceReads.ANY_LANE : lane;
        for (Tag tag : device.tagsNear(time, REACH * window)) {
            long at = Math.max(arrival, tag.arrival() + wait);
            if (at < tag.due() && sameLane(tag.lane(), near)) {
                device.remember(tag.dueAt(at));
            }
        }
    }

    /** Whoever looks for the text of a revision has not heard of the passage's tag yet. */
    private static void emitTagsOf(Sent revision, DeviceReads device, PassageLogic.Out out)
            throws Exception {
        for (Tag tag : device.tags().values()) {
            Home assignedPassage = tag.assignedPassage();
            if (assignedPassage != null && revision.root().equals(assignedPassage.root())) {
                out.emit(
                        assignment(
                                tag,
                                assignedPassage,
                                since(tag.assignments()),
                                tag.emitted(),
                                device),
                        revision.plates());
            }
        }
    }

    /**
     * Decides on a tag that is due.
     *
     * @param now arrival clock: all that arrived before has come, by rule
     */
    void settle(Tag tag, DeviceReads device, long now, PassageLogic.Out out) throws Exception {
        move(tag, now, device, out);
        long next = Long.MAX_VALUE;
        for (Sent plate : platesNear(tag, device)) {
            if (plate.arrival() > now) {
                next = plate.arrival();
                break;
            }
        }
        device.remember(device.tags().get(tag.read().readId()).dueAt(next));
    }

    /**
     * Sends on what the facts say by {@code now}. If they no longer say what was told, all is told
     * anew: whoever keeps the last word on each passage then knows what he would, had nothing been
     * told too early.
     */
    private void move(Tag tag, long now, DeviceReads device, PassageLogic.Out out)
            throws Exception {
        List<Home> emitted = tag.assignments();
        List<Home> assignments =
                assignments(
                        tag,
                        emitted.isEmpty() ? now : Math.max(now, tag.assignedPassage().at()),
                        device);
        if (assignments.isEmpty() || assignments.equals(emitted)) {
            return;
        }
        Telling updater = new Telling(tag, device, out);
        int known = emitted.size();
        if (known >= assignments.size() || !assignments.subList(0, known).equals(emitted)) {
            known = 0;
            for (int i = 0; i < emitted.size(); i++) {
                if (assignments.stream().noneMatch(emitted.get(i)::isIn)) {
                    // A home that the facts no longer know never was one.
                    updater.leaves(emitted.get(i), since(emitted.subList(0, i + 1)));
                }
            }
        }
        long since = 0;
        for (int i = 0; i < assignments.size(); i++) {
            Home assignedPassage = assignments.get(i);
            boolean comes = i == 0 || !assignedPassage.isIn(assignments.get(i - 1));
            since = comes ? assignedPassage.at() : since;
            if (i >= known && i > 0 && comes) {
                updater.leaves(assignments.get(i - 1), since);
            }
            if (i >= known) {
                updater.isAt(assignedPassage, since);
            }
        }
        device.remember(tag.at(assignments, updater.count));
    }

    /** Numbers what is told of a tag. */
    private static final class Telling {
        private final Tag tag;
        private final DeviceReads device;
        private final PassageLogic.Out out;
        private int count;

        Telling(Tag tag, DeviceReads device, PassageLogic.Out out) {
            this.tag = tag;
            this.device = device;
            this.out = out;
            this.count = tag.emitted();
        }

        void isAt(Home assignedPassage, long since) throws Exception {
            count++;
            out.emit(
                    assignment(tag, assignedPassage, since, count, device),
                    keys(tag, assignedPassage, device));
        }

        void leaves(Home assignedPassage, long at) throws Exception {
            count++;
            out.emit(
                    new Retraction(
                            tag.read().deviceId(),
                            passageId(tag, assignedPassage),
                            key(tag),
                            at,
                            true,
                            count,
                            tag.position()),
                    keys(tag, assignedPassage, device));
        }
    }

    /** Where the facts say that the tag has been by {@code now}; empty: that is not known yet. */
    private List<Home> assignments(Tag tag, long now, DeviceReads device) {
        long due = tag.arrival() + wait;
        List<Sent> plates = platesNear(tag, device);
        Sent assignedPassage = namedAtOnce(tag, due, plates, device);
        List<Home> assignments = new ArrayList<>();
        if (assignedPassage != null) {
            assignments.add(
                    assignedPassage(
                            assignedPassage, Math.max(assignedPassage.arrival(), tag.arrival())));
        }
        int next = 0;
        for (; next < plates.size() && plates.get(next).arrival() <= Math.min(due, now); next++) {
            Sent plate = plates.get(next);
            if (isRevised(assignedPassage, plate)) {
                assignedPassage = plate;
                assignments.add(
                        assignedPassage(assignedPassage, Math.max(plate.arrival(), tag.arrival())));
            }
        }
        if (now < due) {
            return assignments;
        }
        if (assignedPassage == null || device.isRetracted(assignedPassage.readId(), due)) {
            assignedPassage = assign(tag, due, device);
            assignments.add(assignedPassage(assignedPassage, due));
        }
        for (; next < plates.size() && plates.get(next).arrival() <= now; next++) {
            Sent plate = plates.get(next);
            Sent then = assignedPassage;
            if (isRevised(assignedPassage, plate)) {
                then = plate;
            } else if (assignedPassage == null
                    || !names(tag, assignedPassage)
                    || device.isRetracted(assignedPassage.readId(), plate.arrival())) {
                then = assign(tag, plate.arrival(), device);
            }
            if (!Objects.equals(readId(then), readId(assignedPassage))) {
                assignedPassage = then;
                assignments.add(assignedPassage(assignedPassage, plate.arrival()));
            }
        }
        return assignments;
    }

    /** The first plate that needs no waiting: the one that the tag names. */
    private static Sent namedAtOnce(Tag tag, long due, List<Sent> plates, DeviceReads device) {
        for (Sent plate : plates) {
            long at = Math.max(plate.arrival(), tag.arrival());
            if (plate.arrival() <= due
                    && names(tag, plate)
                    && !device.isRetracted(plate.readId(), at)) {
                return plate;
            }
        }
        return null;
    }

    private static boolean isRevised(Sent assignedPassage, Sent plate) {
        return assignedPassage != null
                && plate.root().equals(assignedPassage.root())
                && plate.arrival() > assignedPassage.arrival();
    }

    private static Home assignedPassage(Sent plate, long at) {
        return plate == null
                ? new Home(null, null, at)
                : new Home(plate.root(), plate.readId(), at);
    }

    /** In the tag's lane and window, by arrival. */
    private List<Sent> platesNear(Tag tag, DeviceReads device) {
        List<Sent> plates = device.sentNear(tag.read().time(), window);
        plates.removeIf(plate -> !sameLane(tag.lane(), plate.lane()));
        plates.sort(BY_ARRIVAL);
        return plates;
    }

    private static String readId(Sent plate) {
        return plate == null ? null : plate.readId();
    }

    /** The plate of a tag by what had arrived then; null: none, or more than one might be. */
    private Sent assign(Tag tag, long asOf, DeviceReads device) {
        Map<String, Sent> candidates = candidates(tag, asOf, device);
        Sent named = namedBy(tag, candidates.values());
        if (named != null) {
            return named;
        }
        Sent only = null;
        for (Sent plate : candidates.values()) {
            if (!isNamedByAnother(plate, tag, asOf, device)) {
                if (only != null) {
                    return null;
                }
                only = plate;
            }
        }
        return only == null || hasRival(only, tag, asOf, device) ? null : only;
    }

    /** The last read of each passage in the tag's window, by root. */
    private Map<String, Sent> candidates(Tag tag, long asOf, DeviceReads device) {
        Map<String, Sent> candidates = new LinkedHashMap<>();
        for (Sent plate : platesNear(tag, device)) {
            if (plate.arrival() <= asOf && !device.isRetracted(plate.readId(), asOf)) {
                candidates.put(plate.root(), plate);
            }
        }
        return candidates;
    }

    private static Sent namedBy(Tag tag, Iterable<Sent> plates) {
        Sent first = null;
        for (Sent plate : plates) {
            if (names(tag, plate) && (first == null || BY_ARRIVAL.compare(plate, first) < 0)) {
                first = plate;
            }
        }
        return first;
    }

    private boolean isNamedByAnother(Sent plate, Tag tag, long asOf, DeviceReads device) {
        for (Tag other : device.tagsNear(plate.time(), window)) {
            if (isOther(other, tag, plate, asOf) && names(other, plate)) {
                return true;
            }
        }
        return false;
    }

    /** Whether another tag that names no plate of its window may be this plate's as well. */
    private boolean hasRival(Sent plate, Tag tag, long asOf, DeviceReads device) {
        for (Tag other : device.tagsNear(plate.time(), window)) {
            if (isOther(other, tag, plate, asOf)
                    && namedBy(other, candidates(other, asOf, device).values()) == null) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOther(Tag other, Tag tag, Sent plate, long asOf) {
        return !other.read().readId().equals(tag.read().readId())
                && !TagKey.same(other.read().tagId(), tag.read().tagId())
                && other.arrival() <= asOf
                && sameLane(other.lane(), plate.lane());
    }

    private static boolean names(Tag tag, Sent plate) {
        if (tag.plate() == 0) {
            return false;
        }
        for (long text : plate.plates()) {
            if (PlateComparison.kind(text, tag.plate()) != MatchKind.NONE) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameLane(int one, int other) {
        return one == other || one == DeviceReads.ANY_LANE || other == DeviceReads.ANY_LANE;
    }

    /** Since when the tag has been in its last passage, through all revisions of the plate. */
    private static long since(List<Home> assignments) {
        int first = assignments.size() - 1;
        while (first > 0 && assignments.get(first).isIn(assignments.get(first - 1))) {
            first--;
        }
        return assignments.get(first).at();
    }

    private static TagAssignment assignment(
            Tag tag, Home assignedPassage, long since, int emitted, DeviceReads device) {
        Sent plate =
                assignedPassage.readId() == null ? null : device.sent(assignedPassage.readId());
        return new TagAssignment(
                passageId(tag, assignedPassage),
                tag.arrival(),
                since,
                tag.clockSuspect(),
                tag.read(),
                assignedPassage.readId(),
                plate == null ? 0 : plate.plates()[0],
                emitted,
                tag.position());
    }

    private static String passageId(Tag tag, Home assignedPassage) {
        return assignedPassage.root() == null
                ? key(tag)
                : PassageEvent.key(tag.read().deviceId(), assignedPassage.root());
    }

    private static String key(Tag tag) {
        return PassageEvent.tagKey(tag.read().deviceId(), tag.read().readId());
    }

    /**
     * The texts of all reads of the passage, for whoever looks for one of them has to know what its
     * tag is; the plate that the tag is registered for, and its own key.
     */
    private static long[] keys(Tag tag, Home assignedPassage, DeviceReads device) {
        LongSet keys = new LongLinkedOpenHashSet();
        if (assignedPassage.root() != null) {
            for (Sent read : device.chain(assignedPassage.root())) {
                keys.addAll(LongList.of(read.plates()));
            }
        }
        if (tag.plate() != 0) {
            keys.add(tag.plate());
        }
        keys.add(TagKey.of(tag.read().tagId()));
        return keys.toLongArray();
    }
}
