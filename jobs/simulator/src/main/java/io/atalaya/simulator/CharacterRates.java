package io.atalaya.simulator;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.ConfusionModel;
import io.atalaya.simulator.random.SeededRandom;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Rates at which a reader prints one character of a plate as another, drops it, or adds one after
 * it. Each character is read independently.
 */
public final class CharacterRates {
    private static final String SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final char NOTHING = '-';

    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setCommentMarker('#')
                    .setTrim(true)
                    .get();

    private record Rate(char read, double probability) {}

    /** Error rates by true character; the rest of 1 is the probability of a correct read. */
    private final List<List<Rate>> wrong = new ArrayList<>();

    private final List<Rate> added;

    private CharacterRates(double[][] wrong, double[] added) {
        for (double[] row : wrong) {
            this.wrong.add(rates(row));
        }
        this.added = rates(added);
    }

    /**
     * The rates that the score assumes. They do not distinguish O from 0 or I from 1, which are one
     * character to the score. With these rates the score is evaluated under its own assumptions.
     */
    public static CharacterRates assumedByScore() {
        int n = SYMBOLS.length();
        double[][] wrong = new double[n][n + 1];
        double[] added = new double[n + 1];
        byte[] none = new byte[0];
        for (int t = 0; t < n; t++) {
            byte[] truth = {symbol(SYMBOLS.charAt(t))};
            for (int r = 0; r < n; r++) {
                byte[] read = {symbol(SYMBOLS.charAt(r))};
                if (read[0] != truth[0] && isCanonical(r)) {
                    wrong[t][r] = Math.exp(ConfusionModel.logProbability(read, 1, truth, 1));
                }
            }
            wrong[t][n] = Math.exp(ConfusionModel.logProbability(none, 0, truth, 1));
        }
        for (int r = 0; r < n; r++) {
            if (isCanonical(r)) {
                byte[] read = {symbol(SYMBOLS.charAt(r))};
                added[r] = Math.exp(ConfusionModel.logProbability(read, 1, none, 0));
            }
        }
        return new CharacterRates(wrong, added);
    }

    /**
     * Rates from counts: a CSV file with the columns {@code truth_char}, {@code read_char} and
     * {@code count}, including correct reads. {@code -} as read is a dropped character, as truth an
     * added one.
     *
     * @throws IllegalArgumentException naming the file's first invalid row, or a character without
     *     counts
     */
    public static CharacterRates ofCounts(Path file) throws IOException {
        int n = SYMBOLS.length();
        double[][] counts = new double[n + 1][n + 1];
        try (CSVParser parser =
                CSVParser.parse(Files.newBufferedReader(file, StandardCharsets.UTF_8), FORMAT)) {
            for (CSVRecord row : parser) {
                counts[index(file, row, "truth_char")][index(file, row, "read_char")] +=
                        count(file, row);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        double[][] wrong = new double[n][n + 1];
        double[] added = new double[n + 1];
        double all = 0;
        for (int t = 0; t < n; t++) {
            double of = 0;
            for (double count : counts[t]) {
                of += count;
            }
            if (!(counts[t][t] > 0)) {
                throw new IllegalArgumentException(
                        file
                                + ": "
                                + SYMBOLS.charAt(t)
                                + " is never read as itself, expected a row with a count");
            }
            for (int r = 0; r <= n; r++) {
                wrong[t][r] = r == t ? 0 : counts[t][r] / of;
            }
            all += of;
        }
        for (int r = 0; r < n; r++) {
            added[r] = counts[n][r] / all;
        }
        return new CharacterRates(wrong, added);
    }

    /** The text that a reader produces for a plate, 1 to 12 characters. */
    String read(String plate, SeededRandom chance) {
        StringBuilder text = new StringBuilder(plate.length() + 2);
        for (int i = 0; i < plate.length(); i++) {
            char truth = plate.charAt(i);
            char read = draw(wrong.get(SYMBOLS.indexOf(truth)), truth, chance);
            if (read != NOTHING) {
                text.append(read);
            }
            char more = draw(added, NOTHING, chance);
            if (more != NOTHING) {
                text.append(more);
            }
        }
        // A reader does not send such a text; the case is too rare to change the rates.
        return text.length() == 0 || text.length() > CanonicalPlate.MAX_LENGTH
                ? plate
                : text.toString();
    }

    /** Probability that a character is read as another one, {@code -} for dropped. */
    double wrong(char truth, char read) {
        return find(wrong.get(SYMBOLS.indexOf(truth)), read);
    }

    /** Probability that this character is added after another. */
    double added(char read) {
        return find(added, read);
    }

    private static double find(List<Rate> rates, char read) {
        return rates.stream()
                .filter(rate -> rate.read() == read)
                .mapToDouble(Rate::probability)
                .findFirst()
                .orElse(0);
    }

    private static char draw(List<Rate> rates, char otherwise, SeededRandom chance) {
        double left = chance.between(0, 1);
        for (Rate rate : rates) {
            left -= rate.probability();
            if (left < 0) {
                return rate.read();
            }
        }
        return otherwise;
    }

    private static List<Rate> rates(double[] row) {
        List<Rate> rates = new ArrayList<>();
        for (int r = 0; r < row.length; r++) {
            if (row[r] > 0) {
                rates.add(new Rate(r < SYMBOLS.length() ? SYMBOLS.charAt(r) : NOTHING, row[r]));
            }
        }
        return List.copyOf(rates);
    }

    private static int index(Path file, CSVRecord row, String column) {
        String text = row.isSet(column) ? row.get(column) : "";
        int index =
                text.length() != 1
                        ? -1
                        : text.charAt(0) == NOTHING
                                ? SYMBOLS.length()
                                : SYMBOLS.indexOf(text.charAt(0));
        if (index < 0) {
            throw fault(file, row, column, text, "0 to 9, A to Z, or - for none");
        }
        return index;
    }

    private static long count(Path file, CSVRecord row) {
        String text = row.isSet("count") ? row.get("count") : "";
        try {
            long count = Long.parseLong(text);
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Reported below, together with negative counts.
        }
        throw fault(file, row, "count", text, "a whole number, 0 or more");
    }

    private static IllegalArgumentException fault(
            Path file, CSVRecord row, String column, String got, String expected) {
        return new IllegalArgumentException(
                String.format(
                        "%s: row %d: %s: got '%s', expected %s",
                        file, row.getRecordNumber(), column, got, expected));
    }

    private static byte symbol(char c) {
        byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
        CanonicalPlate.unpack(CanonicalPlate.pack(String.valueOf(c)), symbols);
        return symbols[0];
    }

    /** O, Q, D and I share a symbol with 0 and 1, which represent them. */
    private static boolean isCanonical(int index) {
        return "ODQI".indexOf(SYMBOLS.charAt(index)) < 0;
    }
}
