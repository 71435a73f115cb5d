package io.atalaya.anomaly.trajectory;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Scores the tracks of a complete recording, each against all others. */
public final class BatchScene {
    /**
     * Maximum number of tracks that each is compared with; of more, every n-th. So the time is
     * bounded, and a trajectory that was taken often enough is typical however long the recording
     * is.
     */
    private static final int MAX_OTHERS = 1_500;

    /**
     * About how many of them are searched for the nearest at a time; the mean counts. Among more, a
     * few tracks that are unusual in the same way would hide each other.
     */
    private static final double GROUP = 512;

    private final double[][] values;

    /**
     * @param features by {@link TrackFeatures}; their order does not matter as long as all tracks
     *     can be compared with each other
     * @param embeddings of the same tracks by {@link TrackEmbedding}
     */
    public BatchScene(List<float[]> features, List<float[]> embeddings) {
        List<float[]> tracks = features.stream().map(TrackFeatures::along).toList();
        values = new double[tracks.size()][View.count()];
        if (tracks.isEmpty()) {
            return;
        }
        Residual places = Residual.ofPlaces();
        tracks.forEach(places::learn);
        for (int i = 0; i < values.length; i++) {
            values[i][View.RESIDUAL.ordinal()] = places.of(tracks.get(i));
        }
        Residual network = Residual.ofEmbeddings(embeddings.get(0).length);
        embeddings.forEach(network::learn);
        int count = Math.min(MAX_OTHERS, tracks.size());
        int groups = (int) Math.max(1, Math.round(count / GROUP));
        for (int group = 0; group < groups; group++) {
            int first = group;
            int[] others =
                    IntStream.range(0, count)
                            .filter(i -> i % groups == first)
                            .map(i -> (int) ((long) i * tracks.size() / count))
                            .toArray();
            addNearest(tracks, embeddings, network, others, 1.0 / groups);
        }
    }

    /** Adds to the values, by a weight, those of the views that search for the nearest track. */
    private void addNearest(
            List<float[]> tracks,
            List<float[]> embeddings,
            Residual network,
            int[] others,
            double weight) {
        float[][] otherTracks = columns(tracks, others);
        float[][] otherEmbeddings = columns(embeddings, others);
        for (int i = 0; i < values.length; i++) {
            int own = Arrays.binarySearch(others, i);
            new Nearest(tracks.get(i), otherTracks, others.length, own).addTo(values[i], weight);
            values[i][View.NETWORK.ordinal()] +=
                    weight
                            * network.ofNearest(
                                    embeddings.get(i), otherEmbeddings, others.length, own);
        }
    }

    private static float[][] columns(List<float[]> vectors, int[] of) {
        float[][] columns = new float[vectors.get(0).length][of.length];
        for (int i = 0; i < of.length; i++) {
            for (int k = 0; k < columns.length; k++) {
                columns[k][i] = vectors.get(of[i])[k];
            }
        }
        return columns;
    }

    /** How unusual each track is in a single view. */
    public double[] of(View view) {
        return Arrays.stream(values).mapToDouble(each -> each[view.ordinal()]).toArray();
    }

    /** How unusual each track is: its rarity in all views. */
    public double[] scores() {
        if (values.length == 0) {
            return new double[0];
        }
        Rarity rarity = new Rarity(List.of(values));
        return Arrays.stream(values).mapToDouble(rarity::of).toArray();
    }
}
