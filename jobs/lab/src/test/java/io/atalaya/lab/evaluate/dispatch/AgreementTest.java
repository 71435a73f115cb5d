package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.lab.evaluate.dispatch.Agreement.Grouped;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class AgreementTest {
    @Property(tries = 300)
    void pairsAreThoseOfAllPairs(@ForAll("days") List<Grouped> events) {
        long both = 0;
        long found = 0;
        long truth = 0;
        for (int i = 0; i < events.size(); i++) {
            for (int j = 0; j < i; j++) {
                boolean isTrue = events.get(i).truth().equals(events.get(j).truth());
                boolean isFound = events.get(i).found().equals(events.get(j).found());
                both += isTrue && isFound ? 1 : 0;
                found += isFound ? 1 : 0;
                truth += isTrue ? 1 : 0;
            }
        }
        Agreement pairs = Agreement.ofPairs(events);
        assertThat(pairs.precision()).isEqualTo(found == 0 ? 1 : (double) both / found);
        assertThat(pairs.recall()).isEqualTo(truth == 0 ? 1 : (double) both / truth);
    }

    @Property(tries = 300)
    void bCubedIsTheMeanOverEvents(@ForAll("days") List<Grouped> events) {
        double precision = 0;
        double recall = 0;
        for (Grouped event : events) {
            long both = 0;
            long found = 0;
            long truth = 0;
            for (Grouped other : events) {
                both += other.equals(event) ? 1 : 0;
                found += other.found().equals(event.found()) ? 1 : 0;
                truth += other.truth().equals(event.truth()) ? 1 : 0;
            }
            precision += (double) both / found / events.size();
            recall += (double) both / truth / events.size();
        }
        Agreement bCubed = Agreement.bCubed(events);
        if (!events.isEmpty()) {
            assertThat(bCubed.precision()).isCloseTo(precision, within(1e-9));
            assertThat(bCubed.recall()).isCloseTo(recall, within(1e-9));
        }
    }

    @Test
    void withoutEventsAllAgrees() {
        assertThat(Agreement.ofPairs(List.of()).f1()).isEqualTo(1);
        assertThat(Agreement.bCubed(List.of()).f1()).isEqualTo(1);
    }

    @Provide
    Arbitrary<List<Grouped>> days() {
        Arbitrary<String> names = Arbitraries.of("a", "b", "c", "d", "e");
        return Combinators.combine(names, names).as(Grouped::new).list().ofMaxSize(20);
    }
}
