package io.atalaya.ops.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A process of the cluster and its start command.
 *
 * @param name name of the process and of its files
 * @param ports ports with their purpose, for display
 */
record ClusterProcess(String name, List<String> command, String ports) {
    /** Starts the process with no input; output goes to its file. */
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
