package io.atalaya.cli.hotlist;

import io.atalaya.json.InvalidRecordException;

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

/** Turns the rows of a CSV file with a header into rows of the contract. */
final class CsvRows {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT
                    .builder()
                    .setTrim(true)
                    .setIgnoreSurroundingSpaces(true)
                    .setIgnoreEmptyLines(true)
                    .get();

    private CsvRows() {}

    static void read(InputStream in, RowSink rows) throws IOException, HotlistFileException {
        // A decoder of its own: the constructor that takes a charset would hide broken bytes.
        Reader text = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
        try (CSVParser parser = CSVParser.builder().setReader(text).setFormat(FORMAT).get()) {
            Iterator<CSVRecord> records = parser.iterator();
            if (!records.hasNext()) {
                throw new HotlistFileException("no header row");
            }
            List<Column> columns = columns(records.next(), rows);
            while (records.hasNext()) {
                CSVRecord record = records.next();
                long line = parser.getCurrentLineNumber() - lineBreaks(record);
                if (record.size() == columns.size()) {
                    rows.row(line, CsvRow.json(values(record, columns)));
                } else {
                    rows.refused(
                            line,
                            InvalidRecordException.fault(
                                    "value",
                                    record.size() + " columns",
                                    columns.size() + " columns as in the header"));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Quoted values may hold line breaks; the parser stands at the record's last line. */
    private static long lineBreaks(CSVRecord record) {
        long breaks = 0;
        for (String value : record) {
            breaks += value.chars().filter(c -> c == '\n').count();
        }
        return breaks;
    }

    /** The header's columns in order; null where one is unknown. */
    private static List<Column> columns(CSVRecord header, RowSink rows)
            throws HotlistFileException {
        List<Column> columns = new ArrayList<>();
        for (String name : header) {
            Column column = Column.of(name);
            if (column != null && columns.contains(column)) {
                throw new HotlistFileException(
                        "header \"" + name + "\": a second column for " + column.field());
            }
            if (column == null && !name.isEmpty()) {
                rows.remark("Column \"" + name + "\" is not known and is ignored.");
            }
            columns.add(column);
        }
        if (!columns.contains(Column.PLATE)
                && !columns.contains(Column.PATTERN)
                && !columns.contains(Column.TAG_ID)) {
            throw new HotlistFileException(
                    "header: got "
                            + String.join(", ", header)
                            + "; expected a column plate (placa), pattern (patron) or tagId, with"
                            + " commas between the columns");
        }
        return columns;
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
