package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.hotlistmatch.crosscheck.clonedplate.ArrivalOrder.Arrived;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ArrivalOrderTest {
    private static final long CLOCK_STEP = 10;

    /** Reads come ahead of the watermark and behind it, and the watermark may stall. */
    @Property
    void eachComesOnceAndWhatWasHeldInOrder(
            @ForAll @Size(max = 40) List<@IntRange(max = 99) Integer> arrivals,
            @ForAll @IntRange(max = 40) int standsStillAt) {
        ArrivalOrder order = new ArrivalOrder();
        List<Arrived> all = new ArrayList<>();
        List<Arrived> handedOut = new ArrayList<>();
        long clock = 0;
        for (int i = 0; i < arrivals.size(); i++) {
            Arrived next = new Arrived(arrivals.get(i), i, i, 1);
            all.add(next);
            boolean late = next.arrivalTime() <= order.passed();
            assertThat(order.holds(next)).isEqualTo(!late);
            List<Arrived> passing = new ArrayList<>(late ? List.of(next) : List.of());
            if (i == standsStillAt) {
                for (Arrived each = order.takeAny(); each != null; each = order.takeAny()) {
                    passing.add(each);
                }
                assertThat(order.size()).isZero();
            } else if (i % 3 == 0) {
                clock += CLOCK_STEP;
                order.passTo(clock);
                for (Arrived each = order.take(); each != null; each = order.take()) {
                    passing.add(each);
                }
                assertThat(order.passed()).isGreaterThanOrEqualTo(clock);
            }
            assertThat(passing.subList(late ? 1 : 0, passing.size()))
                    .isSortedAccordingTo(Comparator.comparingLong(Arrived::arrivalTime))
                    .allMatch(each -> each.arrivalTime() <= order.passed());
            handedOut.addAll(passing);
        }
        List<Arrived> held = new ArrayList<>();
        order.forEach(held::add);
        assertThat(held)
                .hasSize(order.size())
                .allMatch(each -> each.arrivalTime() > order.passed());
        handedOut.addAll(held);
        assertThat(handedOut).containsExactlyInAnyOrderElementsOf(all);
    }
}
