package io.atalaya.testutils;

import io.atalaya.embedded.FlinkConf;
import io.atalaya.embedded.TemporaryDirectory;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Gives tests the project's Flink settings with buffers that wait 100 ms to fill instead of 5 ms,
 * which cost a tenth of the CPU time of a job that mostly waits; 20 ms were still costly. A service
 * of the JUnit platform.
 */
public final class TestProfiles implements LauncherSessionListener {
    private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(100);

    private TemporaryDirectory directory;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        directory = TemporaryDirectory.create("atalaya-flink-conf-");
        for (String profile : List.of("local", "production")) {
            Configuration settings = FlinkConf.profile(profile);
            settings.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
            write(settings, directory.path().resolve(profile));
        }
        System.setProperty(FlinkConf.DIRECTORY_PROPERTY, directory.path().toString());
    }

    private static void write(Configuration settings, Path profile) {
        try {
            Files.write(
                    Files.createDirectory(profile).resolve(GlobalConfiguration.FLINK_CONF_FILENAME),
                    ConfigurationUtils.convertConfigToWritableLines(settings, false));
        } catch (IOException e) {
            throw new UncheckedIOException("writing the test profile " + profile, e);
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        System.clearProperty(FlinkConf.DIRECTORY_PROPERTY);
        directory.close();
    }
}
