package io.atalaya.hotlistmatch.ocr;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.inference.InvalidModelException;
import io.atalaya.inference.ModelManifest;
import io.atalaya.inference.OnnxSession;
import io.atalaya.inference.Tensor;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Reads plates from images by a text recognition model, as its manifest specifies. Not thread-safe:
 * one instance per thread.
 */
final class PlateReader implements AutoCloseable {
    private static final int CHANNELS = 3;

    /** Image, step, column. */
    private static final int OUTPUT_AXES = 3;

    /** The letters and digits, in the order of the written symbols, which start at 1. */
    private static final String SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static final int BLANK_COLUMN = 0;

    private final OnnxSession.Runner runner;
    private final int height;
    private final int width;
    private final int widthStep;
    private final double stretch;
    private final float mean;
    private final float deviation;
    private final double bandTop;
    private final double bandBottom;
    private final double bandBelowAspect;
    private final int columns;

    /** Column of each written symbol. */
    private final int[] symbolColumns;

    /** Columns of the blank and of separators, which are not part of a plate. */
    private final int[] blankColumns;

    /**
     * @throws InvalidModelException if the model does not read plates
     */
    PlateReader(ModelManifest manifest, OnnxSession session) {
        height = manifest.pixels("height");
        width = manifest.pixels("width");
        widthStep = manifest.pixels("widthStep");
        stretch = manifest.preprocessing("stretch");
        mean = (float) manifest.preprocessing("mean");
        deviation = (float) manifest.preprocessing("deviation");
        bandTop = manifest.preprocessing("bandTop");
        bandBottom = manifest.preprocessing("bandBottom");
        bandBelowAspect = manifest.preprocessing("bandBelowAspect");
        List<Integer> output = manifest.outputs().get(0).shape();
        columns = output.get(output.size() - 1);
        symbolColumns = symbolColumns(manifest);
        blankColumns =
                IntStream.concat(
                                IntStream.of(BLANK_COLUMN),
                                manifest.classes().entrySet().stream()
                                        .filter(entry -> !SYMBOLS.contains(entry.getKey()))
                                        .mapToInt(Map.Entry::getValue))
                        .toArray();
        runner = session.runner();
        warmUp(manifest);
    }

    private static int[] symbolColumns(ModelManifest manifest) {
        int[] columns = new int[SYMBOLS.length() + 1];
        for (int i = 0; i < SYMBOLS.length(); i++) {
            Integer column = manifest.classes().get(SYMBOLS.substring(i, i + 1));
            if (column == null) {
                throw new InvalidModelException(
                        manifest.name() + ": classes." + SYMBOLS.charAt(i) + " is missing");
            }
            columns[i + 1] = column;
        }
        return columns;
    }

    /** The first run is the slowest, and shows whether the model matches its manifest. */
    private void warmUp(ModelManifest manifest) {
        Tensor output =
                runner.run(
                        new Tensor(
                                new float[CHANNELS * height * width], 1, CHANNELS, height, width));
        if (output.shape().length != OUTPUT_AXES
                || output.shape()[1] < 1
                || output.shape()[2] != columns) {
            throw new InvalidModelException(
                    "%s %s: outputs: the model gives %s, the manifest says %s"
                            .formatted(
                                    manifest.name(),
                                    manifest.version(),
                                    Arrays.toString(output.shape()),
                                    manifest.outputs()));
        }
    }

    Reading read(BufferedImage image) {
        Tensor output = runner.run(input(scaled(image)));
        return reading(output.values(), (int) output.shape()[1]);
    }

