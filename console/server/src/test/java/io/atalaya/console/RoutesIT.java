package io.atalaya.console;

import io.atalaya.console.security.Role;
import io.atalaya.console.security.Routes;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.topic.Topics;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every route, for every role, with what is of the own site, of another site, and covert: what
 * comes back is what the table in docs/console.md says.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIf(
        value = "io.atalaya.console.RealConsole#canStartPostgres",
        disabledReason =
                "PostgreSQL starts as another user than root, or where `unshare -U true` works")
@Tag("attack")
class RoutesIT {
    private static final String GROUP = "unit-1";
    private static final String LAST_MUTE = "last-mute";
    private static final Map<Character, Role> LETTERS =
            Map.of(
                    'D', Role.DISPATCHER,
                    'S', Role.SUPERVISOR,
                    'A', Role.ANALYST,
                    'I', Role.INVESTIGATOR,
                    'U', Role.AUDITOR,
                    'O', Role.OPERATOR,
                    'W', Role.WALL);

    /** These end or lock the session that calls them. */
    private static final Set<String> NOT_CALLED =
            Set.of("/api/logout", "/api/session/lock", "/api/stream");

    /** What is of the site of all persons, of another, and of the own but covert. */
    private enum World {
        OWN("TOLUCA", false),
        OTHER("ECATEPEC", false),
        COVERT("TOLUCA", true);

        private final String site;
        private final boolean covert;
        private final String device;

        World(String site, boolean covert) {
            this.site = site;
            this.covert = covert;
            this.device = deviceAt(site, "DEV" + name());
        }

        String item() {
            return "ITEM" + name();
        }

        /** An account of the site; that of what is covert has the group. */
        String account() {
            return "account-" + name().toLowerCase(Locale.ROOT);
        }

        /** An account that one supervisor has asked for. */
        String request() {
            return "request-" + name().toLowerCase(Locale.ROOT);
        }

        /** The samples' alerts take the site from the device's id. */
        private static String deviceAt(String site, String name) {
            String id = name;
            for (int i = 0;
                    (Math.floorMod(id.hashCode(), 100) % 2 == 0) != site.equals("TOLUCA");
                    i++) {
                id = name + i;
            }
            return id;
        }
    }

    /** A line of the table. */
    private record Line(Set<Role> roles, Cell items, Cell devices) {}

    /** Who gets it. */
    private record Cell(Set<Role> roles, boolean ofAllSites, boolean noneCovert) {
        static Cell of(String text) {
            return new Cell(
                    RoutesIT.roles(text.split(",")[0]),
                    text.endsWith(", all sites"),
                    text.endsWith(", none covert"));
        }
    }

    private record Person(Role role, boolean isRecipient, Browser browser) {
        boolean gets(Cell cell, World world) {
            return cell.roles.contains(role)
                    && (world != World.OTHER || cell.ofAllSites)
                    && (!world.covert || mayKnow() && !cell.noneCovert);
        }

        private boolean mayKnow() {
            return isRecipient && role != Role.ANALYST && role != Role.WALL;
        }

        @Override
        public String toString() {
            return role + (isRecipient ? " of " + GROUP : "");
        }
    }

    @TempDir static Path directory;
    private static RealConsole console;

    /** What is logged at the levels of an installation since the console has started. */
    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private static final List<Person> PERSONS = new ArrayList<>();

    /** A supervisor of all sites and of the group. */
    private static Browser all;

    private static final Map<Person, Browser.Events> STREAMS = new LinkedHashMap<>();
    private static final Map<String, Line> TABLE = new LinkedHashMap<>();

