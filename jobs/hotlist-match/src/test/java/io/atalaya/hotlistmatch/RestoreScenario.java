package io.atalaya.hotlistmatch;

import io.atalaya.contracts.topic.TopicRecord;

import java.util.List;

import static io.atalaya.hotlistmatch.TestRecords.arch;
import static io.atalaya.hotlistmatch.TestRecords.arriving;
import static io.atalaya.hotlistmatch.TestRecords.entry;
import static io.atalaya.hotlistmatch.TestRecords.pattern;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static io.atalaya.hotlistmatch.TestRecords.removal;
import static io.atalaya.hotlistmatch.TestRecords.revision;
import static io.atalaya.hotlistmatch.TestRecords.withdrawal;

/**
 * A few minutes in two parts: the second part needs the state of the first one. The golden
 * savepoint is of {@link #BEFORE}; write it again when that changes.
 */
final class RestoreScenario {
    private static final long T0 = SharedSamples.NOON;

    static final List<TopicRecord> BEFORE =
            List.of(
                    arriving(arch("ARCO-1", "TOLUCA"), at(0)),
                    arriving(arch("ARCO-2", "ECATEPEC"), at(0)),
                    arriving(entry("REPEATED", "LXF-001-9"), at(1)),
                    arriving(entry("WITHDRAWN", "NKR-48-16"), at(1)),
                    arriving(entry("REVISED", "MTU-75-31"), at(1)),
                    arriving(entry("REMOVED", "PHA-62-94"), at(1)),
                    arriving(entry("MISREAD", "RGE-31-77"), at(1)),
                    arriving(pattern("PATTERN", "GHK?9*"), at(1)),
                    arriving(entry("ENDED", "TWN-84-25"), at(1)),
                    arriving(read("ARCO-1", "A1", at(10), "LXF-001-9")),
                    arriving(read("ARCO-1", "A2", at(11), "NKR-48-16")),
                    arriving(read("ARCO-1", "A3", at(12), "MTU-75-31")),
                    arriving(read("ARCO-1", "A4", at(13), "PHA-62-94")),
                    arriving(read("ARCO-2", "B1", at(14), "GHK-59-12")),
                    arriving(read("ARCO-2", "B2", at(15), "TWN-84-25")),
                    // No entry looks for these two yet.
                    arriving(read("ARCO-2", "B3", at(16), "YBC-20-61")),
                    arriving(read("ARCO-2", "B4", at(17), "Y8C-20-61")),
                    removal("ENDED", at(50)));

    static final List<TopicRecord> AFTER =
            List.of(
                    // Needs the reads of the device: the plate of the withdrawn read, and that A1
                    // is known.
                    arriving(withdrawal("ARCO-1", "A2", at(70))),
                    arriving(revision("ARCO-1", "A5", at(71), "MTU-99-81", "A3")),
                    arriving(read("ARCO-1", "A1", at(10), "LXF-001-9"), at(72)),
                    // Needs the entry state: an open alert and its count.
                    arriving(read("ARCO-1", "A6", at(80), "LXF-001-9")),
                    // Needs the registry: the plate that a null record removes from the list.
                    removal("REMOVED", at(90)),
                    // Needs the prefilter and the buckets: a look-alike misread.
                    arriving(read("ARCO-2", "B5", at(100), "R6E-31-77")),
                    arriving(read("ARCO-2", "B6", at(101), "GHK-T9-9")),
                    // Needs the bucket's ended version: this read arrived while it was in force.
                    arriving(read("ARCO-2", "B7", at(45), "TWN-84-25"), at(45)),
                    // Needs the read history.
                    arriving(entry("NEW", "YBC-20-61"), at(120)),
                    // Needs the device history, because ARCO-2 is not registered again.
                    arriving(read("ARCO-2", "B8", at(130), "LXF-001-9")));

    /** The alerts that the second part concerns, in the format of the test's summary. */
    static final List<String> CHANGED_AFTER =
            List.of(
                    "WITHDRAWN CANCELLED x1 at TOLUCA",
                    "REVISED CANCELLED x1 at TOLUCA",
                    "REPEATED UPDATED x2 at TOLUCA",
                    "REPEATED NEW x1 at ECATEPEC",
                    "REMOVED ENDED x1 at TOLUCA",
                    "MISREAD NEW x1 at ECATEPEC",
                    "PATTERN NEW x1 at ECATEPEC",
                    // Sent again, because the restored job cannot know whether it was sent since.
                    "PATTERN UPDATED x1 at ECATEPEC",
                    "ENDED ENDED x2 at ECATEPEC",
                    "NEW NEW x1 at ECATEPEC",
                    "NEW NEW x1 at ECATEPEC");

    private RestoreScenario() {}

    private static long at(int seconds) {
        return T0 + seconds * 1_000L;
    }
}
