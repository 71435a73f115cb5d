package io.atalaya.console;

import io.atalaya.console.account.Accounts;
import io.atalaya.console.account.Sessions;
import io.atalaya.console.request.Json;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Viewer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import javax.sql.DataSource;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** What supervisors may give: alone, together, and not at all. */
@EnabledIf(
        value = "io.atalaya.console.RealConsole#canStartPostgres",
        disabledReason =
                "PostgreSQL starts as another user than root, or where `unshare -U true` works")
@Tag("attack")
class GrantsIT {
    @TempDir static Path directory;
    private static RealConsole console;
    private static Browser ana;
    private static Browser luz;
    private static Browser ofToluca;
    private static Browser auditor;
    private static String firstLink;

    @BeforeAll
    static void start() throws Exception {
        console = new RealConsole(directory);
        firstLink = console.bean(Accounts.class).firstToken();
        ana = console.person("ana", Role.SUPERVISOR, "all", "unit-1");
        luz = console.person("luz", Role.SUPERVISOR, "all", "unit-1");
        ofToluca = console.person("toluca", Role.SUPERVISOR, "TOLUCA", "unit-1");
        auditor = console.person("eva", Role.AUDITOR, "all", "");
        console.person("member", Role.DISPATCHER, "ECATEPEC", "unit-1");
        console.person("plain", Role.DISPATCHER, "ECATEPEC", "");
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    private static Map<String, Object> account(
            String name, Role role, List<String> sites, List<String> groups) {
        return new HashMap<>(
                Map.of(
                        "name", name,
                        "displayName", name,
                        "roles", List.of(role),
                        "sites", sites,
                        "groups", groups));
    }

    private static Browser.Answer change(Browser by, String name, Map<String, ?> change) {
        return by.call("PATCH", "/api/accounts/" + name, change);
    }

    /** The account as supervisors see it. */
    private static JsonNode account(String name) {
        for (JsonNode each : ana.get("/api/accounts").json().path("accounts")) {
            if (each.path("name").asString().equals(name)) {
                return each;
            }
        }
        return Json.MAPPER.readTree("{}");
    }

    /** It makes a supervisor of all sites, whom no other has confirmed. */
    @Test
    void theFirstLinkEndsWithTheFirstSupervisor() {
        Browser.Answer answer =
                console.stranger()
                        .post(
                                "/api/first-login",
                                Map.of(
                                        "token",
                                        firstLink,
                                        "name",
                                        "late",
                                        "password",
                                        RealConsole.PASSWORD));
        assertThat(answer.status()).as(answer.body()).isEqualTo(410);
        assertThat(account("late").isEmpty()).isTrue();
    }

    @Test
    void anAccountWithAGroupNeedsASecondSupervisor() {
        Browser.Answer asked =
                ana.post(
                        "/api/accounts",
                        account("carlos", Role.DISPATCHER, List.of("TOLUCA"), List.of("unit-1")));
        assertThat(asked.status()).as(asked.body()).isEqualTo(200);
        assertThat(asked.json().path("link").isMissingNode() || asked.json().path("link").isNull())
                .as(asked.body())
                .isTrue();
        assertThat(account("carlos").isEmpty()).isTrue();
        String request =
                "/api/account-requests/"
                        + asked.json().path("request").path("requestId").asString();
        assertThat(ana.post(request + "/confirm", null).status()).isEqualTo(403);
        assertThat(luz.get("/api/accounts").body()).contains("\"askedBy\":\"ana\"");

        Browser.Answer confirmed = luz.post(request + "/confirm", null);

        assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(200);
        assertThat(confirmed.json().path("link").asString()).startsWith("/first#");
        assertThat(account("carlos").path("groups").toString()).isEqualTo("[\"unit-1\"]");
        assertThat(luz.post(request + "/confirm", null).status()).isEqualTo(404);
        assertThat(auditor.get("/api/audit?action=ACCOUNT_CONFIRM").body())
                .contains("\"askedBy\":\"ana\"")
                .contains("\"groups\":[\"unit-1\"]")
                .contains("\"object\":\"carlos\"");
    }

    @Test
    void aLinkOrTheEndOfPasskeysOfAMemberNeedsASecondSupervisor() {
        for (String what : List.of("newLink", "removePasskeys")) {
            Browser.Answer asked = change(ana, "member", Map.of(what, true));
            assertThat(asked.status()).as(asked.body()).isEqualTo(200);
            assertThat(asked.body()).doesNotContain("/first#");
            String request =
                    "/api/account-requests/"
                            + asked.json().path("request").path("requestId").asString();
            assertThat(luz.call("DELETE", request, null).status()).isEqualTo(204);
            assertThat(luz.post(request + "/confirm", null).status()).isEqualTo(404);
        }
        assertThat(change(ana, "plain", Map.of("newLink", true)).body()).contains("/first#");
    }

    @Test
    void aSecondSupervisorIsNotMadeByTheFirstAlone() {
        Map<String, Object> second = account("boss", Role.SUPERVISOR, List.of("TOLUCA"), List.of());
        assertThat(ana.post("/api/accounts", second).body()).doesNotContain("/first#");
        assertThat(account("boss").isEmpty()).isTrue();
        assertThat(change(ana, "luz", Map.of("newLink", true)).body()).doesNotContain("/first#");
        assertThat(change(ana, "plain", Map.of("roles", List.of("SUPERVISOR"))).status())
                .isEqualTo(200);
        assertThat(account("plain").path("roles").toString()).isEqualTo("[\"DISPATCHER\"]");
    }

    /** Or who made it alone would be two of the supervisors. */
    @Test
    void anAccountOfOneSupervisorsMakingIsNewWhenItNeedsTwo() {
        for (Map<String, ?> wider :
                List.of(
                        Map.of("roles", List.of("SUPERVISOR")),
                        Map.of("groups", List.of("unit-1")))) {
            String name = wider.containsKey("groups") ? "bob-1" : "bob-2";
            Browser.Answer made =
                    ana.post(
                            "/api/accounts",
                            account(name, Role.DISPATCHER, List.of("TOLUCA"), List.of()));
            Browser bob = console.signIn(made.json().path("link").asString());
            assertThat(bob.get("/api/items").status()).isEqualTo(200);
            String request =
                    change(ana, name, wider).json().path("request").path("requestId").asString();

            Browser.Answer confirmed =
                    luz.post("/api/account-requests/" + request + "/confirm", null);

            assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(200);
            assertThat(bob.get("/api/items").status()).isEqualTo(401);
            Map<String, String> login = Map.of("name", name, "password", RealConsole.PASSWORD);
            assertThat(console.stranger().post("/api/login", login).status()).isEqualTo(401);
            Browser next = console.signIn(confirmed.json().path("link").asString());
            assertThat(next.get("/api/items").status()).isEqualTo(200);
        }
    }

    /** Who made the account alone holds its session, in which a request waits for its row. */
    @Test
    void aRequestThatIsUnderWayDoesNotGetTheRightsOfAConfirmation() throws Exception {
        Browser.Answer made =
                ana.post(
                        "/api/accounts",
                        account("held", Role.DISPATCHER, List.of("TOLUCA"), List.of()));
        Browser held = console.signIn(made.json().path("link").asString());
        String raised =
                change(ana, "held", Map.of("roles", List.of("SUPERVISOR")))
                        .json()
                        .path("request")
                        .path("requestId")
                        .asString();
        String third =
                ana.post(
                                "/api/accounts",
                                account("third", Role.SUPERVISOR, List.of("TOLUCA"), List.of()))
                        .json()
                        .path("request")
                        .path("requestId")
                        .asString();
        noteActivityAtOnce("held");
        CompletableFuture<Browser.Answer> confirmed;
        try (Connection connection = console.bean(DataSource.class).getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "SELECT 1 FROM spring_session_attributes JOIN spring_session ON primary_id ="
                            + " session_primary_id WHERE principal_name = 'held' FOR UPDATE OF"
                            + " spring_session_attributes");
            confirmed =
                    CompletableFuture.supplyAsync(
                            () -> held.post("/api/account-requests/" + third + "/confirm", null));
            Thread.sleep(500);
            assertThat(confirmed).isNotDone();
            Browser.Answer answer = luz.post("/api/account-requests/" + raised + "/confirm", null);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            connection.rollback();
            connection.setAutoCommit(true);
        }
        assertThat(confirmed.get(1, TimeUnit.MINUTES).status()).isEqualTo(401);
        assertThat(account("third").isEmpty()).isTrue();
    }

