package io.atalaya.hotlistmatch.score;

import io.atalaya.alert.HotlistEvidence.Part;
import io.atalaya.hotlist.MatchMode;
import io.atalaya.plate.CanonicalPlate;
import io.atalaya.plate.PlateRead;
import io.atalaya.plate.Vehicle;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class ScorerTest {
    @Test
    void aListInSpanishAgreesWithACameraInEnglish() {
        Map<String, Double> spanish =
                parts("México", new Vehicle("VW", null, "Rojo", "Sedán", null));
        Map<String, Double> english =
                parts("MEX", new Vehicle("VOLKSWAGEN", null, "RED", "SEDAN", null));
        assertThat(spanish).isEqualTo(english);
        assertThat(spanish.values()).allSatisfy(logOdds -> assertThat(logOdds).isPositive());
        assertThat(spanish).hasSize(4);
    }

    @Test
    void aListInSpanishThatNamesAnotherCarDisagrees() {
        assertThat(parts("Nuevo León", new Vehicle("NISSAN", null, "azul", "moto", null)))
                .hasSizeGreaterThanOrEqualTo(4)
                .extractingByKeys("state", "make", "color", "type")
                .allSatisfy(logOdds -> assertThat(logOdds).isNegative());
    }

    /** The parts about state and looks, by name. */
    private static Map<String, Double> parts(String state, Vehicle vehicle) {
        Listed listed =
                new Listed(
                        "E1",
                        CanonicalPlate.pack("NKR4816"),
                        null,
                        MatchMode.FUZZY,
                        80,
                        state,
                        vehicle);
        PlateRead read =
                new PlateRead(
                        "R1",
                        "A",
                        null,
                        0,
                        "NKR4816",
                        0.9,
                        List.of(),
                        "MX",
                        "MEX",
                        null,
                        null,
                        new Vehicle("VOLKSWAGEN", null, "RED", "SEDAN", 0.9),
                        null,
                        null,
                        null,
                        false);
        return new Scorer()
                .score(listed, read).parts().stream()
                        .filter(part -> !part.name().matches("characters|confidence"))
                        .collect(Collectors.toMap(Part::name, Part::logOdds));
    }
}
