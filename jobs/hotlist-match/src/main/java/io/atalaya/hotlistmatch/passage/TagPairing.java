package io.atalaya.hotlistmatch.passage;

import io.atalaya.hotlistmatch.passage.DeviceMemory.Home;
import io.atalaya.hotlistmatch.passage.DeviceMemory.Sent;
import io.atalaya.hotlistmatch.passage.DeviceMemory.Tag;
import io.atalaya.plate.MatchKind;
import io.atalaya.plate.PlateComparison;
import io.atalaya.rfid.TagKey;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

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

    /** How long after its arrival a tag without a plate is held to be alone, in ms. */
    long waitMs() {
        return wait;
    }

    /** Takes up a tag; false if it was a second delivery. */
    boolean tagCame(TagArrival arrived, DeviceMemory device, PassageLogic.Out out)
            throws Exception {
        if (device.tags().containsKey(arrived.read().readId())) {
            return false;
        }
        Tag tag = Tag.of(arrived, arrived.arrival() + wait);
        device.remember(tag);
        Sent plate = namedBy(tag, candidates(tag, tag.arrival() + wait, device).values());
        if (plate != null) {
            announce(tag, plate, Math.max(plate.arrival(), tag.arrival()), device, out);
        }
        return true;
    }

    /** Gives a plate read that has just gone on the tags that it brings home. */
    void plateCame(Sent plate, DeviceMemory device, PassageLogic.Out out) throws Exception {
        for (Tag tag : List.copyOf(device.tagsNear(plate.time(), window))) {
            if (!sameLane(tag.lane(), plate.lane())) {
                continue;
            }
            Home home = tag.home();
            if (home != null && plate.root().equals(home.root())) {
                // A revision has other texts, and so other keys.
                announce(tag, plate, Math.max(plate.arrival(), tag.arrival()), device, out);
            } else if (tag.isDecided()) {
                // Not at once: a tag that claims the plate may be on its way.
                device.remember(tag.decided(tag.decidedAt(), Math.min(tag.due(), plate.arrival())));
            } else if (home == null
                    && plate.arrival() <= tag.arrival() + wait
                    && names(tag, plate)) {
                announce(tag, plate, Math.max(plate.arrival(), tag.arrival()), device, out);
            }
        }
    }

    /**
     * Decides on the tags that are due.
     *
     * @param now arrival clock: all that arrived before has come
     */
    void settle(DeviceMemory device, long now, PassageLogic.Out out) throws Exception {
        for (Tag tag : device.tagsDueBy(now)) {
            decide(tag, now, device, out);
        }
    }

    private void decide(Tag tag, long now, DeviceMemory device, PassageLogic.Out out)
            throws Exception {
        String readId = tag.read().readId();
        long decidedAt = tag.decidedAt();
        if (!tag.isDecided()) {
            decidedAt = tag.arrival() + wait;
            if (tag.home() == null) {
                announce(tag, assign(tag, decidedAt, device), decidedAt, device, out);
            }
        }
        long nextDue = Long.MAX_VALUE;
        for (long arrival : arrivalsAfter(decidedAt, tag, device)) {
            if (arrival > now) {
                nextDue = arrival;
                break;
            }
            reconsider(device.tags().get(readId), arrival, device, out);
            decidedAt = arrival;
        }
        device.remember(device.tags().get(readId).decided(decidedAt, nextDue));
    }

    private TreeSet<Long> arrivalsAfter(long decidedAt, Tag tag, DeviceMemory device) {
        TreeSet<Long> later = new TreeSet<>();
        for (Sent plate : device.sentNear(tag.read().time(), window)) {
            if (plate.arrival() > decidedAt && sameLane(tag.lane(), plate.lane())) {
                later.add(plate.arrival());
            }
        }
        return later;
    }

    /** A plate that came late may be the tag's, unless it has one that it names. */
    private void reconsider(Tag tag, long asOf, DeviceMemory device, PassageLogic.Out out)
            throws Exception {
        Sent old = tag.home().readId() == null ? null : device.sent(tag.home().readId());
        if (old != null && names(tag, old)) {
            return;
        }
        Sent plate = assign(tag, asOf, device);
        String root = plate == null ? null : plate.root();
        if (root == null ? tag.home().root() == null : root.equals(tag.home().root())) {
            return;
        }
        out.emit(new Gone(passageId(tag), key(tag), asOf, true), keys(tag, old));
        announce(tag, plate, asOf, device, out);
    }

    /** The plate of a tag by what had arrived then; null: none, or more than one might be. */
    private Sent assign(Tag tag, long asOf, DeviceMemory device) {
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
    private Map<String, Sent> candidates(Tag tag, long asOf, DeviceMemory device) {
        Map<String, Sent> candidates = new LinkedHashMap<>();
        for (Sent plate : device.sentNear(tag.read().time(), window)) {
            if (plate.arrival() <= asOf
                    && sameLane(tag.lane(), plate.lane())
                    && !device.isGone(plate.readId(), asOf)) {
                candidates.merge(
                        plate.root(), plate, (a, b) -> BY_ARRIVAL.compare(a, b) < 0 ? b : a);
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

    private boolean isNamedByAnother(Sent plate, Tag tag, long asOf, DeviceMemory device) {
        for (Tag other : device.tagsNear(plate.time(), window)) {
            if (isOther(other, tag, plate, asOf) && names(other, plate)) {
                return true;
            }
        }
        return false;
    }

    /** Whether another tag that names no plate of its window may be this plate's as well. */
    private boolean hasRival(Sent plate, Tag tag, long asOf, DeviceMemory device) {
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
        return one == other || one == DeviceMemory.ANY_LANE || other == DeviceMemory.ANY_LANE;
    }

    private void announce(Tag tag, Sent plate, long at, DeviceMemory device, PassageLogic.Out out)
            throws Exception {
        Tag home = tag.at(plate == null ? Home.ALONE : new Home(plate.root(), plate.readId()));
        device.remember(home);
        out.emit(
                new Tagged(
                        passageId(home),
                        tag.arrival(),
                        at,
                        tag.clockSuspect(),
                        tag.read(),
                        plate == null ? null : plate.readId(),
                        plate == null ? 0 : plate.plates()[0]),
                keys(home, plate));
    }

    private static String passageId(Tag tag) {
        return tag.home().root() == null
                ? key(tag)
                : PlateEvent.key(tag.read().deviceId(), tag.home().root());
    }

    private static String key(Tag tag) {
        return PlateEvent.tagKey(tag.read().deviceId(), tag.read().readId());
    }

    /** The tag's own key, its registered plate, and the texts of the plate it is paired with. */
    private static long[] keys(Tag tag, Sent plate) {
        long[] texts = plate == null ? new long[0] : plate.plates();
        long[] keys = new long[texts.length + 2];
        int count = 0;
        boolean registeredIsNew = tag.plate() != 0;
        for (long text : texts) {
            keys[count++] = text;
            registeredIsNew &= text != tag.plate();
        }
        if (registeredIsNew) {
            keys[count++] = tag.plate();
        }
        keys[count++] = TagKey.of(tag.read().tagId());
        return Arrays.copyOf(keys, count);
    }
}
