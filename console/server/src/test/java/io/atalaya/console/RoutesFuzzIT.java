package io.atalaya.console;

import io.atalaya.console.audit.Audit;
import io.atalaya.console.item.Items;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Routes;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.model.ModelControl;
import io.atalaya.contracts.topic.Topics;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Random requests to all routes: no answer is a fault of the server or names what is inside of it,
 * and afterwards it starts again and shows the queue. System properties: {@code fuzz.seconds} (10)
 * and {@code fuzz.seed} (from the time).
 */
@Tag("attack")
@EnabledIf(
        value = "io.atalaya.console.RealConsole#canStartPostgres",
        disabledReason =
                "PostgreSQL starts as another user than root, or where `unshare -U true` works")
class RoutesFuzzIT {
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 10);
    private static final long SEED =
            Long.getLong("fuzz.seed", System.nanoTime() & Integer.MAX_VALUE);
    private static final String GROUP = "unit-1";
    private static final int CHECK_EVERY = 50;

    /** The samples' alerts take the site from the device's id. */
    private static final String CAMERA = "CAM-2";

    private static final int MAX_READ = 64 * 1024;
    private static final Pattern INSIDE =
            Pattern.compile(
                    "Exception|org\\.(springframework|apache|postgresql)|tools\\.jackson|SQL|"
                            + "java\\.lang|io\\.atalaya|\tat ");

    /** What the routes can write, with the codec of those who read it. */
    private static final Map<String, Codec> WRITTEN =
            Map.of(
                    Topics.MUTES, Mute.CODEC::read,
                    Topics.DISPATCH_RESPONSES, DispatchResponse.CODEC::read,
                    Topics.DISPOSITIONS, Disposition.CODEC::read,
                    Topics.MODEL_CONTROL, ModelControl.CODEC::read,
                    Topics.HOTLIST, HotlistEntryCodec::read);

    private interface Codec {
        Object read(byte[] message) throws InvalidRecordException;
    }

    /** Someone who calls; a stranger has neither role nor browser. */
    private static final class Person {
        private final Role role;
        private String name;
        private Browser browser;

        Person(Role role) {
            this.role = role;
        }
    }

    /** What the server or a task of it says that has failed, with where. */
    private static final class Faults extends AppenderBase<ILoggingEvent> {
        private final Queue<String> said = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.ERROR)
                    && !event.getLoggerName().startsWith("org.apache.kafka")) {
                said.add(
                        event.getFormattedMessage()
                                + "\n"
                                + ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    }

    @TempDir Path directory;
    private RealConsole console;
    private int persons;
    private final Faults faults = new Faults();

    @Test
    void noRequestBreaksAnything() throws Exception {
        Files.createDirectories(directory.resolve("map"));
        Files.writeString(directory.resolve("map/none.geojson"), "{}");
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        try (RealConsole started =
                new RealConsole(directory, "--console.basemap=" + directory.resolve("map"))) {
            console = started;
            produce();
            faults.start();
            root.addAppender(faults);
            fuzz();
            requireSoundRecords();
            console.restart();
            requireQueue();
        } finally {
            root.detachAppender(faults);
        }
        assertThat(faults.said).isEmpty();
    }

    private void produce() {
        long now = System.currentTimeMillis();
        for (String id : List.of("a1", "a2", "a3")) {
            boolean isCovert = id.equals("a3");
            List<String> notified = isCovert ? List.of(GROUP) : List.of();
            Alert alert =
                    Samples.hit(id, now, CAMERA, "NKR48" + id, "INTEREST", 80, isCovert, notified);
            console.producer.send(Topics.ALERTS, id, AlertCodec.write(alert), Map.of());
            Incident incident =
                    Samples.incident(
                            "i" + id,
                            now,
                            Incident.Kind.PLACE,
                            "security",
                            Incident.Status.OPEN,
                            85,
                            "TOLUCA",
                            "P" + id,
                            List.of("of-" + id),
                            List.of(),
                            isCovert,
                            notified);
            console.producer.send(
                    Topics.INCIDENTS, "i" + id, Incident.CODEC.write(incident), Map.of());
        }
        Device device = Samples.device(CAMERA, Device.Kind.CAMERA, 19.3, -99.6);
        console.producer.send(Topics.DEVICES, CAMERA, Device.CODEC.write(device), Map.of());
        RealConsole.await(
                () -> !console.bean(Items.class).all(i -> i.id().equals("incident:ia3")).isEmpty());
    }

    private Person person(Role role) {
        Person person = new Person(role);
        begin(person);
        return person;
    }

    /** With an account of its own. */
    private void begin(Person person) {
        persons++;
        person.name = person.role.name().toLowerCase(Locale.ROOT) + "-" + persons;
        person.browser =
                person.role == Role.WALL
                        ? console.wall(100 + persons, "TOLUCA")
                        : console.person(
                                person.name, person.role, "TOLUCA", persons % 2 == 0 ? GROUP : "");
    }

    private RouteRequests requests() {
        RouteRequests requests =
                new RouteRequests(console.bean(RequestMappingHandlerMapping.class));
        requests.learn("item", "alert:a1", "alert:a2", "incident:ia1", "incident:ia2");
        requests.learn("other", "incident:ia1", "incident:ia2");
        requests.learn("id", "alert:a1", "incident:ia1", CAMERA);
        requests.learn("alertId", "a1", "a2");
        requests.learn("eventId", "of-a1", "of-a2");
        requests.learn("eventIds", "of-a1", "of-a2");
        requests.learn("deviceId", CAMERA);
        requests.learn("plate", "NKR48A1", "NKR*", "N?R48A1");
        requests.learn("pattern", "NKR*");
        requests.learn("site", "TOLUCA");
        requests.learn("sites", "TOLUCA");
        requests.learn("groups", GROUP, "unit-2");
        requests.learn("notify", GROUP);
        requests.learn("password", RealConsole.PASSWORD);
        requests.learn("newPassword", RealConsole.PASSWORD);
        requests.learn("pin", "482913");
        requests.learn("position", "P-1");
        requests.learn("purpose", "C-1");
        requests.learn("reason", "INTEREST", "seen");
        requests.learn("caseNumber", "C-1");
        requests.learn("wall", "1", "2", "101");
        requests.learn("n", "0");
        requests.learn("model", "activity");
        requests.learn("actId", new UUID(3, 4).toString());
        requests.learn("bbox", "-100,19,-99,20");
        requests.learn("list", "QUEUE", "REVIEW", "DONE");
        requests.learn("muted", "no", "only", "all");
        requests.learn("minPriority", "50");
        requests.learn("query", "site=TOLUCA", "?list=QUEUE", "plate=NKR*");
        requests.learn("language", "es-MX", "en");
        requests.learn("dispositionCommonRegistryCode", "01");
        for (String name : List.of("name", "operator", "user")) {
            requests.learn(name, "dispatcher-1", "supervisor-2", "analyst-3", "luz");
        }
        return requests;
    }

    private void fuzz() throws IOException {
        List<Person> callers = new ArrayList<>();
        callers.add(new Person(null));
        for (Role role : Role.values()) {
            callers.add(person(role));
        }
        Map<Integer, Integer> statuses = new TreeMap<>();
        Map<String, String> findings = new TreeMap<>();
        Random random = new Random(SEED);
        RouteRequests requests = requests();
        int sent = 0;
        JqwikSession.start();
        try {
            RandomGenerator<RouteRequests.Sent> generator = requests.all().generator(1_000);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (System.nanoTime() < end) {
                if (++sent % CHECK_EVERY == 0) {
                    callers.forEach(this::comeBack);
                }
                RouteRequests.Sent request = generator.next(random).value();
                Person by = caller(callers, request.route(), random);
                Wire.Answer answer = send(request, by, sent);
                statuses.merge(answer.status(), 1, Integer::sum);
                String fault = fault(answer);
                if (fault != null) {
                    findings.putIfAbsent(
                            request.route().method() + " " + request.route().pattern() + fault,
                            "FROM " + request + " by " + by.role + ": " + answer.text());
                }
                requests.learn(answer.text());
            }
        } finally {
            JqwikSession.finish();
        }
        System.out.printf(
                "fuzz console-routes: seed %d, %d requests, by status %s%n", SEED, sent, statuses);
        assertThat(findings).as("seed %d", SEED).isEmpty();
    }

    /** Mostly one for whom it is, because the others learn only that they may not. */
    private static Person caller(List<Person> all, Routes.Route route, Random random) {
        List<Person> may =
                all.stream()
                        .filter(
                                each ->
                                        route.roles() == null
                                                ? each.role == null
                                                : each.role != null
                                                        && route.roles().contains(each.role))
                        .toList();
        List<Person> from = random.nextInt(10) < 8 ? may : all;
        return from.get(random.nextInt(from.size()));
    }

    /** The session may have been ended or locked, and the account changed, by what was sent. */
    private void comeBack(Person person) {
        if (person.role == null || isBack(person)) {
            return;
        }
        Map<String, String> password =
                Map.of("name", person.name, "password", RealConsole.PASSWORD);
        person.browser.post("/api/session/unlock", password);
        if (!isBack(person)) {
            person.browser = console.stranger();
            person.browser.post("/api/login", password);
        }
        if (!isBack(person)) {
            begin(person);
        }
    }

    private static boolean isBack(Person person) {
        String session = person.browser.get("/api/session").body();
        return session.contains("\"signedIn\":true")
                && !session.contains("\"locked\":true")
                && session.contains('"' + person.role.name() + '"');
    }

    private Wire.Answer send(RouteRequests.Sent request, Person by, int number) throws IOException {
        String session =
                by.role == null ? "" : "; __Host-atalaya=" + by.browser.cookie("__Host-atalaya");
        try (Wire wire = new Wire(console.port(), number)) {
            wire.send(
                    request.method()
                            + " "
                            + request.path()
                            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                            + request.contentType()
                            + "\r\nX-XSRF-TOKEN: 1c5d\r\nCookie: "
                            + Security.CSRF_COOKIE
                            + "=1c5d"
                            + session
                            + "\r\nContent-Length: "
                            + request.body().length()
                            + "\r\n\r\n");
            wire.offer(request.body());
            return wire.answer(request.route().pattern().equals("/api/stream") ? 1 : MAX_READ);
        }
    }

    /** What is wrong with the answer, and where the server says that it comes from, or null. */
    private String fault(Wire.Answer answer) {
        List<String> said = List.copyOf(faults.said);
        faults.said.clear();
        if (!said.isEmpty()) {
            return " " + said;
        }
        if (answer.status() < 200 || answer.status() >= 500) {
            return " " + answer.status();
        }
        Matcher inside = INSIDE.matcher(answer.text());
        return inside.find() ? " names " + inside.group() : null;
    }

    /** All that was looked at reaches the signed audit, and others can read what was sent. */
    private void requireSoundRecords() {
        JdbcClient jdbc = console.bean(JdbcClient.class);
        RealConsole.await(
                () ->
                        jdbc.sql(
                                        "SELECT (SELECT id FROM look_up_sent)"
                                                + " >= (SELECT max(id) FROM lookup_audit)")
                                .query(Boolean.class)
                                .single());
        assertThat(jdbc.sql("SELECT count(*) FROM look_up_set_aside").query(Long.class).single())
                .isZero();
        WRITTEN.forEach(
                (topic, codec) -> {
                    for (var each : TestBroker.records(console.brokers(), topic)) {
                        byte[] value = each.value();
                        if (value != null) {
                            assertThatCode(() -> codec.read(value))
                                    .as("%s: %s", topic, new String(value, StandardCharsets.UTF_8))
                                    .doesNotThrowAnyException();
                        }
                    }
                });
    }

    /** After a restart a dispatcher works, and those who lead and check have their pages. */
    private void requireQueue() throws IOException {
        Browser dispatcher = person(Role.DISPATCHER).browser;
        for (String path :
                List.of(
                        "/",
                        "/api/session",
                        "/api/items",
                        "/api/items/alert%3Aa1",
                        "/api/items/incident%3Aia1",
                        "/api/acts",
                        "/api/mutes",
                        "/api/views",
                        "/api/devices",
                        "/api/devices/" + CAMERA,
                        "/api/sites",
                        "/api/drone-tasks",
                        "/api/videowall")) {
            requireAnswered(dispatcher, path);
        }
        // A random answer may have ended it.
        assertThat(dispatcher.get("/api/items?list=QUEUE,REVIEW,DONE").body())
                .contains("\"alert:a1\"");
        try (Browser.Events events = dispatcher.stream(null)) {
            events.await("event: hello");
            Alert alert =
                    Samples.hit(
                            "new",
                            System.currentTimeMillis(),
                            CAMERA,
                            "NKR4818",
                            "INTEREST",
                            95,
                            false,
                            List.of());
            console.producer.send(Topics.ALERTS, "new", AlertCodec.write(alert), Map.of());
            events.await("\"alert:new\"");
        }
        Browser supervisor = person(Role.SUPERVISOR).browser;
        requireAnswered(supervisor, "/api/accounts");
        requireAnswered(supervisor, "/api/walls");
        requireAnswered(supervisor, "/api/health");
        requireAnswered(person(Role.AUDITOR).browser, "/api/audit?limit=1000");
        assertThat(console.bean(Audit.class).verify().ok()).isTrue();
    }

    private static void requireAnswered(Browser by, String path) {
        Browser.Answer answer = by.get(path);
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(200);
    }
}
