package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.ConfusionModel;

/**
 * Expected number of vehicles other than the listed one that could have given a text: the
 * denominator of every likelihood ratio, in units of one vehicle. A text that is a valid plate may
 * belong to an innocent vehicle; any other text can only be a misread of the valid plates around
 * it.
 */
public final class Population {
    /**
     * Expected vehicles that carry a listed plate besides the listed vehicle: clones, foreign
     * duplicates.
     */
    public static final double DUPLICATE = 0.003;

    private static final int SYMBOLS = 36;

    private final byte[] text = new byte[CanonicalPlate.MAX_LENGTH + 1];
    private final byte[] neighbour = new byte[CanonicalPlate.MAX_LENGTH + 1];
    private long last;
    private PlateSyntax lastSyntax;
    private double lastBearing;
    private double lastMisread;

    /** Expected vehicles whose true plate is {@code plate}. */
    public double bearing(long plate, PlateSyntax syntax) {
        lookUpNeighbourhood(plate, syntax);
        return lastBearing;
    }

    /** Expected vehicles whose plate would be misread as {@code plate}. */
    public double misread(long plate, PlateSyntax syntax) {
        lookUpNeighbourhood(plate, syntax);
        return lastMisread;
    }

    /**
     * Caches the last text, because several entries are compared with one read and the walk of its
     * neighbourhood is expensive.
     */
    private void lookUpNeighbourhood(long plate, PlateSyntax syntax) {
        if (plate == last && syntax == lastSyntax) {
            return;
        }
        int length = CanonicalPlate.unpack(plate, text);
        lastBearing = syntax.occupancy(text, length);
        lastMisread =
                substitutions(length, syntax) + additions(length, syntax) + drops(length, syntax);
        last = plate;
        lastSyntax = syntax;
    }

    private double substitutions(int length, PlateSyntax syntax) {
        double sum = 0;
        System.arraycopy(text, 0, neighbour, 0, length);
        for (int i = 0; i < length; i++) {
            for (byte symbol = 1; symbol <= SYMBOLS; symbol++) {
                if (symbol != text[i] && CanonicalPlate.isCanonical(symbol)) {
                    neighbour[i] = symbol;
                    sum +=
                            syntax.occupancy(neighbour, length)
                                    * ConfusionModel.rate(text[i], symbol);
                }
            }
            neighbour[i] = text[i];
        }
        return sum;
    }

    /** The reader added a character: the true plate lacks one of the text's. */
    private double additions(int length, PlateSyntax syntax) {
        double sum = 0;
        for (int removed = 0; removed < length; removed++) {
            System.arraycopy(text, 0, neighbour, 0, removed);
            System.arraycopy(text, removed + 1, neighbour, removed, length - removed - 1);
            sum += syntax.occupancy(neighbour, length - 1) * ConfusionModel.ADDED;
        }
        return sum;
    }

    /** The reader dropped a character: the true plate has one more. */
    private double drops(int length, PlateSyntax syntax) {
        if (length == CanonicalPlate.MAX_LENGTH) {
            return 0;
        }
        double sum = 0;
        for (int at = 0; at <= length; at++) {
            System.arraycopy(text, 0, neighbour, 0, at);
            System.arraycopy(text, at, neighbour, at + 1, length - at);
            for (byte symbol = 1; symbol <= SYMBOLS; symbol++) {
                neighbour[at] = symbol;
                if (CanonicalPlate.isCanonical(symbol)) {
                    sum += syntax.occupancy(neighbour, length + 1) * ConfusionModel.DROPPED;
                }
            }
        }
        return sum;
    }
}
