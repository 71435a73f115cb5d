package io.atalaya.hotlistmatch.passage;

import io.atalaya.hotlistmatch.passage.DeviceMemory.Home;
import io.atalaya.hotlistmatch.passage.DeviceMemory.Sent;
import io.atalaya.hotlistmatch.passage.DeviceMemory.Tag;
import io.atalaya.plate.MatchKind;
import io.atalaya.plate.PlateComparison;
import io.atalaya.rfid.TagKey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
        move(tag, Long.MIN_VALUE, device, out);
        // It may claim a plate that another tag was given.
        for (Tag other : List.copyOf(device.tagsNear(arrived.read().time(), 2 * window))) {
            if (other.home() != null && sameLane(other.lane(), tag.lane())) {
                decideAgain(other, tag.arrival(), device);
            }
        }
        return true;
    }

    /** Gives a plate read that has just gone on the tags that it brings home. */
    void plateCame(Sent plate, DeviceMemory device, PassageLogic.Out out) throws Exception {
        for (Tag tag : List.copyOf(device.tagsNear(plate.time(), window))) {
            if (sameLane(tag.lane(), plate.lane())) {
                if (tag.home() == null) {
                    move(tag, Long.MIN_VALUE, device, out);
                }
                // Not all at once: a tag that claims the plate may be on its way.
                decideAgain(device.tags().get(tag.read().readId()), plate.arrival(), device);
            }
        }
    }

    private void decideAgain(Tag tag, long arrival, DeviceMemory device) {
        long at = Math.max(arrival, tag.arrival() + wait);
        if (at < tag.due()) {
            device.remember(tag.dueAt(at));
        }
    }

    /**
     * Decides on the tags that are due.
     *
     * @param now arrival clock: all that arrived before has come, by rule
     */
    void settle(DeviceMemory device, long now, PassageLogic.Out out) throws Exception {
        for (Tag tag : device.tagsDueBy(now)) {
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
    }

    /**
     * A tag's home for a time.
     *
     * @param plate or null: it is alone
     * @param at arrival clock from which on
     */
    private record Stay(Sent plate, long at) {
        boolean isAt(Home home) {
            return home != null && home.at() == at && Objects.equals(home.readId(), readId());
        }

        String root() {
            return plate == null ? null : plate.root();
        }

        String readId() {
            return TagPairing.readId(plate);
        }
    }

    /** Sends on what the facts say by {@code now}, and takes back what they no longer say. */
    private void move(Tag tag, long now, DeviceMemory device, PassageLogic.Out out)
            throws Exception {
        List<Stay> stays = stays(tag, now, device);
        if (stays.isEmpty()) {
            return;
        }
        int told = stays.size() - 1;
        while (told >= 0 && !stays.get(told).isAt(tag.home())) {
            told--;
        }
        Home home = tag.home();
        for (Stay stay : stays.subList(told + 1, stays.size())) {
            if (home != null && !Objects.equals(home.root(), stay.root())) {
                // A home that the facts no longer know never was one.
                leave(tag, home, told < 0 ? home.at() : stay.at(), device, out);
            }
            home = new Home(stay.root(), stay.readId(), stay.at());
            announce(tag, stay, home, device, out);
            told = 0;
        }
    }

    private List<Stay> stays(Tag tag, long now, DeviceMemory device) {
        long due = tag.arrival() + wait;
        Sent home = namedBy(tag, candidates(tag, due, device).values());
        List<Stay> stays = new ArrayList<>();
        if (home != null) {
            stays.add(new Stay(home, Math.max(home.arrival(), tag.arrival())));
        } else if (now < due) {
            return stays;
        } else {
            home = assign(tag, due, device);
            stays.add(new Stay(home, due));
        }
        for (Sent plate : platesNear(tag, device)) {
            if (plate.arrival() > now) {
                break;
            }
            Sent next = home;
            if (home != null && plate.root().equals(home.root())) {
                next = plate.arrival() > home.arrival() ? plate : home;
            } else if (plate.arrival() > due && (home == null || !names(tag, home))) {
                next = assign(tag, plate.arrival(), device);
            }
            if (!Objects.equals(readId(next), readId(home))) {
                stays.add(new Stay(next, Math.max(plate.arrival(), tag.arrival())));
                home = next;
            }
        }
        return stays;
    }

    /** In the tag's lane and window, by arrival. */
    private List<Sent> platesNear(Tag tag, DeviceMemory device) {
        List<Sent> plates = new ArrayList<>(device.sentNear(tag.read().time(), window));
        plates.removeIf(plate -> !sameLane(tag.lane(), plate.lane()));
        plates.sort(BY_ARRIVAL);
        return plates;
    }

    private static String readId(Sent plate) {
        return plate == null ? null : plate.readId();
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
        for (Sent plate : platesNear(tag, device)) {
            if (plate.arrival() <= asOf && !device.isGone(plate.readId(), asOf)) {
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

    private void announce(Tag tag, Stay stay, Home home, DeviceMemory device, PassageLogic.Out out)
            throws Exception {
        device.remember(device.tags().get(tag.read().readId()).at(home));
        Sent plate = stay.plate();
        out.emit(
                new Tagged(
                        passageId(tag, home),
                        tag.arrival(),
                        stay.at(),
                        tag.clockSuspect(),
                        tag.read(),
                        readId(plate),
                        plate == null ? 0 : plate.plates()[0]),
                keys(tag, plate));
    }

    private static void leave(
            Tag tag, Home home, long at, DeviceMemory device, PassageLogic.Out out)
            throws Exception {
        Sent plate = home.readId() == null ? null : device.sent(home.readId());
        out.emit(new Gone(passageId(tag, home), key(tag), at, true), keys(tag, plate));
    }

    private static String passageId(Tag tag, Home home) {
        return home.root() == null ? key(tag) : PlateEvent.key(tag.read().deviceId(), home.root());
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
