package io.atalaya.console.account;

import io.atalaya.console.audit.Audit;
import io.atalaya.console.connection.Database;
import io.atalaya.console.connection.Settings;
import io.atalaya.console.item.Items;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Limits;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Viewer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionTemplate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Two supervisors are two persons: what happens at the same time, and in which order, does not make
 * one of them both. Each race is held open, in the check of a password or in the audit.
 */
@EnabledIf(
        value = "io.atalaya.console.RealConsole#canStartPostgres",
        disabledReason = "as ConsoleIT")
@Tag("attack")
class TwoSupervisorsIT {
    private static final String PASSWORD = "lluvia sobre Toluca 7";
    private static final String HOME = "10.1.1.1";
    private static final Set<String> NONE = Set.of();
    private static final long LONG = 60;

    /** Lets a test act while a password is checked or hashed. */
    private static final class HeldEncoder implements PasswordEncoder {
        private final PasswordEncoder encoder = Accounts.passwordEncoder();
        private volatile CountDownLatch entered;
        private volatile CountDownLatch released;

        void hold() {
            entered = new CountDownLatch(1);
            released = new CountDownLatch(1);
        }

        void awaitEntered() throws InterruptedException {
            assertThat(entered.await(LONG, TimeUnit.SECONDS)).isTrue();
        }

        void release() {
            released.countDown();
        }

