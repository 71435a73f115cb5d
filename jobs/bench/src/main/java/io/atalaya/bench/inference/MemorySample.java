package io.atalaya.bench.inference;

/**
 * What the process held.
 *
 * @param inferences served until then
 * @param residentBytes of the whole process, heap and native memory, as the system counts them
 * @param heapBytes in use after a collection
 */
record MemorySample(long inferences, long residentBytes, long heapBytes) {}
