package io.atalaya.hotlistmatch.news;

import io.atalaya.hotlist.HotlistEntry;

/**
 * A version of a covert entry, by which alerts that touch its vehicle are kept from others.
 *
 * @param from arrival of the record that brought it, epoch ms
 * @param to {@link #IN_FORCE}, or the arrival of what ended it
 */
public record CovertVersion(HotlistEntry entry, long from, long to) {
    public static final long IN_FORCE = Long.MAX_VALUE;
}
