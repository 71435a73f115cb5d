package io.atalaya.console.item;

import io.atalaya.console.Samples;
import io.atalaya.console.queue.Mutes;
import io.atalaya.console.queue.Views;
import io.atalaya.console.request.Json;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.disposition.Disposition.Outcome;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@Tag("attack")
public class ItemsTest {
    private static final Viewer ANA = viewer("ana", Role.SUPERVISOR);
    private static final Viewer CARLOS = viewer("carlos", Role.DISPATCHER);
    private static final long NOW = 1_767_268_800_000L;

    private final Items items = new Items();
    private final Watching ana = new Watching(ANA);
    private final Watching carlos = new Watching(CARLOS);

    private record Watching(Viewer viewer, Subscription subscription) implements Items.Watcher {
        Watching(Viewer viewer) {
            this(viewer, new Subscription(0));
        }

        private static long now;

        Subscription.Batch due() {
            now += 1_000;
            return subscription.due(now);
        }
    }

    public static Viewer viewer(String name, Role... roles) {
        return new Viewer(name, name, Set.of(roles), Set.of(name), Set.of(), null);
    }

    @BeforeEach
    void watch() {
        items.caughtUp();
        items.watch(ana, null);
        items.watch(carlos, null);
    }

    private void hit(String id, long revision, boolean covert, String... notified) {
        Alert alert =
                Samples.hit(
                        id,
                        revision,
                        "ARCH-1",
                        "NKR4816",
                        "STOLEN_VEHICLE",
                        80,
                        covert,
                        List.of(notified));
        items.alert(alert, Samples.json(alert), revision);
    }

    private void incident(
            String id, long revision, String alertId, Incident.Status status, String... notified) {
        items.incident(
                Samples.incident(
                        id,
                        revision,
                        Incident.Kind.VEHICLE,
                        "stolen-vehicle",
                        status,
                        80,
                        "TOLUCA",
                        "NKR4816",
                        List.of(alertId),
                        List.of(),
                        false,
                        List.of(notified)),
                revision);
    }

    /** The console does not read the policy. */
    @Test
    void theUrgentPriorityIsThatOfThePolicyAndOfTheBrowser() throws IOException {
        Path root = Path.of("..", "..");
        assertThat(root.resolve("policy/priorities.yaml"))
                .content()
                .contains("\nnever: " + Item.URGENT + "\n");
        assertThat(root.resolve("console/web/src/lib/levels.ts"))
                .content()
                .contains("critical: " + Item.URGENT + " ");
    }

    @Test
    void showsAlertsWithoutDispatch() {
        hit("a", NOW, false);

        Item item = items.get("alert:a", ANA);
        assertThat(item.list()).isEqualTo(Item.Tray.QUEUE);
        assertThat(item.plate()).isEqualTo("NKR4816");
        assertThat(item.alert()).contains("\"comparison\"");
    }

    @Test
    void putsAnAlertIntoItsIncident() {
        hit("a", NOW, false);
        ana.due();

        incident("i", NOW + 1, "a", Incident.Status.OPEN);

        assertThat(items.visible(ANA)).extracting(Item::id).containsExactly("incident:i");
        assertThat(items.get("incident:i", ANA).score()).isEqualTo(0.97);
        assertThat(ana.due().names()).containsExactlyInAnyOrder("alert:a", "incident:i");
    }

    @Test
    void showsAnAlertThatDispatchMakesNothingOf() {
        incident("other", NOW, "b", Incident.Status.OPEN);
        hit("a", NOW, false);
        assertThat(items.get("alert:a", ANA)).isNull();

        items.tick(System.currentTimeMillis() + 5_001);

        assertThat(items.get("alert:a", ANA)).isNotNull();
    }

