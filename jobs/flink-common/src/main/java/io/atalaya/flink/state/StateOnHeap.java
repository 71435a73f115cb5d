package io.atalaya.flink.state;

/**
 * An operator whose keyed state {@link StateBackendByOperator} keeps on the heap, because all of it
 * changes between two checkpoints and it fits there. A barrier then stops the operator only while
 * Flink notes which values there are; they are serialized afterwards, in another thread.
 */
public interface StateOnHeap {}
