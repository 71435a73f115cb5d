package io.atalaya.hotlistmatch.ocr;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What one OCR engine read on the picture of a real plate.
 *
 * @param picture number of the picture, from 0; each was read by every engine
 * @param file of the picture, below the folder
 * @param country ISO 3166 code of the plate
 * @param truth the label
 * @param text as read; may be empty
 * @param confidence mean over the characters, 0..1
 * @param kind how far the text is from the label
 */
public record OcrRead(
        int picture,
        String file,
        String engine,
        String country,
        String truth,
        String text,
        double confidence,
        Misread kind) {

    /** A label that differs in O and 0 alone is the same plate to everybody here. */
    private static final String HARMLESS = "only O/0 differs";

    /** The reads in a folder, picture by picture. */
    public static List<OcrRead> in(Path folder) throws IOException {
        Set<String> doubtful = doubtfulPictures(folder.resolve("labels_doubtful.csv"));
        List<OcrRead> reads = new ArrayList<>();
        String last = null;
        int picture = -1;
        for (CSVRecord row : rows(folder.resolve("ocr_reads.csv"))) {
            if (!row.get("file").equals(last)) {
                last = row.get("file");
                picture++;
            }
            String truth = row.get("truth");
            String text = row.get("text");
            Misread kind = Misread.of(truth, text);
            reads.add(
                    new OcrRead(
                            picture,
                            last,
                            row.get("engine"),
                            country(row.get("country")),
                            truth,
                            text,
                            Double.parseDouble(row.get("mean_confidence")),
                            kind != Misread.REFUSED && doubtful.contains(last)
                                    ? Misread.DOUBTFUL
                                    : kind));
        }
        return reads;
    }

    /** Equal for labels that are one plate however O and 0 are written. */
    public String plate() {
        return Misread.canonical(truth);
    }

    private static Set<String> doubtfulPictures(Path file) throws IOException {
        Set<String> pictures = new HashSet<>();
        if (Files.isReadable(file)) {
            for (CSVRecord row : rows(file)) {
                if (!row.get("reason").equals(HARMLESS)) {
                    pictures.add(row.get("file"));
                }
            }
        }
        return pictures;
    }

    /** The sets are named by country, one of them with its purpose: {@code us}, {@code usseg}. */
    private static String country(String set) {
        return set.substring(0, 2).toUpperCase(Locale.ROOT);
    }

    private static List<CSVRecord> rows(Path file) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
        try (var parser = format.parse(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            return parser.getRecords();
        }
    }
}