    @Test
    void isWholeOnceItHasReadWhatWasThere() {
        Items restarted = new Items();
        Alert old = Samples.hit("a", NOW, "ARCH-1", "A1", "STOLEN_VEHICLE", 80, false, List.of());
        restarted.incident(
                Samples.incident(
                        "i",
                        NOW,
                        Incident.Kind.VEHICLE,
                        "x",
                        Incident.Status.OPEN,
                        80,
                        "TOLUCA",
                        null,
                        List.of("b"),
                        List.of(),
                        false,
                        List.of()),
                NOW);
        restarted.alert(old, Samples.json(old), NOW);
        assertThat(restarted.visible(ANA)).hasSize(1);

        restarted.caughtUp();

        assertThat(restarted.visible(ANA)).hasSize(2);
    }

    @Test
    void staysOverUntilDispatchHasClosedIt() {
        incident("i", NOW, "a", Incident.Status.OPEN);
        items.pending(
                "incident:i", new Item.Pending("act", Act.Type.CLOSE, Outcome.CORRECT, "ana", 0));

        incident("i", NOW + 1, "a", Incident.Status.OPEN);
        assertThat(items.get("incident:i", ANA).list()).isEqualTo(Item.Tray.DONE);
        incident("i", NOW + 2, "a", Incident.Status.CLOSED);
        incident("i", NOW + 3, "a", Incident.Status.REOPENED);
        assertThat(items.get("incident:i", ANA).list()).isEqualTo(Item.Tray.QUEUE);
    }

    @Test
    void saysWhatADigestLists() throws Exception {
        items.municipality("ARCH-1", "Toluca");
        hit("a", NOW, false);
        hit("b", NOW, true, "ana");
        incident("one", NOW, "a", Incident.Status.OPEN);
        incident("secret", NOW, "b", Incident.Status.OPEN);
        items.incident(linked("list", Incident.Kind.DIGEST, "CHILD", "one", "secret", "late"), NOW);
        Views views = new Views(items, new Mutes(items));
        Item digest = items.get("incident:list", ANA);
        assertThat(items.listed(digest, ANA))
                .isEqualTo(new Items.Listed(2, Map.of("stolen-vehicle", 2), Map.of("Toluca", 2)));
        assertThat(views.json(digest, CARLOS))
                .contains("\"listed\":{\"count\":1,\"types\":{\"stolen-vehicle\":1}");
        ana.due();

        items.incident(linked("late", Incident.Kind.PLACE, "PARENT", "list"), NOW);

        assertThat(ana.due().names()).containsExactly("incident:late", "incident:list");
        assertThat(items.listed(digest, ANA).count()).isEqualTo(3);
    }

    @Test
    void aDigestOfOneIncidentIsNoItemBesideIt() throws Exception {
        items.incident(linked("one", Incident.Kind.PLACE, "PARENT", "list"), NOW);
        items.incident(linked("list", Incident.Kind.DIGEST, "CHILD", "one"), NOW);
        assertThat(items.visible(ANA)).extracting(Item::id).containsExactly("incident:one");
        assertThat(ana.due().names()).containsExactly("incident:one");

        Incident due = due(linked("list", Incident.Kind.DIGEST, "CHILD", "one"));
        items.incident(due.withRevision(NOW + 1), NOW);
        assertThat(items.visible(ANA)).extracting(Item::id).containsExactly("incident:one");
        assertThat(items.get("incident:one", ANA).deadlines()).isEqualTo(due.deadlines());
        assertThat(ana.due().names()).containsExactly("incident:one");

        items.incident(linked("two", Incident.Kind.PLACE, "PARENT", "list"), NOW);
        Incident two = due(linked("list", Incident.Kind.DIGEST, "CHILD", "one", "two"));
        items.incident(two.withRevision(NOW + 2), NOW);
        assertThat(items.get("incident:list", ANA).list()).isEqualTo(Item.Tray.REVIEW);
        assertThat(items.get("incident:one", ANA).deadlines()).isNull();

        Incident over = linked("two", Incident.Kind.PLACE, "PARENT", "list");
        items.incident(status(over, Incident.Status.CLOSED).withRevision(NOW + 3), NOW);
        assertThat(items.get("incident:list", ANA)).as("the other one is left").isNull();
        assertThat(items.get("incident:one", ANA).deadlines()).isEqualTo(due.deadlines());
    }

