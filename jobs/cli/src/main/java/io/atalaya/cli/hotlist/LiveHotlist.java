package io.atalaya.cli.hotlist;

import io.atalaya.hotlist.HotlistEntry;

import java.util.Map;

/**
 * What is in force.
 *
 * @param entries of all lists, by entryId
 * @param unreadable how many records were passed over; the version before them stays in force
 */
record LiveHotlist(Map<String, HotlistEntry> entries, long unreadable) {}
