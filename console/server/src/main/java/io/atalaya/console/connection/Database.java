package io.atalaya.console.connection;

import io.atalaya.console.security.Hash;

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
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * PostgreSQL: a server, or one that runs beside the console and outlives its crashes. Other users
 * of the machine reach the port of the latter, so that it asks for a password.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** The line of PostgreSQL's postmaster.pid that has the port. */
    private static final int PORT_LINE = 3;

    /** The library's 10 s are too short for a machine on which all jobs start at once. */
    private static final Duration START = Duration.ofMinutes(2);

    private static final String USER = "postgres";

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final HikariDataSource source;
    private final AutoCloseable server;

    public Database(Settings settings) {
        String url = settings.database();
        AutoCloseable started = () -> {};
        HikariConfig pool = new HikariConfig();
        if (url == null) {
            try {
                Files.createDirectories(settings.data());
                Files.setPosixFilePermissions(
                        settings.data(), PosixFilePermissions.fromString("rwx------"));
                Path data = settings.data().resolve("postgres").toAbsolutePath();
                Path passwordFile = passwordFile(settings.data().toAbsolutePath(), data);
                String password = Files.readString(passwordFile);
                pool.setUsername(USER);
                pool.setPassword(password);
                Integer port = runningPort(data);
                if (port == null) {
                    EmbeddedPostgres embedded =
                            EmbeddedPostgres.builder()
                                    .setDataDirectory(data)
                                    .setCleanDataDirectory(false)
                                    .setOverrideWorkingDirectory(
                                            settings.data().resolve("postgres-bin").toFile())
                                    .setServerConfig("max_connections", "50")
                                    // The library is made for tests and turns both off. What the
                                    // console has confirmed must survive a loss of power.
                                    .setServerConfig("fsync", "on")
                                    .setServerConfig("synchronous_commit", "on")
                                    // Further options of initdb: they replace the library's trust
                                    // in every local user.
                                    .setLocaleConfig("auth", "scram-sha-256")
                                    .setLocaleConfig("pwfile", passwordFile.toString())
                                    .setConnectConfig("password", password)
                                    .setPGStartupWait(START)
                                    .start();
                    started = embedded;
                    port = embedded.getPort();
                } else {
                    started = () -> stop(data);
                }
                url = "jdbc:postgresql://localhost:" + port + "/postgres";
            } catch (IOException e) {
                throw new UncheckedIOException("starting the embedded database", e);
            }
        } else if (!url.startsWith("jdbc:")) {
            url = "jdbc:" + url;
        }
        server = started;
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(16);
        pool.setMinimumIdle(2);
        pool.setConnectionTimeout(3_000);
        source = new HikariDataSource(pool);
        new ResourceDatabasePopulator(new ClassPathResource("console.sql")).execute(source);
    }

    /** The file with the password of the embedded database, which is made with it. */
    private static Path passwordFile(Path directory, Path data) throws IOException {
        Path file = directory.resolve("postgres-password");
        if (!Files.exists(file)) {
            if (Files.exists(data)) {
                throw new IOException(
                        data
                                + " has no password in "
                                + file
                                + ": move it away to begin with an empty one");
            }
            Files.createFile(file, OWNER_ONLY);
            Files.writeString(file, Hash.secret());
        }
        return file;
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

    /** Its connections. */
    public HikariDataSource source() {
        return source;
    }

    @Override
    public void close() throws Exception {
        source.close();
        server.close();
    }
}
