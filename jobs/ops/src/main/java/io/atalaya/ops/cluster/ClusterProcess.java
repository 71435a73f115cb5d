package io.atalaya.ops.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/**
 * A process of the cluster and its start command.
 *
 * @param name name of the process and of its files
 * @param ports ports with their purpose, for display
 * @param startsAfter port that must be open before the process starts, or 0
 */
record ClusterProcess(String name, List<String> command, String ports, int startsAfter) {
    private static final int ANSWERS_WITHIN_MS = 1_000;

    ClusterProcess(String name, List<String> command, String ports) {
        this(name, command, ports, 0);
    }

    /** Whether what the process needs at its start is there. */
    boolean canStart() {
        return startsAfter == 0 || isOpen(startsAfter);
    }

    static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(ClusterDescription.HOST, port), ANSWERS_WITHIN_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

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
