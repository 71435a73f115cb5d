package io.atalaya.console;

import io.atalaya.console.account.Accounts;
import io.atalaya.console.connection.Broker;
import io.atalaya.console.item.Items;
import io.atalaya.console.security.Role;

import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A console with a broker and a database of its own, and browsers of persons who use it. */
final class RealConsole implements AutoCloseable {
    static final String PASSWORD = "caballo-verde-9";

    private final TestBroker broker;
    private final String[] settings;
    private ConfigurableApplicationContext context;
    private final int port = TestBroker.freePort();
    private final Path data;
    final Broker producer;

    RealConsole(Path directory, String... more) throws Exception {
        broker = new TestBroker(directory.resolve("kafka"), 0);
        data = directory.resolve("data");
        Files.createDirectories(directory.resolve("web"));
        Files.writeString(directory.resolve("web/index.html"), "<!doctype html><title>x</title>");
        producer = new Broker(TestBroker.settings(Map.of("bootstrap.servers", broker.address())));
        settings =
                Stream.concat(
                                Stream.of(
                                        "--server.port=" + port,
                                        "--console.bootstrap-servers=" + broker.address(),
                                        "--console.data=" + data,
                                        "--console.web=" + directory.resolve("web")),
                                Arrays.stream(more))
                        .toArray(String[]::new);
        start();
    }

    private void start() {
        context = Console.start(settings);
        await(() -> bean(Items.class).isCaughtUp());
    }

    /** With the same database and broker. */
    void restart() {
        context.close();
        start();
    }

    String brokers() {
        return broker.address();
    }

    int port() {
        return port;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    String origin() {
        return "http://localhost:" + port;
    }

    static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).isLessThan(120_000_000_000L);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** As `scripts/console account` on the same machine; returns what it prints. */
    String command(String... arguments) {
        return command(0, arguments);
    }

    String command(int exitCode, String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine line = new Arguments(Map.of(), each -> {}).commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(out, true));
        line.getSubcommands()
                .values()
                .forEach(
                        each -> {
                            each.setOut(new PrintWriter(out, true));
                            each.setErr(new PrintWriter(out, true));
                        });
        String[] all =
                Stream.concat(
                                Stream.of("--data", data.toString(), "account"),
                                Arrays.stream(arguments))
                        .toArray(String[]::new);
        assertThat(line.execute(all)).as("%s: %s", List.of(arguments), out).isEqualTo(exitCode);
        return out.toString();
    }

    Browser stranger() {
        Browser browser = new Browser(origin());
        browser.get("/api/session");
        return browser;
    }

    /** A person with an account that the command makes. */
    Browser person(String name, Role role, String sites, String groups) {
        String said =
                command(name, "--roles", role.name(), "--for-sites", sites, "--groups", groups);
        RealConsole.await(() -> bean(Accounts.class).any(name) != null);
        return signIn(said.substring(said.indexOf("/first")).strip());
    }

    /** Uses up a link. */
    Browser signIn(String link) {
        Browser browser = stranger();
        Browser.Answer signedIn =
                browser.post(
                        "/api/first-login",
                        Map.of(
                                "token",
                                link.substring(link.indexOf('#') + 1),
                                "password",
                                PASSWORD,
                                "position",
                                "P-1"));
        assertThat(signedIn.status()).as(signedIn.body()).isEqualTo(200);
        browser.get("/api/session");
        return browser;
    }

    Browser wall(int wall, String site) {
        Browser browser = stranger();
        String key = bean(Accounts.class).wallKey(wall, site);
        assertThat(browser.post("/api/wall-login", Map.of("key", key)).status()).isEqualTo(200);
        browser.get("/api/session");
        return browser;
    }

    /** PostgreSQL refuses to work as root, so that the library starts it by unshare then. */
    static boolean canStartPostgres() throws Exception {
        return !System.getProperty("user.name").equals("root")
                || new ProcessBuilder("unshare", "-U", "true").start().waitFor() == 0;
    }

    @Override
    public void close() {
        context.close();
        producer.close();
        broker.close();
    }
}
