package io.atalaya.ops.hotlist;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.ops.hotlist.RejectedLine.EntryIdentity;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The content of a list file in CSV, a JSON array or JSON lines; the first character decides.
 *
 * @param entries by entryId, in file order
 * @param lines line number of each entry
 * @param rejected rejected lines, in file order
 * @param remarks remarks about the whole file
 */
record HotlistFile(
        Map<String, HotlistEntry> entries,
        Map<String, Long> lines,
        List<RejectedLine> rejected,
        List<String> remarks) {
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    /**
     * Reads a file.
     *
     * @param zone zone of CSV dates and times without an offset
     * @param now epoch ms
     */
    static HotlistFile read(Path file, Origin origin, ZoneId zone, long now)
            throws HotlistFileException {
        Collector rows = new Collector(origin, now);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            skipByteOrderMark(in);
            int first = firstCharacter(in);
            if (first == '[') {
                JsonRows.array(in, rows);
            } else if (first == '{') {
                JsonRows.lines(in, rows);
            } else if (first < 0) {
                throw new HotlistFileException(file + " is empty, expected CSV or JSON");
            } else {
                new CsvRows(new CsvTimes(zone)).read(in, rows);
            }
        } catch (NoSuchFileException e) {
            throw new HotlistFileException(file + " does not exist", e);
        } catch (MalformedInputException e) {
            throw new HotlistFileException(file + " is not UTF-8: save it as UTF-8", e);
        } catch (IOException e) {
            throw new HotlistFileException(file + " cannot be read: " + e.getMessage(), e);
        } catch (HotlistFileException e) {
            throw new HotlistFileException(file + ": " + e.getMessage(), e);
        }
        rows.remarks.addAll(rows.doubtful.text());
        return new HotlistFile(rows.entries, rows.lines, rows.rejected, rows.remarks);
    }

    /**
     * Whether a rejected line may mean a live entry. The plate, pattern and tag are compared as
     * well as the id, because a line without its case number has no id.
     */
    Predicate<HotlistEntry> meantByRejected() {
        Set<String> ids = parsed(EntryIdentity::entryId);
        Set<String> plates = parsed(EntryIdentity::plate);
        Set<String> patterns = parsed(EntryIdentity::pattern);
        Set<String> tags = parsed(EntryIdentity::tagId);
        return entry ->
                ids.contains(entry.entryId())
                        || entry.plate() != null
                                && plates.contains(CanonicalPlate.bare(entry.plate()))
                        || patterns.contains(EntryId.compact(entry.pattern()))
                        || tags.contains(entry.tagId());
    }

    /** Whether a rejected line may mean any entry. */
    boolean hasUnparsed() {
        return rejected.stream().anyMatch(line -> line.meant() == null);
    }

    private Set<String> parsed(Function<EntryIdentity, String> part) {
        return rejected.stream()
                .map(RejectedLine::meant)
                .filter(Objects::nonNull)
                .map(part)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static void skipByteOrderMark(InputStream in) throws IOException {
        in.mark(3);
        int mark = (in.read() & 0x0F) << 12 | (in.read() & 0x3F) << 6 | in.read() & 0x3F;
        in.reset();
        if (mark == BYTE_ORDER_MARK) {
            in.skipNBytes(3);
        }
    }

    /** The first character that is not white space, or -1; the stream position is unchanged. */
    private static int firstCharacter(InputStream in) throws IOException {
        int limit = 1 << 12;
        in.mark(limit);
        int c = in.read();
        for (int i = 1; i < limit && c >= 0 && Character.isWhitespace(c); i++) {
            c = in.read();
        }
        in.reset();
        return c;
    }

    private static final class Collector implements RowSink {
        private final Origin origin;
        private final Map<String, HotlistEntry> entries = new LinkedHashMap<>();
        private final Map<String, Long> lines = new LinkedHashMap<>();
        private final List<RejectedLine> rejected = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();
        private final ListRemarks doubtful;

        Collector(Origin origin, long now) {
            this.origin = origin;
            doubtful = new ListRemarks(now);
        }

        @Override
        public void row(long line, byte[] json) {
            try {
                add(line, HotlistEntryCodec.read(json, origin::adopt));
            } catch (InvalidRecordException e) {
                rejected(line, json, e);
            }
        }

        @Override
        public void rejected(long line, byte[] json, InvalidRecordException fault) {
            rejected.add(new RejectedLine(line, fault.getMessage(), EntryIdentity.of(json)));
        }

        @Override
        public void remark(String text) {
            remarks.add(text);
        }

        /** An exact duplicate is ignored, a second version of an entry is rejected. */
        private void add(long line, HotlistEntry entry) throws InvalidRecordException {
            HotlistEntry earlier = entries.putIfAbsent(entry.entryId(), entry);
            if (earlier == null) {
                lines.put(entry.entryId(), line);
                doubtful.addRemarks(entry, line);
            } else if (!earlier.equals(entry)) {
                throw new InvalidRecordException(
                        "entryId",
                        entry.entryId(),
                        "each entry once, but line "
                                + lines.get(entry.entryId())
                                + " has the same id (or plate and case) with another content");
            }
        }
    }
}
