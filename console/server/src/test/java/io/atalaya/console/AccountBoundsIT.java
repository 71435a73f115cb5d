package io.atalaya.console;

import io.atalaya.console.account.Accounts;
import io.atalaya.console.security.Role;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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

    @TempDir static Path directory;
    private static RealConsole console;

    @BeforeAll
    static void start() throws Exception {
        console = new RealConsole(directory);
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
}
