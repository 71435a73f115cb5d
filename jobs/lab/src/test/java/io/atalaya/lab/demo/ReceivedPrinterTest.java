package io.atalaya.lab.demo;

import io.atalaya.bridge.receiver.Receiver.Finding;
import io.atalaya.bridge.receiver.Receiver.Received;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;

class ReceivedPrinterTest {
    /** A message that is dated into the future shows as such. */
    @ParameterizedTest
    @ValueSource(longs = {88, -40_000})
    void printsTheDelayAlsoIfItIsNegative(long delay) {
        Received message = new Received(Finding.NEW, "id", IncidentPrinterTest.message(), null);
        assertThat(
                        new ReceivedPrinter(Language.EN, AnsiColor.PLAIN, ZoneOffset.UTC)
                                .text("CAD", message, IncidentPrinterTest.TIME + delay))
                .endsWith("; " + delay + " ms after the decision");
    }
}
