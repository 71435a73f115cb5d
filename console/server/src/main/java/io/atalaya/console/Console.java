package io.atalaya.console;

import io.atalaya.commandline.ExitCode;
import io.atalaya.console.account.Accounts;
import io.atalaya.console.account.Grants;
import io.atalaya.console.account.Logins;
import io.atalaya.console.account.Passkeys;
import io.atalaya.console.account.Sessions;
import io.atalaya.console.act.Acts;
import io.atalaya.console.audit.Audit;
import io.atalaya.console.audit.LookUps;
import io.atalaya.console.connection.Broker;
import io.atalaya.console.connection.Database;
import io.atalaya.console.connection.Settings;
import io.atalaya.console.feed.Feed;
import io.atalaya.console.health.Budgets;
import io.atalaya.console.health.Health;
import io.atalaya.console.health.Metrics;
import io.atalaya.console.item.Items;
import io.atalaya.console.map.Devices;
import io.atalaya.console.map.Duty;
import io.atalaya.console.queue.Mutes;
import io.atalaya.console.queue.Stream;
import io.atalaya.console.queue.Views;
import io.atalaya.console.request.Json;
import io.atalaya.console.security.Limits;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import picocli.CommandLine;

import javax.sql.DataSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The console: {@code scripts/console} starts it. */
@SpringBootApplication
@EnableScheduling
public class Console {
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);
    private static final String PREFIX = "console.";
    private static final int BODY_PAUSE_MS = 2_000;

    /** Starts the console. */
    public static void main(String[] args) {
        CommandLine line = new Arguments(System.getenv(), Console::start).commandLine();
        // Spring has said why it does not start.
        line.setExecutionExceptionHandler((e, command, parsed) -> ExitCode.ERROR);
        int exitCode = line.execute(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    private static void start(Arguments arguments) {
        if (arguments.stopsWithInput()) {
            stopWithInput();
        }
        start(arguments.settings().toArray(String[]::new));
    }

    private static void stopWithInput() {
        Thread reader =
                new Thread(
                        () -> {
                            try {
                                System.in.transferTo(OutputStream.nullOutputStream());
                            } catch (IOException e) {
                                LOG.debug("the input has ended", e);
                            }
                            System.exit(0);
                        },
                        "input");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the console with settings of Spring. */
    public static ConfigurableApplicationContext start(String... args) {
        return SpringApplication.run(Console.class, args);
    }

    @Bean
    Settings settings(Environment from) throws IOException {
        Map<String, Object> kafka = new HashMap<>();
        String file = from.getProperty(PREFIX + "kafka-properties");
        if (file != null) {
            Properties properties = new Properties();
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                properties.load(in);
            }
            properties.forEach((name, value) -> kafka.put(name.toString(), value));
        }
        String servers = from.getProperty(PREFIX + "bootstrap-servers");
        if (servers != null) {
            kafka.put("bootstrap.servers", servers);
        }
        kafka.putIfAbsent("bootstrap.servers", "localhost:9092");
        Map<String, String> prometheus = new LinkedHashMap<>();
        Arrays.stream(from.getProperty(PREFIX + "prometheus", "").split(","))
                .filter(each -> each.contains("="))
                .forEach(each -> prometheus.put(each.split("=", 2)[0], each.split("=", 2)[1]));
        return new Settings(
                kafka,
                from.getProperty(PREFIX + "database"),
                Path.of(
                        from.getProperty(
                                PREFIX + "data",
                                System.getProperty("user.home") + "/.atalaya/console")),
                path(from, "web"),
                path(from, "basemap"),
                path(from, "images"),
                prometheus,
                Arrays.stream(from.getProperty(PREFIX + "sites", "").split(","))
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static Path path(Environment from, String name) {
        String path = from.getProperty(PREFIX + name);
        return path == null || path.isBlank() ? null : Path.of(path);
    }

    @Bean
    JsonMapperBuilderCustomizer json() {
        return Json::ofRequests;
    }

    @Bean
    Database database(Settings settings) {
        return new Database(settings);
    }

    @Bean(destroyMethod = "")
    DataSource dataSource(Database database) {
        return database.source();
    }

    @Bean
    JdbcClient jdbc(DataSource source) {
        return JdbcClient.create(source);
    }

    @Bean
    Limits limits(Environment environment) {
        return new Limits(
                environment.getProperty(
                        PREFIX + "plates-per-hour", Integer.class, Limits.Limit.PLATES.tries()));
    }

    @Bean
    Accounts accounts(JdbcClient jdbc, PlatformTransactionManager transactions, Limits limits) {
        return new Accounts(jdbc, transactions, Accounts.passwordEncoder(), limits);
    }

    @Bean
    Logins logins(Accounts accounts, Audit audit, Limits limits) {
        return new Logins(accounts, audit, limits);
    }

    @Bean
    Sessions sessions(
            Accounts accounts, FindByIndexNameSessionRepository<? extends Session> stored) {
        return new Sessions(accounts, stored);
    }

    @Bean
    Audit audit(JdbcClient jdbc) {
        return new Audit(jdbc);
    }

    @Bean
    LookUps lookUps(
            JdbcClient jdbc,
            Audit audit,
            Broker broker,
            PlatformTransactionManager transactions,
            Health health) {
        return new LookUps(jdbc, audit, broker, transactions, health::setAside);
    }

    @Bean
    Passkeys passkeys(JdbcOperations jdbc, Environment environment) {
        return new Passkeys(
                jdbc,
                environment.getProperty(
                        PREFIX + "origin",
                        origin(environment, environment.getProperty("server.port"))));
    }

    private static String origin(Environment environment, String port) {
        return (isTls(environment) ? "https" : "http") + "://localhost:" + port;
    }

    private static boolean isTls(Environment environment) {
        return environment.getProperty("server.ssl.enabled", Boolean.class, true)
                && (environment.getProperty("server.ssl.key-store") != null
                        || environment.getProperty("server.ssl.certificate") != null
                        || environment.getProperty("server.ssl.bundle") != null);
    }

    /**
     * A body that does not come holds a thread of the server: no browser pauses so long in one. No
     * body has parameters, which the server would read as slowly as they come.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> bodiesInTime() {
        return server ->
                server.addConnectorCustomizers(
                        connector -> {
                            connector.setParseBodyMethods("");
                            if (connector.getProtocolHandler()
                                    instanceof AbstractHttp11Protocol<?> http) {
                                http.setDisableUploadTimeout(false);
                                http.setConnectionUploadTimeout(BODY_PAUSE_MS);
                            }
                        });
    }

    /** Keeps plain HTTP on this machine: a password would cross the network in the clear. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> plainHttp(
            Environment environment) {
        return server -> {
            if (!isTls(environment)) {
                server.setAddress(loopback(environment.getProperty("server.address")));
            }
        };
    }

    /**
     * The address for plain HTTP.
     *
     * @param wanted by the settings, or null
     */
    static InetAddress loopback(String wanted) {
        if (wanted == null) {
            return InetAddress.getLoopbackAddress();
        }
        try {
            InetAddress address = InetAddress.getByName(wanted);
            if (address.isLoopbackAddress()) {
                return address;
            }
        } catch (UnknownHostException e) {
            LOG.debug("no address", e);
        }
        throw new IllegalArgumentException(
                "server.address: got "
                        + wanted
                        + ", expected an address of this machine alone, or a certificate for TLS"
                        + " (server.ssl.certificate)");
    }

    @Bean
    Grants grants(JdbcClient jdbc, Accounts accounts, Passkeys passkeys, Audit audit) {
        return new Grants(jdbc, accounts, passkeys, audit);
    }

    @Bean
    Items items() {
        return new Items();
    }

    @Bean
    Mutes mutes(Items items, Accounts accounts) {
        return new Mutes(items, accounts::sitesOf);
    }

    @Bean
    Devices devices(Items items) {
        return new Devices(items);
    }

    @Bean
    Views views(Items items, Mutes mutes) {
        return new Views(items, mutes);
    }

    @Bean
    Broker broker(Settings settings) {
        return new Broker(settings);
    }

    @Bean
    Budgets budgets() {
        return new Budgets();
    }

    @Bean
    Health health(Settings settings, Items items, Devices devices, Broker broker, Budgets budgets) {
        return new Health(settings, items, devices, broker, budgets);
    }

    @Bean
    Metrics metrics(Environment environment, Health health) {
        return new Metrics(
                environment.getProperty(
                        PREFIX + "metrics-address",
                        InetAddress.class,
                        InetAddress.getLoopbackAddress()),
                environment.getProperty(PREFIX + "metrics-port", Integer.class),
                health);
    }

    @Bean
    Acts acts(JdbcClient jdbc, Broker broker, Items items, Devices devices, Audit audit) {
        return new Acts(jdbc, broker, items, devices, audit);
    }

    @Bean
    Stream stream(
            Items items,
            Mutes mutes,
            Devices devices,
            Accounts accounts,
            Health health,
            Broker broker,
            Views views) {
        return new Stream(items, mutes, devices, accounts, health, broker, views);
    }

    /** The first of the filters, because those behind it ask the database. */
    @Bean
    FilterRegistrationBean<Filter> outermost() {
        FilterRegistrationBean<Filter> first = new FilterRegistrationBean<>(Console::serve);
        first.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return first;
    }

    /** Sessions are in the database: without it, a request comes no further than the filters. */
    static void serve(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("The database did not answer: {}", e.getMostSpecificCause().toString());
            Security.write(
                    (HttpServletResponse) response, HttpStatus.SERVICE_UNAVAILABLE, "unavailable");
        }
    }

    @Bean
    Duty duty(Settings settings, Stream stream, Broker broker) {
        return new Duty(settings.sites(), stream::people, broker::send);
    }

    @Bean
    Feed feed(
            Settings settings,
            Items items,
            Mutes mutes,
            Devices devices,
            Health health,
            Budgets budgets,
            Duty duty,
            Broker broker) {
        return new Feed(
                Feed.consumer(settings),
                items,
                mutes,
                devices,
                health,
                budgets,
                duty,
                broker::read);
    }

    /** What happens by the clock. */
    @Component
    static class Clock {
        private final Accounts accounts;
        private final Sessions sessions;
        private final Items items;
        private final Mutes mutes;
        private final Devices devices;
        private final Duty duty;
        private final Acts acts;
        private final LookUps lookUps;
        private final Health health;

        Clock(
                Accounts accounts,
                Sessions sessions,
                Items items,
                Mutes mutes,
                Devices devices,
                Duty duty,
                Acts acts,
                LookUps lookUps,
                Health health) {
            this.accounts = accounts;
            this.sessions = sessions;
            this.items = items;
            this.mutes = mutes;
            this.devices = devices;
            this.duty = duty;
            this.acts = acts;
            this.lookUps = lookUps;
            this.health = health;
        }

        @Scheduled(fixedDelay = 1000)
        void second() {
            long now = System.currentTimeMillis();
            items.tick(now);
            mutes.tick(now);
            devices.tick(now);
            acts.forgetUnconfirmed(now);
        }

        @Scheduled(fixedDelay = 1000)
        void refreshAccounts() {
            accounts.refresh();
            sessions.forgetOver();
        }

        @Scheduled(fixedDelay = 200)
        void sendDue() {
            acts.sendDue();
        }

        @Scheduled(fixedDelay = 500)
        void sendLookUps() {
            lookUps.sendDue();
        }

        /** On its own, because it waits for the broker. */
        @Scheduled(fixedDelay = 1000)
        void duty() {
            duty.tick(System.currentTimeMillis());
        }

        @Scheduled(initialDelay = 5_000, fixedDelay = Health.STEP_MS)
        void minute() {
            health.step();
        }
    }

    /** Says where it is, and once how the first person comes in. */
    @Component
    static class Greeting {
        private static final int TIMEOUT_MS = 5_000;

        private final Accounts accounts;
        private final Web web;
        private final Environment environment;

        Greeting(Accounts accounts, Web web, Environment environment) {
            this.accounts = accounts;
            this.web = web;
            this.environment = environment;
        }

        @EventListener(ApplicationReadyEvent.class)
        void ready() {
            String port = environment.getProperty("local.server.port");
            String origin = origin(environment, port);
            askItself(Integer.parseInt(port));
            String token = accounts.firstToken();
            System.out.println("Console: " + origin);
            if (!web.isBuilt()) {
                System.out.println(Web.NO_WEB);
            }
            if (token != null) {
                System.out.println("First login, valid once: " + origin + Grants.link(token));
            }
        }

        /**
         * The first request waits until all that it needs is loaded, for seconds on a busy machine:
         * it is not to be that of a browser that comes back after a restart. The answer does not
         * matter; where the console listens elsewhere or by TLS, less is loaded.
         */
        private static void askItself(int port) {
            String noSession = Base64.getEncoder().encodeToString("none".getBytes(US_ASCII));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(TIMEOUT_MS);
                String request =
                        "GET /api/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                + "Cookie: __Host-atalaya="
                                + noSession
                                + "\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(US_ASCII));
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                LOG.debug("the console does not answer itself", e);
            }
        }
    }
}
