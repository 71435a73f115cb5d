package io.atalaya.console.account;

import io.atalaya.console.audit.Audit;
import io.atalaya.console.connection.Database;
import io.atalaya.console.connection.Settings;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Limits;
import io.atalaya.console.security.Limits.Limit;
import io.atalaya.console.security.Role;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.crypto.password.PasswordEncoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Passwords over a restart, and on the disk. */
@EnabledIf(
        value = "io.atalaya.console.RealConsole#canStartPostgres",
        disabledReason = "as ConsoleIT")
@Tag("attack")
class LoginsIT {
    private static final String PASSWORD = "lluvia sobre Toluca 7";
    private static final String PIN = "839274650192";
    private static final String HOME = "10.1.1.1";

    @TempDir private Path directory;

    private Settings settings() {
        return new Settings(
                Map.of(), null, directory.resolve("data"), null, null, null, Map.of(), Set.of());
    }

    private static Accounts accounts(Database database, Limits limits) {
        return new Accounts(
                JdbcClient.create(database.source()),
                new JdbcTransactionManager(database.source()),
                Accounts.passwordEncoder(),
                limits);
    }

    private static Accounts.Proven person(Accounts accounts, String name) {
        return accounts.firstLogin(invite(accounts, name), null, null, PASSWORD, PIN);
    }

    private static String invite(Accounts accounts, String name) {
        return accounts.create(
                new Grants.NewAccount(name, name, Set.of(Role.DISPATCHER), Set.of(), Set.of(), null)
                        .after(null));
    }

    @Test
    void letsAPersonInFromAFormerPlaceAfterARestartUnderAttack() throws Exception {
        try (Database database = new Database(settings())) {
            JdbcClient jdbc = JdbcClient.create(database.source());
            Accounts accounts = accounts(database, new Limits());
            for (String name : List.of("ana", "luz")) {
                accounts.signedIn(person(accounts, name), HOME);
            }
            for (int i = 0; i < 30; i++) {
                accounts.signedIn(accounts.identified("luz"), "10.2.2." + i);
            }
        }

        try (Database database = new Database(settings())) {
            JdbcClient jdbc = JdbcClient.create(database.source());
            Limits limits = new Limits();
            Accounts accounts = accounts(database, limits);
            Logins logins = new Logins(accounts, new Audit(jdbc), limits);
            for (String name : List.of("ana", "luz")) {
                for (int i = 0; i < Limit.WRONG_FROM_ELSEWHERE.tries(); i++) {
                    limits.require(Limit.WRONG_FROM_ELSEWHERE, name);
                }
            }

            assertThatThrownBy(() -> logins.signIn("ana", PASSWORD, "10.3.3.3"))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("too-many");
            assertThat(logins.signIn("ana", PASSWORD, HOME).account().name()).isEqualTo("ana");
            assertThat(logins.signIn("luz", PASSWORD, "10.2.2.29").account().name())
                    .isEqualTo("luz");
            assertThatThrownBy(() -> logins.signIn("luz", PASSWORD, HOME))
                    .as("only the last twenty places are kept")
                    .isInstanceOf(Problem.class);
        }
    }

    /** Or who shares an address with others learns who of them has an account. */
    @Test
    void answersAWrongPasswordAlikeWhereThePersonHasBeenAndWhereNot() throws Exception {
        try (Database database = new Database(settings())) {
            JdbcClient jdbc = JdbcClient.create(database.source());
            Limits limits = new Limits();
            Accounts accounts = accounts(database, limits);
            Logins logins = new Logins(accounts, new Audit(jdbc), limits);
            accounts.signedIn(person(accounts, "ana"), HOME);
            for (int i = 0; i < Limit.WRONG_FROM_ADDRESS.tries(); i++) {
                limits.require(Limit.WRONG_FROM_ADDRESS, HOME);
            }
            for (String name : List.of("ana", "no-one")) {
                assertThatThrownBy(() -> logins.signIn(name, PASSWORD + "?", HOME))
                        .as(name)
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("too-many");
            }
            assertThat(logins.signIn("ana", PASSWORD, HOME).account().name()).isEqualTo("ana");
        }
    }

    /** A whole centre can have one address. */
    @Test
    void aFloodOfLoginsFromAnAddressKeepsOutNoneWhoHaveSignedInThere() throws Exception {
        try (Database database = new Database(settings())) {
            HeldWhenWrong encoder = new HeldWhenWrong();
            Limits limits = new Limits();
            Accounts accounts =
                    new Accounts(
                            JdbcClient.create(database.source()),
                            new JdbcTransactionManager(database.source()),
                            encoder,
                            limits);
            Logins logins =
                    new Logins(accounts, new Audit(JdbcClient.create(database.source())), limits);
            accounts.signedIn(person(accounts, "ana"), HOME);
            List<Thread> flood = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                String name = "stranger-" + i;
                Thread each =
                        new Thread(
                                () ->
                                        assertThatThrownBy(() -> logins.signIn(name, "wrong", HOME))
                                                .isInstanceOf(Problem.class));
                each.start();
                flood.add(each);
            }
            try {
                assertThat(encoder.entered.await(1, TimeUnit.MINUTES)).isTrue();
                for (int i = 0; i < 10; i++) {
                    assertThat(logins.signIn("ana", PASSWORD, HOME).account().name())
                            .isEqualTo("ana");
                }
                person(accounts, "luz");
                assertThatThrownBy(() -> logins.signIn("luz", PASSWORD, HOME))
                        .as("who has not been there is a stranger")
                        .hasMessageContaining("too-many");
            } finally {
                encoder.released.countDown();
                for (Thread each : flood) {
                    each.join();
                }
            }
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i <= Limit.SIGNING_IN_AGAIN.tries(); i++) {
                                    logins.signIn("ana", PASSWORD, HOME);
                                }
                            })
                    .as("nor does who has been there hold the lane")
                    .hasMessageContaining("too-many");
        }
    }

    /** A check of a wrong password takes until it is released. */
    private static final class HeldWhenWrong implements PasswordEncoder {
        private final PasswordEncoder encoder = Accounts.passwordEncoder();
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public String encode(CharSequence raw) {
            return encoder.encode(raw);
        }

        @Override
        public boolean matches(CharSequence raw, String encoded) {
            if (raw.toString().equals("wrong")) {
                entered.countDown();
                try {
                    assertThat(released.await(1, TimeUnit.MINUTES)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return encoder.matches(raw, encoded);
        }
    }

    @Test
    void aStolenDiskHasNoPasswordPinOrLink() throws Exception {
        String link;
        String wall;
        try (Database database = new Database(settings())) {
            Accounts accounts = accounts(database, new Limits());
            person(accounts, "ana");
            accounts.changePassword("ana", accounts.mark("ana"), PASSWORD + "!", null);
            link = invite(accounts, "luz");
            wall = accounts.wallKey(1, "TOLUCA");
        }

        assertThat(filesWith("$argon2id$")).as("password and PIN").isNotEmpty();
        assertThat(filesWith("TOLUCA")).as("the wall").isNotEmpty();
        for (String secret : List.of(PASSWORD, PIN, link, wall)) {
            assertThat(filesWith(secret)).isEmpty();
        }
    }

    /** Of the database, also of its log of changes. */
    private List<Path> filesWith(String text) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).filter(each -> has(each, text)).toList();
        }
    }

    private static boolean has(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
