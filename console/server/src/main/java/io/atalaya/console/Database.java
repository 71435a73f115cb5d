package io.atalaya.console;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** PostgreSQL: a server, or one that runs beside the console and outlives its crashes. */
final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** The line of PostgreSQL's postmaster.pid that has the port. */
    private static final int PORT_LINE = 3;

    /** The library's 10 s are too short for a machine on which all jobs start at once. */
    private static final Duration START = Duration.ofMinutes(2);

    private final HikariDataSource source;
    private final AutoCloseable server;

    Database(Settings settings) {
        String url = settings.database();
        AutoCloseable started = () -> {};
        if (url == null) {
            try {
                Files.createDirectories(settings.data());
                Path data = settings.data().resolve("postgres").toAbsolutePath();
                Integer port = runningPort(data);
                if (port == null) {
                    EmbeddedPostgres embedded =
                            EmbeddedPostgres.builder()
                                    .setDataDirectory(data)
                                    .setCleanDataDirectory(false)
                                    .setOverrideWorkingDirectory(
                                            settings.data().resolve("postgres-bin").toFile())
                                    .setServerConfig("max_connections", "50")
                                    .setPGStartupWait(START)
                                    .start();
                    started = embedded;
                    port = embedded.getPort();
                } else {
                    started = () -> stop(data);
                }
                url = "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
            } catch (IOException e) {
                throw new UncheckedIOException("starting the embedded database", e);
            }
        } else if (!url.startsWith("jdbc:")) {
            url = "jdbc:" + url;
        }
        server = started;
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(16);
        pool.setMinimumIdle(2);
        pool.setConnectionTimeout(3_000);
        source = new HikariDataSource(pool);
        new ResourceDatabasePopulator(new ClassPathResource("console.sql")).execute(source);
    }

    /** The port of a server that a console which was killed has left behind, or null. */
    private static Integer runningPort(Path data) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return null;
        }
        List<String> lines = Files.readAllLines(file);
        boolean isRunning =
                lines.size() > PORT_LINE
                        && ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                                .map(ProcessHandle::isAlive)
                                .orElse(false);
        if (!isRunning) {
            Files.delete(file);
            return null;
        }
        LOG.info("Using the database that is still running");
        return Integer.valueOf(lines.get(PORT_LINE).trim());
    }

    private static void stop(Path data) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (Files.exists(file)) {
            ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).trim()))
                    .ifPresent(ProcessHandle::destroy);
        }
    }

    HikariDataSource source() {
        return source;
    }

    @Override
    public void close() throws Exception {
        source.close();
        server.close();
    }
}
