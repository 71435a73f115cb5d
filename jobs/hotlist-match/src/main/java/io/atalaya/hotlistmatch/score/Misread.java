package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.ConfusionModel;
import io.atalaya.contracts.plate.PlateAlignment;

/** How likely a reader prints one plate as another text, more than one edit away as well. */
public final class Misread {
    /** Probability of one given plate among some tens of millions, read correctly. */
    public static final double ANY_PLATE = 5e-8;

    /**
     * Share of reads that are wrong by two or more edits that single-character rates do not
     * explain, for example by dirt or bad light. It is divided by the number of texts at that
     * distance.
     */
    private static final double BADLY_READ = 0.015;

    private static final double EACH_EDIT_MORE = 0.3;
    private static final int SYMBOLS = 33;

    private Misread() {}

    /**
     * The probability that a plate is read as a text.
     *
     * @param shown packed canonical text
     * @param plate packed canonical plate
     */
    public static double probability(long shown, long plate) {
        int edits =
                PlateAlignment.of(CanonicalPlate.text(shown), CanonicalPlate.text(plate)).edits();
        byte[] read = new byte[CanonicalPlate.MAX_LENGTH];
        byte[] truth = new byte[CanonicalPlate.MAX_LENGTH];
        int readLength = CanonicalPlate.unpack(shown, read);
        int length = CanonicalPlate.unpack(plate, truth);
        double byCharacters =
                Math.exp(ConfusionModel.logProbability(read, readLength, truth, length));
        double texts = 1;
        for (int edit = 0; edit < edits; edit++) {
            texts *= (double) Math.max(1, length - edit) * SYMBOLS / (edit + 1);
        }
        double badly = edits < 2 ? 0 : BADLY_READ * Math.pow(EACH_EDIT_MORE, edits - 2.0) / texts;
        return byCharacters + badly;
    }
}
