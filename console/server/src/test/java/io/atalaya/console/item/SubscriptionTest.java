package io.atalaya.console.item;

import io.atalaya.console.item.Subscription.Batch;
import io.atalaya.console.item.Subscription.Resync;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class SubscriptionTest {
    private final Subscription subscription = new Subscription(0);

    @Test
    void sendsOnlyOnceOfSeveralChanges() {
        subscription.changed(1, "a", false);
        subscription.changed(2, "b", false);
        subscription.changed(3, "a", false);

        assertThat(subscription.due(1_000)).isEqualTo(new Batch(3, List.of("a", "b"), null));
        assertThat(subscription.due(9_000)).isNull();
    }

    @Test
    void sendsAtOnceOfWhatIsUrgent() {
        subscription.changed(1, "first", false);
        subscription.due(1_000);
        subscription.changed(2, "waits", false);
        subscription.changed(3, "urgent", true);

        // Who resumes after the urgent one must still receive what waited.
        assertThat(subscription.due(1_001)).isEqualTo(new Batch(1, List.of("urgent"), null));
        assertThat(subscription.due(1_002)).isNull();
        assertThat(subscription.due(1_250)).isEqualTo(new Batch(3, List.of("waits"), null));
    }

    @Test
    void sendsAtOnceOfWhatHasBecomeUrgent() {
        subscription.changed(1, "x", false);
        subscription.due(1_000);
        subscription.changed(2, "a", false);
        subscription.changed(3, "a", true);

        assertThat(subscription.due(1_001)).isEqualTo(new Batch(3, List.of("a"), null));
    }

    @Test
    void asksToLoadAllAgainIfTooMuchWaits() {
        for (int i = 0; i <= Subscription.MAX_WAITING; i++) {
            subscription.changed(i, "item-" + i, false);
        }
        subscription.changed(5_000, "later", false);

        assertThat(subscription.due(1_000)).isEqualTo(new Batch(4_999, List.of(), Resync.OVERFLOW));
        assertThat(subscription.due(2_000)).isEqualTo(new Batch(5_000, List.of("later"), null));
    }

    @Test
    void sendsWhatIsUrgentEvenIfTooMuchWaits() {
        subscription.changed(1, "first", false);
        subscription.due(1_000);
        for (int i = 2; i <= Subscription.MAX_WAITING + 1; i++) {
            subscription.changed(i, "item-" + i, i == 500);
        }
        subscription.changed(5_000, "urgent", true);

        // Who is cut off now must not go on after what was dropped.
        assertThat(subscription.due(1_001))
                .isEqualTo(new Batch(1, List.of("item-500", "urgent"), null));
        assertThat(subscription.due(2_000)).isEqualTo(new Batch(5_000, List.of(), Resync.OVERFLOW));
        for (int i = 0; i <= Subscription.MAX_WAITING; i++) {
            subscription.changed(6_000 + i, "more-" + i, true);
        }
        assertThat(subscription.due(2_001).names()).hasSize(1);
        assertThat(subscription.due(3_000).resync()).isEqualTo(Resync.OVERFLOW);
    }

    @ParameterizedTest
    @CsvSource({"1, 4, 220", "20, 10, 550"})
    void isNeverMoreThanFourBatchesOfManyOrTenOfFewInAnySecond(
            int changeEveryMs, int most, int atLeast) {
        Random random = new Random(1);
        List<Integer> batches = new ArrayList<>();
        for (int ms = 0; ms < 60_000; ms++) {
            if (random.nextInt(changeEveryMs) == 0) {
                subscription.changed(ms, "item-" + ms, false);
            }
            if (subscription.due(1_000 + ms) != null) {
                batches.add(ms);
            }
        }
        for (int i = most; i < batches.size(); i++) {
            assertThat(batches.get(i) - batches.get(i - most)).isGreaterThanOrEqualTo(1_000);
        }
        assertThat(batches).hasSizeGreaterThan(atLeast);
    }

    @Test
    void sendsAtOnceAfterAPause() {
        subscription.changed(1, "a", false);
        assertThat(subscription.due(1_000).names()).containsExactly("a");
        subscription.changed(2, "b", false);
        assertThat(subscription.due(1_099)).isNull();
        assertThat(subscription.due(1_100).names()).containsExactly("b");
        subscription.changed(3, "c", false);
        assertThat(subscription.due(1_250).names()).containsExactly("c");
        for (int i = 4; i <= 4 + Subscription.FEW; i++) {
            subscription.changed(i, "item-" + i, false);
        }
        assertThat(subscription.due(1_499)).isNull();
        assertThat(subscription.due(1_500).names()).hasSize(Subscription.FEW + 1);
    }

    @Test
    void sendsNoMoreThanABatchHolds() {
        for (int i = 1; i <= Subscription.MAX_BATCH + 1; i++) {
            subscription.changed(i, "item-" + i, false);
        }

        Batch first = subscription.due(1_000);

        assertThat(first.names()).hasSize(Subscription.MAX_BATCH);
        assertThat(first.seq()).isEqualTo(Subscription.MAX_BATCH);
        assertThat(subscription.due(1_250).names()).hasSize(1);
    }

    @Test
    void goesOnWhereItBegan() {
        subscription.begin(7);
        subscription.changed(9, "a", false);
        subscription.changed(12, "b", true);

        assertThat(subscription.due(1_000)).isEqualTo(new Batch(8, List.of("b"), null));
    }

    /** Whenever a browser is cut off, the changes after its last number and those sent are all. */
    @Test
    void losesNothingWhereverItIsCutOff() {
        for (int round = 0; round < 200; round++) {
            Random random = new Random(round);
            Subscription one = new Subscription(0);
            List<String> changes = new ArrayList<>();
            Set<String> sent = new HashSet<>();
            long last = 0;
            int end = random.nextInt(300);
            for (int seq = 1; seq <= end; seq++) {
                String name = "item-" + random.nextInt(100);
                changes.add(name);
                sent.remove(name);
                one.changed(seq, name, random.nextInt(5) == 0);
                Batch batch = random.nextInt(3) == 0 ? one.due(1_000L + seq * 20L) : null;
                if (batch != null) {
                    sent.addAll(batch.names());
                    assertThat(batch.seq()).isGreaterThanOrEqualTo(last);
                    last = batch.seq();
                }
            }
            sent.addAll(changes.subList((int) last, changes.size()));

            assertThat(sent).as("round %d", round).containsAll(changes);
        }
    }
}
