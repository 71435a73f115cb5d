package io.atalaya.bench.latency;

import io.atalaya.bench.recording.NationalList;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The inputs besides the traffic, with the expected alerts: listed vehicles that pass, and changes
 * of the list. Every listed vehicle has a different entry, because a second passage of one is an
 * update.
 */
final class Script {
    private static final long READ_EVERY_MS = 10;
    private static final long CHANGE_EVERY_MS = 200;
    private static final long SEEN_BEFORE_MS = 1_000;
    private static final long OPEN_FOR_MS = 2_000;
    private static final int KINDS = 3;
    private static final double CONFIDENCE = 0.98;

    /** Kind of an expected alert. */
    enum Kind {
        /** A listed vehicle passes. */
        READ,
        /** An entry is added after its vehicle passed. */
        ADDED_PAST,
        /** An entry is added while its vehicle passes. */
        ADDED_NOW,
        /** The entry of an open alert is removed. */
        REMOVED
    }

    /**
     * @param due due time, epoch ms
     * @param measured false during the warm-up
     */
    record Question(Kind kind, String entryId, long due, boolean measured) {}

    private final NationalList list;
    private final List<Device> arches;
    private final List<TopicRecord> records = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();
    private int nextListed;
    private int nextUnlisted;
    private int nextRead;

    /**
     * @param listed number of list entries on the topic; later ones are unlisted
     * @param start start of the feed, epoch ms
     * @param warm end of the warm-up, epoch ms
     * @param end end of the questions, epoch ms
     */
    Script(NationalList list, int listed, List<Device> arches, long start, long warm, long end) {
        this.list = list;
        this.arches = arches;
        this.nextUnlisted = listed;
        for (long due = start; due < end; due += READ_EVERY_MS) {
            ask(Kind.READ, nextListed, due, due >= warm);
            pass(nextListed++, due);
        }
        int change = 0;
        for (long due = start + OPEN_FOR_MS; due < end; due += CHANGE_EVERY_MS, change++) {
            change(change % KINDS, due, due >= warm);
        }
        records.sort(Comparator.comparingLong(TopicRecord::timestamp));
    }

    /**
     * Maximum number of entries that a script uses, both from the start of the list and after the
     * listed part.
     */
    static int entries(int seconds) {
        return (int) (seconds * 1_000L / READ_EVERY_MS) + 1;
    }

    /** In time order. */
    List<TopicRecord> records() {
        return records;
    }

    List<Question> questions() {
        return questions;
    }

    private void change(int kind, long due, boolean measured) {
        if (kind == 0) {
            pass(nextUnlisted, due - SEEN_BEFORE_MS);
            add(nextUnlisted, due);
            ask(Kind.ADDED_PAST, nextUnlisted++, due, measured);
        } else if (kind == 1) {
            pass(nextUnlisted, due);
            add(nextUnlisted, due);
            ask(Kind.ADDED_NOW, nextUnlisted++, due, measured);
        } else {
            pass(nextListed, due - OPEN_FOR_MS);
            records.add(new TopicRecord(Topics.HOTLIST, due, NationalList.id(nextListed), null));
            ask(Kind.REMOVED, nextListed++, due, measured);
        }
    }

    private void ask(Kind kind, int number, long due, boolean measured) {
        questions.add(new Question(kind, NationalList.id(number), due, measured));
    }

    private void add(int number, long due) {
        HotlistEntry entry = list.entry(number);
        records.add(
                new TopicRecord(
                        Topics.HOTLIST, due, entry.entryId(), HotlistEntryCodec.write(entry)));
    }

    private void pass(int number, long due) {
        HotlistEntry entry = list.entry(number);
        Device arch = arches.get(nextRead % arches.size());
        PlateRead read =
                new PlateRead(
                        "S" + nextRead++,
                        arch.deviceId(),
                        1,
                        due,
                        entry.plate(),
                        CONFIDENCE,
                        List.of(),
                        entry.country(),
                        entry.state(),
                        null,
                        null,
                        entry.vehicle(),
                        null,
                        null,
                        null,
                        false);
        records.add(
                new TopicRecord(
                        Topics.PLATE_READS, due, arch.deviceId(), PlateReadCodec.write(read)));
    }
}
