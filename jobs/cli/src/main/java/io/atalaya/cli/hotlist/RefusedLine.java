package io.atalaya.cli.hotlist;

/**
 * A line of a list file that is not loaded.
 *
 * @param line from 1, where the entry begins
 * @param reason field, value and what was expected
 * @param entryId whose live version stays in force, or null if the line does not tell
 */
record RefusedLine(long line, String reason, String entryId) {}
