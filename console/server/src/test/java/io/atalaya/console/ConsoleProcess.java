package io.atalaya.console;

import com.sun.tools.attach.VirtualMachine;

import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The console in a process of its own, as {@code scripts/console} starts it, with less memory. */
final class ConsoleProcess implements AutoCloseable {
    private static final Pattern FIRST = Pattern.compile("First login, .*/first#(\\S+)");

    private final Process process;
    private final int port = TestBroker.freePort();
    private final Path log;
    private final JMXConnector connector;
    private final MemoryMXBean memory;

    ConsoleProcess(Path directory, String brokers, int heapMegabytes) throws Exception {
        log = directory.resolve("console.log");
        Files.createDirectories(directory.resolve("web"));
        Files.writeString(directory.resolve("web/index.html"), "<!doctype html><title>x</title>");
        process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-Xmx" + heapMegabytes + "m",
                                "-XX:+UseG1GC",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Console.class.getName(),
                                "--port",
                                String.valueOf(port),
                                "--bootstrap-servers",
                                brokers,
                                "--data",
                                directory.resolve("data").toString(),
                                "--web",
                                directory.resolve("web").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        RealConsole.await(
                () -> {
                    requireAlive();
                    return first().find();
                });
        VirtualMachine machine = VirtualMachine.attach(String.valueOf(process.pid()));
        connector =
                JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        machine.detach();
        MBeanServerConnection beans = connector.getMBeanServerConnection();
        memory =
                ManagementFactory.newPlatformMXBeanProxy(
                        beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    }

    private Matcher first() {
        return FIRST.matcher(log());
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }

    int port() {
        return port;
    }

    /** The secret of the link for the first person. */
    String firstToken() {
        Matcher first = first();
        assertThat(first.find()).isTrue();
        return first.group(1);
    }

    Browser browser() {
        return new Browser("http://localhost:" + port);
    }

    void requireAlive() {
        assertThat(process.isAlive()).as(log()).isTrue();
    }

    /** What is still held after a collection of garbage, in bytes. */
    long heldBytes() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() throws Exception {
        connector.close();
        process.destroy();
        process.waitFor();
    }
}
