package io.atalaya.videoanalytics;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The page about the detectors has every required section, and its settings equal the options. */
class DetectorsDocTest {
    private static final Path PAGE = Path.of("../../docs/detectors.md");
    private static final Path OPTIONS = Path.of("OPTIONS.md");
    private static final Pattern SETTINGS =
            Pattern.compile("^\\*Settings\\*: (.*?)\\n\\n", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern SETTING = Pattern.compile("`([a-z.-]+)` \\(([^)]+)\\)");
    private static final Pattern OPTION =
            Pattern.compile("^\\| `([^`]+)` \\| [^|]+ \\| `([^`]+)` \\|", Pattern.MULTILINE);

    /** Options of the model server, for all models. */
    private static final List<String> OF_SERVING =
            List.of(
                    "models.directory",
                    "models.slowest",
                    "models.batch",
                    "models.max-wait",
                    "models.cached");

    /** Options that all detectors share, or that belong to no detector. */
    private static final List<String> OF_ALL =
            List.of(
                    "bulkhead",
                    "kafka",
                    "reads",
                    "sink",
                    "camera-frames",
                    "deepstream",
                    "onvif",
                    "frames",
                    "cameras",
                    "scene",
                    "alerts");

    private static List<String> detectors() throws IOException {
        return Arrays.stream(Files.readString(PAGE).split("(?m)^## "))
                .skip(1)
                .filter(section -> section.contains("*Sees*"))
                .toList();
    }

    @Test
    void eachDetectorSaysWhatItMust() throws IOException {
        assertThat(detectors()).hasSize(14);
        for (String detector : detectors()) {
            assertThat(detector).contains("*Says*").contains("*Fooled by*");
            assertThat(SETTINGS.matcher(detector).results().count())
                    .as("a line of *Settings* of %s", detector.lines().findFirst())
                    .isOne();
        }
    }

    @Test
    void theSettingsAreTheOptions() throws IOException {
        Map<String, String> options = new TreeMap<>();
        Matcher rows = OPTION.matcher(Files.readString(OPTIONS));
        while (rows.find()) {
            if (!OF_SERVING.contains(rows.group(1))
                    && !OF_ALL.contains(rows.group(1).split("\\.")[0])) {
                options.put(rows.group(1), rows.group(2));
            }
        }
        Map<String, String> settings = new TreeMap<>();
        for (String detector : detectors()) {
            for (MatchResult lines : SETTINGS.matcher(detector).results().toList()) {
                SETTING.matcher(lines.group(1))
                        .results()
                        .forEach(one -> settings.put(one.group(1), one.group(2)));
            }
        }

        assertThat(settings).isEqualTo(options);
    }
}
