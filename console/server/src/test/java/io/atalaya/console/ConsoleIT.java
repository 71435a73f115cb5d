package io.atalaya.console;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.topic.Topics;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/** The server as browsers know it, with a real broker and a real database. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT {
    private static final String PASSWORD = "caballo-verde-9";

    @TempDir static Path directory;

    private static TestBroker broker;
    private static Broker producer;
    private static ConfigurableApplicationContext console;
    private static int port;
    private static final Map<Role, Browser> BROWSERS = new EnumMap<>(Role.class);

    @BeforeAll
    static void start() throws Exception {
        broker = new TestBroker(directory.resolve("kafka"), 0);
        Files.createDirectories(directory.resolve("web"));
        Files.writeString(directory.resolve("web/index.html"), "<!doctype html><title>x</title>");
        producer =
                new Broker(
                        new Settings(
                                Map.of("bootstrap.servers", broker.address()),
                                null,
                                null,
                                null,
                                null,
                                null,
                                Map.of()));
        port = TestBroker.freePort();
        startConsole();
        signIn();
    }

    private static void startConsole() {
        console =
                Console.start(
                        "--server.port=" + port,
                        "--console.bootstrap-servers=" + broker.address(),
                        "--console.data=" + directory.resolve("data"),
                        "--console.web=" + directory.resolve("web"));
        await(() -> console.getBean(Items.class).isCaughtUp());
    }

    private static String origin() {
        return "http://localhost:" + port;
    }

    /** One person of each role: the first one by the link of the first start. */
    private static void signIn() {
        Accounts accounts = console.getBean(Accounts.class);
        Browser first = new Browser(origin());
        first.get("/api/session");
        String token = accounts.firstToken();
        assertThat(
                        first.post(
                                        "/api/first-login",
                                        Map.of(
                                                "token",
                                                token,
                                                "name",
                                                "boss",
                                                "password",
                                                PASSWORD))
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
                String link =
                        first.post(
                                        "/api/accounts",
                                        Map.of(
                                                "name", role.name().toLowerCase(Locale.ROOT),
                                                "displayName", role.name(),
                                                "roles", Set.of(role),
                                                "groups",
                                                        role == Role.SUPERVISOR
                                                                ? Set.of("unit-1")
                                                                : Set.of()))
                                .json()
                                .path("link")
                                .asString();
                signedIn =
                        browser.post(
                                "/api/first-login",
                                Map.of(
                                        "token",
                                        link.substring(link.indexOf('#') + 1),
                                        "password",
                                        PASSWORD,
                                        "pin",
                                        "1234"));
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
    }

    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).isLessThan(60_000_000_000L);
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
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker.address()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            TopicPartition all = new TopicPartition(topic, 0);
            consumer.assign(List.of(all));
            consumer.seekToBeginning(List.of(all));
            long end = consumer.endOffsets(List.of(all)).get(all);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (consumer.position(all) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
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
    }

    @Test
    @Order(4)
    void locksAnAccountAfterFiveFailures() {
        Browser thief = new Browser(origin());
        thief.get("/api/session");
        for (int i = 0; i < 5; i++) {
            Map<String, String> guess = Map.of("name", "auditor", "password", "wrong-" + i);
            assertThat(thief.post("/api/login", guess).status()).isIn(401, 423);
        }
        Browser.Answer locked =
                thief.post("/api/login", Map.of("name", "auditor", "password", PASSWORD));
        assertThat(locked.status()).isEqualTo(423);
        assertThat(locked.json().path("code").asString()).isEqualTo("account-locked");
        assertThat(thief.post("/api/login", Map.of("name", "unknown", "password", "x")).status())
                .isEqualTo(401);
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
    @Order(10)
    void provesWhoLookedAtWhat() {
        Browser auditor = as(Role.AUDITOR);
        Browser.Answer records = auditor.get("/api/audit?action=OPEN&limit=1000");
        assertThat(records.body()).contains("alert:a1").contains("\"object\":\"covert\"");
        assertThat(auditor.get("/api/audit/verify").json().path("ok").asBoolean()).isTrue();

        JdbcClient jdbc = console.getBean(JdbcClient.class);
        jdbc.sql(
                        "UPDATE lookup_audit SET record = replace(record, 'dispatcher', 'stranger') WHERE id = (SELECT min(id) FROM lookup_audit WHERE record LIKE '%dispatcher%')")
                .update();
        JsonNode verdict = auditor.get("/api/audit/verify").json();
        assertThat(verdict.path("ok").asBoolean()).isFalse();
        assertThat(verdict.path("firstBad").asLong()).isPositive();
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

    /** A held act, the sessions and the stream's numbers outlive the server. */
    @Test
    @Order(12)
    void goesOnAfterARestart() throws Exception {
        incident("i9", 70, "a9");
        awaitItem(Role.DISPATCHER, "incident:i9");
        String lastId;
        try (Browser.Events events = as(Role.DISPATCHER).stream(null)) {
            hit("before", "NKR4818", 95, false);
            incident("before", 95, "before");
            events.await("\"incident:before\"");
            lastId = events.lastId();
        }
        String actId = UUID.randomUUID().toString();
        assertThat(
                        act(
                                        Role.DISPATCHER,
                                        "incident:i9",
                                        actId,
                                        "CLOSE",
                                        Map.of("outcome", "CORRECT"))
                                .path("state")
                                .asString())
                .isEqualTo("HELD");
        int before = records(Topics.DISPATCH_RESPONSES).size();
        console.close();
        startConsole();

        assertThat(as(Role.DISPATCHER).get("/api/session").json().path("signedIn").asBoolean())
                .isTrue();
        try (Browser.Events events = as(Role.DISPATCHER).stream(lastId)) {
            events.await("event: resync");
        }
        awaitItem(Role.DISPATCHER, "incident:before");
        await(() -> records(Topics.DISPATCH_RESPONSES).size() == before + 1);
        DispatchResponse sent =
                DispatchResponse.CODEC.read(records(Topics.DISPATCH_RESPONSES).get(before).value());
        assertThat(sent.responseId()).isEqualTo(actId);
    }
}
