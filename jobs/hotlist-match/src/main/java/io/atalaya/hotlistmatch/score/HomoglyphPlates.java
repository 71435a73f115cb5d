package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.ConfusionModel;

import java.util.Arrays;

/**
 * What the canonical form folds together and the syntax keeps apart: ABC123D and ABC1230 are two
 * plates. A reader takes one for the other seldom, so how a plate is written tells them apart.
 *
 * <p>Not thread-safe: one instance an operator.
 */
final class HomoglyphPlates {
    private static final byte[] ZEROS = symbols("0DOQ");
    private static final byte[] ONES = symbols("1I");

    private final byte[] read = new byte[CanonicalPlate.MAX_LENGTH];
    private final byte[] listed = new byte[CanonicalPlate.MAX_LENGTH];
    private final byte[] twin = new byte[CanonicalPlate.MAX_LENGTH];

    /**
     * How much likelier than the listed plate the other plates of its canonical form are read as
     * this text, all of them together; 0 where there is none, or nothing is known of them.
     *
     * @param written the listed plate as the list writes it, or null
     */
    double twins(PlateSyntax syntax, String text, String written) {
        if (written == null) {
            return 0;
        }
        int length = CanonicalPlate.written(written, listed);
        if (!syntax.isWritten(listed, length)) {
            // A slip of whoever wrote the list: which plate was meant is not known.
            return 0;
        }
        int readLength = CanonicalPlate.written(text, read);
        double own = ConfusionModel.logProbabilityAsWritten(read, readLength, listed, length);
        return twins(0, syntax, readLength, length, own);
    }

    /** Every way to write the symbols from {@code at} on. */
    private double twins(int at, PlateSyntax syntax, int readLength, int length, double own) {
        if (at == length) {
            if (Arrays.equals(twin, 0, length, listed, 0, length)) {
                return 0;
            }
            double other = ConfusionModel.logProbabilityAsWritten(read, readLength, twin, length);
            return Math.exp(other - own);
        }
        double sum = 0;
        byte symbol = listed[at];
        byte canonical = CanonicalPlate.canonical(symbol);
        twin[at] = symbol;
        if (canonical != ZEROS[0] && canonical != ONES[0]) {
            return twins(at + 1, syntax, readLength, length, own);
        }
        for (byte alike : canonical == ZEROS[0] ? ZEROS : ONES) {
            if (syntax.isWritten(alike, at, length)) {
                twin[at] = alike;
                sum += twins(at + 1, syntax, readLength, length, own);
            }
        }
        return sum;
    }

    /** Whether two Mexican plates that are equal in canonical form are two plates. */
    static boolean areTwoPlates(String one, String other) {
        byte[] a = new byte[CanonicalPlate.MAX_LENGTH];
        byte[] b = new byte[CanonicalPlate.MAX_LENGTH];
        int aLength = CanonicalPlate.written(one, a);
        int bLength = CanonicalPlate.written(other, b);
        return !Arrays.equals(a, 0, aLength, b, 0, bLength)
                && PlateSyntax.MEXICO.isWritten(a, aLength)
                && PlateSyntax.MEXICO.isWritten(b, bLength);
    }

    private static byte[] symbols(String text) {
        byte[] symbols = new byte[text.length()];
        CanonicalPlate.written(text, symbols);
        return symbols;
    }
}
