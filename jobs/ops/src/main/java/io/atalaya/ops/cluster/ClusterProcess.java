package io.atalaya.ops.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A process of the cluster, as it is started each time.
 *
 * @param name also of its files
 * @param ports with what listens there, for a person to read
 */
record ClusterProcess(String name, List<String> command, String ports) {
    /** Starts it; it reads nothing and says what it has to say to its file. */
    Process start(ClusterDirectory directory) {
        return start(directory, name, command);
    }

    static Process start(ClusterDirectory directory, String name, List<String> command) {
        Path out = directory.out(name);
        try {
            return new ProcessBuilder(command)
                    .directory(directory.root().toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("starting " + name, e);
        }
    }
}
