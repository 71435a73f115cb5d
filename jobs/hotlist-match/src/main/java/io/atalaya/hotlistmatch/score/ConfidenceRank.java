package io.atalaya.hotlistmatch.score;

import io.atalaya.contracts.json.Field;

/**
 * How a reader trusted a read, among its own reads. What a reader calls 90 % differs between
 * readers; that its misreads gather among its least trusted reads does not.
 *
 * @param rank the share of its reads that it trusted less, 0..1
 * @param reads how many that share is taken of; 0: nothing is known of the reader
 */
public record ConfidenceRank(float rank, int reads) {
    public static final ConfidenceRank UNKNOWN = new ConfidenceRank(0.5f, 0);

    public ConfidenceRank {
        Field.number("rank", rank, 0, 1);
        Field.integer("reads", reads, 0, Integer.MAX_VALUE);
    }
}
