package io.atalaya.inference;

import io.atalaya.inference.ModelManifest.TensorSpec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network that maps each row of numbers to another row, in batches of any size. Threads may share
 * it; each uses its own {@link Runner}.
 */
public final class RowNetwork implements AutoCloseable {
    private static final int ANY = -1;

    private final ModelManifest manifest;
    private final OnnxSession session;
    private final int inputs;
    private final int outputs;

    private RowNetwork(ModelManifest manifest, OnnxSession session, int inputs, int outputs) {
        this.manifest = manifest;
        this.session = session;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /**
     * Loads the network and runs it once, because the first run is the slowest and shows whether
     * the model matches its manifest.
     *
     * @param inputs numbers per row
     * @throws InvalidModelException if it is not such a network, or cannot be loaded
     */
    public static RowNetwork open(StoredModel stored, int inputs) {
        ModelManifest manifest = stored.manifest();
        int outputs = outputs(manifest, inputs);
        RowNetwork network = new RowNetwork(manifest, OnnxSession.open(stored), inputs, outputs);
        try (Runner runner = network.runner()) {
            runner.run(List.of(new float[inputs], new float[inputs]));
        } catch (RuntimeException e) {
            network.close();
            throw new InvalidModelException(
                    "%s %s: it does not run on two rows of %d zeros: %s"
                            .formatted(manifest.name(), manifest.version(), inputs, e.getMessage()),
                    e);
        }
        return network;
    }

    /**
     * The number of outputs per row, by the manifest.
     *
     * @throws InvalidModelException if the manifest describes a network that does not take such
     *     rows
     */
    public static int outputs(ModelManifest manifest, int inputs) {
        require(
                manifest,
                "inputs",
                manifest.inputs(),
                manifest.inputs().size() == 1
                        && manifest.inputs().get(0).shape().equals(List.of(ANY, inputs)),
                "one of shape [-1, %d]".formatted(inputs));
        List<Integer> shape =
                manifest.outputs().size() == 1 ? manifest.outputs().get(0).shape() : List.of();
        boolean isScalar = shape.equals(List.of(ANY));
        boolean isRow = shape.size() == 2 && shape.get(0) == ANY && shape.get(1) > 0;
        require(
                manifest,
                "outputs",
                manifest.outputs(),
                isScalar || isRow,
                "one of shape [-1] or [-1, n]");
        return isScalar ? 1 : shape.get(1);
    }

    private static void require(
            ModelManifest manifest,
            String field,
            List<TensorSpec> actual,
            boolean isRight,
            String expected) {
        if (!isRight) {
            throw new InvalidModelException(
                    "%s %s: %s: got %s, expected %s"
                            .formatted(
                                    manifest.name(), manifest.version(), field, actual, expected));
        }
    }

    public ModelManifest manifest() {
        return manifest;
    }

    /** The number of outputs per row. */
    public int outputs() {
        return outputs;
    }

    /** A runner of the network for one thread. */
    public Runner runner() {
        return new Runner(session.runner());
    }

    @Override
    public void close() {
        session.close();
    }

    /** The access of one thread to the network. */
    public final class Runner implements AutoCloseable {
        private final OnnxSession.Runner runner;

        private Runner(OnnxSession.Runner runner) {
            this.runner = runner;
        }

        /**
         * Runs a batch.
         *
         * @param rows of the network's width
         * @return one row for each, in the same order
         * @throws IllegalStateException if the network's rows differ from its manifest
         */
        public List<float[]> run(List<float[]> rows) {
            float[] values = new float[rows.size() * inputs];
            for (int row = 0; row < rows.size(); row++) {
                System.arraycopy(rows.get(row), 0, values, row * inputs, inputs);
            }
            float[] outputRows = runner.run(new Tensor(values, rows.size(), inputs)).values();
            if (outputRows.length != rows.size() * outputs) {
                throw new IllegalStateException(
                        "%s %s: outputs: got %d numbers of %d rows, expected %d a row"
                                .formatted(
                                        manifest.name(),
                                        manifest.version(),
                                        outputRows.length,
                                        rows.size(),
                                        outputs));
            }
            List<float[]> out = new ArrayList<>(rows.size());
            for (int row = 0; row < rows.size(); row++) {
                out.add(Arrays.copyOfRange(outputRows, row * outputs, (row + 1) * outputs));
            }
            return out;
        }

        @Override
        public void close() {
            runner.close();
        }
    }
}