    private static Incident due(Incident incident) throws Exception {
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(Incident.CODEC.write(incident));
        json.putObject("deadlines").put("acceptBy", NOW + 1).put("onSceneBy", NOW + 2);
        return Incident.CODEC.read(Json.text(json).getBytes(StandardCharsets.UTF_8));
    }

    private static Incident status(Incident incident, Incident.Status status) throws Exception {
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(Incident.CODEC.write(incident));
        json.put("status", status.name());
        return Incident.CODEC.read(Json.text(json).getBytes(StandardCharsets.UTF_8));
    }

    private static Incident linked(String id, Incident.Kind kind, String relation, String... others)
            throws Exception {
        Incident incident =
                Samples.incident(
                        id,
                        NOW,
                        kind,
                        "stolen-vehicle",
                        Incident.Status.OPEN,
                        80,
                        "TOLUCA",
                        null,
                        List.of(),
                        List.of(others),
                        false,
                        List.of());
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(Incident.CODEC.write(incident));
        // No site was notified of it alone.
        json.remove("assignment");
        return Incident.CODEC.read(
                Json.text(json).replace("RELATED", relation).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void knowsTheMunicipalityOfADevice() {
        hit("a", NOW, false);
        items.municipality("ARCH-1", "Toluca");
        items.caughtUp();
        hit("b", NOW, false);

        assertThat(items.get("alert:a", ANA).municipality()).isEqualTo("Toluca");
        assertThat(items.get("alert:b", ANA).municipality()).isEqualTo("Toluca");
        assertThat(
                        new Mutes.Matcher(
                                        null, null, null, null, null, null, null, null, "Metepec",
                                        null)
                                .matches(items.get("alert:b", ANA)))
                .isFalse();
    }

    @Test
    void keepsTheHighestRevision() {
        incident("i", NOW + 5, "a", Incident.Status.ACCEPTED);
        incident("i", NOW, "a", Incident.Status.OPEN);

        assertThat(items.get("incident:i", ANA).status()).isEqualTo(Incident.Status.ACCEPTED);
    }

    @Test
    void endsAnAlertByItsAnswer() {
        hit("a", NOW, false);
        items.answer("a", new Item.Answer(Outcome.WRONG_PLATE, "ana", NOW));

        assertThat(items.get("alert:a", ANA).list()).isEqualTo(Item.Tray.DONE);
        assertThat(items.outcomes("ARCH-1")).containsEntry("WRONG_PLATE", 1);
    }

    @Test
    void goesOnWhereABrowserWas() {
        hit("a", NOW, false);
        long since = items.position();
        hit("b", NOW, false);
        hit("a", NOW + 1, false);
        Watching back = new Watching(ANA);

        assertThat(items.watch(back, since)).isTrue();
        assertThat(back.due().names()).containsExactly("alert:b", "alert:a");
    }

    @Test
    void showsAReturningBrowserWhatIsGone() {
        hit("a", NOW, false);
        long since = items.position();
        incident("i", NOW + 1, "a", Incident.Status.OPEN);
        Watching back = new Watching(ANA);

        items.watch(back, since);

        assertThat(back.due().names()).containsExactly("alert:a", "incident:i");
    }

    @Test
    void letsABrowserOfAnotherRunLoadAllAgain() {
        Watching back = new Watching(ANA);

        assertThat(items.watch(back, 99L)).isFalse();
        assertThat(back.due().resync()).isEqualTo(Subscription.Resync.RESTART);
    }

    @Test
    void hidesWhatHasBecomeCovert() {
        hit("a", NOW, false);
        long since = items.position();
        carlos.due();
        ana.due();

        hit("a", NOW + 1, true, "ana");

        assertThat(items.get("alert:a", CARLOS)).isNull();
        assertThat(carlos.due()).extracting("resync").isEqualTo(Subscription.Resync.CHANGED);
        assertThat(ana.due().names()).containsExactly("alert:a");
        Watching back = new Watching(CARLOS);
        items.watch(back, since);
        assertThat(back.due().names()).isEmpty();
    }

    /** Else a browser that comes back would learn that something hidden has changed. */
    @Test
    void asksNoOneToLoadAgainWhatWasNotSeenBefore() {
        hit("a", NOW, true, "ana");
        long since = items.position();
        hit("a", NOW + 1, true, "luz");
        Watching back = new Watching(CARLOS);

        assertThat(items.watch(back, since)).isTrue();
        assertThat(back.due()).isNull();
        assertThat(items.watch(new Watching(ANA), since)).isFalse();
    }

    /** The number of a batch is where its browser goes on from. */
    @Test
    void doesNotMoveByWhatIsHidden() {
        hit("a", NOW, false);
        long shown = items.get("alert:a", CARLOS).seq();
        hit("b", NOW, true, "ana");

        assertThat(carlos.due().seq()).isEqualTo(shown);
        assertThat(ana.due().seq()).isGreaterThanOrEqualTo(shown);
    }

    @Test
    void forgetsNothingForWhatIsHidden() {
        hit("open", NOW, false);
        for (int i = 0; i < Items.MAX_ITEMS + 600; i++) {
            Alert each =
                    Samples.hit(
                            "s" + i,
                            NOW + i,
                            "ARCH-1",
                            "A1",
                            "STOLEN_VEHICLE",
                            90,
                            true,
                            List.of("ana"));
            items.alert(each, "{}", NOW);
        }

        assertThat(items.get("alert:open", CARLOS)).isNotNull();
        assertThat(items.visible(ANA)).hasSizeLessThanOrEqualTo(Items.MAX_ITEMS + 1);
    }

    @Test
    void isAsCovertAsItsAlert() {
        incident("i", NOW, "a", Incident.Status.OPEN);
        hit("a", NOW, true, "ana");

        assertThat(items.get("incident:i", CARLOS)).isNull();
        assertThat(items.get("incident:i", ANA)).isNotNull();
    }

    @Test
    void hidesNoAlertByAnIncidentThatFewerMayKnowOf() {
        hit("a", NOW, false, "ana", "carlos");
        hit("b", NOW, false);
        incident("i", NOW, "a", Incident.Status.OPEN, "ana");
        incident("j", NOW, "b", Incident.Status.OPEN, "ana");
        assertThat(items.visible(CARLOS))
                .extracting(Item::id)
                .containsExactlyInAnyOrder("alert:a", "alert:b");
        items.answer("b", new Item.Answer(Outcome.CORRECT, "carlos", NOW));
        assertThat(items.get("alert:b", CARLOS).answer()).isNotNull();
        assertThat(items.get("incident:j", ANA).answer()).isNotNull();

        hit("a", NOW + 1, false, "ana");
        incident("j", NOW + 1, "b", Incident.Status.OPEN);

        assertThat(items.visible(CARLOS)).extracting(Item::id).containsExactly("incident:j");
        assertThat(items.visible(ANA))
                .extracting(Item::id)
                .containsExactlyInAnyOrder("incident:i", "incident:j");

        incident("j", NOW + 2, "b", Incident.Status.OPEN, "ana");
        hit("b", NOW + 2, false);
        items.tick(System.currentTimeMillis() + 5_001);

        assertThat(items.visible(CARLOS)).extracting(Item::id).containsExactly("alert:b");
    }

    @Test
    void showsNoOneWhatTwoListsLimitToOthers() {
        items.incident(
                Samples.incident(
                        "i",
                        NOW,
                        Incident.Kind.VEHICLE,
                        "x",
                        Incident.Status.OPEN,
                        80,
                        "TOLUCA",
                        null,
                        List.of("a"),
                        List.of(),
                        true,
                        List.of("carlos")),
                NOW);
        hit("a", NOW, true, "ana");

        assertThat(items.get("incident:i", CARLOS)).isNull();
        assertThat(items.get("incident:i", ANA)).isNull();
    }

    @Test
    void mutesNothingUrgent() {
        Mutes mutes = new Mutes(items);
        long now = System.currentTimeMillis();
        mutes.put(ofAna("m", Mutes.Effect.MUTE, "hotlist-match", null, now));
        Alert stolen =
                Samples.hit("s", NOW, "ARCH-1", "A1", "STOLEN_VEHICLE", 89, false, List.of());
        Alert urgent =
                Samples.hit("u", NOW, "ARCH-1", "A2", "STOLEN_VEHICLE", 90, false, List.of());
        Alert kidnapping =
                Samples.hit("k", NOW, "ARCH-1", "A3", "KIDNAPPING", 50, false, List.of());
        for (Alert each : List.of(stolen, urgent, kidnapping)) {
            items.alert(each, Samples.json(each), NOW);
        }

        assertThat(mutes.of(items.get("alert:s", ANA), ANA)).containsExactly("m");
        assertThat(mutes.of(items.get("alert:s", CARLOS), CARLOS)).isEmpty();
        assertThat(mutes.of(items.get("alert:u", ANA), ANA)).isEmpty();
        assertThat(mutes.of(items.get("alert:k", ANA), ANA)).isEmpty();
        mutes.tick(now + 60_001);
        assertThat(mutes.of(items.get("alert:s", ANA), ANA)).isEmpty();
    }

    /** Not to a colleague, who sees the same items and has not muted them. */
    @Test
    void sendsTheItemsOfAMuteForOneselfToThatPersonAlone() {
        hit("a", NOW, false);
        hit("hidden", NOW, true, "carlos");
        Mutes mutes = new Mutes(items);
        ana.due();
        carlos.due();
        long version = items.get("alert:a", ANA).seq();
        long since = items.position();

        mutes.put(ofAna("m", Mutes.Effect.MUTE, "hotlist-match", null, NOW));

        assertThat(ana.due().names()).containsExactly("alert:a", "mutes");
        assertThat(carlos.due().names()).containsExactly("mutes");
        assertThat(items.get("alert:a", ANA).seq()).isEqualTo(version);
        assertThat(items.watch(new Watching(CARLOS), since)).isTrue();
        assertThat(items.watch(new Watching(ANA), since)).isFalse();
    }

    /** Else the number of items, or that there is one, showed what else the mute concerns. */
    @Test
    void goesOnAfterAMuteForOneselfByWhatItHasReceived() {
        Mutes mutes = new Mutes(items);
        long since = items.position();
        mutes.put(ofAna("m", Mutes.Effect.MUTE, "hotlist-match", null, NOW));
        long received = ana.due().seq();
        Watching away = new Watching(ANA);

        assertThat(items.watch(new Watching(ANA), received)).isTrue();
        assertThat(items.watch(away, since)).isFalse();
        assertThat(away.due().resync()).isEqualTo(Subscription.Resync.CHANGED);
    }

    private static Mutes.Shown ofAna(
            String id, Mutes.Effect effect, String type, List<Double> area, long now) {
        return new Mutes.Shown(
                id,
                effect,
                Mutes.Scope.ME,
                "ana",
                new Mutes.Matcher(null, type, null, null, null, null, null, null, null, area),
                "ana",
                "why",
                null,
                now - 1,
                now + 60_000,
                null);
    }

    @Test
    void interruptsOnlyByWhatOneSubscribesTo() {
        Mutes mutes = new Mutes(items);
        Views views = new Views(items, mutes);
        long now = System.currentTimeMillis();
        for (Alert each :
                List.of(
                        Samples.hit(
                                "s", NOW, "ARCH-1", "A1", "STOLEN_VEHICLE", 80, false, List.of()),
                        Samples.hit("k", NOW, "ARCH-1", "A2", "KIDNAPPING", 50, false, List.of()),
                        Samples.hit(
                                "u", NOW, "ARCH-1", "A3", "STOLEN_VEHICLE", 90, false, List.of()),
                        Samples.camera(
                                "c", AlertType.CROWD, NOW, "CAM-1", 40, Alert.Action.ALERT))) {
            items.alert(each, Samples.json(each), NOW);
        }
        assertThat(views.counts(ANA).queue()).isEqualTo(4);

        mutes.put(ofAna("c", Mutes.Effect.SUBSCRIBE, "crowd", null, now));
        mutes.put(
                ofAna("far", Mutes.Effect.SUBSCRIBE, null, List.of(-90.0, 20.0, -89.0, 21.0), now));

        assertThat(mutes.isSubscribed(items.get("alert:s", ANA), ANA)).isFalse();
        assertThat(mutes.isSubscribed(items.get("alert:c", ANA), ANA)).isTrue();
        assertThat(mutes.isSubscribed(items.get("alert:k", ANA), ANA)).isTrue();
        assertThat(mutes.isSubscribed(items.get("alert:u", ANA), ANA)).isTrue();
        assertThat(mutes.isSubscribed(items.get("alert:s", CARLOS), CARLOS)).isTrue();
        assertThat(views.json(items.get("alert:s", ANA), ANA)).contains("\"subscribed\":false");
        assertThat(views.json(items.get("alert:c", ANA), ANA)).contains("\"boxes\":[{");
        assertThat(views.json(items.get("alert:s", CARLOS), CARLOS)).doesNotContain("subscribed");
        assertThat(new Views(items, mutes).counts(ANA))
                .isEqualTo(new Views.Counts(3, 0, 0, 0, 1, 90));
        mutes.put(
                ofAna(
                        "near",
                        Mutes.Effect.SUBSCRIBE,
                        null,
                        List.of(-100.0, 19.0, -98.0, 21.0),
                        now));
        assertThat(mutes.isSubscribed(items.get("alert:s", ANA), ANA)).isTrue();
        assertThat(mutes.of(items.get("alert:s", ANA), ANA)).isEmpty();
        mutes.tick(now + 60_001);
        assertThat(mutes.isSubscribed(items.get("alert:s", ANA), ANA)).isTrue();
    }

    /** The figures of docs/scoring.md: a plain plate that was wrong once, and five times. */
    @Test
    void learnsHowFarToTrustADevice() {
        List<Trust.Lesson> lessons = new ArrayList<>();
        Trust.Lesson wrong = Trust.Lesson.of(Math.log(0.994 / 0.006), Outcome.WRONG_PLATE);
        assertThat(Trust.value(lessons)).isEqualTo(0.994);
        for (double expected : new double[] {0.98, 0.96, 0.92, 0.87, 0.82}) {
            lessons.add(wrong);
            assertThat(Trust.value(lessons))
                    .as("after %d", lessons.size())
                    .isCloseTo(expected, within(0.011));
        }
        hit("a", NOW, false);
        Item item = items.get("alert:a", ANA);
        Trust trust = items.trust(item, Outcome.WRONG_PLATE);
        assertThat(trust.deviceId()).isEqualTo("ARCH-1");
        assertThat(trust.after()).isLessThan(trust.before());
        assertThat(items.trust(item, Outcome.NOT_ACTIONABLE)).isNull();
        assertThat(items.trusts()).isEmpty();
        ana.due();

        items.answer("a", new Item.Answer(Outcome.WRONG_PLATE, "ana", NOW));

        assertThat(items.trusts()).containsEntry("ARCH-1", trust.after());
        assertThat(ana.due().names()).contains("device:ARCH-1");
        hit("secret", NOW, true, "ana");
        assertThat(items.trust(items.get("alert:secret", ANA), Outcome.CORRECT)).isNull();
    }

    @Test
    void forgetsWhatIsOverFirst() {
        Alert kidnapping =
                Samples.hit("k", NOW, "ARCH-1", "A3", "KIDNAPPING", 100, false, List.of());
        items.alert(kidnapping, Samples.json(kidnapping), NOW);
        for (int i = 0; i < Items.MAX_ITEMS + 600; i++) {
            Alert each =
                    Samples.camera(
                            "c" + i, AlertType.CROWD, NOW + i, "CAM-1", 40, Alert.Action.REVIEW);
            items.alert(each, "{}", NOW);
        }

        assertThat(items.visible(ANA)).hasSizeLessThanOrEqualTo(Items.MAX_ITEMS);
        assertThat(items.get("alert:k", ANA)).isNotNull();
        assertThat(ana.due().resync()).isEqualTo(Subscription.Resync.OVERFLOW);
    }
}
