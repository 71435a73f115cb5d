package io.atalaya.hotlistmatch.readhistory;

import it.unimi.dsi.fastutil.longs.LongList;

import java.util.BitSet;

/**
 * The plates and tags of one block of stored reads. It is stored apart from the rows, so that a
 * restore and the retention need not read these.
 *
 * @param newestArrival latest arrival time of the block's rows and all earlier ones, epoch ms
 * @param keys the key of each row
 * @param evictions the rows that evict their key instead of storing a read
 */
record BlockKeys(long newestArrival, LongList keys, BitSet evictions) {}
