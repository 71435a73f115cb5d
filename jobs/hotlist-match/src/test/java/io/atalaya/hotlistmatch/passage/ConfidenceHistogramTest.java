package io.atalaya.hotlistmatch.passage;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConfidenceHistogramTest {
    /** So many that the counts are halved once. */
    private static final int READS = 5_000;

    @Test
    void anAdditionThatIsUndoneHasNeverBeen() throws Exception {
        ConfidenceHistogram histogram = new ConfidenceHistogram();
        boolean isHalved = false;
        for (int i = 0; i < READS; i++) {
            double confidence = i % 97 / 100.0;
            int[] counts = histogram.counts().clone();
            int reads = histogram.reads();
            histogram.add(confidence).run();
            assertThat(histogram.counts()).isEqualTo(counts);
            assertThat(histogram.reads()).isEqualTo(reads);
            histogram.add(confidence);
            isHalved |= histogram.reads() < reads;
        }
        assertThat(isHalved).isTrue();
    }
}
