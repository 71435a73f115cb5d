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
 * What is fed beside the traffic, and what must come of it: listed cars that pass, and changes of
 * the list. Every listed car is another entry, for a second passage of one would be an update.
 */
final class Script {
    private static final long READ_EVERY_MS = 10;
    private static final long CHANGE_EVERY_MS = 200;
    private static final long SEEN_BEFORE_MS = 1_000;
    private static final long OPEN_FOR_MS = 2_000;
    private static final int KINDS = 3;
    private static final double CONFIDENCE = 0.98;

    /** An answer that is waited for. */
    enum Kind {
        /** A listed car passes. */
        READ,
        /** An entry comes; the car was seen before. */
        ADDED_PAST,
        /** An entry comes while the car passes. */
        ADDED_NOW,
        /** The entry of an open alert goes. */
        REMOVED
    }

    /**
     * @param due when the question was due, epoch ms
     * @param measured false: it belongs to the warm-up
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
     * @param listed how many entries of the list are on the topic already; what follows is not
     * @param start of the feed, epoch ms
     * @param warm until when nothing is measured, epoch ms
     * @param end of the questions, epoch ms
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

    /** How many entries a script takes off the list, from its start and from behind its end. */
    static int entries(int seconds) {
        return (int) (seconds * 1_000L / READ_EVERY_MS) + 1;
    }

    /** In order of their time. */
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
