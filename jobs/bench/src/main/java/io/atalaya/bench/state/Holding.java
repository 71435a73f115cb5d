package io.atalaya.bench.state;

/**
 * What the job holds at one moment.
 *
 * @param heapBytes in use in the whole process after a collection, broker included
 * @param savepointBytes canonical, as written: every key and value, uncompressed
 * @param checkpointBytes the full size of the last checkpoint: RocksDB's files
 */
public record Holding(long heapBytes, long savepointBytes, long checkpointBytes) {}
