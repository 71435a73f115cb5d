package io.atalaya.console;

import io.atalaya.console.account.Accounts;
import io.atalaya.console.account.Grants;
import io.atalaya.console.account.Logins;
import io.atalaya.console.account.Sessions;
import io.atalaya.console.act.Acts;
import io.atalaya.console.audit.Audit;
import io.atalaya.console.connection.Broker;
import io.atalaya.console.feed.Feed;
import io.atalaya.console.item.Items;
import io.atalaya.console.queue.Stream;
import io.atalaya.console.request.Json;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Hash;
import io.atalaya.console.security.Limits;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Routes;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.audit.LookUp;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.topic.Topics;

import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The server as browsers know it, with a real broker and a real database. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIf(
        value = "io.atalaya.console.RealConsole#canStartPostgres",
        disabledReason =
                "PostgreSQL starts as another user than root, or where `unshare -U true` works")
@Tag("attack")
class ConsoleIT {
    @TempDir static Path directory;

    private static TestBroker broker;
    private static Broker producer;
    private static ConfigurableApplicationContext console;
    private static final MockOAuth2Server provider = new MockOAuth2Server();
    private static int port;
    private static int metricsPort;
    private static final Map<Role, Browser> BROWSERS = new EnumMap<>(Role.class);

    @BeforeAll
    static void start() throws Exception {
        broker = new TestBroker(directory.resolve("kafka"), 0);
        Files.createDirectories(directory.resolve("web"));
        Files.createDirectories(directory.resolve("map"));
        Files.writeString(directory.resolve("map/roads.geojson"), "{}");
        Files.writeString(directory.resolve("map/streets.pmtiles"), "PMTiles0123456789");
        provider.start();
        Files.writeString(directory.resolve("web/index.html"), "<!doctype html><title>x</title>");
        producer = new Broker(TestBroker.settings(Map.of("bootstrap.servers", broker.address())));
        port = TestBroker.freePort();
        metricsPort = TestBroker.freePort();
        startConsole();
        signIn();
    }

    private static void startConsole() {
        console = Console.start(settings());
        await(() -> console.getBean(Items.class).isCaughtUp());
    }

    private static String[] settings() {
        return new String[] {
            "--server.port=" + port,
            "--console.bootstrap-servers=" + broker.address(),
            "--console.data=" + directory.resolve("data"),
            "--console.web=" + directory.resolve("web"),
            "--console.basemap=" + directory.resolve("map"),
            "--console.sites=TOLUCA",
            "--console.metrics-port=" + metricsPort,
            "--console.oidc.issuer=" + provider.issuerUrl("house"),
            "--console.oidc.client-id=console",
            "--console.oidc.client-secret=secret"
        };
    }

    private static String origin() {
        return "http://localhost:" + port;
    }

    /** One person of each role: the first one by the link of the first start. */
    private static void signIn() {
        Accounts accounts = console.getBean(Accounts.class);
        Browser first = new Browser(origin());
        first.get("/api/session");
        String firstToken = accounts.firstToken();
        assertThat(
                        first.post(
                                        "/api/first-login",
                                        Map.of(
                                                "token",
                                                firstToken,
                                                "name",
                                                "boss",
                                                "password",
                                                RealConsole.PASSWORD,
                                                "site",
                                                "TOLUCA",
                                                "position",
                                                "TOLUCA-01"))
                                .status())
                .isEqualTo(200);
        assertThat(first.get("/api/session").json().path("signedIn").asBoolean()).isTrue();
        for (Role role : Role.values()) {
            Browser browser = new Browser(origin());
            browser.get("/api/session");
            Browser.Answer signedIn;
            if (role == Role.WALL) {
                String link =
                        first.post("/api/walls", Map.of("wall", 1)).json().path("link").asString();
                signedIn =
                        browser.post(
                                "/api/wall-login",
                                Map.of("key", link.substring(link.indexOf('#') + 1)));
            } else {
                // What the first supervisor may not give is given on the server.
                String token =
                        token(
                                new Grants.NewAccount(
                                        role.name().toLowerCase(Locale.ROOT),
                                        role.name(),
                                        Set.of(role),
                                        role == Role.SUPERVISOR ? Set.of("unit-1") : Set.of(),
                                        Set.of(),
                                        null));
                signedIn =
                        browser.post(
                                "/api/first-login",
                                Map.of(
                                        "token",
                                        token,
                                        "password",
                                        RealConsole.PASSWORD,
                                        "pin",
                                        "1234",
                                        "site",
                                        "TOLUCA",
                                        "position",
                                        "TOLUCA-" + role.ordinal()));
            }
            assertThat(signedIn.status()).as("%s: %s", role, signedIn.body()).isEqualTo(200);
            browser.get("/api/session");
            BROWSERS.put(role, browser);
        }
    }