    /** As a request does a minute after the last one that was noted. */
    private static void noteActivityAtOnce(String name) throws Exception {
        Field signed = Sessions.class.getDeclaredField("signed");
        signed.setAccessible(true);
        Field notedAt = Sessions.Signed.class.getDeclaredField("notedAt");
        notedAt.setAccessible(true);
        for (Object each : ((Map<?, ?>) signed.get(console.bean(Sessions.class))).values()) {
            if (((Sessions.Signed) each).name().equals(name)) {
                notedAt.setLong(each, 0);
            }
        }
    }

    @Test
    void noOneGivesMoreThanTheOwn() {
        for (Map<String, Object> each :
                List.of(
                        account("x1@toluca", Role.AUDITOR, List.of("TOLUCA"), List.of()),
                        account("x2@toluca", Role.ANALYST, List.of("TOLUCA"), List.of()),
                        account("x3@toluca", Role.DISPATCHER, List.of("TOLUCA"), List.of("unit-9")),
                        account("x4@toluca", Role.DISPATCHER, List.of("ECATEPEC"), List.of()),
                        account("x5@toluca", Role.DISPATCHER, List.of(), List.of()))) {
            Browser.Answer answer = ofToluca.post("/api/accounts", each);
            assertThat(answer.status()).as(answer.body()).isEqualTo(403);
            assertThat(answer.json().path("code").asString()).isEqualTo("beyond-own");
            assertThat(account(each.get("name").toString()).isEmpty()).isTrue();
        }
        assertThat(change(ofToluca, "plain", Map.of("disabled", true)).status()).isEqualTo(404);
        assertThat(change(ana, "eva", Map.of("newLink", true)).status()).isEqualTo(403);
        assertThat(ofToluca.get("/api/accounts").body()).doesNotContain("\"plain\"");
        assertThat(
                        ofToluca.post(
                                        "/api/accounts",
                                        account(
                                                "own@toluca",
                                                Role.DISPATCHER,
                                                List.of("TOLUCA"),
                                                List.of()))
                                .body())
                .contains("/first#");
    }

