package io.atalaya.console;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a stranger can send, against a console with a quarter of the memory that it has: it goes on,
 * who may come in still comes in, and what strangers hold of the memory is bounded.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("attack")
@EnabledIf(
        value = "io.atalaya.console.RealConsole#canStartPostgres",
        disabledReason =
                "PostgreSQL starts as another user than root, or where `unshare -U true` works")
class StrangerIT {
    private static final int HEAP_MB = 256;
    private static final int AT_ONCE = 40;
    private static final int ROUNDS = 3;
    private static final int MAX_ANSWER = 64 * 1024;
    private static final int LARGE = 1024 * 1024;

    private static final int SMALL_WINDOW = 4 * 1024;

    /** Of the server, which waits so long for who does not read. */
    private static final int THREADS = 200;

    private static final long WRITE_MS = 8_000;
    private static final int HALF_SENT = 2_000;

    /** As the server's settings have it. */
    private static final long MAX_CONNECTIONS = 4_096;

    /** As {@code scripts/console} has it. */
    private static final long MEMORY_BYTES = 1L << 30;

    @TempDir static Path directory;
    private static TestBroker broker;
    private static ConsoleProcess console;
    private static final ExecutorService STRANGERS = Executors.newFixedThreadPool(AT_ONCE);

    @BeforeAll
    static void start() throws Exception {
        broker = new TestBroker(directory.resolve("kafka"), 0);
        console = new ConsoleProcess(directory, broker.address(), HEAP_MB);
        Browser first = console.browser();
        first.get("/api/session");
        assertThat(
                        first.post(
                                        "/api/first-login",
                                        Map.of(
                                                "token",
                                                console.firstToken(),
                                                "name",
                                                "ana",
                                                "password",
                                                RealConsole.PASSWORD))
                                .status())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() throws Exception {
        STRANGERS.shutdown();
        console.close();
        broker.close();
    }

    /** After each attack. */
    @AfterEach
    void anHonestLoginIsAnswered() {
        console.requireAlive();
        Browser honest = console.browser();
        honest.get("/api/session");
        Browser.Answer answer =
                honest.post("/api/login", Map.of("name", "ana", "password", RealConsole.PASSWORD));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(honest.get("/api/items").status()).isEqualTo(200);
    }

    private static List<Wire.Answer> all(int number, Callable<Wire.Answer> stranger)
            throws Exception {
        List<Future<Wire.Answer>> running = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            running.add(STRANGERS.submit(stranger));
        }
        List<Wire.Answer> answers = new ArrayList<>();
        for (Future<Wire.Answer> each : running) {
            answers.add(each.get());
        }
        return answers;
    }

    /** With a token against forged requests, which a stranger gets by asking. */
    private static String head(String method, String path, String... more) {
        return method
                + " "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type:"
                + " application/json\r\nCookie: "
                + Security.CSRF_COOKIE
                + "=1c5d\r\nX-XSRF-TOKEN: 1c5d\r\n"
                + String.join("", more)
                + "\r\n";
    }

    private static final String LARGE_LOGIN =
            "{\"name\":\"x\",\"password\":\"y\",\"credential\":[{}"
                    + ",{}".repeat(LARGE / 3)
                    + "]}";

