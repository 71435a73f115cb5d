package io.atalaya.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The TCP ports on which this process listens, from Linux's /proc. */
final class ListeningPorts {
    private static final Path TABLES = Path.of("/proc/self/net");
    private static final String LISTEN = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    /** 127.x.y.z in the kernel's byte order, ::1, and 127.x.y.z mapped into IPv6. */
    private static final String LOOPBACK = "[0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F";

    private ListeningPorts() {}

    static boolean areKnown() {
        return Files.isReadable(TABLES.resolve("tcp"));
    }

    /** Addresses other than loopback with their ports, in the kernel's notation. */
    static Set<String> open() throws IOException {
        Set<String> own = ownSockets();
        Set<String> open = new TreeSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            Path file = TABLES.resolve(table);
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                String[] fields = line.strip().split("\\s+");
                if (fields[STATE].equals(LISTEN)
                        && own.contains("socket:[" + fields[INODE] + "]")
                        && !fields[ADDRESS].split(":")[0].matches(LOOPBACK)) {
                    open.add(fields[ADDRESS]);
                }
            }
        }
        return open;
    }

    private static Set<String> ownSockets() throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : (Iterable<Path>) descriptors::iterator) {
                try {
                    sockets.add(Files.readSymbolicLink(descriptor).toString());
                } catch (IOException e) {
                    // Closed since it was listed.
                    continue;
                }
            }
        }
        return sockets;
    }
}
