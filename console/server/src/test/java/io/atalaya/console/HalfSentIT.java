package io.atalaya.console;

import io.atalaya.console.security.Role;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

/** A stranger whose logins never end takes the server's threads for a short time only. */
@Tag("attack")
@EnabledIf(
        value = "io.atalaya.console.RealConsole#canStartPostgres",
        disabledReason =
                "PostgreSQL starts as another user than root, or where `unshare -U true` works")
@Timeout(120)
class HalfSentIT {
    private static final int THREADS = 200;

    /** The server waits 2 s for the next part of a body. */
    private static final long MOST_MS = 5_000;

    /** Longer than a body may take. */
    private static final int TRICKLES_SECONDS = 8;

    @TempDir Path directory;

    @Test
    void bodiesThatNeverEndSoonGiveTheirThreadsBack() throws Exception {
        List<Socket> halfSent = new ArrayList<>();
        try (RealConsole console = new RealConsole(directory)) {
            Browser dispatcher = console.person("ana", Role.DISPATCHER, "TOLUCA", "");
            int port = URI.create(console.origin()).getPort();
            // More than the server has threads, from two addresses because each has a limit.
            for (int i = 0; i < THREADS + THREADS / 2; i++) {
                halfSent.add(halfSent(port, 2 + i % 2, "/api/login", 4_000));
            }
            long start = System.nanoTime();
            assertThat(dispatcher.get("/api/items").status()).isEqualTo(200);
            assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(MOST_MS);
        } finally {
            for (Socket each : halfSent) {
                each.close();
            }
        }
    }

    /** A byte a second, to a route and to a path that is none. */
    @Test
    void bodiesThatTrickleInSoonGiveTheirThreadsBack() throws Exception {
        List<Socket> slow = new ArrayList<>();
        ScheduledExecutorService trickle = Executors.newScheduledThreadPool(1);
        try (RealConsole console = new RealConsole(directory)) {
            Browser dispatcher = console.person("ana", Role.DISPATCHER, "TOLUCA", "");
            int port = URI.create(console.origin()).getPort();
            for (int i = 0; i < THREADS + THREADS / 2; i++) {
                slow.add(halfSent(port, 2 + i % 4, i % 2 == 0 ? "/api/login" : "/none", 2_000_000));
                slow.add(halfSent(port, 2 + i % 4, "/api/login", 4_000));
            }
            trickle.scheduleAtFixedRate(() -> slow.forEach(HalfSentIT::drip), 0, 1, SECONDS);
            SECONDS.sleep(TRICKLES_SECONDS);
            long start = System.nanoTime();
            assertThat(dispatcher.get("/api/items").status()).isEqualTo(200);
            assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(MOST_MS);
        } finally {
            trickle.shutdownNow();
            for (Socket each : slow) {
                each.close();
            }
        }
    }

    private static void drip(Socket socket) {
        try {
            socket.getOutputStream().write('a');
        } catch (IOException e) {
            // The server has had enough of it.
        }
    }

    private static Socket halfSent(int port, int address, String path, int length)
            throws IOException {
        Socket socket = new Socket();
        socket.bind(
                new InetSocketAddress(
                        InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) address}), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        String request =
                "POST "
                        + path
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Cookie: "
                        + Security.CSRF_COOKIE
                        + "=5b3c\r\nX-XSRF-TOKEN: 5b3c\r\nContent-Length: "
                        + length
                        + "\r\n\r\n{\"name\":\"";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
