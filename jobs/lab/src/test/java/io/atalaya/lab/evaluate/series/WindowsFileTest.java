package io.atalaya.lab.evaluate.series;

import io.atalaya.lab.evaluate.input.UnreadableInputException;
import io.atalaya.lab.evaluate.series.StandardProfile.RowRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WindowsFileTest {
    private static final long MINUTE = 60_000;

    /** 00:00, 00:01, 00:02 and, after a gap, 00:10. */
    private static final SeriesFile SERIES =
            new SeriesFile("a.csv", new long[] {0, MINUTE, 2 * MINUTE, 10 * MINUTE}, new double[4]);

    @TempDir Path directory;

    private final List<String> warnings = new ArrayList<>();

    private WindowsFile file(String text, String... series) throws IOException {
        Path file = directory.resolve("w.json");
        return WindowsFile.read(Files.writeString(file, text.replace('\'', '"')), List.of(series));
    }

    private List<RowRange> ranges(String windows) throws IOException {
        return file("{'a.csv': " + windows + "}", "a.csv").of(SERIES, warnings::add);
    }

    private static String window(String from, String to) {
        return "['1970-01-01 %s','1970-01-01 %s']".formatted(from, to);
    }

    @Test
    void aWindowIsTheRowsFromItsFirstMomentToItsLast() throws IOException {
        String windows = "[" + window("00:02", "00:11") + "," + window("00:00", "00:01") + "]";

        assertThat(ranges(windows)).containsExactly(new RowRange(0, 1), new RowRange(2, 3));
        assertThat(warnings).isEmpty();
    }

    @Test
    void aWindowWithoutRowsIsNamedAndLeftOut() throws IOException {
        String gap = window("00:04", "00:06");

        assertThat(ranges("[" + gap + "," + window("00:01", "00:02") + "]"))
                .containsExactly(new RowRange(1, 2));
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(
                        "w.json: a.csv: window " + gap.replace('\'', '"') + ": no row lies in it");
    }

    @Test
    void windowsThatShareARowAreRejected() {
        String windows = "[" + window("00:01", "00:05") + "," + window("00:02", "00:10") + "]";

        assertThatThrownBy(() -> ranges(windows))
                .isInstanceOf(UnreadableInputException.class)
                .hasMessageContaining("w.json: a.csv: windows: got one up to 1970-01-01T00:02:00Z")
                .hasMessageContaining("another from 1970-01-01T00:02:00Z on");
    }

    @Test
    void allWindowsThatAreNoneAreNamedAtOnce() {
        String windows = "[" + window("00:05", "00:01") + ",['noon','later'],7]";

        assertThatThrownBy(() -> ranges(windows))
                .isInstanceOf(UnreadableInputException.class)
                .hasMessageContaining("expected its end not before its begin")
                .hasMessageContaining("timestamp: got 'noon'")
                .hasMessageContaining("window: got 7, expected [from, to]");
        assertThatThrownBy(() -> ranges("3"))
                .hasMessageContaining("windows: got 3, expected a list of [from, to]");
    }

    @Test
    void aNameStandsForAPathOnlyWhereNoOtherHasIt() throws IOException {
        assertThat(file("{'x/a.csv': []}", "a.csv").has("a.csv")).isTrue();
        assertThat(file("{'x/a.csv': []}", "y/a.csv", "y/b.csv").has("y/a.csv")).isTrue();
        assertThat(file("{'x/a.csv': [], 'y/a.csv': []}", "a.csv").has("a.csv")).isFalse();

        WindowsFile windows = file("{'x/a.csv': []}", "x/a.csv", "y/a.csv");
        assertThat(windows.has("x/a.csv")).isTrue();
        assertThat(windows.has("y/a.csv")).isFalse();
    }
}
