package io.atalaya.ops.hotlist;

import io.atalaya.commandline.TextTable;
import io.atalaya.contracts.hotlist.HotlistEntry;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Prints entries as a table, with times of one zone. */
final class EntryTable {
    private static final String[] HEADER = {
        "ENTRY",
        "LOOKED FOR",
        "STATE",
        "REASON",
        "CASE",
        "AGENCY",
        "SOURCE",
        "PRIORITY",
        "UNTIL",
        ""
    };

    private final PrintWriter out;
    private final ZoneId zone;

    EntryTable(PrintWriter out, ZoneId zone) {
        this.out = out;
        this.zone = zone;
    }

    void print(List<HotlistEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        TextTable table = TextTable.ofText(HEADER);
        entries.forEach(entry -> table.row(row(entry)));
        table.print(out);
    }

    private List<String> row(HotlistEntry entry) {
        String until =
                entry.validUntil() == null
                        ? ""
                        : Instant.ofEpochMilli(entry.validUntil())
                                .atZone(zone)
                                .toOffsetDateTime()
                                .toString();
        return List.of(
                printable(entry.entryId()),
                printable(lookedFor(entry)),
                printable(entry.state()),
                printable(entry.reason()),
                printable(entry.caseNumber()),
                printable(entry.agency()),
                printable(entry.source()),
                String.valueOf(entry.priority()),
                until,
                entry.covert() ? "COVERT" : "");
    }

    private static String lookedFor(HotlistEntry entry) {
        String plate = entry.plate() != null ? entry.plate() : entry.pattern();
        if (entry.tagId() == null) {
            return plate;
        }
        return plate == null ? "tag " + entry.tagId() : plate + " tag " + entry.tagId();
    }

    /**
     * Replaces control characters, because entries come from external files and must not control
     * the terminal.
     */
    private static String printable(String text) {
        return text == null ? "" : text.replaceAll("\\p{Cntrl}", "?");
    }
}
