package io.atalaya.testutils;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets the tests of some modules, those with {@code -Datalaya.low-priority=true}, give way to
 * others. The tests of ops start and kill process after process and wait for each; beside tests of
 * the same priority they took twice as long. A service of the JUnit platform.
 */
public final class LowPriority implements LauncherSessionListener {
    /** Where Linux lists the threads of this process, each with a priority of its own. */
    private static final Path THREADS = Path.of("/proc/self/task");

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (!Boolean.getBoolean("atalaya.low-priority") || !Files.isDirectory(THREADS)) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("renice", "-n", "10", "-p"));
        try (Stream<Path> threads = Files.list(THREADS)) {
            threads.forEach(thread -> command.add(thread.getFileName().toString()));
            // Later threads take the priority of the one that starts them.
            new ProcessBuilder(command).redirectErrorStream(true).start().onExit().join();
        } catch (IOException e) {
            System.out.println("The tests keep their priority: " + e.getMessage());
        }
    }
}