    /** Forty of these ended a server with four times the memory. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/login",
                "/%61pi/login",
                "/api/%6cogin",
                "//api/login",
                "/api//login",
                "/api/./login",
                "/x/../api/login",
                "/api;x=1/login",
                "/api/login;x=1",
                "/api/login/",
                "/API/login",
                "/api/login%00",
                "/api/login?_method=POST",
                "http://localhost/api/login",
                "/api/login/passkey",
                "/api/first-login",
                "/api/first-login/check",
                "/api/wall-login",
                "/api/acts",
                "/none"
            })
    @Order(1)
    void largeBodies(String path) throws Exception {
        String length = "Content-Length: " + LARGE_LOGIN.length() + "\r\n";
        List<Wire.Answer> answers =
                all(
                        AT_ONCE,
                        () -> {
                            try (Wire wire = new Wire(console.port(), 0)) {
                                wire.send(head("POST", path, length));
                                wire.offer(LARGE_LOGIN);
                                return wire.answer(MAX_ANSWER);
                            }
                        });
        // 0: it has closed while the rest was still on its way.
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.status()).isIn(0, 400, 404, 413));
    }

    /** Such a body does not say how long it is. */
    @Test
    @Order(2)
    void bodiesInParts() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<Wire.Answer> answers =
                    all(
                            AT_ONCE,
                            () -> {
                                try (Wire wire = new Wire(console.port(), 0)) {
                                    wire.send(
                                            head(
                                                    "POST",
                                                    "/api/login",
                                                    "Transfer-Encoding: chunked\r\n"));
                                    wire.offer(Integer.toHexString(LARGE_LOGIN.length()) + "\r\n");
                                    wire.offer(LARGE_LOGIN);
                                    return wire.answer(MAX_ANSWER);
                                }
                            });
            assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(0, 413));
        }
    }

    @Test
    @Order(3)
    void largeHeaders() throws Exception {
        String cookie = "X: " + "a".repeat(LARGE) + "\r\n";
        List<Wire.Answer> answers =
                all(
                        ROUNDS * AT_ONCE,
                        () -> {
                            try (Wire wire = new Wire(console.port(), 0)) {
                                wire.offer(head("GET", "/api/session", cookie));
                                return wire.answer(MAX_ANSWER);
                            }
                        });
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(0, 400, 431));
    }

    /** Who reads pages slowly holds no more than some threads of the server. */
    @Test
    @Order(5)
    void pagesThatAreReadSlowly() throws Exception {
        Files.createDirectories(directory.resolve("web/assets"));
        Files.write(directory.resolve("web/assets/large.js"), new byte[16 * LARGE]);
        List<Wire> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 3 * AT_ONCE; i++) {
                Wire wire = new Wire(console.port(), i, SMALL_WINDOW);
                slow.add(wire);
                wire.send(
                        "GET /assets/large.js HTTP/1.1\r\nHost: localhost\r\n"
                                + "Connection: close\r\n\r\n");
            }
            List<Integer> statuses = new ArrayList<>();
            for (Wire each : slow) {
                statuses.add(each.answer(1).status());
            }
            assertThat(statuses).contains(200, 503).containsOnly(200, 503);
        } finally {
            for (Wire each : slow) {
                each.close();
            }
        }
    }

    /** A hundred in one connection; an answer that no one reads must not keep a thread waiting. */
    @Test
    @Order(5)
    void answersThatAreNotRead() throws Exception {
        String requests = "GET /api/items HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(99);
        List<Wire> silent = new ArrayList<>();
        try {
            for (int i = 0; i < THREADS + AT_ONCE; i++) {
                Wire wire = new Wire(console.port(), i, SMALL_WINDOW);
                silent.add(wire);
                wire.offer(requests);
            }
            long start = System.nanoTime();
            assertThat(console.browser().get("/api/session").status()).isEqualTo(200);
            assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(WRITE_MS);
        } finally {
            for (Wire each : silent) {
                each.close();
            }
        }
    }

    /** As many as the server takes at once hold no more than a third of its memory. */
    @Test
    @Order(4)
    void halfSentRequestsHoldABoundedMemory() throws Exception {
        halfSent(100);
        long before = console.heldBytes();
        long each = (halfSent(HALF_SENT) - before) / HALF_SENT;
        System.out.printf("a half sent request holds %.1f kB%n", each / 1e3);
        assertThat(each * MAX_CONNECTIONS).isLessThan(MEMORY_BYTES / 3);
    }

    private static long halfSent(int number) throws IOException {
        List<Wire> open = new ArrayList<>();
        try {
            for (int i = 0; i < number; i++) {
                Wire wire = new Wire(console.port(), i);
                open.add(wire);
                wire.send("GET /api/session HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(7_000));
            }
            return console.heldBytes();
        } finally {
            for (Wire each : open) {
                each.close();
            }
        }
    }
}
