package io.atalaya.console;

import io.atalaya.console.account.Accounts;
import io.atalaya.console.item.Items;
import io.atalaya.console.queue.Stream;
import io.atalaya.console.security.Limits;
import io.atalaya.console.security.Role;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.topic.Topics;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** How much one account can take of what all share. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIf(
        value = "io.atalaya.console.RealConsole#canStartPostgres",
        disabledReason =
                "PostgreSQL starts as another user than root, or where `unshare -U true` works")
@Tag("attack")
class AccountBoundsIT {
    private static final int MAX_SESSIONS = 20;
    private static final int PLATES_PER_HOUR = 20;
    private static final int FLOOD = 300;
    private static final int FLOOD_AT_ONCE = 8;

    /** Fewer than wrong passwords for a name from one address may be. */
    private static final int TRIES = 4;

    private static final int ANSWER_BYTES = 64 * 1024;

    /** Of a limit by the minute, within the seconds that a body may take. */
    private static final int REFILLED = 40;

    private static final int SMALL_WINDOW = 4 * 1024;
    private static final int UNREAD_SESSIONS = 8;

    /** Of a stream the system takes more than two megabytes that are not read. */
    private static final int UNREAD_ALERTS = 1_500;

    private static final int LAST = UNREAD_ALERTS - 1;

    private static final int URGENT_ALERTS = 20;
    private static final int URGENT_EVERY_MS = 250;

    /** Less than the server waits for who does not read. */
    private static final long PROMPT_MS = 3_000;

    @TempDir static Path directory;
    private static RealConsole console;

