package io.atalaya.simulator.ocr;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One OCR engine's read of a real plate image.
 *
 * @param image number of the image, from 0; every engine read each image
 * @param file file of the image, below the folder
 * @param country ISO 3166 code of the plate
 * @param truth the label
 * @param text as read; may be empty
 * @param confidence mean over the characters, 0..1
 * @param kind difference between text and label
 */
public record OcrRead(
        int image,
        String file,
        String engine,
        String country,
        String truth,
        String text,
        double confidence,
        Misread kind) {

    private static final String READS = "ocr_reads.csv";
    private static final String DOUBTFUL = "labels_doubtful.csv";

    private static final List<String> READ_COLUMNS =
            List.of("file", "country", "truth", "engine", "text", "mean_confidence");

    /** Labels that differ only in O and 0 are the same canonical plate. */
    private static final String HARMLESS = "only O/0 differs";

    /**
     * The reads in a folder, in the order of its {@code ocr_reads.csv}. Labels listed in an
     * optional {@code labels_doubtful.csv} give reads of kind {@link Misread#DOUBTFUL}.
     *
     * @throws IllegalArgumentException naming file, row and field of an invalid value
     * @throws IOException if a file cannot be read
     */
    public static List<OcrRead> in(Path folder) throws IOException {
        Set<String> doubtful = doubtfulImages(folder.resolve(DOUBTFUL));
        Map<String, Integer> images = new HashMap<>();
        List<OcrRead> reads = new ArrayList<>();
        for (CSVRecord row : rows(folder.resolve(READS), READ_COLUMNS)) {
            String file = row.get("file");
            String truth = row.get("truth");
            String text = row.get("text");
            reads.add(
                    new OcrRead(
                            images.computeIfAbsent(file, f -> images.size()),
                            file,
                            row.get("engine"),
                            country(row, folder),
                            truth,
                            text,
                            confidence(row, folder),
                            doubtful.contains(file) ? Misread.DOUBTFUL : Misread.of(truth, text)));
        }
        return reads;
    }

    /** The canonical plate, equal for labels that differ only in O and 0. */
    public String plate() {
        return Misread.canonical(truth);
    }

    private static Set<String> doubtfulImages(Path file) throws IOException {
        Set<String> images = new HashSet<>();
        if (Files.exists(file)) {
            for (CSVRecord row : rows(file, List.of("file", "reason"))) {
                if (!row.get("reason").equals(HARMLESS)) {
                    images.add(row.get("file"));
                }
            }
        }
        return images;
    }

    /** The sets are named by country, one of them with a suffix: {@code us}, {@code usseg}. */
    private static String country(CSVRecord row, Path folder) {
        String set = row.get("country");
        if (!set.matches("[A-Za-z]{2}.*")) {
            throw fault(folder, row, "country", set, "an ISO 3166 code of two letters first");
        }
        return set.substring(0, 2).toUpperCase(Locale.ROOT);
    }

    private static double confidence(CSVRecord row, Path folder) {
        String text = row.get("mean_confidence");
        try {
            double confidence = Double.parseDouble(text);
            if (confidence >= 0 && confidence <= 1) {
                return confidence;
            }
        } catch (NumberFormatException e) {
            // Reported below, together with numbers out of range.
        }
        throw fault(folder, row, "mean_confidence", text, "a number from 0 to 1");
    }

    private static IllegalArgumentException fault(
            Path folder, CSVRecord row, String field, String value, String expected) {
        return new IllegalArgumentException(
                String.format(
                        "%s: row %d: %s: got '%s', expected %s",
                        folder.resolve(READS), row.getRecordNumber(), field, value, expected));
    }

    private static List<CSVRecord> rows(Path file, List<String> columns) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
        try (CSVParser parser =
                format.parse(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            if (!parser.getHeaderNames().containsAll(columns)) {
                throw new IllegalArgumentException(
                        file
                                + ": columns: got "
                                + parser.getHeaderNames()
                                + ", expected at least "
                                + columns);
            }
            List<CSVRecord> rows = parser.getRecords();
            for (CSVRecord row : rows) {
                if (!row.isConsistent()) {
                    throw new IllegalArgumentException(
                            String.format(
                                    "%s: row %d: got %d fields, expected %d",
                                    file,
                                    row.getRecordNumber(),
                                    row.size(),
                                    parser.getHeaderNames().size()));
                }
            }
            return rows;
        }
    }
}