    /**
     * Channel by channel, blue first; pixels to the right of the image are 0. Only as wide as the
     * image needs, because a run takes in proportion to its width.
     */
    private Tensor input(BufferedImage scaled) {
        int imageWidth = scaled.getWidth();
        int padded = (imageWidth + widthStep - 1) / widthStep * widthStep;
        int[] rgb = scaled.getRGB(0, 0, imageWidth, height, null, 0, imageWidth);
        float[] pixels = new float[CHANNELS * height * padded];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < imageWidth; x++) {
                int color = rgb[y * imageWidth + x];
                for (int channel = 0; channel < CHANNELS; channel++) {
                    float value = (color >> channel * Byte.SIZE & 0xff) / 255f;
                    pixels[(channel * height + y) * padded + x] = (value - mean) / deviation;
                }
            }
        }
        return new Tensor(pixels, 1, CHANNELS, height, padded);
    }

    /**
     * Scales to the model's height, and wider than the image is, because the characters of plates
     * are narrower than those that the model was trained on. Of a plate that is not long, only the
     * band with the characters is used, because the text above and below would be read too.
     */
    private BufferedImage scaled(BufferedImage image) {
        boolean banded = image.getWidth() <= bandBelowAspect * image.getHeight();
        int top = banded ? (int) Math.round(bandTop * image.getHeight()) : 0;
        int bottom = banded ? (int) Math.round(bandBottom * image.getHeight()) : image.getHeight();
        int scaledWidth =
                Math.min(
                        width,
                        (int) Math.ceil(stretch * height * image.getWidth() / (bottom - top)));
        BufferedImage scaled = new BufferedImage(scaledWidth, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(
                image, 0, 0, scaledWidth, height, 0, top, image.getWidth(), bottom, null);
        graphics.dispose();
        return scaled;
    }

    private Reading reading(float[] output, int steps) {
        double[][] written = new double[steps][SYMBOLS.length() + 1];
        for (int step = 0; step < steps; step++) {
            int row = step * columns;
            for (int column : blankColumns) {
                written[step][Ctc.BLANK] += output[row + column];
            }
            for (int symbol = 1; symbol <= SYMBOLS.length(); symbol++) {
                written[step][symbol] = output[row + symbolColumns[symbol]];
            }
        }
        return Reading.of(written);
    }

    @Override
    public void close() {
        runner.close();
    }

    /**
     * The content of an image.
     *
     * @param steps probabilities of the canonical symbols and the blank, from left to right
     * @param asBest log-likelihood of its most probable text
     * @param text the same text as written
     */
    record Reading(double[][] steps, double asBest, String text) {
        /** Least probability of a symbol, because the model is overconfident. */
        private static final double MIN = 1e-5;

        /** Margin of a plate that has no path through the steps; a lower one would underflow. */
        private static final double MIN_MARGIN = -700;

        /** Least length of a text that is taken for a plate or the larger part of one. */
        private static final int MIN_TEXT = 4;

        /** Greatest length of a text, more than any plate has. */
        private static final int MAX_TEXT = 24;

        /**
         * @param written probabilities of the written symbols by step; they need not sum to 1,
         *     because other symbols are left out
         * @throws IllegalArgumentException if one is not finite, because the margin would not be
         *     either
         */
        static Reading of(double[][] written) {
            double[][] steps = new double[written.length][];
            for (int i = 0; i < steps.length; i++) {
                steps[i] = canonical(written[i]);
            }
            byte[] symbols = new byte[MAX_TEXT];
            int length = Ctc.bestText(steps, symbols);
            return new Reading(steps, Ctc.logLikelihood(steps, symbols, length), text(written));
        }

        /** Merges the look-alikes that are one symbol in canonical form. */
        private static double[] canonical(double[] written) {
            double[] canonical = new double[written.length];
            canonical[Ctc.BLANK] = written[Ctc.BLANK];
            double sum = written[Ctc.BLANK];
            for (int symbol = 1; symbol < written.length; symbol++) {
                canonical[CanonicalPlate.canonical(symbol)] += written[symbol];
                sum += written[symbol];
            }
            Field.finite("probability", sum);
            for (int symbol = 0; symbol < canonical.length; symbol++) {
                canonical[symbol] = Math.max(MIN, sum > 0 ? canonical[symbol] / sum : 0);
            }
            return canonical;
        }

        private static String text(double[][] written) {
            byte[] symbols = new byte[MAX_TEXT];
            int length = Ctc.bestText(written, symbols);
            StringBuilder text = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                text.append(SYMBOLS.charAt(symbols[i] - 1));
            }
            return text.toString();
        }

        /**
         * Whether the image says anything about a plate: its text is about as long as plates are,
         * and the plate has a path through the steps.
         *
         * @param plate packed canonical plate
         */
        boolean canShow(long plate) {
            byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
            int length = CanonicalPlate.unpack(plate, symbols);
            return text.length() >= MIN_TEXT
                    && CanonicalPlate.isPlate(text)
                    && Ctc.minSteps(symbols, length) <= steps.length;
        }

        /**
         * Log-likelihood of a plate minus that of the most probable text; 0 or less.
         *
         * @param plate packed canonical plate
         */
        double margin(long plate) {
            byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
            int length = CanonicalPlate.unpack(plate, symbols);
            double asPlate = Ctc.logLikelihood(steps, symbols, length);
            return Math.max(MIN_MARGIN, Math.min(0, asPlate - asBest));
        }
    }
}