    @BeforeAll
    static void start() throws Exception {
        console = new RealConsole(directory, "--console.plates-per-hour=" + PLATES_PER_HOUR);
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    private static Browser signedIn(String name) {
        Browser browser = console.stranger();
        Browser.Answer answer =
                browser.post("/api/login", Map.of("name", name, "password", RealConsole.PASSWORD));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return browser;
    }

    private static List<Browser> working(List<Browser> browsers) {
        return browsers.stream().filter(each -> each.get("/api/items").status() == 200).toList();
    }

    /** Also those that the console has not seen since it was started. */
    @Test
    @Order(1)
    void aLoginTooManyEndsTheOldestSessionAndItsStreams() throws Exception {
        List<Browser> browsers = new ArrayList<>();
        browsers.add(console.person("ana", Role.DISPATCHER, "TOLUCA", ""));
        Browser other = console.person("luz", Role.DISPATCHER, "TOLUCA", "");
        while (browsers.size() < MAX_SESSIONS) {
            browsers.add(signedIn("ana"));
        }
        assertThat(working(browsers)).hasSize(MAX_SESSIONS);
        try (Browser.Events events = browsers.get(0).stream(null)) {
            events.await("event: hello");
            browsers.add(signedIn("ana"));
            events.await("ENDED");
            assertThat(events.all()).contains("event: signed-out");
        }
        assertThat(working(browsers)).isEqualTo(browsers.subList(1, browsers.size()));

        console.restart();
        browsers.add(signedIn("ana"));

        assertThat(working(browsers)).isEqualTo(browsers.subList(2, browsers.size()));
        assertThat(other.get("/api/items").status()).isEqualTo(200);
    }

    @Test
    @Order(1)
    void loginsAtOnceLeaveNoMoreSessionsThanInTurn() throws Exception {
        Map<String, String> key = Map.of("key", console.bean(Accounts.class).wallKey(1, "TOLUCA"));
        ExecutorService threads = Executors.newFixedThreadPool(MAX_SESSIONS);
        try {
            Callable<Browser> one =
                    () -> {
                        Browser browser = console.stranger();
                        assertThat(browser.post("/api/wall-login", key).status()).isEqualTo(200);
                        return browser;
                    };
            List<Browser> walls = new ArrayList<>();
            for (Future<Browser> each :
                    threads.invokeAll(Collections.nCopies(3 * MAX_SESSIONS, one))) {
                walls.add(each.get());
            }
            assertThat(working(walls)).hasSize(MAX_SESSIONS);
        } finally {
            threads.shutdown();
        }
    }

    /** A few thousand bytes of the millions that are for each are taken by no one. */
    @Test
    @Order(2)
    void streamsThatNoOneReadsHoldNoThreadsAndEnd() throws Exception {
        Browser reader = console.person("eva", Role.DISPATCHER, "TOLUCA", "");
        List<Wire> unread = new ArrayList<>();
        try (Browser.Events events = reader.stream(null);
                Wire late = unreadStream(reader)) {
            events.await("event: hello");
            for (Browser wall : walls(2)) {
                for (int i = 0; i < Stream.MAX_OF_SESSION; i++) {
                    unread.add(unreadStream(wall));
                }
            }
            Items items = console.bean(Items.class);
            RealConsole.await(() -> items.watchers() == 2 + unread.size());
            for (int i = 0; i < UNREAD_ALERTS; i++) {
                produce("unread-" + i, 80);
            }
            events.await("\"alert:unread-" + LAST + '"');
            produce("late", 80);
            assertThat(late.reads("\"alert:late\"")).isTrue();
            for (int i = 0; i < URGENT_ALERTS; i++) {
                produce("urgent-" + i, 95);
                assertThat(events.await("\"alert:urgent-" + i + '"')).isLessThan(PROMPT_MS);
                assertThat(threadsThatWrite()).isLessThan(unread.size() / 2);
                TimeUnit.MILLISECONDS.sleep(URGENT_EVERY_MS);
            }
            RealConsole.await(() -> items.watchers() == 2);
            assertThat(events.all()).doesNotContain("ENDED", "CLOSED");
        } finally {
            for (Wire each : unread) {
                each.close();
            }
        }
    }

    private static long threadsThatWrite() {
        String name = Stream.class.getName();
        return Thread.getAllStackTraces().values().stream()
                .filter(
                        stack ->
                                Arrays.stream(stack)
                                        .anyMatch(each -> each.getClassName().startsWith(name)))
                .count();
    }

    private static List<Browser> walls(int wall) {
        Map<String, String> key =
                Map.of("key", console.bean(Accounts.class).wallKey(wall, "TOLUCA"));
        List<Browser> walls = new ArrayList<>();
        for (int i = 0; i < UNREAD_SESSIONS; i++) {
            Browser browser = console.stranger();
            assertThat(browser.post("/api/wall-login", key).status()).isEqualTo(200);
            walls.add(browser);
        }
        return walls;
    }

    private static Wire unreadStream(Browser by) throws IOException {
        return new Wire(console.port(), 0, SMALL_WINDOW)
                .send(
                        "GET /api/stream HTTP/1.1\r\nHost: localhost\r\nCookie: __Host-atalaya="
                                + by.cookie("__Host-atalaya")
                                + "\r\n\r\n");
    }

    private static void produce(String id, int priority) {
        Alert alert =
                Samples.hit(
                        id,
                        System.currentTimeMillis(),
                        "CAM-2",
                        "NKR4816",
                        "INTEREST",
                        priority,
                        false,
                        List.of());
        console.producer.send(Topics.ALERTS, id, AlertCodec.write(alert), Map.of());
    }

    /** What waits is the work of a dispatcher and comes in any case. */
    @Test
    @Order(3)
    void platesOfAnHourNeedAReason() {
        Browser boss = console.person("boss", Role.SUPERVISOR, "TOLUCA", "");
        Browser auditor = console.person("auditor", Role.AUDITOR, "all", "");
        for (int i = 0; i < PLATES_PER_HOUR; i++) {
            produce("plates-" + i, 80);
        }
        Incident over =
                Samples.incident(
                        "over",
                        System.currentTimeMillis(),
                        Incident.Kind.PLACE,
                        "security",
                        Incident.Status.CLOSED,
                        85,
                        "TOLUCA",
                        "NKR4816",
                        List.of(),
                        List.of(),
                        false,
                        List.of());
        console.producer.send(Topics.INCIDENTS, "over", Incident.CODEC.write(over), Map.of());
        String all = "/api/items?limit=15";
        String search = all + "&plate=NKR*";
        Items items = console.bean(Items.class);
        RealConsole.await(() -> items.exists("incident:over"));
        RealConsole.await(() -> items.exists("alert:plates-" + (PLATES_PER_HOUR - 1)));
        assertThat(boss.get(search).status()).isEqualTo(200);

        Browser.Answer refused = boss.get(search);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("code").asString()).isEqualTo("reason-needed");
        assertThat(refused.json().path("field").asString()).isEqualTo("purpose");
        assertThat(refused.json().path("detail").asString())
                .startsWith("30 rows with plates")
                .contains("at most " + PLATES_PER_HOUR);
        assertThat(boss.get(search + "&purpose=%20").status()).isEqualTo(400);
        assertThat(boss.get(search + "&purpose=" + "x".repeat(1025)).status()).isEqualTo(400);
        Browser.Answer given = boss.get(search + "&purpose=case-4711");
        assertThat(given.json().path("items")).hasSize(15);
        for (String each : List.of("&list=DONE", "&list=QUEUE,DONE", "&list=DONE&limit=1")) {
            assertThat(boss.get("/api/items?x" + each).status()).as(each).isEqualTo(403);
            assertThat(boss.get("/api/items?purpose=case-4712" + each).status())
                    .as(each)
                    .isEqualTo(200);
        }
        for (String each : List.of("", "&list=QUEUE", "&list=REVIEW,QUEUE")) {
            assertThat(boss.get(all + each).json().path("items")).as(each).hasSize(15);
        }
        assertThat(auditor.get("/api/audit?action=SEARCH&user=boss").body())
                .contains("\"purpose\":\"case-4711\"")
                .contains("\"plates\":15");
        Map<String, String> export =
                Map.of("query", "plate=NKR*", "purpose", "report", "caseNumber", "C-1");
        assertThat(boss.post("/api/exports", export).status()).isEqualTo(200);
        assertThat(auditor.get("/api/audit?action=EXPORT&user=boss").body())
                .containsPattern("\"plates\":[1-9][0-9]");
    }