    private static Set<Role> roles(String letters) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String letter : letters.strip().split(" ")) {
            if (!letter.equals("–")) {
                roles.add(LETTERS.get(letter.charAt(0)));
            }
        }
        return roles;
    }

    @BeforeAll
    static void start() throws Exception {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/console.md"))) {
            root = root.getParent();
        }
        for (String line : Files.readAllLines(root.resolve("docs/console.md"))) {
            if (line.matches("[|] `[A-Z]+ /api/.*")) {
                String[] cells = line.split("[|]");
                TABLE.put(
                        cells[1].strip().replace("`", ""),
                        new Line(
                                cells[2].strip().equals("anyone") ? null : roles(cells[2]),
                                Cell.of(cells[3].strip()),
                                Cell.of(cells[4].strip())));
            }
        }
        Files.createDirectories(directory.resolve("images/plates"));
        Files.createDirectories(directory.resolve("map"));
        Files.writeString(directory.resolve("map/none.geojson"), "{}");
        for (World world : World.values()) {
            Files.writeString(
                    directory.resolve("images/plates/" + world.item() + ".jpg"), world.item());
        }
        console =
                new RealConsole(
                        directory,
                        "--console.images=" + directory.resolve("images"),
                        "--console.basemap=" + directory.resolve("map"));
        LOG.start();
        ROOT.addAppender(LOG);
        for (Role role : Role.values()) {
            if (role == Role.WALL) {
                PERSONS.add(new Person(role, false, console.wall(1, "TOLUCA")));
                continue;
            }
            for (boolean isRecipient : List.of(false, true)) {
                Browser browser =
                        console.person(
                                name(role, isRecipient), role, "TOLUCA", isRecipient ? GROUP : "");
                PERSONS.add(new Person(role, isRecipient, browser));
            }
        }
        PERSONS.forEach(each -> STREAMS.put(each, each.browser.stream(null)));
        STREAMS.values().forEach(each -> each.await("event: hello"));
        produce();
        all = console.person("all", Role.SUPERVISOR, "all", GROUP);
        for (World world : World.values()) {
            for (String item : List.of("alert:" + world.item(), "incident:INC" + world.item())) {
                RealConsole.await(() -> all.get("/api/items/" + escaped(item)).status() == 200);
                assertThat(note(all, item).body()).contains("\"ok\":true");
            }
            RealConsole.await(() -> all.get("/api/devices/" + world.device).status() == 200);
            String fault = "/api/items/" + escaped("incident:FAULT" + world.item());
            RealConsole.await(() -> world.covert || all.get(fault).status() == 200);
        }
        answerAlerts();
        for (World world : EnumSet.of(World.OWN, World.OTHER)) {
            RealConsole.await(() -> all.get("/api/devices/" + world.device).json().has("trust"));
        }
        RealConsole.await(() -> all.get("/api/drone-tasks").body().contains("INCITEMCOVERT"));
        RealConsole.await(() -> all.get("/api/videowall").body().contains("ECATEPEC"));
        Browser ofOther = console.person("other", Role.SUPERVISOR, "ECATEPEC", GROUP);
        mute(ofOther);
        saveViews(ofOther);
        makeAccounts(ofOther);
    }

    @AfterAll
    static void stop() throws IOException {
        for (Browser.Events each : STREAMS.values()) {
            each.close();
        }
        ROOT.detachAppender(LOG);
        console.close();
    }

    private static void produce() {
        long now = System.currentTimeMillis();
        for (World world : World.values()) {
            List<String> notified = world.covert ? List.of(GROUP) : List.of();
            Device device =
                    new Device(
                            world.device,
                            Device.Kind.CAMERA,
                            world.site,
                            "Toluca",
                            19.3,
                            -99.6,
                            90.0,
                            3,
                            null,
                            null);
            console.producer.send(
                    Topics.DEVICES, world.device, Device.CODEC.write(device), Map.of());
            // One that no incident has, and one that is the event of an incident.
            for (String id : List.of(world.item(), "OF" + world.item(), "S" + world.item())) {
                Alert alert =
                        Samples.hit(
                                id, now, world.device, id, "INTEREST", 80, world.covert, notified);
                console.producer.send(Topics.ALERTS, id, AlertCodec.write(alert), Map.of());
            }
            String incidentId = "INC" + world.item();
            Incident incident =
                    Samples.incident(
                            incidentId,
                            now,
                            Incident.Kind.PLACE,
                            "security",
                            Incident.Status.OPEN,
                            85,
                            world.site,
                            "P" + world.item(),
                            List.of("OF" + world.item()),
                            List.of(),
                            world.covert,
                            notified);
            console.producer.send(
                    Topics.INCIDENTS, incidentId, Incident.CODEC.write(incident), Map.of());
            // A fault of a device is never covert.
            if (!world.covert) {
                Incident fault =
                        Samples.incident(
                                "FAULT" + world.item(),
                                now,
                                Incident.Kind.DEVICE_FAULT,
                                "camera-silent",
                                Incident.Status.OPEN,
                                40,
                                world.site,
                                null,
                                List.of("S" + world.item()),
                                List.of(),
                                false,
                                List.of());
                console.producer.send(
                        Topics.INCIDENTS,
                        fault.incidentId(),
                        Incident.CODEC.write(fault),
                        Map.of());
            }
            DroneTask task =
                    new DroneTask(
                            "TASK" + world.item(),
                            incidentId,
                            now,
                            "D-1",
                            DroneTask.Status.PROPOSED,
                            "x",
                            85,
                            world.site,
                            new Place(19.3, -99.6, 5),
                            100,
                            60,
                            50,
                            now + 600_000,
                            null,
                            null);
            console.producer.send(
                    Topics.DRONE_TASKS, incidentId, DroneTask.CODEC.write(task), Map.of());
        }
        for (String site : List.of("TOLUCA", "ECATEPEC")) {
            List<Wall.Panel> panels = new ArrayList<>();
            for (World world : World.values()) {
                panels.add(
                        new Wall.Panel(panels.size() + 1, "CAM-1", "INC" + world.item(), 10, true));
            }
            Wall wall = new Wall(site, now, 4, panels);
            console.producer.send(Topics.VIDEOWALL, site, Wall.CODEC.write(wall), Map.of());
        }
    }

    /** An answer changes the trust in a device, which the screens that show it hear of. */
    private static void answerAlerts() {
        for (World world : World.values()) {
            String alertId = "S" + world.item();
            Disposition answer =
                    new Disposition(
                            "OF-" + alertId,
                            alertId,
                            null,
                            null,
                            null,
                            Disposition.Outcome.CORRECT,
                            "x",
                            null,
                            System.currentTimeMillis());
            console.producer.send(
                    Topics.DISPOSITIONS, alertId, Disposition.CODEC.write(answer), Map.of());
        }
    }

    /** For all and for oneself, by the plate of an item, and by what is not hidden itself. */
    private static void mute(Browser ofOther) {
        for (String scope : List.of("ALL", "ME")) {
            for (World world : World.values()) {
                Browser by = world == World.OTHER ? ofOther : supervisor(world.covert);
                mute(by, scope, world, Map.of("site", world.site, "plate", world.item()));
            }
            mute(
                    supervisor(false),
                    scope,
                    World.OWN,
                    Map.of("site", World.OWN.site, "deviceId", World.OWN.device));
            mute(
                    ofOther,
                    scope,
                    World.OTHER,
                    Map.of(
                            "site",
                            World.OTHER.site,
                            "type",
                            "crowd",
                            "deviceId",
                            World.OTHER.device));
        }
        Map<String, ?> last = Map.of("site", World.OWN.site, "type", LAST_MUTE);
        mute(supervisor(false), "ALL", World.OWN, last);
    }

    private static void mute(Browser by, String scope, World world, Map<String, ?> matcher) {
        Map<String, Object> mute = new LinkedHashMap<>();
        mute.put("scope", scope);
        mute.put("matcher", matcher);
        mute.put("minutes", 60);
        mute.put("reason", "reason of " + world.item());
        mute.put("caseNumber", "case of " + world.item());
        made(by, "/api/mutes", mute);
    }

    /** Private ones that name items of all worlds, and shared ones of two sites. */
    private static void saveViews(Browser ofOther) {
        for (World world : World.values()) {
            String query = "plate=" + world.item();
            made(all, "/api/views", Map.of("name", world.item(), "query", query));
        }
        for (World world : List.of(World.OWN, World.OTHER)) {
            made(
                    world == World.OWN ? supervisor(false) : ofOther,
                    "/api/views",
                    Map.of("name", "v", "query", "deviceId=" + world.device, "shared", true));
        }
    }

    private static void makeAccounts(Browser ofOther) {
        for (World world : World.values()) {
            // A second supervisor has to confirm each account that has the group.
            made(all, "/api/accounts", account(world.request(), world.site, GROUP));
            if (world.covert) {
                console.command(
                        world.account(),
                        "--roles",
                        "DISPATCHER",
                        "--for-sites",
                        world.site,
                        "--groups",
                        GROUP);
            } else {
                made(all, "/api/accounts", account(world.account(), world.site));
            }
        }
        made(ofOther, "/api/walls", Map.of("wall", 2, "site", World.OTHER.site));
        made(all, "/api/walls", Map.of("wall", 3));
    }

    private static Map<String, ?> account(String name, String site, String... groups) {
        return Map.of(
                "name", name,
                "displayName", name,
                "roles", List.of(Role.DISPATCHER),
                "sites", List.of(site),
                "groups", groups);
    }

    private static void made(Browser by, String path, Map<String, ?> body) {
        Browser.Answer answer = by.post(path, body);
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(200);
    }

    private static String name(Role role, boolean isRecipient) {
        return role.name().toLowerCase(Locale.ROOT) + (isRecipient ? "-1" : "");
    }

    private static String escaped(String item) {
        return item.replace(":", "%3A");
    }

    private static Browser.Answer act(Browser by, String item, Map<String, ?> more) {
        Map<String, Object> act = new LinkedHashMap<>(more);
        act.put("actId", UUID.randomUUID().toString());
        act.put("item", item);
        act.put("revision", 1);
        return by.post("/api/acts", Map.of("acts", List.of(act)));
    }

    private static Browser.Answer note(Browser by, String item) {
        return act(by, item, Map.of("type", "NOTE", "text", "seen"));
    }

    private static String name(Routes.Route route) {
        return route.method() + " " + route.pattern();
    }

    @Test
    @Order(1)
    void theTableHasEachRouteWithItsRoles() {
        assertThat(TABLE.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Routes.ALL.stream().map(RoutesIT::name).toList());
        for (Routes.Route route : Routes.ALL) {
            assertThat(TABLE.get(name(route)).roles).as(name(route)).isEqualTo(route.roles());
        }
    }

    @Test
    @Order(2)
    void lettersOfTheTableAreThoseOfAllRoles() {
        assertThat(LETTERS.values()).containsExactlyInAnyOrder(Role.values());
    }

    @Test
    @Order(3)
    void eachAnswerHoldsWhatTheTableSays() throws IOException {
        for (Routes.Route route : Routes.ALL) {
            if (route.method() != HttpMethod.GET || NOT_CALLED.contains(route.pattern())) {
                continue;
            }
            Line line = TABLE.get(name(route));
            for (Person person : PERSONS) {
                StringBuilder all = new StringBuilder();
                for (String path : paths(route.pattern())) {
                    Browser.Answer answer = person.browser.get(path);
                    assertThat(answer.status())
                            .as("%s by %s: %s", path, person, answer.body())
                            .isLessThan(500);
                    boolean isForbidden = answer.status() == 403 || answer.status() == 401;
                    assertThat(isForbidden)
                            .as("%s by %s: %s", path, person, answer.body())
                            .isEqualTo(line.roles != null && !line.roles.contains(person.role));
                    all.append(answer.body());
                }
                compare(name(route), person, line, all.toString());
            }
        }
    }

    /** Who may read a mute gets all of it, and who has saved a view gets the view. */
    @Test
    @Order(3)
    void mutesAndViewsOfTheOwnSitesAreWhole() {
        for (Person person : PERSONS) {
            if (TABLE.get("GET /api/mutes").roles.contains(person.role)) {
                assertThat(person.browser.get("/api/mutes").body())
                        .as("%s", person)
                        .contains("reason of " + World.OWN.item())
                        .contains("case of " + World.OWN.item());
            }
        }
        for (World world : World.values()) {
            assertThat(all.get("/api/views").body()).contains(world.item());
        }
    }

    @Test
    @Order(3)
    void accountsRequestsAndWallsAreThoseOfTheOwnSites() {
        List<String> names = new ArrayList<>(List.of(World.OWN.account(), World.COVERT.account()));
        for (Person person : PERSONS) {
            if (person.role != Role.WALL) {
                names.add(name(person.role, person.isRecipient));
            }
        }
        for (boolean isRecipient : List.of(false, true)) {
            JsonNode found = supervisor(isRecipient).get("/api/accounts").json();
            assertThat(strings(found.path("accounts"), "name"))
                    .containsExactlyInAnyOrderElementsOf(names);
            assertThat(strings(found.path("requests"), "name"))
                    .containsExactlyInAnyOrder(World.OWN.request(), World.COVERT.request());
            JsonNode walls = supervisor(isRecipient).get("/api/walls").json().path("walls");
            assertThat(strings(walls, "wall")).containsExactly("1");
        }
    }

    private static List<String> strings(JsonNode array, String field) {
        List<String> values = new ArrayList<>();
        array.forEach(each -> values.add(each.path(field).asString()));
        return values;
    }

    @Test
    @Order(4)
    void eachStreamHoldsWhatTheTableSays() {
        Line line = TABLE.get("GET /api/stream");
        STREAMS.forEach(
                (person, events) -> {
                    for (World world : World.values()) {
                        if (person.gets(line.items, world)) {
                            events.await("\"alert:" + world.item() + "\"");
                        }
                        if (person.gets(line.devices, world) && !world.covert) {
                            events.await('"' + world.device + '"');
                        }
                    }
                    if (TABLE.get("GET /api/mutes").roles.contains(person.role)) {
                        events.await(LAST_MUTE);
                    }
                    compare("GET /api/stream", person, line, events.all());
                });
    }

    @Test
    @Order(5)
    void anExportHoldsWhatTheTableSays() throws IOException {
        Line line = TABLE.get("POST /api/exports");
        for (Person person : PERSONS) {
            Browser.Answer answer =
                    person.browser.post(
                            "/api/exports",
                            Map.of("query", "", "purpose", "test", "caseNumber", "C-1"));
            compare("POST /api/exports", person, line, unzipped(answer));
        }
    }

    @Test
    @Order(6)
    void anActIsForThoseWhoSeeTheItem() {
        Line line = TABLE.get("POST /api/acts");
        for (Person person : PERSONS) {
            for (World world : World.values()) {
                for (String item :
                        List.of("alert:" + world.item(), "incident:INC" + world.item())) {
                    assertThat(note(person.browser, item).body().contains("\"ok\":true"))
                            .as("%s by %s", item, person)
                            .isEqualTo(person.gets(line.items, world));
                }
            }
        }
    }

    @Test
    @Order(7)
    void aDronesTaskIsThatOfTheIncident() {
        Browser supervisor = supervisor(true);
        Browser.Answer other =
                act(
                        supervisor,
                        "incident:INC" + World.OWN.item(),
                        Map.of("type", "ACCEPT_DRONE", "taskId", "TASK" + World.OTHER.item()));
        assertThat(other.body()).contains("\"ok\":false").contains("task of this incident");
        Browser.Answer own =
                act(
                        supervisor,
                        "incident:INC" + World.OWN.item(),
                        Map.of("type", "ACCEPT_DRONE", "taskId", "TASK" + World.OWN.item()));
        assertThat(own.body()).contains("\"ok\":true");
    }

    @Test
    @Order(7)
    void whatIsTakenOutOfAnIncidentIsInIt() {
        Browser supervisor = supervisor(true);
        String incident = "incident:INC" + World.OWN.item();
        String other = "alert:OF" + World.OTHER.item();
        for (Map<String, ?> act :
                List.of(
                        Map.of("type", "NOT_THIS_INCIDENT", "eventId", other),
                        Map.of("type", "SPLIT", "eventIds", List.of(other)))) {
            assertThat(act(supervisor, incident, act).body())
                    .contains("\"ok\":false")
                    .contains("an event of this incident");
        }
        Map<String, ?> own =
                Map.of("type", "NOT_THIS_INCIDENT", "eventId", "alert:OF" + World.OWN.item());
        assertThat(act(supervisor, incident, own).body()).contains("\"ok\":true");
    }

    /** Whatever the searcher found or may know of; that one of a group does not show a plate. */
    @Test
    @Order(8)
    void theAuditShowsNoDifferenceForACovertPlate() {
        Browser auditor = person(Role.AUDITOR, false);
        List<String> shown = new ArrayList<>();
        for (boolean isRecipient : List.of(false, true)) {
            for (String plate : List.of(World.COVERT.item(), "NONE123")) {
                supervisor(isRecipient).get("/api/items?plate=" + plate);
                supervisor(isRecipient)
                        .post(
                                "/api/mutes",
                                Map.of(
                                        "scope",
                                        "ME",
                                        "matcher",
                                        Map.of("plate", plate),
                                        "minutes",
                                        5,
                                        "reason",
                                        "x"));
                String records =
                        auditor.get("/api/audit?limit=1&action=SEARCH").body()
                                + auditor.get("/api/audit?limit=1&action=MUTE").body();
                shown.add(
                        records.replace(plate, "PLATE")
                                .replaceAll("\"(id|time|from|to)\":[0-9]+", "")
                                .replaceAll("\"salt\":\"[^\"]*\"", "")
                                .replaceAll("[0-9a-f]{64}|console-[0-9a-f-]{36}", ""));
            }
        }
        assertThat(shown.get(0)).isEqualTo(shown.get(1)).contains("PLATE");
        assertThat(shown.get(2)).isEqualTo(shown.get(3)).doesNotContain("PLATE");
    }

    /** The record's hash is known to all auditors: with it alone all plates could be tried. */
    @Test
    @Order(8)
    void theHashOfAHiddenRecordShowsNoPlate() {
        supervisor(true).get("/api/items?plate=" + World.COVERT.item());
        String records = "/api/audit?limit=1&action=SEARCH&user=supervisor-1";

        assertThat(person(Role.AUDITOR, false).get(records).body())
                .contains("\"hash\"")
                .doesNotContain("salt");
        assertThat(person(Role.AUDITOR, true).get(records).body())
                .contains(World.COVERT.item())
                .containsPattern("\"salt\":\"[A-Za-z0-9_-]{32}\"");
    }

    /** By what the remover knows of the entry, and not by whom a hidden alert of it concerns. */
    @Test
    @Order(8)
    void theAuditOfARemovedEntryIsAsCovertAsTheEntry() {
        Browser auditor = person(Role.AUDITOR, false);
        String open = list(false, Map.of());
        // A covert alert has this open entry.
        console.bean(JdbcClient.class)
                .sql("INSERT INTO hotlist_entry (entry_id, author) VALUES (?, 'supervisor')")
                .param("entry-" + World.COVERT.item())
                .update();
        for (String entry : List.of(open, "entry-" + World.COVERT.item())) {
            assertThat(unlist(false, entry).status()).isEqualTo(204);
            assertThat(auditor.get("/api/audit?limit=1&action=HOTLIST_REMOVE").body())
                    .contains(entry)
                    .contains("no longer");
        }
        String covert = list(true, Map.of("covert", true, "notify", List.of(GROUP)));
        assertThat(unlist(true, covert).status()).isEqualTo(204);
        assertThat(auditor.get("/api/audit?limit=1&action=HOTLIST_REMOVE").body())
                .doesNotContain(covert)
                .doesNotContain("no longer");
    }

    private static String list(boolean isRecipient, Map<String, ?> more) {
        Map<String, Object> entry = new LinkedHashMap<>(more);
        entry.putAll(
                Map.of(
                        "plate", "XYZ1234",
                        "reason", "STOLEN_VEHICLE",
                        "caseNumber", "C-2",
                        "agency", "FGJEM"));
        Browser.Answer listed =
                supervisor(isRecipient)
                        .post("/api/hotlist", Map.of("entry", entry, "purpose", "report"));
        assertThat(listed.status()).as(listed.body()).isEqualTo(200);
        return listed.json().path("entryId").asString();
    }

    private static Browser.Answer unlist(boolean isRecipient, String entry) {
        return supervisor(isRecipient)
                .call("DELETE", "/api/hotlist/" + entry + "?purpose=no%20longer", null);
    }

    /** Neither a script nor another host has it, and it comes with no request of another page. */
    @Test
    @Order(9)
    void theSessionIsACookieOfThisHostAlone() {
        Browser.Answer signedIn =
                console.stranger()
                        .post(
                                "/api/login",
                                Map.of("name", "supervisor", "password", RealConsole.PASSWORD));
        assertThat(signedIn.headers().get("set-cookie"))
                .filteredOn(cookie -> cookie.startsWith("__Host-atalaya="))
                .isNotEmpty()
                .allSatisfy(
                        cookie ->
                                assertThat(cookie)
                                        .contains("Path=/", "Secure", "HttpOnly", "SameSite=Strict")
                                        .doesNotContain("Domain"));
    }

    @Test
    @Order(9)
    void recordsWhatIsShown() {
        Browser wall = person(Role.WALL, false);
        wall.get("/api/items");
        wall.get("/api/items/alert%3A" + World.OWN.item());
        wall.get("/api/devices/" + World.OWN.device);
        wall.get("/api/alerts/" + World.OWN.item() + "/images/0");
        Browser auditor = person(Role.AUDITOR, true);
        Map<String, String> objects =
                Map.of(
                        "STREAM", "\"stream\"",
                        "LIST", "alert:" + World.OWN.item(),
                        "OPEN", "alert:" + World.OWN.item(),
                        "DEVICE", World.OWN.device,
                        "IMAGE", "alert:" + World.OWN.item());
        objects.forEach(
                (action, object) ->
                        assertThat(auditor.get("/api/audit?user=wall-1&action=" + action).body())
                                .as(action)
                                .contains(object));
    }

    /** Whatever fails on the way of what is covert, and whatever those who may see it send. */
    @Test
    @Order(10)
    void theLogNamesNothingCovert() {
        Browser insider = supervisor(true);
        String plate = "P" + World.COVERT.item();
        for (String query :
                List.of(
                        "plate=" + plate + "&minPriority=x",
                        "minPriority=" + plate,
                        "list=" + plate,
                        "bbox=" + plate,
                        "after=" + plate,
                        "limit=" + plate)) {
            insider.get("/api/items?" + query);
        }
        for (Routes.Route route : Routes.ALL) {
            if (NOT_CALLED.contains(route.pattern())) {
                continue;
            }
            for (Object body :
                    List.of(
                            plate,
                            List.of(plate),
                            Map.of(plate, plate),
                            Map.of("matcher", Map.of("plate", List.of(plate)), "plate", 1),
                            Map.of("acts", List.of(Map.of("item", List.of(plate)))))) {
                insider.call(route.method().name(), route.pattern().replace("*", plate), body);
            }
        }
        String unreadable =
                "{\"alertId\":\"%1$s\",\"incidentId\":\"%1$s\",\"plate\":\"%2$s\",\"covert\":true}"
                        .formatted(World.COVERT.item(), plate);
        long before = unreadable("alerts");
        for (String topic :
                List.of(
                        Topics.INCIDENTS,
                        Topics.DRONE_TASKS,
                        Topics.VIDEOWALL,
                        Topics.DISPOSITIONS,
                        Topics.DELIVERIES,
                        Topics.DEAD_LETTER,
                        Topics.ALERTS)) {
            console.producer.send(topic, plate, unreadable.getBytes(UTF_8), Map.of());
        }
        console.producer.send(Topics.ALERTS, "x", "{}".getBytes(UTF_8), Map.of());
        RealConsole.await(() -> unreadable("alerts") > before);

        assertThat(unreadable("alerts")).as("of what is not covert").isEqualTo(before + 1);
        LoggerFactory.getLogger(RoutesIT.class).warn("The last line");
        List<String> lines = List.copyOf(LOG.list).stream().map(RoutesIT::line).toList();
        assertThat(lines).last().asString().contains("The last line");
        assertThat(lines)
                .noneMatch(line -> line.contains(World.COVERT.item()))
                .noneMatch(line -> line.contains(World.COVERT.device));
    }

    /** The number of items that wait is of the items, also while the screen is locked. */
    @Test
    @Order(11)
    void aLockedScreenCountsForThoseWhoReadItems() throws IOException {
        Line line = TABLE.get("GET /api/stream");
        for (Person person : PERSONS) {
            if (person.role == Role.WALL) {
                continue;
            }
            assertThat(person.browser.post("/api/session/lock", null).status()).isEqualTo(204);
            try (Browser.Events events = person.browser.stream(null)) {
                if (line.items.roles.contains(person.role)) {
                    events.await("event: waiting");
                } else {
                    // The count would come with it, or before.
                    events.await("event: heartbeat");
                    assertThat(events.all()).as("%s", person).doesNotContain("event: waiting");
                }
            }
        }
    }

    private static String line(ILoggingEvent event) {
        return event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy());
    }

    private static long unreadable(String topic) {
        for (JsonNode each :
                person(Role.OPERATOR, false).get("/api/health").json().path("topics")) {
            if (each.path("topic").asString().equals(topic)) {
                return each.path("unreadable").asLong();
            }
        }
        return 0;
    }

    private static Browser supervisor(boolean isRecipient) {
        return person(Role.SUPERVISOR, isRecipient);
    }

    private static Browser person(Role role, boolean isRecipient) {
        return PERSONS.stream()
                .filter(each -> each.role == role && each.isRecipient == isRecipient)
                .map(Person::browser)
                .findFirst()
                .orElseThrow();
    }

    private static void compare(String route, Person person, Line line, String text) {
        for (World world : World.values()) {
            assertThat(text.contains(world.item()))
                    .as("%s: items %s for %s", route, world, person)
                    .isEqualTo(person.gets(line.items, world));
            for (String account : List.of(world.account(), world.request())) {
                assertThat(text.contains(account))
                        .as("%s: %s for %s", route, account, person)
                        .isEqualTo(getsAccount(route, person, line, world));
            }
            // A device is nothing covert; an item names its device.
            boolean getsDevice =
                    line.devices.roles.contains(person.role)
                            && (world != World.OTHER || line.devices.ofAllSites);
            if (!world.covert) {
                assertThat(text.contains(world.device))
                        .as("%s: device %s for %s", route, world, person)
                        .isEqualTo(getsDevice || namesDevice(route, person, line, world));
            }
        }
    }

    /** An account that does nothing is in the list of accounts and in the audit alone. */
    private static boolean getsAccount(String route, Person person, Line line, World world) {
        return route.equals("GET /api/accounts")
                ? line.roles.contains(person.role) && world != World.OTHER
                : line.items.ofAllSites && line.items.roles.contains(person.role);
    }

    /** What is shown of an alert names its device. */
    private static boolean namesDevice(String route, Person person, Line line, World world) {
        return route.equals("GET /api/stream") && person.gets(line.items, world);
    }

    /** The paths of a route for each world. */
    private static Set<String> paths(String pattern) {
        List<String> items =
                Arrays.stream(World.values())
                        .flatMap(
                                world ->
                                        List.of(
                                                "alert%3A" + world.item(),
                                                "incident%3AINC" + world.item())
                                                .stream())
                        .toList();
        List<String> ids =
                switch (pattern) {
                    case "/api/items/*" -> items;
                    case "/api/alerts/*/images/*" ->
                            Arrays.stream(World.values()).map(World::item).toList();
                    case "/api/devices/*" ->
                            Arrays.stream(World.values()).map(world -> world.device).toList();
                    case "/api/basemap/*" -> List.of("none.geojson");
                    default -> List.of("none");
                };
        Set<String> paths =
                ids.stream()
                        .map(id -> pattern.replaceFirst("[*]", id).replace("*", "0"))
                        .collect(Collectors.toSet());
        return pattern.equals("/api/acts")
                ? items.stream().map(item -> "/api/acts?item=" + item).collect(Collectors.toSet())
                : paths.stream().map(path -> path + "?limit=1000").collect(Collectors.toSet());
    }

    private static String unzipped(Browser.Answer answer) throws IOException {
        if (answer.status() != 200) {
            return answer.body();
        }
        StringBuilder all = new StringBuilder();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.bytes()))) {
            while (zip.getNextEntry() != null) {
                all.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }
}
