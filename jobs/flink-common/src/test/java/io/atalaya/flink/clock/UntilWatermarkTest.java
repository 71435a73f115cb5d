package io.atalaya.flink.clock;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UntilWatermarkTest {
    private static final long STEP = 10;

    private static final Comparator<Item> ORDER =
            Comparator.comparingLong(Item::releaseAt).thenComparingInt(Item::number);

    private record Item(long releaseAt, int number) {}

    /** Items come ahead of the watermark and behind it, and some are removed. */
    @Property
    void releasesEachOnceInOrder(
            @ForAll @Size(max = 40) List<@IntRange(max = 99) Integer> times,
            @ForAll @IntRange(max = 40) int removed) {
        UntilWatermark<Item> waiting =
                new UntilWatermark<>(Item::releaseAt, Comparator.comparingInt(Item::number));
        List<Item> expected = new ArrayList<>();
        List<Item> released = new ArrayList<>();
        long watermark = 0;
        for (int i = 0; i < times.size(); i++) {
            Item item = new Item(times.get(i), i);
            waiting.add(item);
            if (i == removed) {
                waiting.remove(item);
            } else {
                expected.add(item);
            }
            if (i % 3 == 0) {
                watermark += STEP;
                List<Item> now = polled(waiting, watermark);
                long until = watermark;
                assertThat(now).isSortedAccordingTo(ORDER).allMatch(x -> x.releaseAt() <= until);
                assertThat(waiting.items())
                        .hasSize(waiting.size())
                        .allMatch(x -> x.releaseAt() > until);
                released.addAll(now);
            }
        }
        List<Item> rest = polled(waiting, Long.MAX_VALUE);
        assertThat(rest).isSortedAccordingTo(ORDER);
        assertThat(waiting.isEmpty()).isTrue();
        released.addAll(rest);
        assertThat(released).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Property
    void keepsWhatComesAfterAnItemThatFails(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 99) Integer> times,
            @ForAll @IntRange(max = 39) int failing) {
        UntilWatermark<Item> waiting =
                new UntilWatermark<>(Item::releaseAt, Comparator.comparingInt(Item::number));
        for (int i = 0; i < times.size(); i++) {
            waiting.add(new Item(times.get(i), i));
        }
        List<Item> released = new ArrayList<>();
        Item fails = new Item(times.get(failing % times.size()), failing % times.size());

        assertThatThrownBy(
                        () ->
                                waiting.release(
                                        Long.MAX_VALUE,
                                        item -> {
                                            if (item.equals(fails)) {
                                                throw new IllegalStateException("fails");
                                            }
                                            released.add(item);
                                        }))
                .hasMessage("fails");

        released.addAll(polled(waiting, Long.MAX_VALUE));
        assertThat(released)
                .isSortedAccordingTo(ORDER)
                .hasSize(times.size() - 1)
                .doesNotContain(fails);
    }

    private static List<Item> polled(UntilWatermark<Item> waiting, long watermark) {
        List<Item> items = new ArrayList<>();
        waiting.release(watermark, items::add);
        return items;
    }
}