    @Test
    @Order(3)
    void anExportAndWhatWaitsCountAsPlatesOfTheHour() {
        Map<String, String> export =
                Map.of("query", "plate=NKR*", "purpose", "report", "caseNumber", "C-1");
        Browser exporter = console.person("exporter", Role.SUPERVISOR, "TOLUCA", "");
        assertThat(exporter.post("/api/exports", export).status()).isEqualTo(200);
        Browser reader = console.person("reader", Role.SUPERVISOR, "TOLUCA", "");
        assertThat(reader.get("/api/items?limit=19").status()).isEqualTo(200);
        for (Browser each : List.of(exporter, reader)) {
            assertThat(each.get("/api/items?limit=15&plate=NKR*").status()).isEqualTo(403);
        }
    }

    /** Of a machine at the same address, as behind one NAT. */
    @Test
    @Order(4)
    void aFloodOfLoginsKeepsNoOneOutWhoHasBeenThere() throws Exception {
        Browser paco = console.person("paco", Role.DISPATCHER, "TOLUCA", "");
        Browser eli = console.person("eli", Role.DISPATCHER, "TOLUCA", "");
        Authenticator key = new Authenticator(console.origin());
        Map<String, String> password = Map.of("password", RealConsole.PASSWORD);
        Browser.Answer offer = eli.post("/api/session/passkeys/options", password);
        Map<String, Object> added = Map.of("label", "key", "credential", key.create(offer.json()));
        assertThat(eli.post("/api/session/passkeys", added).status()).isEqualTo(200);
        AtomicInteger flood = new AtomicInteger();
        ExecutorService flooding = Executors.newFixedThreadPool(FLOOD_AT_ONCE);
        try {
            for (int i = 0; i < FLOOD_AT_ONCE; i++) {
                flooding.submit(
                        () -> {
                            while (!flooding.isShutdown()) {
                                wrong("unknown-" + flood.incrementAndGet());
                            }
                        });
            }
            RealConsole.await(() -> flood.get() > FLOOD);

            for (String each : List.of("paco", "no-one")) {
                assertThat(refused(() -> wrong(each))).as(each).isPositive();
            }
            for (int i = 0; i < TRIES; i++) {
                assertThat(signedIn("paco").get("/api/items").status()).isEqualTo(200);
                Browser next = console.stranger();
                JsonNode asked =
                        next.post(
                                        "/api/login",
                                        Map.of("name", "eli", "password", RealConsole.PASSWORD))
                                .json();
                next.get("/api/session");
                Map<String, Object> answer = Map.of("credential", key.get(asked.path("passkey")));
                assertThat(next.post("/api/login/passkey", answer).status()).isEqualTo(200);
            }
        } finally {
            flooding.shutdown();
            assertThat(flooding.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            for (Limits.Limit each :
                    List.of(Limits.Limit.SIGNING_IN, Limits.Limit.WRONG_FROM_ADDRESS)) {
                console.bean(Limits.class).forget(each, "127.0.0.1");
            }
        }
    }

    /** How many of some tries; a limit that fills again may let one through. */
    private static long refused(IntSupplier status) {
        return IntStream.range(0, TRIES).filter(i -> status.getAsInt() == 429).count();
    }

    private static int wrong(String name) {
        return console.stranger()
                .post("/api/login", Map.of("name", name, "password", "not-the-right-one"))
                .status();
    }

    /** Each holds a thread for seconds; those of another address are not the same machine's. */
    @Test
    @Order(4)
    void loginsOfWhichTheBodyDoesNotComeCountForTheirAddress() throws Exception {
        List<Wire> halfSent = new ArrayList<>();
        try {
            for (int i = 0; i < FLOOD; i++) {
                Wire wire = new Wire(console.port(), 7);
                halfSent.add(wire);
                wire.send(login(100) + "{");
            }
            List<Integer> statuses = new ArrayList<>();
            for (Wire each : halfSent) {
                statuses.add(each.answer(ANSWER_BYTES).status());
            }
            assertThat(statuses).contains(429);
            assertThat(statuses.stream().filter(each -> each == 429).count())
                    .isGreaterThan(FLOOD - Limits.Limit.BODIES.tries() - REFILLED);
        } finally {
            for (Wire each : halfSent) {
                each.close();
            }
        }
        assertThat(wrong("no-one")).isEqualTo(401);
    }

    private static String login(int length) {
        return "POST /api/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nCookie: "
                + Security.CSRF_COOKIE
                + "=5b3c\r\nX-XSRF-TOKEN: 5b3c\r\nContent-Length: "
                + length
                + "\r\n\r\n";
    }
}
