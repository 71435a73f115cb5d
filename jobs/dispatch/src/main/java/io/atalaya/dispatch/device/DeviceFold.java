package io.atalaya.dispatch.device;

import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.dispatch.device.DeviceState.Entry;
import io.atalaya.dispatch.device.DeviceState.Group;
import io.atalaya.dispatch.device.DeviceState.Past;
import io.atalaya.dispatch.evidence.SuppressionReason;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.Policy.Devices;
import io.atalaya.dispatch.policy.Policy.Devices.WeeklyTest;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Derives the evidence of a device from its events in order of (time, id), so that their order of
 * arrival does not matter.
 */
final class DeviceFold {
    /** Of a device with more zones in alarm at once the latest are known. */
    private static final int MAX_OPEN = 64;

    private final Devices rules;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<String, SuppressionReason> suppressed = new LinkedHashMap<>();

    /** Id of the last group of each kind and zone, the last one last. */
    private final Map<String, String> last = new LinkedHashMap<>();

    private final Deque<Long> presses;
    private long testUntil;
    private long weeklyTest;
    private Group stuck;

    DeviceFold(Devices rules, Past past) {
        this.rules = rules;
        past.open().forEach(this::open);
        presses = new ArrayDeque<>(past.presses());
        testUntil = past.testUntil();
        weeklyTest = past.weeklyTest();
        stuck = past.stuck();
        if (stuck != null) {
            put(stuck);
        }
    }

    /** The groups that these events changed or later ones can change, by id. */
    Map<String, Group> groups() {
        return groups;
    }

    /** Events that are no evidence, by id. */
    Map<String, SuppressionReason> suppressed() {
        return suppressed;
    }

    /** The time from which the button is no longer stuck, or 0 if it is not. */
    long stuckUntil() {
        return stuck == null ? 0 : stuck.lastTime() + rules.stuck().quiet().toMillis() + 1;
    }

    /** What is known once no event before a time can come any more. */
    Past past(long until) {
        List<Group> open =
                last.values().stream()
                        .map(groups::get)
                        .filter(group -> canChange(group, until))
                        .toList();
        return new Past(
                until,
                testUntil,
                weeklyTest,
                open.subList(Math.max(0, open.size() - MAX_OPEN), open.size()),
                List.copyOf(presses),
                stuck);
    }

    private boolean canChange(Group group, long until) {
        return !group.isOver()
                && (group.first().kind() == DeviceEvent.Kind.FAULT
                        || isWithin(rules.repeatWithin(), group.first().time(), until)
                        || isWithin(rules.cancelWithin(), group.lastTime(), until));
    }

    private static boolean isWithin(Duration duration, long from, long time) {
        return time - from <= duration.toMillis();
    }

    /** Advances to a time at which nothing happened. */
    void advance(long time) {
        if (stuck != null && time >= stuckUntil()) {
            put(stuck.over());
            stuck = null;
        }
    }

    /** Applies the next event. */
    void apply(Entry entry) {
        advance(entry.time());
        switch (entry.kind()) {
            case TEST:
                testUntil = Math.max(testUntil, entry.time() + rules.testFor().toMillis());
                break;
            case PRESS:
                press(entry);
                break;
            case DURESS:
                join(entry);
                break;
            case CANCEL:
                cancel(entry);
                break;
            case FAULT:
                fault(entry);
                break;
            case RESTORED:
                restored(entry);
                break;
            default:
                alarm(entry);
        }
    }

    private void alarm(Entry entry) {
        if (entry.time() < testUntil) {
            suppressed.put(entry.eventId(), SuppressionReason.TEST_MODE);
        } else {
            join(entry);
        }
    }

    private void press(Entry entry) {
        if (entry.time() < testUntil) {
            suppressed.put(entry.eventId(), SuppressionReason.TEST_MODE);
        } else if (isWeeklyTest(entry)) {
            suppressed.put(entry.eventId(), SuppressionReason.WEEKLY_TEST);
        } else if (stuck != null) {
            stuck = stuck.lasting(entry.time());
            put(stuck);
            suppressed.put(entry.eventId(), SuppressionReason.STUCK_BUTTON);
        } else {
            join(entry);
            detectStuck(entry);
        }
    }

    private void detectStuck(Entry entry) {
        presses.add(entry.time());
        while (!isWithin(rules.stuck().within(), presses.peek(), entry.time())) {
            presses.remove();
        }
        if (presses.size() >= rules.stuck().presses()) {
            presses.clear();
            stuck = new Group(entry, true, entry.time(), 1, false);
            put(stuck);
        }
    }

    /** Whether it is the first press in a weekly test. */
    private boolean isWeeklyTest(Entry entry) {
        ZonedDateTime local = Instant.ofEpochMilli(entry.time()).atZone(Policy.ZONE);
        for (WeeklyTest test : rules.weeklyTests()) {
            if ((test.premises() == null || test.premises() == entry.premises())
                    && test.day() == local.getDayOfWeek()
                    && !local.toLocalTime().isBefore(test.from())
                    && local.toLocalTime().isBefore(test.to())) {
                long start = local.with(test.from()).toInstant().toEpochMilli();
                boolean isFirst = start != weeklyTest;
                weeklyTest = start;
                return isFirst;
            }
        }
        return false;
    }

    private void join(Entry entry) {
        Group group = lastLike(entry);
        if (group != null
                && !group.isOver()
                && isWithin(rules.repeatWithin(), group.first().time(), entry.time())) {
            put(group.joined(entry.time()));
        } else {
            open(new Group(entry, false, entry.time(), 1, false));
        }
    }

    private void cancel(Entry entry) {
        Group press =
                open(DeviceEvent.Kind.PRESS)
                        .max(Comparator.comparingLong(Group::lastTime))
                        .orElse(null);
        if (Boolean.FALSE.equals(entry.codeAccepted())) {
            suppressed.put(entry.eventId(), SuppressionReason.WRONG_CODE);
        } else if (entry.codeAccepted() == null && rules.cancelNeedsCode()) {
            suppressed.put(entry.eventId(), SuppressionReason.NO_CODE);
        } else if (press == null
                || !isWithin(rules.cancelWithin(), press.lastTime(), entry.time())) {
            suppressed.put(entry.eventId(), SuppressionReason.NOTHING_TO_CANCEL);
        } else {
            put(press.over());
        }
    }

    /** A fault lasts until the device says otherwise, however often it says so. */
    private void fault(Entry entry) {
        Group group = lastLike(entry);
        if (group == null || group.isOver()) {
            open(new Group(entry, false, entry.time(), 1, false));
        }
    }

    /** Without a zone all faults are over. */
    private void restored(Entry entry) {
        open(DeviceEvent.Kind.FAULT)
                .filter(
                        fault ->
                                entry.zoneId() == null
                                        || entry.zoneId().equals(fault.first().zoneId()))
                .toList()
                .forEach(fault -> put(fault.over()));
    }

    /** The last groups of a kind that are not over. */
    private Stream<Group> open(DeviceEvent.Kind kind) {
        return last.values().stream()
                .map(groups::get)
                .filter(group -> group.first().kind() == kind && !group.isOver());
    }

    private Group lastLike(Entry entry) {
        String id = last.get(key(entry));
        return id == null ? null : groups.get(id);
    }

    private void open(Group group) {
        put(group);
        last.remove(key(group.first()));
        last.put(key(group.first()), group.id());
    }

    private static String key(Entry entry) {
        return entry.kind() + "/" + entry.zoneId();
    }

    private void put(Group group) {
        groups.put(group.id(), group);
    }
}
