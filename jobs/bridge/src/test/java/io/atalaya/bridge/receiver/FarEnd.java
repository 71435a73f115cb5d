package io.atalaya.bridge.receiver;

import io.atalaya.bridge.receiver.Receiver.Received;
import io.atalaya.contracts.dispatch.Incident;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The project's own receiver, or what is none, with what it has received. */
public final class FarEnd implements AutoCloseable {
    private static final Duration SLOWNESS = Duration.ofSeconds(3);
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final Path secretFile;
    private final List<String> taken = new ArrayList<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Set<String> findings = new HashSet<>();
    private int requests;
    private int port;
    private Receiver receiver;
    private ServerSocket garbage;
    private Thread answering;
    private Socket down;

    /** What it does until it recovers: what a receiver can play, and two more. */
    public enum Plays {
        TAKE,
        FAIL,
        SLOW,
        FLAP,
        LIMIT,
        REJECT,
        GONE,
        BREAK,
        REDIRECT,
        ENDLESS,
        /** Nothing listens. */
        DOWN,
        /** What listens speaks no HTTP. */
        GARBAGE
    }

    private FarEnd(Path secretFile) {
        this.secretFile = secretFile;
    }

    public static FarEnd start(Path directory, Plays plays) throws IOException {
        FarEnd end = new FarEnd(secret(directory));
        if (plays == Plays.DOWN) {
            // Bound without listening: it refuses, and no other socket gets the port.
            end.down = new Socket();
            end.down.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            end.port = end.down.getLocalPort();
        } else if (plays == Plays.GARBAGE) {
            end.garbage = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            end.port = end.garbage.getLocalPort();
            end.answering = new Thread(end::answerGarbage, "garbage");
            end.answering.setDaemon(true);
            end.answering.start();
        } else {
            end.listen(0);
            end.receiver.play(Receiver.Play.valueOf(plays.name()));
        }
        return end;
    }

    /** The file with the key of all far ends. */
    public static Path secret(Path directory) throws IOException {
        return Files.writeString(directory.resolve("secret"), SECRET);
    }

    private void listen(int at) throws IOException {
        receiver =
                Receiver.start(
                        at,
                        WebhookVerifier.read(secretFile),
                        Duration.ofHours(24),
                        SLOWNESS,
                        Clock.systemUTC(),
                        this::received);
        port = receiver.port();
    }

    private void answerGarbage() {
        try {
            while (true) {
                try (Socket socket = garbage.accept()) {
                    socket.getOutputStream().write("\u0000nonsense\r\n\r\n".getBytes(UTF_8));
                }
            }
        } catch (IOException e) {
            // Closed: it has recovered.
        }
    }

    private synchronized void received(Received received) {
        requests++;
        findings.add(received.finding().name());
        if (received.finding() == Receiver.Finding.NEW) {
            Incident incident = received.message().incident();
            taken.add(incident.incidentId());
            newest.merge(incident.incidentId(), incident.revision(), Math::max);
        }
    }

    /** Takes messages from now on, on the same port. */
    public void recover() {
        try {
            if (receiver == null) {
                closeSockets();
                listen(port);
            } else {
                receiver.play(Receiver.Play.TAKE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public Path secretFile() {
        return secretFile;
    }

    /** The incidents of new messages, in their order. */
    public synchronized List<String> taken() {
        return List.copyOf(taken);
    }

    /** The newest revisions taken. */
    public synchronized Map<String, Long> newest() {
        return Map.copyOf(newest);
    }

    public synchronized Set<String> findings() {
        return Set.copyOf(findings);
    }

    public synchronized int requests() {
        return requests;
    }

    @Override
    public void close() {
        if (receiver != null) {
            receiver.close();
        }
        try {
            closeSockets();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeSockets() throws IOException {
        if (garbage != null) {
            garbage.close();
            try {
                // It holds the port until it has left.
                answering.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (down != null) {
            down.close();
        }
    }
}
