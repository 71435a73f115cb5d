package io.atalaya.ops.hotlist;

import io.atalaya.contracts.hotlist.HotlistEntry;

import java.util.Map;
import java.util.Set;

/**
 * The entries in force.
 *
 * @param entries of all lists, by entryId
 * @param damaged ids whose newest record is malformed: jobs that have read the previous version
 *     keep it, but compaction drops it from the topic
 * @param unreadable number of skipped records; the version before them stays in force
 */
record LiveHotlist(Map<String, HotlistEntry> entries, Set<String> damaged, long unreadable) {}
