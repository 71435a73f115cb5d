package io.atalaya.lab.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a replay can write where it is told to; asked before anything is started. */
final class OutDirectory {
    private OutDirectory() {}

    /** What a directory for the output has to be and this one is not, or null. */
    static String fault(Path out, Path data) {
        try {
            // What an earlier replay wrote there is removed, and a recording may hold such files.
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