    @AfterAll
    static void stop() {
        console.close();
        producer.close();
        broker.close();
        provider.shutdown();
    }

    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).isLessThan(240_000_000_000L);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Browser as(Role role) {
        return BROWSERS.get(role);
    }

    private static void hit(
            String id, String plate, int priority, boolean covert, String... notified) {
        long now = System.currentTimeMillis();
        Alert alert =
                Samples.hit(
                        id,
                        now,
                        "ARCH-1",
                        plate,
                        "STOLEN_VEHICLE",
                        priority,
                        covert,
                        List.of(notified));
        producer.send(Topics.ALERTS, id, AlertCodec.write(alert), Map.of());
    }

    private static void incident(String id, int priority, String... alerts) {
        producer.send(
                Topics.INCIDENTS,
                id,
                Incident.CODEC.write(
                        Samples.incident(
                                id,
                                System.currentTimeMillis(),
                                Incident.Kind.VEHICLE,
                                "stolen-vehicle",
                                Incident.Status.OPEN,
                                priority,
                                "TOLUCA",
                                "NKR4816",
                                List.of(alerts),
                                List.of(),
                                false,
                                List.of())),
                Map.of());
    }

    private static Browser.Answer awaitItem(Role role, String id) {
        await(() -> as(role).get("/api/items/" + id.replace(":", "%3A")).status() == 200);
        return as(role).get("/api/items/" + id.replace(":", "%3A"));
    }

    private static JsonNode act(
            Role role, String item, String actId, String type, Map<String, ?> more) {
        Map<String, Object> act = new HashMap<>(more);
        act.putAll(Map.of("actId", actId, "item", item, "revision", 1, "type", type));
        return as(role).post("/api/acts", Map.of("acts", List.of(act)))
                .json()
                .path("results")
                .get(0);
    }

    private static List<ConsumerRecord<String, byte[]>> records(String topic) {
        return TestBroker.records(broker.address(), topic);
    }

    @Test
    @Order(1)
    void listensOnItsOwnMachineAloneWithoutTls() throws Exception {
        List<String> addresses = new ArrayList<>();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            network.inetAddresses()
                    .filter(each -> !each.isLoopbackAddress())
                    .map(InetAddress::getHostAddress)
                    .forEach(addresses::add);
        }
        // Where a server that listens on every address answers, too.
        addresses.add("127.0.0.2");
        for (String address : addresses) {
            for (int each : List.of(port, metricsPort)) {
                assertThatThrownBy(() -> new Socket(address, each).close())
                        .as("%s, port %s", address, each)
                        .isInstanceOf(IOException.class);
            }
        }
        assertThat(Console.loopback("::1").isLoopbackAddress()).isTrue();
        assertThatThrownBy(() -> Console.loopback("0.0.0.0"))
                .hasMessageStartingWith("server.address: got 0.0.0.0, expected ");
    }

    /** A browser takes such a cookie from this host alone, so that no other host can set it. */
    @Test
    @Order(1)
    void bindsTheTokenAgainstForgedRequestsToItsHost() throws Exception {
        HttpResponse<String> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(origin() + "/api/session"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.headers().allValues("set-cookie"))
                .anySatisfy(
                        cookie ->
                                assertThat(cookie)
                                        .startsWith("__Host-XSRF-TOKEN=")
                                        .contains("Path=/", "Secure", "SameSite=Strict")
                                        .doesNotContain("Domain="))
                .noneSatisfy(cookie -> assertThat(cookie).startsWith("XSRF-TOKEN="));
    }

    /** Each line of the table, by each role and by no one. */
    @Test
    @Order(1)
    void letsEachRoleCallWhatTheTableSaysAndNothingElse() {
        for (Routes.Route route : Routes.ALL) {
            String path = route.pattern().replace("*", "none");
            if (path.equals("/api/logout")
                    || path.equals("/api/session/lock")
                    || path.equals("/api/stream")) {
                continue;
            }
            Browser stranger = new Browser(origin());
            stranger.get("/api/session");
            int unsigned = stranger.call(route.method().name(), path, null).status();
            if (route.roles() == null) {
                assertThat(unsigned).as("%s %s by no one", route.method(), path).isNotEqualTo(403);
                continue;
            }
            assertThat(unsigned).as("%s %s by no one", route.method(), path).isEqualTo(401);
            for (Role role : Role.values()) {
                Browser.Answer answer = as(role).call(route.method().name(), path, null);
                boolean isRefused =
                        answer.status() == 403 && answer.body().equals("{\"code\":\"forbidden\"}");
                assertThat(isRefused)
                        .as("%s %s by %s: %s", route.method(), path, role, answer)
                        .isEqualTo(!route.roles().contains(role));
                assertThat(answer.status())
                        .as("%s %s by %s: %s", route.method(), path, role, answer)
                        .isLessThan(500);
            }
        }
        for (Role role : Role.values()) {
            for (String path :
                    List.of("/api/anything", "/api/items/a/b", "/api", "/actuator", "/error")) {
                Browser.Answer answer = as(role).post(path, null);
                assertThat(answer.status()).as("%s by %s", path, role).isIn(401, 403);
            }
        }
    }

    @Test
    @Order(2)
    void refusesWhatAnotherSiteForges() {
        Browser.Answer answer =
                as(Role.DISPATCHER).call("POST", "/api/session/active", null, false);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("code").asString()).isEqualTo("csrf");
    }

    @Test
    @Order(3)
    void servesPagesUnderAStrictPolicy() {
        Browser.Answer page = new Browser(origin()).get("/incident/incident%3Ax");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().get("content-security-policy").get(0))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'");
        assertThat(page.headers())
                .containsKeys(
                        "x-content-type-options", "referrer-policy", "cross-origin-opener-policy");
        assertThat(new Browser(origin()).get("/../../etc/passwd.txt").status()).isNotEqualTo(200);
        assertThat(new Browser(origin()).get("/missing.js").status()).isEqualTo(404);
        // An encoded path is the same file.
        assertThat(new Browser(origin()).get("/missin%67.js").status()).isEqualTo(404);
        assertThat(new Browser(origin()).get("/%69ndex.html").status()).isEqualTo(200);
    }

    @Test
    @Order(4)
    void refusesTheSameWayWhetherANameExistsOrNot() {
        for (String name : List.of("auditor", "unknown")) {
            // Other tests have tried, too.
            for (String address : List.of("127.0.0.1", Limits.origin("::1"))) {
                console.getBean(Limits.class)
                        .forget(Limits.Limit.WRONG_FOR_NAME, name + " " + address);
            }
            Browser thief = new Browser(origin());
            thief.get("/api/session");
            for (int i = 0; i < Limits.Limit.WRONG_FOR_NAME.tries(); i++) {
                Map<String, String> guess = Map.of("name", name, "password", "wrong-" + i);
                Browser.Answer answer = thief.post("/api/login", guess);
                assertThat(answer.status()).as(name).isEqualTo(401);
                assertThat(answer.body()).isEqualTo("{\"code\":\"bad-credentials\"}");
            }
            Browser.Answer last =
                    thief.post(
                            "/api/login", Map.of("name", name, "password", RealConsole.PASSWORD));
            assertThat(last.status()).as(name).isEqualTo(429);
            assertThat(last.json().path("code").asString()).isEqualTo("too-many");
        }
        List<String> failed =
                console.getBean(JdbcClient.class)
                        .sql("SELECT record FROM lookup_audit WHERE record LIKE '%LOGIN_FAILED%'")
                        .query(String.class)
                        .list();
        assertThat(failed)
                .anyMatch(each -> each.contains("\"object\":\"auditor\""))
                .anyMatch(each -> each.contains("\"object\":\"unknown\""));
    }

    /** By whatever path, and before anything of it is read. */
    @Test
    @Order(4)
    void readsNoLargeBodyOfAStranger() {
        String[] many = new String[300_000];
        Arrays.fill(many, "");
        Map<String, Object> large =
                Map.of("name", "x", "password", "y", "credential", List.of(many));
        for (String path :
                List.of("/api/login", "/%61pi/login", "/api/l%6fgin", "/api/wall-login", "/page")) {
            Browser stranger = new Browser(origin());
            stranger.get("/api/session");
            assertThat(stranger.post(path, large).status()).as(path).isEqualTo(413);
        }
        Browser form = new Browser(origin());
        form.get("/api/session");
        assertThat(form.post("/api/login", Map.of("name", "a\u0000", "password", "x")).status())
                .isEqualTo(400);
    }

    @Test
    @Order(4)
    void takesNoTextThatStopsOthers() {
        Browser auditor = as(Role.AUDITOR);
        assertThat(as(Role.DISPATCHER).get("/api/items?plate=%00").status()).isEqualTo(400);
        assertThat(as(Role.DISPATCHER).get("/api/items?plate=A%C2%A0B").status()).isEqualTo(200);
        assertThat(auditor.get("/api/audit?action=SEARCH&user=dispatcher").status()).isEqualTo(200);
        for (Object groups : List.of(Arrays.asList("unit-1", null), List.of("a\u0000b"))) {
            Map<String, Object> account =
                    Map.of(
                            "name",
                            "nulls",
                            "displayName",
                            "N",
                            "roles",
                            Set.of(Role.DISPATCHER),
                            "groups",
                            groups);
            assertThat(as(Role.SUPERVISOR).post("/api/accounts", account).status()).isEqualTo(400);
        }
        Map<String, Object> other =
                Map.of(
                        "name", "Dispatcher",
                        "displayName", "D",
                        "roles", Set.of(Role.DISPATCHER));
        assertThat(as(Role.SUPERVISOR).post("/api/accounts", other).status()).isEqualTo(400);
        assertThat(as(Role.SUPERVISOR).get("/api/accounts").status()).isEqualTo(200);
    }

    @Test
    @Order(4)
    void boundsTheMutesOfAPerson() throws Exception {
        Map<String, Object> mute =
                Map.of(
                        "scope",
                        "ME",
                        "matcher",
                        Map.of("type", "no-such-type"),
                        "minutes",
                        1,
                        "reason",
                        "x".repeat(1024));
        List<String> made = madeAtOnce("/api/mutes", mute, "muteId");
        assertThat(made).hasSize(50);
        for (String each : made) {
            console.getBean(Limits.class).forget(Limits.Limit.MUTING, "supervisor");
            assertThat(as(Role.SUPERVISOR).call("DELETE", "/api/mutes/" + each, null).status())
                    .isEqualTo(204);
        }
        Map<String, Object> large = new HashMap<>(mute);
        large.put("matcher", Map.of("type", "x".repeat(1_000)));
        assertThat(as(Role.SUPERVISOR).post("/api/mutes", large).status()).isEqualTo(400);
    }

    /** Else one person's loop would have all screens load the mutes again and again. */
    @Test
    @Order(4)
    void limitsHowOftenAPersonChangesMutes() {
        Map<String, Object> mute =
                Map.of(
                        "scope",
                        "ME",
                        "matcher",
                        Map.of("type", "no-such-type"),
                        "minutes",
                        1,
                        "reason",
                        "x");
        Browser dispatcher = as(Role.DISPATCHER);
        Limits limits = console.getBean(Limits.class);
        // Other tests have made some.
        limits.forget(Limits.Limit.MUTING, "dispatcher");
        Browser.Answer made;
        int changes = 0;
        do {
            made = dispatcher.post("/api/mutes", mute);
            if (made.status() == 200) {
                String path = "/api/mutes/" + made.json().path("muteId").asString();
                changes += dispatcher.call("DELETE", path, null).status() == 204 ? 2 : 1;
            }
        } while (made.status() == 200 && changes < 2 * Limits.Limit.MUTING.tries());
        assertThat(made.status()).isEqualTo(429);
        assertThat(Integer.parseInt(made.headers().get("retry-after").get(0))).isBetween(1, 60);
        assertThat(changes).isGreaterThanOrEqualTo(Limits.Limit.MUTING.tries());
        assertThat(as(Role.SUPERVISOR).call("DELETE", "/api/mutes/none", null).status())
                .as("another person")
                .isEqualTo(404);
        limits.forget(Limits.Limit.MUTING, "dispatcher");
    }

    /**
     * Asks for sixty of something that a person may have fifty of.
     *
     * @return the ids of those that are made
     */
    private static List<String> madeAtOnce(String path, Map<String, Object> body, String id)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            Callable<Browser.Answer> one =
                    () -> {
                        // More at once than a person may make in a minute.
                        console.getBean(Limits.class).forget(Limits.Limit.MUTING, "supervisor");
                        return as(Role.SUPERVISOR).post(path, body);
                    };
            List<String> made = new ArrayList<>();
            for (Future<Browser.Answer> each : threads.invokeAll(Collections.nCopies(60, one))) {
                Browser.Answer answer = each.get();
                assertThat(answer.status()).isIn(200, 409);
                if (answer.status() == 200) {
                    made.add(answer.json().path(id).asString());
                }
            }
            return made;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Another browser of the same person; the link is the one that a supervisor gives. */
    @Test
    @Order(4)
    void endsSessionsWithWhatTheyWereBegunBy() {
        String link =
                as(Role.SUPERVISOR)
                        .post(
                                "/api/accounts",
                                Map.of(
                                        "name", "eva",
                                        "displayName", "Eva",
                                        "roles", Set.of(Role.DISPATCHER)))
                        .json()
                        .path("link")
                        .asString();
        Browser first = new Browser(origin());
        first.get("/api/session");
        Map<String, Object> login =
                Map.of(
                        "token",
                        link.substring(link.indexOf('#') + 1),
                        "password",
                        RealConsole.PASSWORD);
        assertThat(first.post("/api/first-login", login).status()).isEqualTo(200);
        first.get("/api/session");
        Browser second = signedInAs("eva", RealConsole.PASSWORD);
        assertThat(second.get("/api/items").status()).isEqualTo(200);
        Map<String, String> change =
                Map.of("password", RealConsole.PASSWORD, "newPassword", "otro-caballo-verde-7");
        assertThat(first.post("/api/session/password", change).status()).isEqualTo(204);
        assertThat(first.get("/api/items").status()).isEqualTo(200);
        assertThat(second.get("/api/items").status()).isEqualTo(401);

        assertThat(changed("eva", Map.of("sites", Set.of("TOLUCA")))).isEqualTo(200);
        assertThat(first.get("/api/items").status()).isEqualTo(401);
        Browser third = signedInAs("eva", "otro-caballo-verde-7");
        assertThat(changed("eva", Map.of("newLink", true))).isEqualTo(200);
        assertThat(third.get("/api/items").status()).isEqualTo(401);

        Browser wall = new Browser(origin());
        wall.get("/api/session");
        assertThat(wall.post("/api/wall-login", Map.of("key", wallKey())).status()).isEqualTo(200);
        assertThat(wall.get("/api/items").status()).isEqualTo(200);
        wallKey();
        assertThat(wall.get("/api/items").status()).isEqualTo(401);
    }

    /** Of the link of an account that the command on the server makes. */
    private static String token(Grants.NewAccount wanted) {
        return console.getBean(Grants.class).apply(wanted.name(), wanted).split("#")[1];
    }

    @Test
    @Order(4)
    void endsTheStreamOfADisabledAccountOnce() {
        String token =
                token(
                        new Grants.NewAccount(
                                "leo", "Leo", Set.of(Role.DISPATCHER), Set.of(), Set.of(), null));
        Browser leo = new Browser(origin());
        leo.get("/api/session");
        leo.post("/api/first-login", Map.of("token", token, "password", RealConsole.PASSWORD));
        Browser.Events events = leo.stream(null);
        events.await("event: hello");
        assertThat(changed("leo", Map.of("disabled", true))).isEqualTo(200);
        events.await("ENDED");
        assertThat(events.all().split("event: signed-out", -1)).hasSize(2);
    }

    /** Base64 of what a database refuses; and where the server goes on after a fault. */
    @Test
    @Order(4)
    void asksTheDatabaseForNothingThatIsNoSession() throws Exception {
        Map<String, Integer> answers = Map.of("/api/session", 200, "/error", 403);
        for (Map.Entry<String, Integer> each : answers.entrySet()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(origin() + each.getKey()))
                            .header("Cookie", "__Host-atalaya=AAAA")
                            .build();
            assertThat(
                            HttpClient.newHttpClient()
                                    .send(request, HttpResponse.BodyHandlers.ofString())
                                    .statusCode())
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
        }
    }

    private static int changed(String name, Map<String, ?> change) {
        return as(Role.SUPERVISOR).call("PATCH", "/api/accounts/" + name, change).status();
    }

    private static String wallKey() {
        String link =
                as(Role.SUPERVISOR)
                        .post("/api/walls", Map.of("wall", 2))
                        .json()
                        .path("link")
                        .asString();
        return link.substring(link.indexOf('#') + 1);
    }

    private static Browser signedInAs(String name, String password) {
        Browser browser = new Browser(origin());
        browser.get("/api/session");
        assertThat(browser.post("/api/login", Map.of("name", name, "password", password)).status())
                .isEqualTo(200);
        browser.get("/api/session");
        return browser;
    }

    @Test
    @Order(5)
    void pushesAnAlertAndAnswersIt() throws Exception {
        try (Browser.Events events = as(Role.DISPATCHER).stream(null)) {
            events.await("event: hello");
            hit("a1", "NKR4816", 80, false);
            events.await("\"alert:a1\"");
        }
        String actId = UUID.randomUUID().toString();
        JsonNode held =
                act(
                        Role.DISPATCHER,
                        "alert:a1",
                        actId,
                        "DISPOSE",
                        Map.of("outcome", "WRONG_PLATE"));
        assertThat(held.path("state").asString()).as(held.toString()).isEqualTo("HELD");
        JsonNode item = awaitItem(Role.DISPATCHER, "alert:a1").json().path("item");
        assertThat(item.path("list").asString()).isEqualTo("DONE");
        assertThat(item.path("pending").path("actId").asString()).isEqualTo(actId);

        assertThat(as(Role.SUPERVISOR).post("/api/acts/" + actId + "/undo", null).status())
                .isEqualTo(404);
        assertThat(as(Role.DISPATCHER).post("/api/acts/" + actId + "/undo", null).status())
                .isEqualTo(200);
        assertThat(
                        awaitItem(Role.DISPATCHER, "alert:a1")
                                .json()
                                .path("item")
                                .path("list")
                                .asString())
                .isEqualTo("QUEUE");

        // Once more, for good; repeated by a browser that heard no answer.
        String second = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            assertThat(
                            act(
                                            Role.DISPATCHER,
                                            "alert:a1",
                                            second,
                                            "DISPOSE",
                                            Map.of("outcome", "CORRECT"))
                                    .path("ok")
                                    .asBoolean())
                    .isTrue();
        }
        await(() -> records(Topics.DISPOSITIONS).size() == 1);
        Disposition sent = Disposition.CODEC.read(records(Topics.DISPOSITIONS).get(0).value());
        assertThat(sent.dispositionId()).isEqualTo(second);
        assertThat(sent.operator()).isEqualTo("dispatcher");
        assertThat(
                        as(Role.DISPATCHER)
                                .post("/api/acts/" + second + "/undo", null)
                                .json()
                                .path("code")
                                .asString())
                .isEqualTo("not-undoable");
        assertThat(as(Role.DISPATCHER).get("/api/devices/ARCH-1").status()).isEqualTo(404);
    }

    @Test
    @Order(6)
    void acceptsAnIncidentAtOnce() throws Exception {
        incident("i1", 85, "a2");
        awaitItem(Role.DISPATCHER, "incident:i1");
        String actId = UUID.randomUUID().toString();

        assertThat(
                        act(Role.DISPATCHER, "incident:i1", actId, "ACCEPT", Map.of())
                                .path("state")
                                .asString())
                .isEqualTo("SENT");

        DispatchResponse sent =
                DispatchResponse.CODEC.read(records(Topics.DISPATCH_RESPONSES).get(0).value());
        assertThat(sent.responseId()).isEqualTo(actId);
        assertThat(sent.action()).isInstanceOf(DispatchResponse.Accept.class);
        assertThat(
                        act(
                                        Role.DISPATCHER,
                                        "incident:i1",
                                        UUID.randomUUID().toString(),
                                        "REOPEN",
                                        Map.of())
                                .path("code")
                                .asString())
                .isEqualTo("not-allowed-now");
        assertThat(
                        as(Role.DISPATCHER)
                                .post("/api/acts/" + actId + "/undo", null)
                                .json()
                                .path("state")
                                .asString())
                .isEqualTo("UNDONE");
        assertThat(
                        DispatchResponse.CODEC
                                .read(records(Topics.DISPATCH_RESPONSES).get(1).value())
                                .action())
                .isInstanceOf(DispatchResponse.Reject.class);
    }

    /** As when the broker was away for longer than dispatch has to confirm it. */
    @Test
    @Order(7)
    void showsAgainWhatLeftLateAndWasNotConfirmed() {
        incident("late", 85, "a9");
        awaitItem(Role.DISPATCHER, "incident:late");
        String actId = UUID.randomUUID().toString();
        act(Role.DISPATCHER, "incident:late", actId, "CLOSE", Map.of("outcome", "CORRECT"));
        console.getBean(JdbcClient.class)
                .sql(
                        "UPDATE act SET at = at - interval '90 seconds',"
                                + " due_at = due_at - interval '90 seconds' WHERE act_id = ?")
                .param(actId)
                .update();
        await(() -> isLeft(actId));
        Acts acts = console.getBean(Acts.class);
        acts.forgetUnconfirmed(System.currentTimeMillis());
        assertThat(list("incident:late")).isEqualTo("DONE");
        acts.forgetUnconfirmed(System.currentTimeMillis() + 30_000);
        assertThat(list("incident:late")).isEqualTo("QUEUE");
    }

    private static boolean isLeft(String actId) {
        return console.getBean(JdbcClient.class)
                .sql("SELECT state FROM act WHERE act_id = ?")
                .param(actId)
                .query(String.class)
                .single()
                .equals("SENT");
    }

    private static String list(String item) {
        return awaitItem(Role.DISPATCHER, item).json().path("item").path("list").asString();
    }

    /** A supervisor of all sites sees an incident that has moved to the other one. */
    @Test
    @Order(7)
    void answersForTheSiteThatHasTheIncidentWhereThePersonHasNone() throws Exception {
        Browser supervisor = new Browser(origin());
        supervisor.get("/api/session");
        assertThat(
                        supervisor
                                .post(
                                        "/api/login",
                                        Map.of(
                                                "name",
                                                "supervisor",
                                                "password",
                                                RealConsole.PASSWORD))
                                .status())
                .isEqualTo(200);
        supervisor.get("/api/session");
        incident("moved", "TOLUCA", "ECATEPEC");
        incident("nowhere", null, null);
        awaitItem(Role.DISPATCHER, "incident:moved");
        awaitItem(Role.DISPATCHER, "incident:nowhere");

        assertThat(accept(supervisor, "incident:moved").path("ok").asBoolean()).isTrue();
        List<String> sites = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> each : records(Topics.DISPATCH_RESPONSES)) {
            if (each.key().equals("moved")) {
                sites.add(DispatchResponse.CODEC.read(each.value()).site());
            }
        }
        assertThat(sites).containsExactly("ECATEPEC");
        assertThat(accept(supervisor, "incident:nowhere").path("code").asString())
                .isEqualTo("no-site");

        assertThat(supervisor.call("PUT", "/api/session", Map.of("site", "TOLUCA")).status())
                .isEqualTo(200);
        assertThat(accept(supervisor, "incident:nowhere").path("ok").asBoolean()).isTrue();
    }

    private static void incident(String id, String site, String assigned) {
        producer.send(
                Topics.INCIDENTS,
                id,
                Incident.CODEC.write(
                        Samples.incident(id, System.currentTimeMillis(), site, assigned)),
                Map.of());
    }

    private static JsonNode accept(Browser browser, String item) {
        return browser.post(
                        "/api/acts",
                        Map.of(
                                "acts",
                                List.of(
                                        Map.of(
                                                "actId",
                                                UUID.randomUUID().toString(),
                                                "item",
                                                item,
                                                "revision",
                                                1,
                                                "type",
                                                "ACCEPT"))))
                .json()
                .path("results")
                .get(0);
    }

    @Test
    @Order(7)
    void writesMutesAndEntriesInTheirTopics() throws Exception {
        Map<String, Object> mute =
                Map.of(
                        "scope",
                        "ALL",
                        "matcher",
                        Map.of("type", "crowd"),
                        "minutes",
                        30,
                        "reason",
                        "fair",
                        "caseNumber",
                        "C-1");
        assertThat(as(Role.DISPATCHER).post("/api/mutes", mute).status()).isEqualTo(403);
        Browser.Answer muted = as(Role.SUPERVISOR).post("/api/mutes", mute);
        assertThat(muted.status()).as(muted.body()).isEqualTo(200);
        assertThat(Mute.CODEC.read(records(Topics.MUTES).get(0).value()).author())
                .isEqualTo("supervisor");
        String muteId = muted.json().path("muteId").asString();
        assertThat(as(Role.ANALYST).get("/api/mutes").body()).contains(muteId);
        assertThat(as(Role.SUPERVISOR).call("DELETE", "/api/mutes/" + muteId, null).status())
                .isEqualTo(204);
        await(() -> records(Topics.MUTES).size() == 2);

        Browser.Answer listed =
                as(Role.SUPERVISOR)
                        .post(
                                "/api/hotlist",
                                Map.of(
                                        "entry",
                                        Map.of(
                                                "plate",
                                                "XYZ1234",
                                                "reason",
                                                "STOLEN_VEHICLE",
                                                "caseNumber",
                                                "C-2",
                                                "agency",
                                                "FGJEM"),
                                        "purpose",
                                        "report 12"));
        assertThat(listed.status()).as(listed.body()).isEqualTo(200);
        ConsumerRecord<String, byte[]> entry = records(Topics.HOTLIST).get(0);
        assertThat(HotlistEntryCodec.read(entry.value()).plate()).isEqualTo("XYZ1234");
        assertThat(new String(entry.headers().lastHeader("operator").value()))
                .isEqualTo("supervisor");
        assertThat(
                        as(Role.SUPERVISOR)
                                .post(
                                        "/api/hotlist",
                                        Map.of("entry", Map.of("plate", "X"), "purpose", "p"))
                                .status())
                .isEqualTo(400);
        assertThat(
                        as(Role.SUPERVISOR)
                                .call("DELETE", "/api/hotlist/of-another?purpose=p", null)
                                .status())
                .isEqualTo(404);
    }

    @Test
    @Order(7)
    void savesAViewForItsOwner() {
        Map<String, Object> view = Map.of("name", "Toluca", "query", "site=TOLUCA");
        Browser.Answer saved = as(Role.DISPATCHER).post("/api/views", view);
        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
        String viewId = saved.json().path("viewId").asString();
        assertThat(as(Role.DISPATCHER).get("/api/views").body()).contains(viewId);
        assertThat(as(Role.SUPERVISOR).get("/api/views").body()).doesNotContain(viewId);
        String path = "/api/views/" + viewId;
        assertThat(as(Role.SUPERVISOR).call("DELETE", path, null).status()).isEqualTo(404);
        assertThat(as(Role.DISPATCHER).call("DELETE", path, null).status()).isEqualTo(204);
    }

    /** A view that others see names nothing that may be covert. */
    @Test
    @Order(7)
    void sharesNoViewWithAPlateOrAnItem() {
        for (String query :
                List.of(
                        "plate=ABC123",
                        "site=TOLUCA&%70late=ABC123",
                        "?plate=A*",
                        "item=incident:I-1")) {
            Map<String, Object> view = Map.of("name", "v", "query", query, "shared", true);
            assertThat(as(Role.SUPERVISOR).post("/api/views", view).status())
                    .as(query)
                    .isEqualTo(400);
        }
        Map<String, Object> own = Map.of("name", "v", "query", "plate=ABC123");
        Browser.Answer saved = as(Role.SUPERVISOR).post("/api/views", own);
        assertThat(saved.status()).isEqualTo(200);
        String path = "/api/views/" + saved.json().path("viewId").asString();
        assertThat(as(Role.SUPERVISOR).call("DELETE", path, null).status()).isEqualTo(204);
    }

    /** All load the shared ones. */
    @Test
    @Order(7)
    void boundsTheViewsOfAPerson() throws Exception {
        Map<String, Object> view = Map.of("name", "v", "query", "site=TOLUCA", "shared", true);
        List<String> made = madeAtOnce("/api/views", view, "viewId");
        assertThat(made).hasSize(50);
        for (String each : made) {
            assertThat(as(Role.SUPERVISOR).call("DELETE", "/api/views/" + each, null).status())
                    .isEqualTo(204);
        }
    }

    /** Every answer to everybody outside the list of recipients, byte for byte. */
    @Test
    @Order(8)
    void letsNothingCovertOut() throws Exception {
        Map<Role, Browser.Events> streams = new EnumMap<>(Role.class);
        BROWSERS.forEach((role, browser) -> streams.put(role, browser.stream(null)));
        streams.values().forEach(each -> each.await("event: hello"));
        hit("SECRETID", "SECRET9", 95, true, "unit-1");
        incident("PUBLICID", 60, "b1");
        long now = System.currentTimeMillis();
        producer.send(
                Topics.VIDEOWALL,
                "TOLUCA",
                Wall.CODEC.write(
                        new Wall(
                                "TOLUCA",
                                now,
                                4,
                                List.of(
                                        new Wall.Panel(1, "CAM-1", "SECRETINC", 10, true),
                                        new Wall.Panel(2, "CAM-2", "PUBLICID", 10, true)))),
                Map.of());
        producer.send(
                Topics.DRONE_TASKS,
                "SECRETINC",
                DroneTask.CODEC.write(
                        new DroneTask(
                                "SECRETTASK",
                                "SECRETINC",
                                now,
                                "D-1",
                                DroneTask.Status.PROPOSED,
                                "x",
                                95,
                                "TOLUCA",
                                new Place(19.3, -99.6, 5),
                                100,
                                60,
                                50,
                                now + 60_000,
                                null,
                                null)),
                Map.of());
        await(() -> as(Role.WALL).get("/api/videowall").body().contains("PUBLICID"));
        await(() -> as(Role.SUPERVISOR).get("/api/items").body().contains("SECRETID"));
        await(() -> as(Role.DISPATCHER).get("/api/items").body().contains("PUBLICID"));
        assertThat(awaitItem(Role.SUPERVISOR, "alert:SECRETID").body()).contains("SECRET9");
        act(
                Role.SUPERVISOR,
                "alert:SECRETID",
                UUID.randomUUID().toString(),
                "NOTE",
                Map.of("text", "seen"));
        as(Role.SUPERVISOR)
                .post(
                        "/api/mutes",
                        Map.of(
                                "scope",
                                "ME",
                                "matcher",
                                Map.of("plate", "SECRET9"),
                                "minutes",
                                5,
                                "reason",
                                "x"));
        for (Map.Entry<Role, Browser> each : BROWSERS.entrySet()) {
            if (each.getKey() == Role.SUPERVISOR) {
                continue;
            }
            for (Routes.Route route : Routes.ALL) {
                for (String id :
                        List.of("alert%3ASECRETID", "SECRETID", "ARCH-1", "incident%3APUBLICID")) {
                    if (route.method().name().equals("GET")
                            && !route.pattern().equals("/api/stream")) {
                        Browser.Answer answer =
                                each.getValue()
                                        .get(
                                                route.pattern()
                                                                .replaceFirst("\\*", id)
                                                                .replace("*", "0")
                                                        + "?limit=500");
                        assertThat(answer.body())
                                .as("%s of %s", route.pattern(), each.getKey())
                                .doesNotContain("SECRET");
                    }
                }
            }
            Browser.Answer refused =
                    each.getValue()
                            .post(
                                    "/api/acts",
                                    Map.of(
                                            "acts",
                                            List.of(
                                                    Map.of(
                                                            "actId", UUID.randomUUID().toString(),
                                                            "item", "alert:SECRETID",
                                                            "type", "NOTE",
                                                            "revision", 1,
                                                            "text", "x"))));
            assertThat(refused.body()).doesNotContain("\"ok\":true");
        }
        streams.get(Role.SUPERVISOR).await("SECRET9");
        streams.get(Role.DISPATCHER).await("PUBLICID");
        streams.get(Role.WALL).await("PUBLICID");
        for (Map.Entry<Role, Browser.Events> each : streams.entrySet()) {
            if (each.getKey() != Role.SUPERVISOR) {
                assertThat(each.getValue().all())
                        .as("stream of %s", each.getKey())
                        .doesNotContain("SECRET");
            }
            each.getValue().close();
        }
    }

    @Test
    @Order(9)
    void hidesAllBehindALockedScreenButThatSomethingWaits() throws Exception {
        Browser dispatcher = as(Role.DISPATCHER);
        try (Browser.Events events = dispatcher.stream(null)) {
            events.await("event: hello");
            assertThat(dispatcher.post("/api/session/lock", null).status()).isEqualTo(204);
            assertThat(dispatcher.get("/api/items").status()).isEqualTo(423);
            incident("while-locked", 85, "c1");
            awaitItem(Role.SUPERVISOR, "incident:while-locked");
            events.await("event: waiting");
            assertThat(dispatcher.post("/api/session/unlock", Map.of("pin", "9999")).status())
                    .isEqualTo(401);
            assertThat(events.all()).doesNotContain("while-locked");
            assertThat(dispatcher.post("/api/session/unlock", Map.of("pin", "1234")).status())
                    .isEqualTo(200);
            events.await("event: resync");
        }
        assertThat(dispatcher.get("/api/items").status()).isEqualTo(200);
    }

    @Test
    @Order(9)
    void endsTheOldestStreamOfASessionThatOpensTooMany() throws Exception {
        List<Browser.Events> streams = new ArrayList<>();
        assertThat(Stream.MAX_OF_SESSION).isEqualTo(6);
        for (int i = 0; i <= Stream.MAX_OF_SESSION; i++) {
            streams.add(as(Role.ANALYST).stream(null));
            streams.get(i).await("event: hello");
        }

        streams.get(0).await("ENDED");
        for (Browser.Events each : streams.subList(1, streams.size())) {
            assertThat(each.all()).doesNotContain("ENDED", "CLOSED");
            each.close();
        }
    }

    @Test
    @Order(9)
    void opensNoMoreStreamsAtOnceThanInTurn() throws Exception {
        int wanted = 4 * Stream.MAX_OF_SESSION;
        ExecutorService threads = Executors.newFixedThreadPool(wanted);
        List<Browser.Events> streams = new ArrayList<>();
        try {
            List<Future<Browser.Events>> opened = new ArrayList<>();
            for (int i = 0; i < wanted; i++) {
                opened.add(threads.submit(() -> as(Role.ANALYST).stream(null)));
            }
            for (Future<Browser.Events> each : opened) {
                streams.add(each.get());
                streams.get(streams.size() - 1).await("event: hello");
            }
            await(() -> open(streams) <= Stream.MAX_OF_SESSION);
            assertThat(open(streams)).isEqualTo(Stream.MAX_OF_SESSION);
        } finally {
            threads.shutdown();
            for (Browser.Events each : streams) {
                each.close();
            }
        }
    }

    private static long open(List<Browser.Events> streams) {
        return streams.stream()
                .filter(each -> !each.all().contains("ENDED") && !each.all().contains("CLOSED"))
                .count();
    }

    @Test
    @Order(9)
    void checksNoMorePinsAtOnceThanInTurn() throws Exception {
        Browser operator = new Browser(origin());
        operator.get("/api/session");
        Map<String, String> login = Map.of("name", "operator", "password", RealConsole.PASSWORD);
        assertThat(operator.post("/api/login", login).status()).isEqualTo(200);
        operator.get("/api/session");
        assertThat(operator.post("/api/session/lock", null).status()).isEqualTo(204);
        long before = recorded("UNLOCK_FAILED", "operator");
        int wanted = 20;
        ExecutorService threads = Executors.newFixedThreadPool(wanted);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < wanted; i++) {
                String pin = "99" + (10 + i);
                answers.add(
                        threads.submit(
                                () ->
                                        operator.post("/api/session/unlock", Map.of("pin", pin))
                                                .status()));
            }
            for (Future<Integer> each : answers) {
                assertThat(each.get()).isEqualTo(401);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(recorded("UNLOCK_FAILED", "operator") - before).isEqualTo(5);
        assertThat(operator.post("/api/session/unlock", Map.of("pin", "1234")).status())
                .as("the session has ended")
                .isEqualTo(401);
    }

    /** Also right ones cost the processor as much as wrong ones. */
    @Test
    @Order(9)
    void checksFewSecretsOfOnePerson() {
        Logins logins = console.getBean(Logins.class);
        // The bucket fills again meanwhile, more slowly than it is used.
        int most = 10 * Limits.Limit.CONFIRMING.tries();
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < most; i++) {
                                logins.unlocks("investigator", "1234", null, "127.0.0.1");
                            }
                        })
                .isInstanceOf(Problem.class)
                .hasMessageContaining("too-many");
    }

    /** All places for strangers are taken; who is signed in unlocks nevertheless. */
    @Test
    @Order(9)
    void unlocksDuringAFloodOfLogins() throws Exception {
        Logins logins = console.getBean(Logins.class);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger refused = new AtomicInteger();
        ExecutorService strangers = Executors.newFixedThreadPool(100);
        try {
            for (int i = 0; i < 100; i++) {
                strangers.submit(
                        () -> {
                            try {
                                logins.hash(() -> hold(end));
                            } catch (Problem e) {
                                refused.incrementAndGet();
                            }
                        });
            }
            await(() -> refused.get() > 0);
            assertThatThrownBy(() -> logins.hash(() -> true)).isInstanceOf(Problem.class);
            assertThat(logins.unlocks("analyst", "1234", null, "127.0.0.1")).isTrue();
            assertThat(signedInAs("analyst", RealConsole.PASSWORD).get("/api/items").status())
                    .as("who has signed in there before")
                    .isEqualTo(200);
        } finally {
            end.countDown();
            strangers.shutdown();
            assertThat(strangers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static boolean hold(CountDownLatch end) {
        try {
            return end.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Order(9)
    void staysLockedForIdlenessAfterAWrongPin() throws Exception {
        Browser dispatcher = as(Role.DISPATCHER);
        letBeIdle("dispatcher", Sessions.IDLE.plusMinutes(1));
        assertThat(dispatcher.get("/api/items").status()).isEqualTo(423);
        assertThat(dispatcher.post("/api/session/unlock", Map.of("pin", "9999")).status())
                .isEqualTo(401);
        assertThat(dispatcher.get("/api/items").status()).isEqualTo(423);
        assertThat(dispatcher.call("PUT", "/api/session", Map.of("position", "TOLUCA-99")).status())
                .isEqualTo(423);
        assertThat(dispatcher.post("/api/session/unlock", Map.of("pin", "1234")).status())
                .isEqualTo(200);
        assertThat(dispatcher.get("/api/items").status()).isEqualTo(200);
    }

    private static void letBeIdle(String name, Duration time) throws Exception {
        Field all = Sessions.class.getDeclaredField("signed");
        all.setAccessible(true);
        Field activeAt = Sessions.Signed.class.getDeclaredField("activeAt");
        activeAt.setAccessible(true);
        for (Object each : ((Map<?, ?>) all.get(console.getBean(Sessions.class))).values()) {
            if (((Sessions.Signed) each).name().equals(name)) {
                activeAt.set(each, System.currentTimeMillis() - time.toMillis());
            }
        }
    }

    @Test
    @Order(10)
    void provesWhoLookedAtWhat() throws Exception {
        Browser auditor = as(Role.AUDITOR);
        Browser.Answer records = auditor.get("/api/audit?action=OPEN&limit=1000");
        assertThat(records.body()).contains("alert:a1").contains("\"object\":\"covert\"");
        assertThat(auditor.get("/api/audit/verify").json().path("ok").asBoolean()).isTrue();
        List<String> sent = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> each : records(Topics.LOOK_UPS)) {
            sent.add(LookUp.CODEC.read(each.value()).recordHash());
        }
        assertThat(hashes(auditor)).containsAll(sent);

        JdbcClient jdbc = console.getBean(JdbcClient.class);
        String hidden = "(SELECT max(id) FROM lookup_audit WHERE notified IS NOT NULL)";
        jdbc.sql(
                        "UPDATE lookup_audit SET notified = array_append(notified, 'auditor')"
                                + " WHERE id = "
                                + hidden)
                .update();
        assertThat(auditor.get("/api/audit/verify").json().path("ok").asBoolean())
                .as("shown to one more")
                .isFalse();
        jdbc.sql(
                        "UPDATE lookup_audit SET notified = array_remove(notified, 'auditor')"
                                + " WHERE id = "
                                + hidden)
                .update();
        assertThat(auditor.get("/api/audit/verify").json().path("ok").asBoolean()).isTrue();
        jdbc.sql(
                        "UPDATE lookup_audit SET record = replace(record, 'dispatcher', 'stranger') WHERE id = (SELECT min(id) FROM lookup_audit WHERE record LIKE '%dispatcher%')")
                .update();
        JsonNode verdict = auditor.get("/api/audit/verify").json();
        assertThat(verdict.path("ok").asBoolean()).isFalse();
        assertThat(verdict.path("firstBad").asLong()).isPositive();
        assertThat(hashes(auditor))
                .as("computed again")
                .doesNotContainAnyElementsOf(
                        sent.subList(verdict.path("firstBad").asInt() - 1, sent.size()));
    }

    /** Of all look-ups, computed again. */
    private static List<String> hashes(Browser auditor) {
        Browser.Answer lines = auditor.get("/api/audit/hashes");
        assertThat(lines.status()).isEqualTo(200);
        return lines.body().lines().map(each -> each.split(" ")[2]).toList();
    }

    @Test
    @Order(11)
    void changesAnAccountAtOnce() {
        Browser investigator = as(Role.INVESTIGATOR);
        assertThat(investigator.get("/api/devices").status()).isEqualTo(200);
        assertThat(
                        as(Role.SUPERVISOR)
                                .call(
                                        "PATCH",
                                        "/api/accounts/investigator",
                                        Map.of("disabled", true))
                                .status())
                .isEqualTo(200);

        assertThat(investigator.get("/api/devices").status()).isEqualTo(401);
        assertThat(
                        as(Role.SUPERVISOR)
                                .call(
                                        "PATCH",
                                        "/api/accounts/supervisor",
                                        Map.of("groups", Set.of("all")))
                                .status())
                .isEqualTo(403);
    }

    @Test
    @Order(12)
    void sendsEachLookUpToTheTopicInTheOrderOfTheTable() throws Exception {
        JdbcClient jdbc = console.getBean(JdbcClient.class);
        as(Role.SUPERVISOR).get("/api/items?plate=SECRET9");
        List<String> hashes =
                jdbc.sql("SELECT hash FROM lookup_audit ORDER BY id").query(String.class).list();
        await(() -> records(Topics.LOOK_UPS).size() >= hashes.size());
        List<LookUp> sent = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> each : records(Topics.LOOK_UPS)) {
            assertThat(new String(each.value())).doesNotContain("SECRET", "NKR4816", "XYZ1234");
            sent.add(LookUp.CODEC.read(each.value()));
        }
        assertThat(sent.subList(0, hashes.size()))
                .extracting(LookUp::recordHash)
                .containsExactlyElementsOf(hashes);
        assertThat(sent)
                .extracting(LookUp::kind)
                .contains("detail", "search", "history", "first-login", "hotlist-add", "dispose");
        assertThat(sent)
                .filteredOn(each -> each.kind().equals("hotlist-add"))
                .extracting(LookUp::purpose)
                .contains("report 12");

        // As if the console had been killed before it noted what it had sent.
        jdbc.sql("UPDATE look_up_sent SET id = 3").update();
        await(() -> records(Topics.LOOK_UPS).size() >= 2 * hashes.size() - 3);
        assertThat(
                        LookUp.CODEC
                                .read(records(Topics.LOOK_UPS).get(hashes.size()).value())
                                .lookUpId())
                .isEqualTo(sent.get(3).lookUpId());
    }

    @Test
    @Order(13)
    void saysWhoIsOnDuty() throws Exception {
        String position = "\"position\":\"TOLUCA-0\",\"operator\":\"dispatcher\"";
        try (Browser.Events events = as(Role.DISPATCHER).stream(null)) {
            events.await("event: hello");
            await(
                    () ->
                            records(Topics.SITE_PRESENCE).stream()
                                    .anyMatch(each -> Json.text(each.value()).contains(position)));
            await(
                    () -> {
                        JsonNode site = as(Role.OPERATOR).get("/api/sites").json().path("sites");
                        return site.toString().contains(position)
                                && site.get(0).path("up").asBoolean();
                    });
        }
        for (ConsumerRecord<String, byte[]> each : records(Topics.SITE_PRESENCE)) {
            assertThat(each.key()).isEqualTo("TOLUCA");
            assertThat(SitePresence.CODEC.read(each.value()).positions()).isNotEmpty();
        }
    }

    @Test
    @Order(14)
    void exportsWithTheNameOfWhoTookIt() throws Exception {
        hit("formula", "=A1+1", 60, false);
        awaitItem(Role.ANALYST, "alert:formula");
        assertThat(
                        as(Role.ANALYST)
                                .post("/api/exports", Map.of("query", "", "purpose", "p"))
                                .json()
                                .path("field")
                                .asString())
                .isEqualTo("caseNumber");

        Browser.Answer exported =
                as(Role.ANALYST)
                        .post(
                                "/api/exports",
                                Map.of(
                                        "query",
                                        "list=QUEUE,REVIEW,DONE",
                                        "purpose",
                                        "report 13",
                                        "caseNumber",
                                        "C-13"));

        assertThat(exported.status()).as(exported.body()).isEqualTo(200);
        Map<String, byte[]> files = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(exported.bytes()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        JsonNode manifest = Json.MAPPER.readTree(files.get("manifest.json"));
        byte[] rows = files.get(manifest.path("file").asString());
        assertThat(Hash.of(rows)).isEqualTo(manifest.path("sha256").asString());
        List<String> lines = new String(rows, StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(manifest.path("rows").asInt() + 1).hasSizeGreaterThan(2);
        assertThat(lines.get(0)).startsWith("id,").endsWith(",watermark");
        assertThat(lines.subList(1, lines.size()))
                .allMatch(line -> line.contains("\"analyst ") && line.endsWith(" C-13\""))
                .anyMatch(line -> line.contains("\"'=A1+1\""))
                .noneMatch(line -> line.contains("SECRET"));
        String look = as(Role.AUDITOR).get("/api/audit?action=EXPORT").body();
        assertThat(look)
                .contains(manifest.path("sha256").asString())
                .contains(manifest.path("auditHash").asString());
    }

    @Test
    @Order(15)
    void limitsWhatAPersonAsksFor() {
        int answered = 0;
        Browser.Answer last;
        do {
            // Another way to write the same path counts as well.
            last =
                    as(Role.SUPERVISOR)
                            .get((answered % 2 == 0 ? "/api/items" : "/api/%69tems") + "?plate=Z");
            answered += last.status() == 200 ? 1 : 0;
        } while (last.status() == 200 && answered < 3 * Limits.Limit.EXPENSIVE.tries());
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.json().path("retryAfterSeconds").asInt()).isBetween(1, 60);
        assertThat(answered).isLessThan(2 * Limits.Limit.EXPENSIVE.tries());
        assertThat(as(Role.SUPERVISOR).get("/api/%69tems?plate=Z").status()).isEqualTo(429);
        assertThat(as(Role.SUPERVISOR).get("/api/items").status()).isEqualTo(200);
    }

    @Test
    @Order(16)
    void servesPartsOfTheMap() {
        Browser wall = as(Role.WALL);
        assertThat(wall.get("/api/basemap").body())
                .contains("/api/basemap/roads.geojson")
                .contains("\"pmtiles\"");
        Browser.Answer part = wall.range("/api/basemap/streets.pmtiles", "7-10");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("0123");
        assertThat(part.headers().get("content-range")).containsExactly("bytes 7-10/17");
        assertThat(part.headers().get("cache-control")).containsExactly("private, max-age=3600");
        assertThat(part.headers()).containsKey("etag");
        assertThat(wall.range("/api/basemap/streets.pmtiles", "90-99").status()).isEqualTo(416);
        assertThat(wall.get("/api/basemap/..%2fweb%2findex.html").status()).isNotEqualTo(200);
    }

    /** Neither factor alone; and that the second does not undo the first (#18128 of Spring's). */
    @Test
    @Order(17)
    void asksForThePasskeyOfWhoHasOne() throws Exception {
        Browser operator = as(Role.OPERATOR);
        Authenticator key = new Authenticator(origin());
        assertThat(
                        operator.post(
                                        "/api/session/passkeys/options",
                                        Map.of("password", "not-the-right-one"))
                                .status())
                .isEqualTo(401);
        Browser.Answer offer =
                operator.post(
                        "/api/session/passkeys/options", Map.of("password", RealConsole.PASSWORD));
        assertThat(offer.status()).as(offer.body()).isEqualTo(200);
        Browser.Answer added =
                operator.post(
                        "/api/session/passkeys",
                        Map.of("label", "key 1", "credential", key.create(offer.json())));
        assertThat(added.status()).as(added.body()).isEqualTo(200);
        assertThat(operator.get("/api/session").json().path("passkeys").asInt()).isEqualTo(1);
        String path =
                "/api/session/passkeys/"
                        + operator.get("/api/session/passkeys")
                                .json()
                                .path("passkeys")
                                .path(0)
                                .path("id")
                                .asString();
        assertThat(operator.call("DELETE", path, Map.of()).status()).isEqualTo(401);
        assertThat(operator.get("/api/session").json().path("passkeys").asInt()).isEqualTo(1);

        Browser browser = new Browser(origin());
        browser.get("/api/session");
        Map<String, String> login = Map.of("name", "operator", "password", RealConsole.PASSWORD);
        JsonNode asked = browser.post("/api/login", login).json();
        assertThat(asked.path("signedIn").asBoolean()).isFalse();
        browser.get("/api/session");
        assertThat(browser.get("/api/health").status()).isEqualTo(401);
        Authenticator stolen = new Authenticator(origin());
        assertThat(
                        browser.post(
                                        "/api/login/passkey",
                                        Map.of("credential", stolen.get(asked.path("passkey"))))
                                .status())
                .isEqualTo(401);
        // The challenge is used up.
        Map<String, Object> late = Map.of("credential", key.get(asked.path("passkey")));
        assertThat(browser.post("/api/login/passkey", late).status()).isEqualTo(401);
        asked = browser.post("/api/login", login).json();
        browser.get("/api/session");
        Map<String, Object> right = Map.of("credential", key.get(asked.path("passkey")));
        Browser thief = new Browser(origin());
        thief.get("/api/session");
        assertThat(thief.post("/api/login/passkey", right).status()).isEqualTo(401);
        Browser.Answer signedIn = browser.post("/api/login/passkey", right);
        assertThat(signedIn.status()).as(signedIn.body()).isEqualTo(200);
        assertThat(signedIn.json().path("signedIn").asBoolean()).isTrue();
        assertThat(browser.get("/api/health").status()).isEqualTo(200);
        browser.get("/api/session");
        assertThat(
                        as(Role.SUPERVISOR)
                                .call(
                                        "PATCH",
                                        "/api/accounts/operator",
                                        Map.of("removePasskeys", true))
                                .status())
                .isEqualTo(200);
        assertThat(browser.post("/api/login", login).json().path("signedIn").asBoolean()).isTrue();
    }

    @Test
    @Order(18)
    void signsInWithTheAccountsOfTheHouse() throws Exception {
        Map<String, Object> claims =
                Map.of(
                        "preferred_username",
                        "Rosa",
                        "name",
                        "Rosa N.",
                        "roles",
                        List.of("dispatcher", "wall", "janitor"),
                        "sites",
                        List.of("TOLUCA"));
        Browser browser = new Browser(origin());
        assertThat(browser.get("/api/session").json().path("oidc").asBoolean()).isTrue();
        String back = wayBack(browser, "subject-1", claims);
        assertThat(back).startsWith(origin() + "/login/oauth2/code/oidc?code=");
        long before = recorded("LOGIN_FAILED", "unknown");
        Browser other = new Browser(origin());
        other.get("/api/session");
        other.get(back.substring(origin().length()));
        assertThat(other.get("/api/session").json().path("signedIn").asBoolean()).isFalse();
        assertThat(recorded("LOGIN_FAILED", "unknown"))
                .as("another browser's way back")
                .isEqualTo(before + 1);

        browser.get(back.substring(origin().length()));

        JsonNode session = browser.get("/api/session").json();
        assertThat(session.path("signedIn").asBoolean()).as(session.toString()).isTrue();
        assertThat(session.path("user").path("name").asString()).isEqualTo("rosa");
        assertThat(session.path("user").path("roles").toString()).isEqualTo("[\"DISPATCHER\"]");
        assertThat(session.path("user").path("sites").toString()).isEqualTo("[\"TOLUCA\"]");
        assertThat(browser.get("/api/items").status()).isEqualTo(200);
        assertThat(browser.get("/api/accounts").status()).isEqualTo(403);
        assertThat(records("user", "oidc")).contains("ACCOUNT_CREATE").contains("subject-1");
        assertThat(records("user", "rosa")).contains("\"LOGIN\"");
        // A link would let its reader choose a password beside the provider.
        assertThat(
                        as(Role.SUPERVISOR)
                                .call("PATCH", "/api/accounts/rosa", Map.of("newLink", true))
                                .status())
                .isEqualTo(409);
    }

    @Test
    @Order(18)
    void recordsALinkThatIsNone() {
        long before = recorded("LOGIN_FAILED", "unknown");
        Browser stranger = new Browser(origin());
        stranger.get("/api/session");
        Map<String, String> wrong = Map.of("token", "x", "password", RealConsole.PASSWORD);
        assertThat(stranger.post("/api/first-login/check", wrong).status()).isEqualTo(410);
        assertThat(stranger.post("/api/first-login", wrong).status()).isEqualTo(410);
        assertThat(recorded("LOGIN_FAILED", "unknown")).isEqualTo(before + 2);
    }

    /** How many records there are of an action on an object. */
    private static long recorded(String action, String object) {
        return console.getBean(JdbcClient.class)
                .sql(
                        "SELECT count(*) FROM lookup_audit WHERE record::jsonb ->> 'action' = ?"
                                + " AND record::jsonb ->> 'object' = ?")
                .params(action, object)
                .query(Long.class)
                .single();
    }

    private static String records(String field, String value) {
        Audit audit = console.getBean(Audit.class);
        Viewer auditor = console.getBean(Accounts.class).active("auditor").viewer();
        return String.join(
                "\n",
                audit.read(
                        auditor,
                        null,
                        null,
                        field.equals("user") ? value : null,
                        field.equals("action") ? value : null,
                        null,
                        100));
    }

    /** The address with which the provider sends the browser back. */
    private static String wayBack(Browser browser, String subject, Map<String, Object> claims)
            throws Exception {
        provider.enqueueCallback(
                new DefaultOAuth2TokenCallback(
                        "house", subject, "JWT", List.of("console"), claims, 3_600));
        String there = browser.get("/oauth2/authorization/oidc").headers().get("location").get(0);
        assertThat(there)
                .startsWith(provider.authorizationEndpointUrl("house").toString())
                .contains("code_challenge_method=S256");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(there)).build(),
                        HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("location")
                .orElseThrow();
    }

    private static Browser byProvider(String subject, Map<String, Object> claims) throws Exception {
        Browser browser = new Browser(origin());
        browser.get("/api/session");
        browser.get(wayBack(browser, subject, claims).substring(origin().length()));
        return browser;
    }

    private static String signedIn(Browser browser) {
        return browser.get("/api/session").json().path("user").path("name").asString("");
    }

    @Test
    @Order(18)
    void theProvidersSubjectAndNotTheNameIsThePerson() throws Exception {
        Map<String, Object> claims =
                Map.of("roles", List.of("DISPATCHER"), "sites", List.of("TOLUCA"));
        Map<String, Object> asSupervisor = new HashMap<>(claims);
        asSupervisor.put("preferred_username", "supervisor");
        assertThat(signedIn(byProvider("subject-2", asSupervisor))).isEmpty();
        assertThat(records("action", "LOGIN_REFUSED")).contains("subject-2");
        assertThat(console.getBean(Accounts.class).active("supervisor").roles())
                .containsExactly(Role.SUPERVISOR);

        Map<String, Object> asMaria = new HashMap<>(claims);
        asMaria.put("preferred_username", "maria");
        assertThat(signedIn(byProvider("subject-3", asMaria))).isEqualTo("maria");
        assertThat(signedIn(byProvider("subject-4", asMaria))).isEmpty();
        Map<String, Object> renamed = new HashMap<>(claims);
        renamed.put("preferred_username", "maria-lopez");
        assertThat(signedIn(byProvider("subject-3", renamed))).isEqualTo("maria");
    }

    @Test
    @Order(18)
    void noSiteFromTheProviderIsNotEverySite() throws Exception {
        Map<String, Object> claims =
                Map.of("preferred_username", "pedro", "roles", List.of("DISPATCHER"));
        assertThat(signedIn(byProvider("subject-5", claims))).isEmpty();
        assertThat(
                        as(Role.SUPERVISOR)
                                .call(
                                        "PATCH",
                                        "/api/accounts/pedro",
                                        Map.of("sites", List.of("TOLUCA"), "disabled", false))
                                .status())
                .isEqualTo(200);
        Browser pedro = byProvider("subject-5", claims);
        assertThat(signedIn(pedro)).isEqualTo("pedro");
        assertThat(pedro.get("/api/session").json().path("user").path("sites").toString())
                .isEqualTo("[\"TOLUCA\"]");
    }

    @Test
    @Order(18)
    void asksForThePasskeyAlsoAfterTheProvider() throws Exception {
        Map<String, Object> claims =
                Map.of(
                        "preferred_username",
                        "julia",
                        "roles",
                        List.of("DISPATCHER"),
                        "sites",
                        List.of("*"));
        Browser julia = byProvider("subject-6", claims);
        assertThat(signedIn(julia)).isEqualTo("julia");
        Authenticator key = new Authenticator(origin(), "of-julia");
        Browser.Answer offer = julia.post("/api/session/passkeys/options", Map.of());
        assertThat(offer.status()).as(offer.body()).isEqualTo(200);
        Browser.Answer added =
                julia.post(
                        "/api/session/passkeys",
                        Map.of("label", "key 1", "credential", key.create(offer.json())));
        assertThat(added.status()).as(added.body()).isEqualTo(200);

        Browser again = byProvider("subject-6", claims);
        JsonNode asked = again.get("/api/session").json();
        assertThat(asked.path("signedIn").asBoolean()).isFalse();
        assertThat(again.get("/api/items").status()).isEqualTo(401);
        Browser.Answer answered =
                again.post(
                        "/api/login/passkey", Map.of("credential", key.get(asked.path("passkey"))));
        assertThat(answered.status()).as(answered.body()).isEqualTo(200);
        assertThat(signedIn(again)).isEqualTo("julia");
    }

    /**
     * The server is killed while answers come in: those that it has confirmed are sent once, and
     * the sessions and the stream's numbers outlive it.
     */
    @Test
    @Order(19)
    void losesAndDoublesNothingWhenItIsKilled() throws Exception {
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            incident("k" + i, 70, "ka" + i);
            wanted.add("incident:k" + i);
        }
        String lastId;
        try (Browser.Events events = as(Role.DISPATCHER).stream(null)) {
            hit("before", "NKR4818", 95, false);
            incident("before", 95, "before");
            events.await("\"incident:before\"");
            lastId = events.lastId();
        }
        int before = records(Topics.DISPATCH_RESPONSES).size();
        int lookUpsBefore = records(Topics.LOOK_UPS).size();
        console.close();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Killed.class.getName()));
        command.addAll(List.of(settings()));
        Process killed =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("killed.log").toFile())
                        .start();
        await(
                () -> {
                    assertThat(killed.isAlive()).as(text(directory.resolve("killed.log"))).isTrue();
                    return isReady(wanted.get(wanted.size() - 1));
                });
        Set<String> confirmed = new HashSet<>();
        for (String item : wanted) {
            String actId = UUID.randomUUID().toString();
            // Every other one leaves at once; the others can still be undone when it is killed.
            boolean isAccept = confirmed.size() % 2 == 0;
            JsonNode done =
                    act(
                            Role.DISPATCHER,
                            item,
                            actId,
                            isAccept ? "ACCEPT" : "CLOSE",
                            isAccept ? Map.of() : Map.of("outcome", "CORRECT"));
            assertThat(done.path("ok").asBoolean()).as(done.toString()).isTrue();
            confirmed.add(actId);
            if (confirmed.size() == wanted.size()) {
                killed.destroyForcibly().waitFor();
            }
        }
        startConsole();

        assertThat(as(Role.DISPATCHER).get("/api/session").json().path("signedIn").asBoolean())
                .isTrue();
        try (Browser.Events events = as(Role.DISPATCHER).stream(lastId)) {
            events.await("event: resync");
        }
        awaitItem(Role.DISPATCHER, "incident:before");
        await(
                () ->
                        records(Topics.DISPATCH_RESPONSES).size() - before >= confirmed.size()
                                && records(Topics.LOOK_UPS).size() - lookUpsBefore
                                        >= confirmed.size());
        List<String> sent = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> each :
                records(Topics.DISPATCH_RESPONSES).subList(before, before + confirmed.size())) {
            sent.add(DispatchResponse.CODEC.read(each.value()).responseId());
        }
        assertThat(sent).containsExactlyInAnyOrderElementsOf(confirmed);
    }

    @Test
    @Order(20)
    void servesItsMetrics() throws Exception {
        URI page = URI.create("http://localhost:" + metricsPort + "/metrics");
        String text =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(page).build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();

        assertThat(text.lines())
                .allMatch(
                        line ->
                                line.matches(
                                        "# .+|atalaya_console_[a-z_]+([{]("
                                                + "topic=\"[a-z-]+\"|quantile=\"0[.][0-9]+\""
                                                + "|kind=\"[A-Za-z_-]+\",health=\"[A-Z]+\""
                                                + ")[}])? [-0-9.E]+"))
                .anyMatch(
                        line ->
                                line.startsWith(
                                        "atalaya_console_unread_records{topic=\"alerts\"} "))
                .contains("# TYPE atalaya_console_resyncs_total counter");
    }

    /** The broker answers, but nothing more of it is read; the last test, because of that. */
    @Test
    @Order(21)
    void saysSoWhenNothingIsReadAnyMore() throws Exception {
        try (Browser.Events events = as(Role.DISPATCHER).stream(null)) {
            events.await("event: hello");
            assertThat(isConnected()).isTrue();
            console.getBean(Feed.class).close();
            await(() -> !isConnected());
            await(() -> Pattern.compile("\"brokerAgeMs\":[0-9]{4}").matcher(events.all()).find());
        }
    }

    private static boolean isConnected() {
        JsonNode broker = as(Role.SUPERVISOR).get("/api/health").json().path("broker");
        return broker.path("connected").asBoolean();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean isReady(String item) {
        try {
            return as(Role.DISPATCHER).get("/api/items/" + item.replace(":", "%3A")).status()
                    == 200;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** The console in a process of its own. */
    static final class Killed {
        public static void main(String[] args) {
            Console.start(args);
        }
    }
}
