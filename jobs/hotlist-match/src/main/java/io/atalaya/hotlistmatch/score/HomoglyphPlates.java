package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.ConfusionModel;

import java.util.Arrays;

/**
 * Different plates of one canonical form: ABC123D and ABC1230 are two plates that the canonical
 * form folds together and the syntax separates. A reader seldom confuses them, so the written form
 * distinguishes them.
 *
 * <p>Not thread-safe: one instance per operator.
 */
final class HomoglyphPlates {
    private static final byte[] ZEROS = symbols("0DOQ");
    private static final byte[] ONES = symbols("1I");

    private final byte[] read = new byte[CanonicalPlate.MAX_LENGTH];
    private final byte[] listed = new byte[CanonicalPlate.MAX_LENGTH];
    private final byte[] twin = new byte[CanonicalPlate.MAX_LENGTH];

    /**
     * How much likelier the other plates of the listed plate's canonical form, all together, are
     * read as this text than the listed plate is; 0 if no such plate exists or the syntax does not
     * define them.
     *
     * @param written the listed plate as written in the list, or null
     */
    double twins(PlateSyntax syntax, String text, String written) {
        if (written == null) {
            return 0;
        }
        int length = CanonicalPlate.written(written, listed);
        if (!syntax.isWritten(listed, length)) {
            // The listed text is not an issuable plate, so the intended plate is unknown.
            return 0;
        }
        int readLength = CanonicalPlate.written(text, read);
        double own = ConfusionModel.logProbabilityAsWritten(read, readLength, listed, length);
        return twins(0, syntax, readLength, length, own);
    }

    /** Sums over every way to write the symbols from {@code at} on. */
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

    /** Whether two texts of equal canonical form are two different Mexican plates. */
    static boolean isAmbiguous(String one, String other) {
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
