package io.atalaya.lab.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks that a replay can write to its output directory, before anything starts. */
final class OutDirectory {
    private OutDirectory() {}

    /** The requirement that the output directory does not meet, or null. */
    static String fault(Path out, Path data) {
        try {
            // A replay deletes earlier output files, and a recording may contain files of the same
            // names.
            if (Files.exists(out) && Files.exists(data) && Files.isSameFile(out, data)) {
                return "another directory than DATA_DIR";
            }
            Files.createDirectories(out);
            Files.delete(Files.createTempFile(out, ".atalaya-", ""));
            return null;
        } catch (IOException e) {
            return "a directory that can be written (" + e + ")";
        }
    }
}
