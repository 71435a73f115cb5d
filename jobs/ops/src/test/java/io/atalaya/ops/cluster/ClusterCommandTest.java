package io.atalaya.ops.cluster;

import io.atalaya.ops.Ops;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests what the command does without starting a process. */
@Tag("attack")
class ClusterCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path directory;

    @Test
    void onlyItsUserReadsTheDirectory() throws IOException {
        ClusterDirectory cluster = new ClusterDirectory(directory.resolve("cluster"));
        Files.createDirectories(cluster.root());
        Files.setPosixFilePermissions(cluster.root(), PosixFilePermissions.fromString("rwxr-xr-x"));

        cluster.create();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cluster.root())))
                .isEqualTo("rwx------");
    }

    /** Flink and ZooKeeper have no login here: who reaches their ports can run code. */
    @Test
    void flinkAndZooKeeperListenOnThisMachineAlone() throws IOException {
        ClusterDirectory cluster = new ClusterDirectory(directory);
        cluster.create();
        FlinkSettings.write(
                new ClusterDescription(1, 1, 2, 3, 4, 0, "localhost:9092", null, null),
                cluster,
                1,
                Map.of(),
                new Installation(Path.of("../..")));

        Configuration flink = GlobalConfiguration.loadConfiguration(cluster.conf().toString());
        assertThat(flink.get(JobManagerOptions.BIND_HOST)).isEqualTo("localhost");
        assertThat(flink.get(RestOptions.BIND_ADDRESS)).isEqualTo("localhost");
        assertThat(flink.get(TaskManagerOptions.BIND_HOST)).isEqualTo("localhost");
        assertThat(cluster.conf().resolve("zoo.cfg"))
                .content()
                .contains("clientPortAddress=localhost", "admin.enableServer=false");
    }

    @Test
    void namesEveryWrongArgumentAtOnce() {
        assertThat(
                        cluster(
                                "start",
                                "--taskmanagers",
                                "0",
                                "--slots",
                                "-1",
                                "--web-port",
                                "70000",
                                "--bridge",
                                "nowhere.yaml"))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "--taskmanagers: got 0, expected 1 or more",
                        "--slots: got -1, expected 1 or more",
                        "--bridge: got nowhere.yaml, expected a file that this user can read",
                        "--web-port: got 70000, expected 1 to 65535");
    }

    @Test
    void namesEveryPortInUse() throws Exception {
        try (ServerSocket web = new ServerSocket(0);
                ServerSocket kafka = new ServerSocket(0)) {
            assertThat(
                            cluster(
                                    "start",
                                    "--web-port",
                                    String.valueOf(web.getLocalPort()),
                                    "--kafka-port",
                                    String.valueOf(kafka.getLocalPort())))
                    .isEqualTo(2);

            assertThat(err.toString())
                    .contains(
                            "--web-port: port " + web.getLocalPort() + " is taken",
                            "--kafka-port: port " + kafka.getLocalPort() + " is taken");
        }
    }

    @Test
    void rejectsTwoUsesOfOnePort() {
        assertThat(cluster("start", "--web-port", "9092", "--rpc-port", "2181")).isEqualTo(2);

        assertThat(err.toString())
                .contains("ports: some are the same", "--kafka-port 9092", "--zookeeper-port 2181");
    }

    @Test
    void doesNotStartARunningClusterAgain() throws Exception {
        mark(ProcessHandle.current());

        assertThat(cluster("start")).isEqualTo(2);

        assertThat(err.toString())
                .contains("it runs already", "broker (process " + ProcessHandle.current().pid());
    }

    @Test
    void stopSparesAnotherProcessWithAReusedPid() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            mark(other.toHandle());
            Path file = directory.resolve("pids/broker.pid");
            Files.writeString(file, other.pid() + " 1000 0 1000@an-earlier-boot\n");

            assertThat(cluster("stop", "--delete")).isZero();

            assertThat(other.isAlive()).isTrue();
            assertThat(out.toString()).contains("No cluster runs in " + directory);
            assertThat(directory).exists();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void stopEndsProcessesOfAKilledSupervisor() throws Exception {
        Process left = new ProcessBuilder("sleep", "60").start();
        mark(left.toHandle());

        assertThat(cluster("stop")).isZero();

        assertThat(left.waitFor()).isNotZero();
        assertThat(out.toString()).contains("Stopped the cluster in " + directory);
    }

    /** After a step of the clock, the start of a process is another time. */
    @Test
    void stopEndsProcessesWhateverTheClockSays() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        mark(process.toHandle());
        ProcessMark mark = ProcessMark.in(new ClusterDirectory(directory)).get(0);
        new ProcessMark(
                        mark.name(),
                        mark.pid(),
                        mark.startedAt().plusSeconds(3),
                        mark.restarts(),
                        mark.start())
                .write(new ClusterDirectory(directory));

        assertThat(cluster("stop")).isZero();

        assertThat(process.waitFor()).isNotZero();
        assertThat(out.toString()).contains("Stopped the cluster in " + directory);
    }

    @Test
    void statusSaysThatNoClusterRuns() {
        assertThat(cluster("status")).isEqualTo(3);
        assertThat(out.toString()).contains("No cluster runs in " + directory);
    }

    private void mark(ProcessHandle process) throws Exception {
        Files.createDirectories(directory.resolve("pids"));
        ProcessMark.of(ClusterProcesses.BROKER, process, 0).write(new ClusterDirectory(directory));
    }

    private int cluster(String... arguments) {
        CommandLine line = Ops.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("cluster"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--dir", directory.toString()));
        return line.execute(all.toArray(String[]::new));
    }
}
