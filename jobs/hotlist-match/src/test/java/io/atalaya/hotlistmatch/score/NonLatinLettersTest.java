package io.atalaya.hotlistmatch.score;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NonLatinLettersTest {
    private final ContributionSink.ToList sink = new ContributionSink.ToList();

    @ParameterizedTest
    @CsvSource({
        "12나3456, 12가3456, 나, 가",
        "沪A12345, 京A12345, 沪, 京",
        "М123ТХ77, А123ВС77, МТХ, АВС",
        "ZΓΔ1234, ΓΔΖ1234, ΓΔ, ΓΔΖ",
        "TÄL-SL 123, TÖLSL123, Ä, Ö",
    })
    void plateThatDiffersInThemIsAnother(String read, String listed, String its, String others) {
        NonLatinLetters.addTo(read, listed, sink);
        assertThat(sink.parts()).hasSize(1);
        assertThat(sink.parts().get(0).logOdds()).isLessThan(-6);
        assertThat(sink.parts().get(0).text().en()).endsWith(its + ", listed " + others);
    }

    @ParameterizedTest
    @CsvSource({
        "12가3456, 12가-3456",
        "töl-sl 123, TÖLSL123",
        "TLSL123, TÖLSL123",
        "TÖLSL123, TLSL123",
        "NKR 48·16, NKR–48–16",
    })
    void whereTheyAreEqualOrOneHasNoneTheySayNothing(String read, String listed) {
        NonLatinLetters.addTo(read, listed, sink);
        assertThat(sink.parts()).isEmpty();
    }

    @Test
    void eachOfThemCounts() {
        ContributionSink.ToSum one = new ContributionSink.ToSum();
        ContributionSink.ToSum three = new ContributionSink.ToSum();
        NonLatinLetters.addTo("А123ВХ77", "А123ВС77", one);
        NonLatinLetters.addTo("М123Т77", "А123ВС77", three);
        assertThat(three.logOdds()).isEqualTo(3 * one.logOdds());
        NonLatinLetters.addTo("А123ВХ77", null, three);
        assertThat(three.logOdds()).isEqualTo(3 * one.logOdds());
    }
}
