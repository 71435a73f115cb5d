package io.atalaya.lab.evaluate.page;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;

/** Writes tables as CSV. */
public final class CsvFile {
    private CsvFile() {}

    /**
     * Writes a file.
     *
     * @param header names of the columns, separated by commas
     */
    public static void write(Path file, String header, Stream<Object[]> rows) throws IOException {
        CSVFormat format =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader(header.split(","))
                        .setRecordSeparator('\n')
                        .get();
        try (CSVPrinter csv = new CSVPrinter(Files.newBufferedWriter(file), format)) {
            for (Iterator<Object[]> each = rows.iterator(); each.hasNext(); ) {
                csv.printRecord(each.next());
            }
        }
    }
}
