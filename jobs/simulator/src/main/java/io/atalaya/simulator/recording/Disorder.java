package io.atalaya.simulator.recording;

import java.nio.file.Path;
import java.util.Locale;

/**
 * A file of a recording whose timestamps fall. It is fed in the order of its lines, so that a job
 * sees records late that were not, and a line with a high timestamp holds up those behind it.
 *
 * @param firstLine number of the first line that is older than one before it
 * @param lines how many are
 * @param byMs by how much at most
 */
public record Disorder(Path file, long firstLine, long lines, long byMs) {
    /** The place of the first fall, for a warning before the others are known. */
    public String first() {
        return String.format(
                Locale.ROOT,
                "%s:%d: is older than a line before it, by %,.3f s",
                file,
                firstLine,
                byMs / 1e3);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %,d lines are older than a line before them, by up to %,.3f s; the first is"
                        + " line %d. Sort the file by timestamp.",
                file,
                lines,
                byMs / 1e3,
                firstLine);
    }
}
