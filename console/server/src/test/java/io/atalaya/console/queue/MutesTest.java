package io.atalaya.console.queue;

import io.atalaya.console.Samples;
import io.atalaya.console.item.Items;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.alert.Alert;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("attack")
class MutesTest {
    private static final int ITEMS = 200;
    private static final int MUTES = 49;
    private static final long NOW = System.currentTimeMillis();

    private final Items items = new Items();
    private final Mutes mutes = new Mutes(items);

    private void hit(String id) {
        Alert alert = Samples.hit(id, NOW, "ARCH-1", "A" + id, "INTEREST", 80, false, List.of());
        items.alert(alert, Samples.json(alert), NOW);
    }

    private static Mutes.Shown mute(String id, String author) {
        return new Mutes.Shown(
                id,
                Mutes.Effect.MUTE,
                Mutes.Scope.ME,
                author,
                new Mutes.Matcher(
                        null, "hotlist-match", null, null, null, null, null, null, null, null),
                author,
                "why",
                null,
                NOW - 1,
                NOW + 60_000,
                null);
    }

    /** Each look at what a viewer may see goes through all items. */
    @Test
    void looksAtEachItemOnceHoweverManyMutesThereAre() {
        items.caughtUp();
        for (int i = 0; i < ITEMS; i++) {
            hit("a" + i);
        }
        for (int i = 0; i < MUTES; i++) {
            mutes.put(mute("m" + i, "luz"));
        }
        AtomicInteger looks = new AtomicInteger();
        Set<String> allSites =
                new AbstractSet<>() {
                    @Override
                    public boolean isEmpty() {
                        looks.incrementAndGet();
                        return true;
                    }

                    @Override
                    public Iterator<String> iterator() {
                        return Collections.emptyIterator();
                    }

                    @Override
                    public int size() {
                        return 0;
                    }
                };
        Viewer ana = new Viewer("ana", "Ana", Set.of(Role.DISPATCHER), Set.of(), allSites, null);

        List<Mutes.Shown> visible = mutes.visible(ana);

        assertThat(visible).hasSize(MUTES).allMatch(each -> each.matches() == ITEMS);
        assertThat(looks.get()).isBetween(ITEMS, ITEMS + 2 * MUTES);
    }
}
