package io.atalaya.console.connection;

import io.atalaya.console.audit.Audit;
import io.atalaya.console.request.Faults;
import io.atalaya.console.request.Json;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Viewer;

import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The embedded database as other users of the machine find it, and what it keeps. */
@EnabledIf(
        value = "io.atalaya.console.RealConsole#canStartPostgres",
        disabledReason = "as ConsoleIT")
@Tag("attack")
class DatabaseIT {
    @TempDir private Path directory;

    @Test
    void asksEveryLocalUserForAPasswordAndKeepsWhatIsConfirmed() throws Exception {
        Settings settings = settings();
        try (Database database = new Database(settings)) {
            JdbcClient jdbc = JdbcClient.create(database.source());
            String url = database.source().getJdbcUrl();

            assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", null))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
            assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "postgres"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(
                            jdbc.sql("SELECT DISTINCT auth_method FROM pg_hba_file_rules")
                                    .query(String.class)
                                    .list())
                    .as("also by the socket")
                    .containsExactly("scram-sha-256");
            assertThat(jdbc.sql("SHOW synchronous_commit").query(String.class).single())
                    .isEqualTo("on");
            assertThat(jdbc.sql("SHOW fsync").query(String.class).single()).isEqualTo("on");
            assertThat(permissions(settings.data())).isEqualTo("rwx------");
            assertThat(permissions(settings.data().resolve("postgres-password")))
                    .isEqualTo("rw-------");
        }
        // The next start finds the password.
        try (Database again = new Database(settings)) {
            JdbcClient jdbc = JdbcClient.create(again.source());
            assertThat(jdbc.sql("SELECT 1").query(Integer.class).single()).isEqualTo(1);
        }
    }

    @Test
    void doesNotUseADatabaseWithoutAPassword() throws Exception {
        Files.createDirectories(directory.resolve("data/postgres"));

        assertThatThrownBy(() -> new Database(settings()))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage(
                        "%1$s/postgres has no password in %1$s/postgres-password: move it away to begin with an empty one",
                        directory.resolve("data"));
    }

    @Test
    void keepsItsFaultsInTheLog() throws Exception {
        try (Database database = new Database(settings())) {
            JdbcClient jdbc = JdbcClient.create(database.source());
            Audit audit = new Audit(jdbc);
            jdbc.sql("DROP TABLE lookup_audit").update();
            Viewer viewer = new Viewer("ana", "Ana", Set.of(), Set.of(), Set.of(), null);

            assertThatThrownBy(
                            () ->
                                    audit.write(
                                            new Audit.Actor(viewer, "TOLUCA", "T-1"),
                                            "OPEN",
                                            "a",
                                            null,
                                            null))
                    .isInstanceOf(Problem.class)
                    .hasMessage("unavailable: no audit, no answer");
        }
    }

    @Test
    void answersWithoutTheCauseOfAFault() throws Exception {
        try (Database database = new Database(settings())) {
            JdbcClient jdbc = JdbcClient.create(database.source());
            jdbc.sql("DROP TABLE lookup_audit").update();
            Faults faults = new Faults();

            assertThatThrownBy(() -> new Audit(jdbc))
                    .isInstanceOfSatisfying(
                            DataAccessException.class,
                            e -> {
                                assertThat(e).hasMessageContaining("lookup_audit");
                                assertThat(Json.text(faults.database(e).getBody()))
                                        .isEqualTo(
                                                "{\"code\":\"unavailable\",\"detail\":"
                                                        + "\"the database does not answer\"}");
                            });
            assertThat(Json.text(faults.other(new KafkaException("lookup_audit")).getBody()))
                    .isEqualTo("{\"code\":\"internal\"}");
        }
    }

    private Settings settings() {
        return new Settings(
                Map.of(), null, directory.resolve("data"), null, null, null, Map.of(), Set.of());
    }

    private static String permissions(Path of) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(of));
    }
}
