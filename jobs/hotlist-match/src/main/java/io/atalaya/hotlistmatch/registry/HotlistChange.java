package io.atalaya.hotlistmatch.registry;

import io.atalaya.hotlist.HotlistEntry;

/**
 * One record of topic {@code hotlist}.
 *
 * @param entry null removes it
 * @param arrival epoch ms
 */
public record HotlistChange(String entryId, HotlistEntry entry, long arrival) {}
