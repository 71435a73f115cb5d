package io.atalaya.ops.hotlist;

import io.atalaya.contracts.json.InvalidRecordException;

import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import static io.atalaya.contracts.json.InvalidRecordException.printable;

/** Converts the rows of a CSV file with a header to rows of the contract. */
final class CsvRows {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT
                    .builder()
                    .setTrim(true)
                    .setIgnoreSurroundingSpaces(true)
                    .setIgnoreEmptyLines(true)
                    .get();

    private static final List<Column> TIMES = List.of(Column.VALID_FROM, Column.VALID_UNTIL);

    private static final int MAX_HEADER = 1 << 13;

    private final CsvTimes times;

    CsvRows(CsvTimes times) {
        this.times = times;
    }

    void read(InputStream in, RowSink rows) throws IOException, HotlistFileException {
        CSVFormat format = FORMAT.builder().setDelimiter(delimiter(in)).get();
        // Uses its own decoder, because the constructor with a charset replaces malformed bytes
        // silently.
        long lastLine = 0;
        Reader text = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
        try (CSVParser parser = CSVParser.builder().setReader(text).setFormat(format).get()) {
            Iterator<CSVRecord> records = parser.iterator();
            if (!records.hasNext()) {
                throw new HotlistFileException("no header row");
            }
            CSVRecord header = records.next();
            List<Column> columns = columns(header, rows);
            lastLine = parser.getCurrentLineNumber();
            while (records.hasNext()) {
                CSVRecord record = records.next();
                lastLine = parser.getCurrentLineNumber();
                long line = lastLine - lineBreaks(record);
                if (record.size() != columns.size()) {
                    rows.rejected(
                            line,
                            null,
                            InvalidRecordException.fault(
                                    "value",
                                    record.size() + " columns",
                                    columns.size() + " columns as in the header"));
                    continue;
                }
                Map<Column, String> values = values(record, columns);
                Map<Column, Long> parsed = times(values);
                byte[] row = CsvRow.json(values, parsed);
                InvalidRecordException fault = timeFault(values, parsed, header, columns);
                if (fault == null) {
                    rows.row(line, row);
                } else {
                    rows.rejected(line, row, fault);
                }
            }
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CSVException) {
                throw new HotlistFileException(
                        "the row behind line "
                                + lastLine
                                + ": a value in quotes has no closing quote, or goes on behind it");
            }
            throw e.getCause();
        }
    }

    /** The most frequent delimiter of the header; Spanish spreadsheets write semicolons. */
    private static char delimiter(InputStream in) throws IOException {
        int commas = 0;
        int semicolons = 0;
        int tabs = 0;
        in.mark(MAX_HEADER);
        int c = in.read();
        boolean begun = false;
        for (int i = 1; i < MAX_HEADER && c >= 0 && !(begun && c == '\n'); i++) {
            begun |= !Character.isWhitespace(c);
            commas += c == ',' ? 1 : 0;
            semicolons += c == ';' ? 1 : 0;
            tabs += c == '\t' ? 1 : 0;
            c = in.read();
        }
        in.reset();
        if (tabs > Math.max(commas, semicolons)) {
            return '\t';
        }
        return semicolons > commas ? ';' : ',';
    }

    /** Line breaks in quoted values; the parser's line number is that of the record's last line. */
    private static long lineBreaks(CSVRecord record) {
        long breaks = 0;
        for (String value : record) {
            breaks += value.chars().filter(c -> c == '\n').count();
        }
        return breaks;
    }

    /** The header's columns in order; null for an unknown one. */
    private static List<Column> columns(CSVRecord header, RowSink rows)
            throws HotlistFileException {
        List<Column> columns = new ArrayList<>();
        for (String name : header) {
            Column column = Column.of(name);
            if (column != null && columns.contains(column)) {
                throw new HotlistFileException(
                        "header \""
                                + printable(name)
                                + "\": a second column for "
                                + column.field());
            }
            if (column == null && !name.isEmpty()) {
                rows.remark("Column \"" + printable(name) + "\" is not known and is ignored.");
            }
            columns.add(column);
        }
        if (!columns.contains(Column.PLATE)
                && !columns.contains(Column.PATTERN)
                && !columns.contains(Column.TAG_ID)) {
            throw new HotlistFileException(
                    "header: got "
                            + printable(String.join(", ", header))
                            + "; expected a column plate (placa), pattern (patron) or tagId");
        }
        return columns;
    }

    private Map<Column, Long> times(Map<Column, String> values) {
        Map<Column, Long> parsed = new EnumMap<>(Column.class);
        for (Column column : TIMES) {
            String text = values.get(column);
            Long time = text == null ? null : times.parse(text, column == Column.VALID_UNTIL);
            if (time != null) {
                parsed.put(column, time);
            }
        }
        return parsed;
    }

    /**
     * The first time that could not be parsed, under the file's own name of its column; null if
     * there is none. The codec knows neither that name nor the forms of a CSV.
     */
    private static InvalidRecordException timeFault(
            Map<Column, String> values,
            Map<Column, Long> parsed,
            CSVRecord header,
            List<Column> columns) {
        for (Column column : TIMES) {
            String text = values.get(column);
            if (text != null && !parsed.containsKey(column)) {
                return new InvalidRecordException(
                        header.get(columns.indexOf(column)), text, CsvTimes.expected(text));
            }
        }
        return null;
    }

    private static Map<Column, String> values(CSVRecord record, List<Column> columns) {
        Map<Column, String> values = new EnumMap<>(Column.class);
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i) != null && !record.get(i).isEmpty()) {
                values.put(columns.get(i), record.get(i));
            }
        }
        return values;
    }
}
