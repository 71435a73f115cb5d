package io.atalaya.bench.inference;

/**
 * Memory of the process.
 *
 * @param inferences inferences served until then
 * @param residentBytes of the whole process, heap and native memory, from the operating system
 * @param heapBytes in use after a collection
 */
record MemorySample(long inferences, long residentBytes, long heapBytes) {}
