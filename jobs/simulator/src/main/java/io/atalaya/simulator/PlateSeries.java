package io.atalaya.simulator;

import org.apache.commons.csv.CSVRecord;

/**
 * A range of plates of one state, as a bijection between {@code 0..size-1} and plates, so that two
 * vehicles never share a plate by chance. Series omit the letters I, O, Q and Ñ.
 *
 * @param state three-letter code
 * @param format {@code L} a letter, {@code N} a digit
 * @param first serial number of the first plate over the whole alphabet
 * @param size number of plates in the range
 * @param share number of vehicles out of {@link Fleet#SLOTS} in it
 */
record PlateSeries(String state, String format, long first, long size, int share) {
    private static final String LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";

    static PlateSeries of(CSVRecord row) {
        String format = row.get("format");
        long first = serial(format, row.get("from"));
        long last = serial(format, row.get("to"));
        return new PlateSeries(
                row.get("state"),
                format,
                first,
                last - first + 1,
                Integer.parseInt(row.get("share")));
    }

    /** The plate at an index of the range, without hyphens. */
    String plate(long index) {
        char[] plate = new char[format.length()];
        long rest = first + index;
        for (int i = plate.length - 1; i >= 0; i--) {
            int base = base(format.charAt(i));
            int digit = (int) (rest % base);
            plate[i] = base == 10 ? (char) ('0' + digit) : LETTERS.charAt(digit);
            rest /= base;
        }
        return new String(plate);
    }

    private static long serial(String format, String plate) {
        long serial = 0;
        for (int i = 0; i < format.length(); i++) {
            char c = plate.charAt(i);
            int base = base(format.charAt(i));
            serial = serial * base + (base == 10 ? c - '0' : LETTERS.indexOf(c));
        }
        return serial;
    }

    private static int base(char kind) {
        return kind == 'N' ? 10 : LETTERS.length();
    }
}
