package io.atalaya.bench.state;

/**
 * Memory and state of the job at one moment.
 *
 * @param heapBytes in use in the whole process after a collection, including the broker
 * @param savepointBytes canonical savepoint: every key and value, uncompressed
 * @param checkpointBytes full size of the last checkpoint: RocksDB's files
 */
public record Holding(long heapBytes, long savepointBytes, long checkpointBytes) {}
