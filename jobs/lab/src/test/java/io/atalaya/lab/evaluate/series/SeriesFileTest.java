package io.atalaya.lab.evaluate.series;

import io.atalaya.lab.evaluate.input.UnreadableInputException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SeriesFileTest {
    @TempDir Path directory;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timestamp,value",
                "\uFEFFtimestamp,value",
                "\"timestamp\",\"value\"",
                "Timestamp, Value",
                "timestamp,value,note"
            })
    void knowsTheHeaderAsProgramsWriteIt(String header) throws IOException {
        Path file = file("a.csv", header + "\n2026-01-01 00:00:00, 1.5,\n");

        assertThat(SeriesFile.in(directory)).containsOnlyKeys("a.csv");
        assertThat(SeriesFile.read("a.csv", file).values()).containsExactly(1.5);
    }

    @Test
    void otherTablesBesideTheSeriesAreNoHindrance() throws IOException {
        file("a.csv", "timestamp,value\n");
        file("b.csv", "timestamp,values\n");
        Files.write(directory.resolve("c.csv"), "cámara,n\n".getBytes(StandardCharsets.ISO_8859_1));
        file("d.csv", "");

        assertThat(SeriesFile.in(directory)).containsOnlyKeys("a.csv");
    }

    @Test
    void putsRowsInTheOrderOfTime() throws IOException {
        Path file =
                file(
                        "a.csv",
                        "timestamp,value\n"
                                + "2026-01-01 00:10:00,4\n"
                                + "2026-01-01 00:05:00,2\n"
                                + "2026-01-01 00:05:00,3\n"
                                + "2026-01-01 00:00:00,1\n");

        SeriesFile series = SeriesFile.read("a.csv", file);

        assertThat(series.times()).isSorted();
        assertThat(series.values()).containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01 06:00:00",
        "2026-01-01 06:00",
        "2026-01-01 06:00:00.000000",
        "2026-01-01T06:00:00",
        "2026-01-01T06:00:00Z",
        "2026-01-01 00:00:00-06:00",
        "2026-01-01T00:00:00.000-06:00"
    })
    void takesTimesOfTheBenchmarkAndOfIso8601(String time) {
        assertThat(SeriesFile.time(time, "")).isEqualTo(1_767_247_200_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30 10:00", "2026-02-28 24:00", "2026-02-28T10:00:60Z"})
    void noOtherDayIsTakenForOneThatIsNone(String time) throws IOException {
        Path file = file("a.csv", "timestamp,value\n2026-01-01 00:00:00,1\n" + time + ",2\n");

        assertThatThrownBy(() -> SeriesFile.read("a.csv", file))
                .isInstanceOf(UnreadableInputException.class)
                .hasMessageContaining("a.csv:3: timestamp: got '" + time + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", ",NaN", ",1e300", ",one"})
    void saysTheLineOfWhatIsNoValue(String value) throws IOException {
        Path file =
                file(
                        "a.csv",
                        "timestamp,value\n2026-01-01 00:00:00,1\n2026-01-01 00:05:00" + value);

        assertThatThrownBy(() -> SeriesFile.read("a.csv", file))
                .isInstanceOf(UnreadableInputException.class)
                .hasMessageContaining("a.csv:3: value: got '")
                .hasMessageContaining("expected a number between -1e12 and 1e12");
    }

    @Test
    void namesAllThatIsWrongAtOnceAndOfVeryMuchTheFirst() throws IOException {
        Path file =
                file("a.csv", "timestamp,value\nnoon,one\n" + "2026-01-01 00:05:00,\n".repeat(30));

        assertThatThrownBy(() -> SeriesFile.read("a.csv", file))
                .hasMessageContaining("a.csv:2: timestamp: got 'noon'")
                .hasMessageContaining("a.csv:2: value: got 'one'")
                .hasMessageContaining("a.csv:20: value: got ''")
                .hasMessageNotContaining("a.csv:21:")
                .hasMessageEndingWith("… and 12 more like these");
    }
}
