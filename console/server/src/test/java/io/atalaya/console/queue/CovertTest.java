package io.atalaya.console.queue;

import io.atalaya.console.Samples;
import io.atalaya.console.feed.RecordRouter;
import io.atalaya.console.item.Item;
import io.atalaya.console.item.Items;
import io.atalaya.console.item.Subscription;
import io.atalaya.console.map.Devices;
import io.atalaya.console.request.Json;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.disposition.Disposition.Outcome;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Random items before random people: no one learns an id or a plate that is not for them. */
@Tag("attack")
class CovertTest {
    private static final List<String> NAMES = List.of("ana", "carlos", "luz", "mario");
    private static final List<String> GROUPS = List.of("unit-1", "unit-2");
    private static final long NOW = System.currentTimeMillis();

    /** Marks that must not leak, with those who may see them. */
    private final Map<String, List<String>> secrets = new HashMap<>();

    private final Items items = new Items();
    private final Mutes mutes = new Mutes(items);
    private final Devices devices = new Devices(items);
    private final Views views = new Views(items, mutes);

    /** The same without what not everybody may know of. */
    private final Items open = new Items();

    private final Mutes openMutes = new Mutes(open);
    private final Devices openDevices = new Devices(open);

    @Test
    void aDeadLetterShowsNoValue() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("reason", "plate is 'SECRET1', expected is another".getBytes(UTF_8))
                .add("field", "plate".getBytes(UTF_8))
                .add("topic", "hotlist".getBytes(UTF_8))
                .add("topic", "SECRET1, a header of the original".getBytes(UTF_8));
        assertThat(RecordRouter.rejected(headers)).isEqualTo("hotlist · plate");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void nothingLeaks(int seed) {
        Random random = new Random(seed);
        items.caughtUp();
        open.caughtUp();
        List<Watching> watching = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Watching one = new Watching(person(random), new Subscription(0));
            watching.add(one);
            items.watch(one, null);
        }
        List<String> incidents = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            arrive(random, i, incidents);
        }
        for (Watching one : watching) {
            String all = everything(one);
            Viewer viewer = one.viewer;
            secrets.forEach(
                    (secret, notified) -> {
                        if (!isAllowed(viewer, notified)) {
                            assertThat(all)
                                    .as(
                                            "%s, %s, notify %s",
                                            viewer.name(), viewer.roles(), notified)
                                    .doesNotContain(secret);
                        }
                    });
        }
        // Nor do numbers say that there is something. Which alerts have no incident shows later.
        items.tick(System.currentTimeMillis() + 61_000);
        open.tick(System.currentTimeMillis() + 61_000);
        Viewer stranger =
                new Viewer("eva", "", EnumSet.of(Role.SUPERVISOR), Set.of(), Set.of(), null);
        assertThat(views.counts(stranger)).isEqualTo(new Views(open, openMutes).counts(stranger));
        assertThat(Set.copyOf(devices.all(stranger)))
                .isEqualTo(Set.copyOf(openDevices.all(stranger)));
        assertThat(items.trusts()).isEqualTo(open.trusts()).isNotEmpty();
        for (int i = 0; i < 5; i++) {
            assertThat(items.outcomes("ARCH-" + i)).isEqualTo(open.outcomes("ARCH-" + i));
        }
        // The other way round: the test would see it.
        Viewer insider =
                new Viewer(
                        "ana", "", EnumSet.of(Role.SUPERVISOR), Set.copyOf(GROUPS), Set.of(), null);
        assertThat(
                        secrets.entrySet().stream()
                                .filter(each -> each.getValue().contains("ana"))
                                .filter(
                                        each ->
                                                everything(
                                                                new Watching(
                                                                        insider,
                                                                        new Subscription(0)))
                                                        .contains(each.getKey()))
                                .count())
                .isPositive();
    }

    private record Watching(Viewer viewer, Subscription subscription) implements Items.Watcher {}

    /** As the specification has it, and not as the code does. */
    private static boolean isAllowed(Viewer viewer, List<String> notified) {
        return !viewer.roles().contains(Role.ANALYST)
                && !viewer.roles().contains(Role.WALL)
                && notified.stream().anyMatch(viewer.groups()::contains);
    }

    private static Viewer person(Random random) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (int i = 0; i <= random.nextInt(2); i++) {
            roles.add(Role.values()[random.nextInt(Role.values().length)]);
        }
        Set<String> groups = new HashSet<>();
        GROUPS.stream().filter(g -> random.nextInt(3) == 0).forEach(groups::add);
        String name = NAMES.get(random.nextInt(NAMES.size()));
        if (random.nextBoolean()) {
            groups.add(name);
        }
        return new Viewer(
                name, "", roles, groups, random.nextBoolean() ? Set.of() : Set.of("TOLUCA"), null);
    }

    private void arrive(Random random, int i, List<String> incidents) {
        boolean covert = random.nextInt(3) == 0;
        List<String> notified = new ArrayList<>();
        if (covert || random.nextInt(6) == 0) {
            NAMES.stream().filter(n -> random.nextInt(3) == 0).forEach(notified::add);
            GROUPS.stream().filter(n -> random.nextInt(3) == 0).forEach(notified::add);
            covert |= notified.isEmpty();
        }
        boolean isSecret = covert;
        boolean isLimited = isSecret || !notified.isEmpty();
        boolean becomesSecret = !isLimited && random.nextInt(4) == 0;
        List<Items> worlds = isLimited || becomesSecret ? List.of(items) : List.of(items, open);
        String mark = (isLimited ? "SECRET" : "OPEN") + i + "X";
        String plate = (isLimited ? "ZZ" : "AA") + String.format("%04d", i) + "Q";
        Alert alert =
                Samples.hit(
                        mark,
                        NOW + i,
                        "ARCH-" + i % 5,
                        plate,
                        "INTEREST",
                        random.nextInt(101),
                        isSecret,
                        notified);
        worlds.forEach(world -> world.alert(alert, Samples.json(alert), NOW));
        if (isLimited) {
            secrets.put(mark, notified);
            secrets.put(plate, notified);
        }
        if (random.nextBoolean()) {
            String id = "INC" + mark;
            incidents.add(id);
            Incident incident =
                    Samples.incident(
                            id,
                            NOW + i,
                            Incident.Kind.VEHICLE,
                            "interest",
                            Incident.Status.OPEN,
                            random.nextInt(101),
                            "TOLUCA",
                            plate,
                            List.of(mark),
                            // Linked to whatever, as dispatch links by place and plate.
                            random.nextBoolean()
                                    ? List.of(incidents.get(random.nextInt(incidents.size())))
                                    : List.of(),
                            isSecret,
                            notified);
            worlds.forEach(world -> world.incident(incident, NOW));
            items.delivery(
                    new Delivery(
                            "delivery-" + mark,
                            "cad",
                            id,
                            NOW,
                            Delivery.Result.DELIVERED,
                            null,
                            NOW));
        }
        if (random.nextInt(4) == 0) {
            Mutes.Shown mute =
                    new Mutes.Shown(
                            "mute-" + i,
                            i % 2 == 0 ? Mutes.Effect.MUTE : Mutes.Effect.SUBSCRIBE,
                            Mutes.Scope.ALL,
                            null,
                            new Mutes.Matcher(
                                    null, null, null, null, plate, null, null, null, null, null),
                            "boss",
                            "why",
                            "case",
                            NOW - 1,
                            NOW + 600_000,
                            null);
            mutes.put(mute);
            openMutes.put(mute);
        }
        if (random.nextInt(4) == 0) {
            Item.Answer answer = new Item.Answer(Outcome.CORRECT, "ana", NOW + i);
            worlds.forEach(world -> world.answer(mark, answer));
        }
        if (random.nextInt(3) == 0) {
            Alert fault =
                    Samples.camera(
                            "fault-" + i,
                            AlertType.CAMERA_SILENT,
                            NOW,
                            "ARCH-" + i % 5,
                            30,
                            Alert.Action.REVIEW);
            items.alert(fault, Samples.json(fault), NOW);
            open.alert(fault, Samples.json(fault), NOW);
        }
        // What was open becomes secret.
        if (becomesSecret) {
            Alert later =
                    Samples.hit(
                            mark,
                            NOW + 1_000 + i,
                            "ARCH-1",
                            plate,
                            "INTEREST",
                            50,
                            true,
                            List.of("luz"));
            items.alert(later, Samples.json(later), NOW);
            secrets.put(mark, List.of("luz"));
            secrets.put(plate, List.of("luz"));
        }
        Device device = Samples.device("ARCH-" + i % 5, Device.Kind.ARCH, 19.3, -99.6);
        devices.put(device.deviceId(), device, "{}");
        openDevices.put(device.deviceId(), device, "{}");
    }

    /** All that can be sent to a viewer, whatever the role may call. */
    private String everything(Watching one) {
        Viewer viewer = one.viewer;
        StringBuilder all = new StringBuilder();
        for (Subscription.Batch batch = one.subscription.due(NOW);
                batch != null;
                batch = one.subscription.due(System.nanoTime())) {
            all.append(batch.names());
        }
        Set<Item.Tray> lists = EnumSet.allOf(Item.Tray.class);
        Views.Filter filter =
                new Views.Filter(lists, null, null, null, null, null, null, null, null, null, null);
        String after = null;
        do {
            Views.Page page = views.page(viewer, filter, after, 7);
            for (Item item : page.items()) {
                all.append(views.json(item, viewer));
                all.append(items.incident(item, viewer));
                all.append(items.alerts(item));
                items.deliveries(item).forEach(all::append);
                all.append(devices.next(item));
            }
            after = page.next();
            all.append(after);
        } while (after != null);
        all.append(Json.text(mutes.visible(viewer)));
        all.append(Json.text(devices.all(viewer)));
        all.append(Json.text(views.counts(viewer)));
        all.append(items.trusts());
        for (int i = 0; i < 5; i++) {
            all.append(items.latestAlert("ARCH-" + i, viewer));
            all.append(items.outcomes("ARCH-" + i));
        }
        return all.toString();
    }
}
