package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.flink.bulkhead.Bulkhead.Work;
import io.atalaya.hotlistmatch.crosscheck.ActionThresholds;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.CloneLogic.ClonedPlate;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.PassageEvent;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static io.atalaya.hotlistmatch.crosscheck.clonedplate.Town.NOON;
import static org.assertj.core.api.Assertions.assertThat;

class FaultyDeviceFilterTest {
    private static final int MAX_PLATES = 3;
    private static final int HOUR_S = 3_600;
    private static final String[] DEVICES = {"A", "B", "C", "D"};

    private final CloneComposer composer =
            new CloneComposer(
                    new CloneSettings(
                            200, new ActionThresholds(0.5, 0.1), MAX_PLATES, 70, Town.TAG_WAIT));
    private final List<Work> undoes = new ArrayList<>();
    private final FaultyDeviceFilter filter = new FaultyDeviceFilter(MAX_PLATES, undoes::add);
    private final Map<String, CrossCheckFinding> last = new HashMap<>();

    @Test
    void fewClonesPass() {
        evaluate(clone("AAA1111", "A", "C", 0));
        evaluate(clone("BBB2222", "A", "D", 60));
        evaluate(clone("CCC3333", "A", "B", 120));
        assertThat(live()).hasSize(3);
    }

    @Test
    void aDeviceThatImplicatesManyPlatesTakesThemBackAndHoldsMore() {
        for (int i = 0; i < 50; i++) {
            evaluate(clone("AAA11" + (10 + i), "A", "C", 30 * i));
        }
        evaluate(clone("BBB2222", "B", "D", 1_600));
        assertThat(live()).containsExactly("BBB2222");
        // A finding that was never emitted needs no retraction.
        assertThat(last).hasSize(MAX_PLATES + 1);
    }

    @Test
    void anHourAfterTheStormThingsAreAsBefore() {
        for (int i = 0; i < 50; i++) {
            evaluate(clone("AAA11" + (10 + i), "A", "C", 30 * i));
        }
        evaluate(clone("BBB2222", "A", "C", 50 * 30 + HOUR_S));
        assertThat(live()).containsExactly("BBB2222");
    }

    @Test
    void theSamePlateAgainAndAgainIsAClone() {
        for (int i = 0; i < 50; i++) {
            evaluate(clone("AAA1111", "A", "C", 30 * i));
        }
        assertThat(live()).isNotEmpty().containsOnly("AAA1111");
    }

    @Test
    void goesOnAfterARestore() {
        for (int i = 0; i < MAX_PLATES; i++) {
            evaluate(clone("AAA11" + (10 + i), "A", "C", 30 * i));
        }
        assertThat(live()).hasSize(MAX_PLATES);
        FaultyDeviceFilter restored = new FaultyDeviceFilter(MAX_PLATES, undoes::add);
        filter.recent().forEach(restored::restore);
        for (CrossCheckFinding each : restored.evaluate(clone("BBB2222", "A", "C", 100))) {
            take(each);
        }
        assertThat(live()).isEmpty();
    }

    @Test
    void whatIsCountedStepByStepIsWhatTheFindingsOfTheHourSay() {
        Random random = new Random(5);
        FaultyDeviceFilter kept = new FaultyDeviceFilter(MAX_PLATES, undoes::add);
        int second = 0;
        for (int i = 0; i < 1_000; i++) {
            // Also the same clone again, and hours without one.
            String plate = "AAA11" + (10 + random.nextInt(40));
            int device = random.nextInt(3);
            second += i % 300 == 299 ? HOUR_S : 20;
            CrossCheckFinding found = clone(plate, DEVICES[device], DEVICES[device + 1], second);
            FaultyDeviceFilter counted = new FaultyDeviceFilter(MAX_PLATES, undoes::add);
            kept.recent().forEach(counted::restore);
            assertThat(kept.evaluate(found)).isEqualTo(counted.evaluate(found));
            assertThat(kept.recent()).containsExactlyElementsOf(counted.recent());
        }
    }

    @Test
    void anEvaluationThatIsTakenBackLeavesNoTrace() throws Exception {
        for (int i = 0; i < MAX_PLATES; i++) {
            evaluate(clone("AAA11" + (10 + i), "A", "C", 30 * i));
        }
        List<CrossCheckFinding> before = recent();
        undoes.clear();
        // The device becomes faulty, and all are retracted.
        CrossCheckFinding last = clone("BBB2222", "A", "C", 100);
        List<CrossCheckFinding> sent = filter.evaluate(last);
        for (int i = undoes.size() - 1; i >= 0; i--) {
            undoes.get(i).run();
        }
        assertThat(recent()).isEqualTo(before);
        assertThat(filter.evaluate(last)).isEqualTo(sent).hasSize(MAX_PLATES);
    }

    private List<CrossCheckFinding> recent() {
        List<CrossCheckFinding> recent = new ArrayList<>();
        filter.recent().forEach(recent::add);
        return recent;
    }

    private void evaluate(CrossCheckFinding found) {
        filter.evaluate(found).forEach(this::take);
    }

    private void take(CrossCheckFinding each) {
        CrossCheckFinding before = last.put(each.alertId(), each);
        if (before != null) {
            assertThat(each.derivedAlert().revision())
                    .isGreaterThan(before.derivedAlert().revision());
        }
    }

    private List<String> live() {
        List<String> live = new ArrayList<>();
        last.values().stream()
                .filter(each -> !each.isCancelled())
                .forEach(each -> live.add(each.derivedAlert().subject().plate()));
        return live;
    }

    private CrossCheckFinding clone(String plate, String one, String other, int second) {
        List<PassageEvent> events = List.of(at(plate, one, second), at(plate, other, second + 20));
        ClonedPlate found =
                Town.logic(200)
                        .derive(CanonicalPlate.pack(plate), events, Long.MAX_VALUE, List.of())
                        .get(0);
        return composer.compose(found);
    }

    private static EnrichedRead at(String plate, String device, int second) {
        String readId = plate + second;
        return new EnrichedRead(
                PassageEvent.key(device, readId),
                NOON + 1_000L * second,
                false,
                Town.read(device, readId, second, plate, 0.95, null));
    }
}
