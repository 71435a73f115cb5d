package io.atalaya.hotlistmatch.score;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NonLatinLettersTest {
    private final Weighing.InWords weighing = new Weighing.InWords();

    @ParameterizedTest
    @CsvSource({
        "12나3456, 12가3456, 나, 가",
        "沪A12345, 京A12345, 沪, 京",
        "М123ТХ77, А123ВС77, МТХ, АВС",
        "ZΓΔ1234, ΓΔΖ1234, ΓΔ, ΓΔΖ",
        "TÄL-SL 123, TÖLSL123, Ä, Ö",
    })
    void plateThatDiffersInThemIsAnother(String read, String listed, String its, String others) {
        NonLatinLetters.weigh(read, listed, weighing);
        assertThat(weighing.parts()).hasSize(1);
        assertThat(weighing.parts().get(0).logOdds()).isLessThan(-6);
        assertThat(weighing.parts().get(0).en()).endsWith(its + ", listed " + others);
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
        NonLatinLetters.weigh(read, listed, weighing);
        assertThat(weighing.parts()).isEmpty();
    }

    @Test
    void eachOfThemCounts() {
        Weighing.AsSum one = new Weighing.AsSum();
        Weighing.AsSum three = new Weighing.AsSum();
        NonLatinLetters.weigh("А123ВХ77", "А123ВС77", one);
        NonLatinLetters.weigh("М123Т77", "А123ВС77", three);
        assertThat(three.logOdds()).isEqualTo(3 * one.logOdds());
        NonLatinLetters.weigh("А123ВХ77", null, three);
        assertThat(three.logOdds()).isEqualTo(3 * one.logOdds());
    }
}
