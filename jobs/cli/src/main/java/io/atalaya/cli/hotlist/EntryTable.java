package io.atalaya.cli.hotlist;

import io.atalaya.hotlist.HotlistEntry;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Entries in columns as wide as they need to be. */
final class EntryTable {
    private static final List<String> HEADER =
            List.of(
                    "ENTRY",
                    "LOOKED FOR",
                    "STATE",
                    "REASON",
                    "CASE",
                    "AGENCY",
                    "SOURCE",
                    "PRIORITY",
                    "UNTIL",
                    "");

    private final PrintWriter out;

    EntryTable(PrintWriter out) {
        this.out = out;
    }

    void print(List<HotlistEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        entries.forEach(entry -> rows.add(row(entry)));
        int[] widths = new int[HEADER.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static List<String> row(HotlistEntry entry) {
        String until =
                entry.validUntil() == null
                        ? ""
                        : Instant.ofEpochMilli(entry.validUntil()).toString();
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

    /** Entries come from files of others: no control codes reach the terminal. */
    private static String printable(String text) {
        return text == null ? "" : text.replaceAll("\\p{Cntrl}", "?");
    }
}
