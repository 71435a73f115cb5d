package io.atalaya.console.queue;

import io.atalaya.console.Samples;
import io.atalaya.console.item.Item;
import io.atalaya.console.item.Items;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.alert.Alert;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Who takes an account over does not take over what its person kept for itself. */
@Tag("attack")
class MutesOfAPersonTest {
    private static final long NOW = System.currentTimeMillis();
    private static final String PLATE = "NKR8416";

    private final Items items = new Items();
    private final Mutes mutes = new Mutes(items);

    @BeforeEach
    void anItemOfAnotherPlate() {
        Alert alert = Samples.hit("A", NOW, "ARCH-1", "AAA0001", "INTEREST", 50, false, List.of());
        items.alert(alert, Samples.json(alert), NOW);
        items.caughtUp();
        items.tick(NOW + 61_000);
    }

    private static Viewer ana(long since) {
        return new Viewer("ana", "Ana", Set.of(Role.SUPERVISOR), Set.of(), Set.of(), null, since);
    }

    private void put(Mutes.Effect effect, Mutes.Scope scope, String plate, String type) {
        mutes.put(
                new Mutes.Shown(
                        effect + "-" + scope,
                        effect,
                        scope,
                        scope == Mutes.Scope.ALL ? null : "ana",
                        new Mutes.Matcher(
                                null, type, null, null, plate, null, null, null, null, null),
                        "ana",
                        "watched",
                        "C-1",
                        NOW,
                        NOW + 3_600_000,
                        null));
    }

    private List<String> seenBy(Viewer viewer) {
        return mutes.visible(viewer).stream().map(Mutes.Shown::muteId).toList();
    }

    @Test
    void aMuteByPlateIsThatOfThePersonWhoMadeIt() {
        put(Mutes.Effect.MUTE, Mutes.Scope.ALL, PLATE, null);
        assertThat(seenBy(ana(NOW))).containsExactly("MUTE-ALL");
        assertThat(seenBy(ana(NOW + 1))).isEmpty();
    }

    @Test
    void whatAPersonHasMutedOrSubscribedInterruptsTheNextAsAnyone() {
        Item item = items.visible(ana(0)).get(0);
        put(Mutes.Effect.MUTE, Mutes.Scope.ME, "AAA0001", null);
        assertThat(mutes.of(item, ana(NOW))).containsExactly("MUTE-ME");
        assertThat(mutes.of(item, ana(NOW + 1))).isEmpty();
        put(Mutes.Effect.SUBSCRIBE, Mutes.Scope.ME, null, "crowd");
        assertThat(mutes.isSubscribed(item, ana(NOW))).isFalse();
        assertThat(mutes.isSubscribed(item, ana(NOW + 1))).isTrue();
    }
}