    /** A name that is taken, or that of a group, is not shown to those who may not know of it. */
    @Test
    void whoHasOneSiteMakesNamesOfThatSite() {
        for (String name : List.of("plain", "unit-1", "free", "free@ecatepec")) {
            Browser.Answer answer =
                    ofToluca.post(
                            "/api/accounts",
                            account(name, Role.DISPATCHER, List.of("TOLUCA"), List.of()));
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.json().path("field").asString()).isEqualTo("name");
            assertThat(answer.body()).contains("[@toluca]").doesNotContain("taken");
        }
        Map<String, Object> own =
                account("ines@toluca", Role.DISPATCHER, List.of("TOLUCA"), List.of());
        assertThat(ofToluca.post("/api/accounts", own).status()).isEqualTo(200);
        assertThat(ofToluca.post("/api/accounts", own).status()).isEqualTo(409);
        assertThat(
                        ana.post(
                                        "/api/accounts",
                                        account("ivan", Role.DISPATCHER, List.of(), List.of()))
                                .status())
                .as("who sees all accounts names them freely")
                .isEqualTo(200);
    }

    @Test
    void mutesAreShownToTheSitesThatTheyConcern() {
        Map<String, Object> ofEcatepec = mute("ALL", Map.of("site", "ECATEPEC"));
        Map<String, Object> personal = mute("ME", Map.of("type", "loitering"));
        personal.put("operator", "plain");
        Map<String, Object> ofAll = mute("ALL", Map.of("type", "loitering"));
        for (Map<String, Object> each : List.of(ofEcatepec, personal, ofAll)) {
            each.put("reason", "because");
            String muteId = ana.post("/api/mutes", each).json().path("muteId").asString();
            boolean isOfAll = each == ofAll;
            assertThat(mute(luz, muteId).path("reason").asString()).isEqualTo("because");
            assertThat(mute(ofToluca, muteId) != null).as("%s", each).isEqualTo(isOfAll);
            ana.call("DELETE", "/api/mutes/" + muteId, null);
        }
    }

    private static JsonNode mute(Browser by, String muteId) {
        for (JsonNode each : by.get("/api/mutes").json().path("mutes")) {
            if (each.path("muteId").asString().equals(muteId)) {
                return each;
            }
        }
        return null;
    }

    @Test
    void anAccountOfAGroupsOrARecipientsNameSeesNothingCovert() {
        assertThat(
                        ana.post(
                                        "/api/accounts",
                                        account(
                                                "unit-1",
                                                Role.DISPATCHER,
                                                List.of("TOLUCA"),
                                                List.of()))
                                .status())
                .isEqualTo(409);
        ana.post("/api/accounts", account("named", Role.DISPATCHER, List.of("TOLUCA"), List.of()));
        Viewer named = console.bean(Accounts.class).active("named").viewer();
        assertThat(named.mayKnow(true, List.of("named"))).isFalse();
        assertThat(change(ana, "named", Map.of("groups", List.of("named"))).status())
                .as("no supervisor has it to give")
                .isEqualTo(403);
        Map<String, Object> ofOwnName =
                account("named-2", Role.DISPATCHER, List.of("TOLUCA"), List.of("named-2"));
        assertThat(ana.post("/api/accounts", ofOwnName).status()).isEqualTo(403);
    }

    @Test
    void aLinkOfARecipientByNameNeedsTwoSupervisors() {
        console.command(
                "recipient",
                "--roles",
                "DISPATCHER",
                "--for-sites",
                "all",
                "--groups",
                "recipient");
        RealConsole.await(() -> console.bean(Accounts.class).any("recipient") != null);
        Browser.Answer asked = change(ana, "recipient", Map.of("newLink", true));
        assertThat(asked.json().path("request").path("name").asString()).isEqualTo("recipient");
    }

    @Test
    void anAnalystDoesNotLoseThatLimitByOneSupervisor() {
        console.command(
                "mixed",
                "--roles",
                "DISPATCHER,ANALYST",
                "--for-sites",
                "all",
                "--groups",
                "unit-1");
        RealConsole.await(() -> console.bean(Accounts.class).any("mixed") != null);
        assertThat(change(ana, "mixed", Map.of("roles", List.of("DISPATCHER"))).status())
                .isEqualTo(200);
        assertThat(account("mixed").path("roles").toString()).contains("ANALYST");
    }

    @Test
    void wallsAreOfTheOwnSites() {
        assertThat(ana.post("/api/walls", Map.of("wall", 7, "site", "ECATEPEC")).status())
                .isEqualTo(200);
        assertThat(ofToluca.post("/api/walls", Map.of("wall", 7, "site", "TOLUCA")).status())
                .isEqualTo(404);
        assertThat(ofToluca.post("/api/walls", Map.of("wall", 8, "site", "ECATEPEC")).status())
                .isEqualTo(403);
        assertThat(ofToluca.post("/api/walls", Map.of("wall", 8)).status()).isEqualTo(403);
        assertThat(ofToluca.call("DELETE", "/api/walls/7", null).status()).isEqualTo(404);
        assertThat(ofToluca.get("/api/walls").body()).doesNotContain("ECATEPEC");
        assertThat(ofToluca.post("/api/walls", Map.of("wall", 8, "site", "TOLUCA")).status())
                .isEqualTo(200);
        assertThat(auditor.get("/api/audit?action=WALL_CREATE").body()).contains("ECATEPEC");
    }

    private static Map<String, Object> mute(String scope, Map<String, ?> matcher) {
        return new HashMap<>(
                Map.of(
                        "scope",
                        scope,
                        "matcher",
                        matcher,
                        "minutes",
                        5,
                        "reason",
                        "fair",
                        "caseNumber",
                        "C-1"));
    }

    @Test
    void mutesAreOfTheOwnSites() {
        Map<String, Object> ofEcatepec = mute("ALL", Map.of("site", "ECATEPEC"));
        assertThat(ofToluca.post("/api/mutes", ofEcatepec).status()).isEqualTo(400);
        Browser.Answer narrowed = ofToluca.post("/api/mutes", mute("ALL", Map.of("type", "crowd")));
        assertThat(narrowed.json().path("matcher").path("site").asString()).isEqualTo("TOLUCA");
        Map<String, Object> forAnother = mute("ME", Map.of("type", "crowd"));
        forAnother.put("operator", "plain");
        assertThat(ofToluca.post("/api/mutes", forAnother).status()).isEqualTo(400);

        String muteId = ana.post("/api/mutes", ofEcatepec).json().path("muteId").asString();
        String personal = ana.post("/api/mutes", forAnother).json().path("muteId").asString();
        for (String each : List.of(muteId, personal)) {
            assertThat(ofToluca.call("DELETE", "/api/mutes/" + each, null).status()).isEqualTo(404);
            assertThat(luz.call("DELETE", "/api/mutes/" + each, null).status()).isEqualTo(204);
        }
    }

    @Test
    void theCommandOnTheServerIsAudited() {
        assertThat(auditor.get("/api/audit?action=ACCOUNT_CREATE").body())
                .contains("\"user\":\"server:" + System.getProperty("user.name") + "\"")
                .contains("\"object\":\"eva\"")
                .contains("\"roles\":[\"AUDITOR\"]");
        assertThat(console.command(1, "no-role", "--for-sites", "all")).contains("roles");
        assertThat(console.command(1, "no-site", "--roles", "DISPATCHER")).contains("--for-sites");
        console.command("plain", "--disabled", "true");
        RealConsole.await(() -> console.bean(Accounts.class).active("plain") == null);
        console.command("plain", "--disabled", "false");
        RealConsole.await(() -> console.bean(Accounts.class).active("plain") != null);
        assertThat(auditor.get("/api/audit/verify").json().path("ok").asBoolean()).isTrue();
    }
}