        private void pass() {
            CountDownLatch held = released;
            if (held != null) {
                entered.countDown();
                try {
                    assertThat(held.await(LONG, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        @Override
        public String encode(CharSequence raw) {
            String encoded = encoder.encode(raw);
            pass();
            return encoded;
        }

        @Override
        public boolean matches(CharSequence raw, String encoded) {
            boolean matches = encoder.matches(raw, encoded);
            pass();
            return matches;
        }
    }

    @TempDir static Path directory;
    private static Database database;
    private static int tests;

    private final JdbcClient jdbc = JdbcClient.create(database.source());
    private final HeldEncoder encoder = new HeldEncoder();
    private final Limits limits = new Limits();
    private final Accounts accounts =
            new Accounts(jdbc, new JdbcTransactionManager(database.source()), encoder, limits);
    private final Audit audit = new Audit(jdbc);
    private final Passkeys passkeys =
            new Passkeys(new JdbcTemplate(database.source()), "http://localhost");
    private final Sessions sessions =
            new Sessions(
                    accounts,
                    new JdbcIndexedSessionRepository(
                            new JdbcTemplate(database.source()),
                            new TransactionTemplate(
                                    new JdbcTransactionManager(database.source()))));
    private final Grants grants = new Grants(jdbc, accounts, passkeys, audit);

    /** Those of another console, or of the command on the server, with the same database. */
    private final Accounts accountsElsewhere =
            new Accounts(
                    jdbc, new JdbcTransactionManager(database.source()), encoder, new Limits());

    private final Grants elsewhere = new Grants(jdbc, accountsElsewhere, passkeys, new Audit(jdbc));

    private final SessionApi api =
            new SessionApi(
                    sessions,
                    accounts,
                    passkeys,
                    audit,
                    new Items(),
                    CookieCsrfTokenRepository.withHttpOnlyFalse(),
                    new Logins(accounts, audit, limits),
                    "");

    /** Of this test alone. */
    private final String end = "-" + ++tests;

    private final String ana = "ana" + end;
    private final String luz = "luz" + end;
    private final String bob = "bob" + end;

    @BeforeAll
    static void start() {
        database =
                new Database(
                        new Settings(
                                Map.of(),
                                null,
                                directory.resolve("data"),
                                null,
                                null,
                                null,
                                Map.of(),
                                Set.of()));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void people() {
        make(ana, Role.SUPERVISOR, Set.of("unit-1"));
        make(luz, Role.SUPERVISOR, Set.of("unit-1"));
    }

    /** As the command on the server does; returns the link's token. */
    private String make(String name, Role role, Set<String> groups) {
        return token(
                grants.apply(
                        name,
                        new Grants.NewAccount(name, name, EnumSet.of(role), groups, NONE, null)));
    }

    private static String token(String link) {
        return link.substring(link.indexOf('#') + 1);
    }

    private Audit.Actor actor(String name) {
        return new Audit.Actor(accounts.active(name).viewer(), null, null);
    }

    private static Grants.Change roles(Role... roles) {
        return new Grants.Change(
                EnumSet.copyOf(List.of(roles)), null, null, null, null, null, null);
    }

    private static Grants.Change groups(String... groups) {
        return new Grants.Change(null, Set.of(groups), null, null, null, null, null);
    }

    private static Grants.Change newLink() {
        return new Grants.Change(null, null, null, null, null, true, null);
    }

    private static Grants.Change disabled(boolean disabled) {
        return new Grants.Change(null, null, null, disabled, null, null, null);
    }

    /** What waits for a second supervisor. */
    private String asked(String by, String name, Grants.Wanted wanted) {
        Grants.Granted granted = grants.ask(actor(by), name, wanted);
        assertThat(granted.request()).as("%s is not given by one alone", wanted).isNotNull();
        assertThat(granted.link()).isNull();
        return granted.request().requestId();
    }

    private Grants.Granted confirm(String by, String requestId) {
        return grants.confirm(actor(by), requestId);
    }

    private static MockHttpServletRequest request(MockHttpSession session) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(HOME);
        request.setSession(session);
        return request;
    }

    private MockHttpSession signedIn(String token, String name) {
        MockHttpServletRequest request = request(new MockHttpSession());
        api.firstLogin(
                new SessionApi.FirstLogin(token, null, null, PASSWORD, null, null, null),
                request,
                new MockHttpServletResponse());
        assertThat(sessions.of(request).name()).isEqualTo(name);
        return (MockHttpSession) request.getSession(false);
    }

    private SessionApi.Session login(String name, MockHttpServletRequest request) {
        return api.login(
                new SessionApi.Login(name, PASSWORD, null, null),
                request,
                new MockHttpServletResponse());
    }

    private static <T> CompletableFuture<T> begin(Callable<T> what) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return what.call();
                    } catch (Problem e) {
                        throw e;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                command -> new Thread(command).start());
    }

    private static void assertRefused(CompletableFuture<?> begun, int status) {
        assertThatThrownBy(() -> begun.get(LONG, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        Problem.class, e -> assertThat(e.status().value()).isEqualTo(status));
    }

    private static void assertRefused(Runnable what, int status) {
        assertThatThrownBy(what::run)
                .isInstanceOfSatisfying(
                        Problem.class, e -> assertThat(e.status().value()).isEqualTo(status));
    }

    @Test
    void aLoginThatStraddlesAConfirmationDoesNotHaveTheNewRights() throws Exception {
        signedIn(make(bob, Role.DISPATCHER, NONE), bob);
        String requestId = asked(ana, bob, roles(Role.SUPERVISOR));
        MockHttpServletRequest request = request(new MockHttpSession());
        encoder.hold();
        CompletableFuture<?> login = begin(() -> login(bob, request));
        encoder.awaitEntered();

        confirm(luz, requestId);
        encoder.release();

        assertRefused(login, 401);
        assertThat(sessions.of(request)).isNull();
    }

    @Test
    void aLoginThatIsHeldAndStraddlesNothingBegins() throws Exception {
        signedIn(make(bob, Role.DISPATCHER, NONE), bob);
        MockHttpServletRequest request = request(new MockHttpSession());
        encoder.hold();
        CompletableFuture<?> login = begin(() -> login(bob, request));
        encoder.awaitEntered();
        encoder.release();
        login.get(LONG, TimeUnit.SECONDS);
        assertThat(sessions.of(request).name()).isEqualTo(bob);
    }

    @Test
    void aFirstLoginThatStraddlesAConfirmationSetsNoPassword() throws Exception {
        String token = make(bob, Role.DISPATCHER, NONE);
        String requestId = asked(ana, bob, groups("unit-1"));
        encoder.hold();
        CompletableFuture<?> login = begin(() -> signedIn(token, bob));
        encoder.awaitEntered();

        Grants.Granted confirmed = confirm(luz, requestId);
        encoder.release();

        assertRefused(login, 410);
        assertThat(accounts.any(bob).invited()).as("without a password").isTrue();
        signedIn(token(confirmed.link()), bob);
    }

    @Test
    void aChangeOfAPasswordThatStraddlesAConfirmationChangesNothing() throws Exception {
        MockHttpSession session = signedIn(make(bob, Role.DISPATCHER, NONE), bob);
        String requestId = asked(ana, bob, groups("unit-1"));
        encoder.hold();
        CompletableFuture<?> change =
                begin(
                        () -> {
                            api.password(
                                    actor(bob),
                                    new SessionApi.NewPassword(PASSWORD, PASSWORD + "!", null),
                                    request(session));
                            return null;
                        });
        encoder.awaitEntered();

        confirm(luz, requestId);
        encoder.release();

        assertRefused(change, 401);
        assertThat(accounts.any(bob).invited()).as("without a password").isTrue();
        assertThat(sessions.of(request(session))).isNull();
    }

    /** The own session goes on with the new password, and the others do not. */
    @Test
    void aChangeOfAPasswordKeepsItsSessionAlone() {
        MockHttpSession session = signedIn(make(bob, Role.DISPATCHER, NONE), bob);
        MockHttpServletRequest other = request(new MockHttpSession());
        login(bob, other);

        api.password(
                actor(bob),
                new SessionApi.NewPassword(PASSWORD, PASSWORD + "!", null),
                request(session));

        assertThat(sessions.of(request(session)).name()).isEqualTo(bob);
        assertThat(sessions.of(other)).isNull();
    }

    @Test
    void aPasskeyIsNotAddedAcrossAConfirmation() {
        signedIn(make(bob, Role.DISPATCHER, NONE), bob);
        String before = accounts.mark(bob);
        confirm(luz, asked(ana, bob, groups("unit-1")));
        assertRefused(() -> accounts.unchanged(bob, before, () -> passkey(bob)), 401);
        assertThat(passkeys.of(bob)).isEmpty();
    }

    /** Runs while no record can be written, so that all stand between check and act. */
    private void whileTheAuditWaits(Runnable start) throws Exception {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE lookup_audit IN EXCLUSIVE MODE");
            start.run();
            sleep();
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** As long as any of what has begun takes to come to the audit. */
    private static void sleep() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void linksThatAreAskedForDuringAConfirmationAreNotThoseOfTheNewSupervisor() throws Exception {
        signedIn(make(bob, Role.DISPATCHER, NONE), bob);
        String requestId = asked(ana, bob, roles(Role.SUPERVISOR));
        List<CompletableFuture<Grants.Granted>> links = new ArrayList<>();
        List<CompletableFuture<Grants.Granted>> confirmed = new ArrayList<>();
        whileTheAuditWaits(
                () -> {
                    confirmed.add(begin(() -> confirm(luz, requestId)));
                    for (int i = 0; i < 30; i++) {
                        links.add(begin(() -> grants.ask(actor(ana), bob, newLink())));
                    }
                });

        String link = confirmed.get(0).get(LONG, TimeUnit.SECONDS).link();
        List<String> got = new ArrayList<>();
        for (CompletableFuture<Grants.Granted> each : links) {
            got.add(each.get(LONG, TimeUnit.SECONDS).link());
        }
        for (String each : got) {
            if (each != null) {
                assertRefused(() -> accounts.invited(token(each)), 410);
            }
        }
        signedIn(token(link), bob);
    }

    @Test
    void whatAnotherConsoleHasChangedMeanwhileCounts() throws Exception {
        signedIn(make(bob, Role.DISPATCHER, NONE), bob);
        List<CompletableFuture<Grants.Granted>> links = new ArrayList<>();
        whileTheAuditWaits(
                () -> {
                    links.add(begin(() -> grants.ask(actor(ana), bob, newLink())));
                    sleep();
                    elsewhere.apply(bob, groups("unit-1"));
                });
        assertRefused(links.get(0), 409);
        assertThat(grants.requests(actor(luz).viewer())).noneMatch(each -> each.name().equals(bob));
    }

    /** Between the second check and the change itself, too. */
    @Test
    void whatAnotherConsoleIsAboutToChangeIsWaitedFor() throws Exception {
        signedIn(make(bob, Role.DISPATCHER, NONE), bob);
        CompletableFuture<?> link;
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE account SET groups = '{unit-1}' WHERE name = '" + bob + "'");
            link = begin(() -> grants.ask(actor(ana), bob, newLink()));
            sleep();
            connection.commit();
            connection.setAutoCommit(true);
        }
        assertRefused(link, 409);
    }

    @Test
    void ofTwoConfirmationsAtOnceOneGoesOn() throws Exception {
        make(bob, Role.DISPATCHER, Set.of("unit-1"));
        make("zoe" + end, Role.SUPERVISOR, Set.of("unit-1"));
        String requestId = asked(ana, bob, newLink());
        accountsElsewhere.refresh();
        List<CompletableFuture<Grants.Granted>> confirmed = new ArrayList<>();
        whileTheAuditWaits(
                () -> {
                    Audit.Actor zoe = actor("zoe" + end);
                    confirmed.add(begin(() -> confirm(luz, requestId)));
                    confirmed.add(begin(() -> elsewhere.confirm(zoe, requestId)));
                });
        List<String> links = new ArrayList<>();
        for (CompletableFuture<Grants.Granted> each : confirmed) {
            links.add(
                    each.handle((granted, e) -> e == null ? granted.link() : null)
                            .get(LONG, TimeUnit.SECONDS));
        }
        assertThat(links.stream().filter(Objects::nonNull)).hasSize(1);
    }

    /** It would make a second supervisor of all sites, whom no other has confirmed. */
    @Test
    void theFirstLinkEndsWithASupervisorWhomTheServerMakesMeanwhile() throws Exception {
        jdbc.sql("UPDATE account SET roles = '{DISPATCHER}'").update();
        accounts.refresh();
        String token = accounts.firstToken();
        encoder.hold();
        CompletableFuture<?> login =
                begin(() -> accounts.firstLogin(token, bob, null, PASSWORD, null));
        encoder.awaitEntered();
        elsewhere.apply(ana, roles(Role.SUPERVISOR));
        encoder.release();
        assertRefused(login, 410);
        assertThat(accounts.any(bob)).isNull();
    }

    /** Or one supervisor alone makes an account less, and then takes it over alone. */
    @Test
    void whatNeededTwoBeforeNeedsTwoToBeChanged() {
        make(bob, Role.DISPATCHER, Set.of("unit-1"));
        asked(
                ana,
                bob,
                new Grants.Change(EnumSet.of(Role.DISPATCHER), NONE, null, null, null, true, true));
        asked(ana, bob, new Grants.Change(null, NONE, null, null, null, true, null));
        asked(ana, bob, groups());
        asked(ana, bob, new Grants.Change(null, null, Set.of("TOLUCA"), null, null, null, null));
        asked(ana, luz, roles(Role.DISPATCHER));
        assertThat(accounts.any(bob).groups()).containsExactly("unit-1");

        Grants.Granted unlocked =
                grants.ask(
                        actor(ana),
                        bob,
                        new Grants.Change(null, null, null, null, true, null, null));
        assertThat(unlocked.request()).isNull();
    }

    @Test
    void theAuditorAndColleaguesAreSwitchedOffByTwo() {
        make(bob, Role.AUDITOR, NONE);
        for (String name : List.of(bob, luz)) {
            asked(ana, name, disabled(true));
            asked(ana, name, roles(Role.DISPATCHER));
            assertThat(accounts.active(name)).isNotNull();
        }
        make("zoe" + end, Role.SUPERVISOR, Set.of("unit-1"));
        confirm(luz, asked(ana, "zoe" + end, disabled(true)));
        assertThat(accounts.active("zoe" + end)).isNull();

        String member = "member" + end;
        make(member, Role.DISPATCHER, Set.of("unit-1"));
        assertThat(grants.ask(actor(ana), member, disabled(true)).request()).isNull();
        assertThat(accounts.active(member)).as("a recipient is no auditor").isNull();
        asked(ana, member, disabled(false));
    }

    @Test
    void aLinkIsNotForWhoCouldNotGiveWhatTheAccountHas() {
        make(bob, Role.DISPATCHER, Set.of("unit-9"));
        assertRefused(
                () ->
                        grants.ask(
                                actor(ana),
                                bob,
                                new Grants.Change(null, NONE, null, null, null, true, null)),
                403);
        make("eva" + end, Role.AUDITOR, NONE);
        assertRefused(
                () ->
                        grants.ask(
                                actor(ana),
                                "eva" + end,
                                new Grants.Change(
                                        EnumSet.of(Role.DISPATCHER),
                                        null,
                                        null,
                                        null,
                                        null,
                                        true,
                                        null)),
                403);
    }

    @Test
    void bothMustStillHaveWhatTheyGive() {
        make(bob, Role.DISPATCHER, NONE);
        String ofAsker = asked(ana, bob, groups("unit-1"));
        grants.apply(ana, groups("unit-2"));
        assertRefused(() -> confirm(luz, ofAsker), 403);
        grants.apply(ana, groups("unit-1"));
        grants.apply(luz, groups("unit-2"));
        assertRefused(() -> confirm(luz, ofAsker), 403);
        grants.apply(luz, groups("unit-1"));
        assertThat(confirm(luz, ofAsker).account().groups()).containsExactly("unit-1");
    }

    @Test
    void whoAskedMustStillBeASupervisor() {
        make(bob, Role.DISPATCHER, NONE);
        String requestId = asked(ana, bob, groups("unit-1"));
        grants.apply(ana, roles(Role.DISPATCHER));
        assertRefused(() -> confirm(luz, requestId), 409);
        grants.apply(
                ana,
                new Grants.Change(EnumSet.of(Role.SUPERVISOR), null, null, true, null, null, null));
        assertRefused(() -> confirm(luz, requestId), 409);
        assertThat(accounts.any(bob).groups()).isEmpty();
    }

    /** What the session's account was when the request came in does not count. */
    @Test
    void whoConfirmsMustStillBeASupervisor() {
        make(bob, Role.DISPATCHER, NONE);
        String requestId = asked(ana, bob, groups("unit-1"));
        Audit.Actor before = actor(luz);
        grants.apply(luz, roles(Role.DISPATCHER));
        assertRefused(() -> grants.confirm(before, requestId), 403);
        assertRefused(() -> grants.ask(before, bob, newLink()), 403);
    }

    @Test
    void rolesThatTheAccountGotMeanwhileCount() {
        make(bob, Role.DISPATCHER, Set.of("unit-1"));
        String requestId = asked(ana, bob, newLink());
        grants.apply(bob, roles(Role.AUDITOR));
        assertRefused(() -> confirm(luz, requestId), 403);
    }

    @Test
    void aRequestEndsAfterADay() {
        make(bob, Role.DISPATCHER, NONE);
        String requestId = asked(ana, bob, groups("unit-1"));
        jdbc.sql("UPDATE account_request SET asked_at = now() - interval '1439 minutes'").update();
        assertThat(waiting()).contains(requestId);
        jdbc.sql("UPDATE account_request SET asked_at = now() - interval '1441 minutes'").update();
        assertThat(waiting()).doesNotContain(requestId);
        assertRefused(() -> confirm(luz, requestId), 404);
    }

    @Test
    void aSupervisorHasAHundredRequestsWaiting() {
        make(bob, Role.DISPATCHER, NONE);
        for (int i = 0; i < 100; i++) {
            asked(ana, bob, groups("unit-1"));
        }
        assertRefused(() -> grants.ask(actor(ana), bob, groups("unit-1")), 409);
        String ofAnother = asked(luz, bob, groups("unit-1"));
        jdbc.sql("DELETE FROM account_request WHERE asked_by = ?").param(ana).update();
        confirm(ana, ofAnother);
    }

    private List<String> waiting() {
        return grants.requests(accounts.active(luz).viewer()).stream()
                .map(Grants.Request::requestId)
                .toList();
    }

    private Void passkey(String name) {
        String id =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(name.getBytes(StandardCharsets.UTF_8));
        jdbc.sql("INSERT INTO user_entities (id, name, display_name) VALUES (?, ?, ?)")
                .params(id, name, name)
                .update();
        jdbc.sql(
                        "INSERT INTO user_credentials (credential_id, user_entity_user_id, public_key,"
                                + " signature_count, uv_initialized, backup_eligible,"
                                + " public_key_credential_type, backup_state, created, last_used,"
                                + " label, authenticator_transports) VALUES (?, ?, '\\x01', 1, true, false,"
                                + " 'public-key', false, now(), now(), 'key', '')")
                .params(id, id)
                .update();
        return null;
    }

    @Test
    void passkeysOfTheFormerLoginEnd() {
        for (Grants.Change change :
                List.of(
                        groups("unit-1"),
                        new Grants.Change(null, null, null, null, null, null, true))) {
            String name = bob + (change.groups() == null ? "-removed" : "-renewed");
            make(name, Role.DISPATCHER, change.groups() == null ? Set.of("unit-1") : NONE);
            passkey(name);
            assertThat(passkeys.of(name)).hasSize(1);
            String mark = accounts.mark(name);
            confirm(luz, asked(ana, name, change));
            assertThat(passkeys.of(name)).isEmpty();
            assertThat(accounts.mark(name)).isNotEqualTo(mark);
        }
    }

    /** Or who has asked could confirm it by another account. */
    @Test
    void whatThePersonBeforeHasAskedForEndsWithTheLink() {
        make(bob, Role.DISPATCHER, NONE);
        String requestId = asked(ana, bob, groups("unit-1"));
        String token = token(elsewhere.apply(ana, newLink()));
        accounts.refresh();
        assertThat(waiting()).contains(requestId);
        signedIn(token, ana);
        assertRefused(() -> confirm(luz, requestId), 404);
    }

    @Test
    void aPlaceIsKnownOnlyOfALoginThatBegan() {
        signedIn(make(bob, Role.DISPATCHER, NONE), bob);
        Accounts.Proven by = accounts.signIn(bob, PASSWORD);
        confirm(luz, asked(ana, bob, groups("unit-1")));
        accounts.signedIn(by, HOME);
        assertThat(accounts.isOrigin(bob, HOME)).isFalse();
    }

    @Test
    void disablingEndsLoginsThatHaveBegun() {
        signedIn(make(bob, Role.DISPATCHER, NONE), bob);
        Accounts.Proven by = accounts.signIn(bob, PASSWORD);
        grants.ask(actor(ana), bob, disabled(true));
        grants.ask(actor(ana), bob, disabled(false));
        assertRefused(() -> sessions.begin(request(new MockHttpSession()), by, null, null), 401);
    }

    /** Up to the moment at which the link is used, for the old password is good until then. */
    @Test
    void whatIsPrivateToThePersonBeforeDoesNotPass() {
        signedIn(make(bob, Role.DISPATCHER, NONE), bob);
        for (boolean shared : List.of(true, false)) {
            jdbc.sql("INSERT INTO saved_view VALUES (?, ?, 'x', 'plate=ABC1234', ?, now())")
                    .params(bob + shared, bob, shared)
                    .update();
        }
        Viewer before = accounts.active(bob).viewer();
        long madeAt = System.currentTimeMillis();
        assertThat(before.since()).isLessThanOrEqualTo(madeAt);

        signedIn(token(grants.ask(actor(ana), bob, newLink()).link()), bob);

        assertThat(accounts.active(bob).viewer().since()).isGreaterThanOrEqualTo(madeAt);
        assertThat(
                        jdbc.sql("SELECT shared FROM saved_view WHERE owner = ?")
                                .param(bob)
                                .query(Boolean.class)
                                .list())
                .containsExactly(true);
    }
}
