package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.ConfusionModel;

import java.io.Serializable;

/**
 * What a plate's image, read again by a model, says for a listed plate: the logarithm of how much
 * better that plate explains the image than whatever else may have given the text that was read.
 * Each bound follows from how often reader and model err together on the images that the lines were
 * fitted on.
 *
 * <p>Where the text is another one, {@code own} and {@code misread} are relative to the rate at
 * which readers take the text's plate for the listed one. As the reader errs by the same rate the
 * other way round, the rates cancel, whichever characters differ.
 *
 * @param own against another vehicle whose own plate is the text, by how much better the listed
 *     plate fits the image than the text does
 * @param misread against another plate that was misread as the text, by the margin of the listed
 *     one
 * @param equal where the text is the listed plate: against another plate that was misread as it, by
 *     the margin of the listed one
 * @param least greatest amount that an image takes away, negative
 * @param most greatest amount that it adds
 */
public record OcrEvidence(Line own, Line misread, Line equal, double least, double most)
        implements Serializable {
    /**
     * A log-likelihood ratio.
     *
     * @param intercept at 0
     * @param slope per nat
     * @param most greatest value
     */
    public record Line(double intercept, double slope, double most) implements Serializable {
        double at(double nats) {
            return Math.min(most, intercept + slope * nats);
        }
    }

    /**
     * The log-odds that an image adds.
     *
     * @param plate packed canonical listed plate
     * @param text packed canonical text that was read
     * @param another probability that the text, if it is not of the listed vehicle, is another
     *     vehicle's own plate
     * @param margin natural logarithm of the plate's likelihood minus that of the image's text, 0
     *     or less
     * @param textMargin that of the text that was read
     */
    public double logOdds(long plate, long text, double another, double margin, double textMargin) {
        return bounded(
                plate == text
                        ? equal.at(margin)
                        : rarity(plate, text)
                                + against(
                                        another, own.at(margin - textMargin), misread.at(margin)));
    }

    /** Upper bound of {@link #logOdds} over all images. */
    public double most(long plate, long text, double another) {
        return bounded(
                plate == text
                        ? equal.most()
                        : rarity(plate, text) + against(another, own.most(), misread.most()));
    }

    private static double against(double another, double own, double misread) {
        return -Math.log(another * Math.exp(-own) + (1 - another) * Math.exp(-misread));
    }

    private double bounded(double logOdds) {
        return Math.max(least, Math.min(most, logOdds));
    }

    /** How rarely the plate that the text may be is taken for the listed one, in nats. */
    private static double rarity(long plate, long text) {
        byte[] listed = new byte[CanonicalPlate.MAX_LENGTH];
        byte[] read = new byte[CanonicalPlate.MAX_LENGTH];
        return -ConfusionModel.logProbability(
                listed,
                CanonicalPlate.unpack(plate, listed),
                read,
                CanonicalPlate.unpack(text, read));
    }
}
