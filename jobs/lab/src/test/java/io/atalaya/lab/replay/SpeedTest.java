package io.atalaya.lab.replay;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SpeedTest {
    private final Speed.Converter converter = new Speed.Converter();

    @Test
    void aFactorShortensTheTimeBetweenRecords() {
        assertThat(converter.convert("60").dueNanos(1_000, 61_000)).isEqualTo(1_000_000_000L);
        assertThat(converter.convert("0.5").dueNanos(1_000, 1_001)).isEqualTo(2_000_000L);
    }

    @Test
    void atFullSpeedEverythingIsDueAtOnce() {
        assertThat(converter.convert("max").dueNanos(0, Long.MAX_VALUE)).isZero();
    }

    @Test
    void aRecordOlderThanTheFirstIsDueAtOnce() {
        assertThat(new Speed(1).dueNanos(5_000, 4_000)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "fast", ""})
    void anythingElseIsRejected(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("expected max or a factor above 0");
    }
}
