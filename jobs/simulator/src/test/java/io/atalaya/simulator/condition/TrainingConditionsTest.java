package io.atalaya.simulator.condition;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The trajectory network learns under the conditions that its cameras are measured under. */
class TrainingConditionsTest {
    private static final Path TRAINING = Path.of("../../models/trajectory/conditions.py");
    private static final Pattern CONDITION = Pattern.compile("\"([a-z-]+)\": Quality\\((.*)\\),");

    @Test
    void numbersOfTheTrainingAreThoseOfTheSimulator() throws IOException {
        Map<String, Quality> expected = new TreeMap<>();
        for (Condition condition : Condition.values()) {
            expected.put(condition.wireName(), condition.quality());
        }
        Map<String, String[]> trained = new TreeMap<>();
        CONDITION
                .matcher(Files.readString(TRAINING))
                .results()
                .forEach(each -> trained.put(each.group(1), numbers(each)));

        assertThat(trained.keySet()).isEqualTo(expected.keySet());
        assertThat(trained)
                .allSatisfy((name, numbers) -> requireEqual(numbers, expected.get(name)));
    }

    private static String[] numbers(MatchResult condition) {
        String numbers = condition.group(2);
        return numbers.isEmpty() ? new String[] {"0", "0", "0", "0", "0"} : numbers.split(", ");
    }

    private static void requireEqual(String[] numbers, Quality quality) {
        assertThat(numbers)
                .extracting(Double::valueOf)
                .containsExactly(
                        quality.missed(),
                        quality.burstEverySeconds(),
                        quality.tremble(),
                        quality.loseEverySeconds(),
                        quality.sway());
    }
}
