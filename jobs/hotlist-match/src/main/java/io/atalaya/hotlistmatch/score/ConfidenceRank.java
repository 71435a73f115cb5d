package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.json.Field;

/**
 * The rank of a read's confidence among the reader's own reads. Readers scale confidence
 * differently, but each reader's misreads gather among its least confident reads.
 *
 * @param rank share of the reader's reads with a lower confidence, 0..1
 * @param reads number of reads behind that share; 0 if the reader is unknown
 */
public record ConfidenceRank(float rank, int reads) {
    public static final ConfidenceRank UNKNOWN = new ConfidenceRank(0.5f, 0);

    public ConfidenceRank {
        Field.number("rank", rank, 0, 1);
        Field.integer("reads", reads, 0, Integer.MAX_VALUE);
    }
}
