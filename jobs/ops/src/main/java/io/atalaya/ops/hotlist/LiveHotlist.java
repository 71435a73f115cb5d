package io.atalaya.ops.hotlist;

import io.atalaya.contracts.hotlist.HotlistEntry;

import java.util.Map;
import java.util.Set;

/**
 * What is in force.
 *
 * @param entries of all lists, by entryId
 * @param damaged ids whose newest record is no entry: the version before is in force in a job that
 *     has seen it, but compaction drops it from the topic
 * @param unreadable how many records were passed over; the version before them stays in force
 */
record LiveHotlist(Map<String, HotlistEntry> entries, Set<String> damaged, long unreadable) {}
