package io.atalaya.dispatch.outreach;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.dispatch.Wall.Panel;
import io.atalaya.dispatch.TestPolicy;
import io.atalaya.dispatch.incident.IncidentSummary;
import io.atalaya.dispatch.outreach.Walls.View;
import io.atalaya.dispatch.policy.Policy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static io.atalaya.dispatch.outreach.OutreachRun.CENTRE;
import static io.atalaya.dispatch.outreach.OutreachRun.TOLUCA;
import static io.atalaya.dispatch.outreach.OutreachRun.from;
import static org.assertj.core.api.Assertions.assertThat;

/** Which cameras are on which panels. */
class WallsTest {
    private static final Policy POLICY = TestPolicy.withPolygons();
    private static final Policy.VideoWall SETTINGS = POLICY.videowall();

    private final OutreachRun run = new OutreachRun(POLICY);

    @Test
    void incidentsByPriorityAndTheNearestCameraFirst() {
        for (int i = 0; i < 6; i++) {
            camera("A" + i, from(CENTRE, 100 + 100 * i, 0));
            camera("B" + i, from(CENTRE, 100 + 100 * i, 20_000));
        }
        run.add(run.at("low", "crash", 60, from(CENTRE, 0, 20_000)));
        run.add(run.at("high", "crash", 80, CENTRE));
        run.tick();
        assertThat(shown()).containsExactly("1 A0", "2 A1", "3 A2", "4 A3", "5 B0", "6 B1");
        run.tick();
        assertThat(run.walls).hasSize(1);
        run.add(run.over(run.at("high", "crash", 80, CENTRE), false));
        run.tick();
        assertThat(shown()).containsExactly("1 B2", "2 B3", "5 B0", "6 B1");
    }

    @Test
    void aVehiclesWayComesBeforeWhatIsBehindIt() {
        camera("BEHIND", from(CENTRE, -300, 0));
        camera("AHEAD", from(CENTRE, 1_000, 0));
        camera("FAR-AHEAD", from(CENTRE, 2_900, 200));
        camera("ASIDE", from(CENTRE, 100, 1_200));
        run.add(run.vehicle("V", 70, CENTRE, 0.0));
        run.tick();
        assertThat(run.walls.get(0).panels())
                .extracting(panel -> panel.deviceId() + " " + panel.ahead())
                .containsExactly("AHEAD true", "BEHIND false", "FAR-AHEAD true");
    }

    @Test
    void aVehicleThatWasSeenLongAgoIsNotShown() {
        camera("C", CENTRE);
        run.add(run.vehicle("V", 70, CENTRE, null));
        run.add(run.at("I", "crash", 60, from(CENTRE, 0, 5_000)));
        run.tick();
        run.now += 15 * OutreachRun.MINUTE - 1;
        run.tick();
        assertThat(run.walls).hasSize(1);
        run.now += 1;
        run.tick();
        assertThat(shown()).isEmpty();
        run.add(run.vehicle("V", 70, CENTRE, null));
        run.tick();
        assertThat(shown()).containsExactly("1 C");
    }

    @Test
    void whatIsCovertOrOfAnotherSiteOrUnimportantIsNotShown() {
        camera("C", CENTRE);
        IncidentSummary crash = run.at("I", "crash", 80, CENTRE);
        run.add(run.covert(crash));
        run.add(run.at("minor", "service", 30, CENTRE));
        run.tick();
        assertThat(run.walls).isEmpty();
        run.add(crash);
        run.tick();
        assertThat(run.walls).extracting(Wall::site).containsExactly(TOLUCA);
        run.add(run.covert(crash));
        run.tick();
        assertThat(run.walls).last().satisfies(wall -> assertThat(wall.panels()).isEmpty());
    }

    @Test
    void aPanelChangesOnlyForWhatIsBetterByTheMargin() {
        run.outreach.policy(
                TestPolicy.with("videowall", "panelsPerIncident: 4", "panelsPerIncident: 1"),
                run.now);
        camera("A", from(CENTRE, 250, 0));
        run.add(run.at("I", "crash", 80, CENTRE));
        run.tick();
        camera("B", from(CENTRE, 100, 0));
        run.tick();
        assertThat(shown()).containsExactly("1 A");
        camera("B", CENTRE);
        run.tick();
        assertThat(shown()).containsExactly("1 B");
    }

    /** The best that trying all can find, and nothing changes that need not. */
    @Property(tries = 300)
    void layoutsAreThoseOfTheRule(@ForAll long seed) {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(6);
        List<Panel> standing = List.of();
        for (int round = 0; round < 4; round++) {
            List<View> views = views(random);
            List<Panel> panels = Walls.layout(views, standing, size, SETTINGS);

            assertThat(labels(panels)).isEqualTo(expected(views, standing, size));
            Collections.shuffle(views, random);
            assertThat(Walls.layout(views, standing, size, SETTINGS)).isEqualTo(panels);
            assertThat(Walls.layout(views, panels, size, SETTINGS)).isEqualTo(panels);
            assertStable(views, standing, panels);
            standing = panels;
        }
    }

    private static List<View> views(Random random) {
        List<View> views = new ArrayList<>();
        OutreachRun run = new OutreachRun(POLICY);
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            IncidentSummary incident =
                    run.at("I" + i, "crash", 60 + random.nextInt(3), around(random, 300));
            for (int camera = 0; camera < 7; camera++) {
                View view =
                        Walls.view(
                                incident, "C" + camera, around(new Random(camera), 700), SETTINGS);
                if (view.closeness() > 0) {
                    views.add(view);
                }
            }
        }
        return views;
    }

    /**
     * Again and again the one with the highest score that may still be taken, by looking at all.
     */
    private static Set<String> expected(List<View> views, List<Panel> standing, int size) {
        List<View> taken = new ArrayList<>();
        while (taken.size() < size) {
            View best = null;
            for (View view : views) {
                boolean isFree =
                        taken.stream().noneMatch(each -> each.cameraId().equals(view.cameraId()))
                                && taken.stream()
                                                .filter(each -> each.incident() == view.incident())
                                                .count()
                                        < SETTINGS.panelsPerIncident();
                if (isFree && (best == null || score(view, standing) > score(best, standing))) {
                    best = view;
                }
            }
            if (best == null) {
                break;
            }
            taken.add(best);
        }
        return taken.stream()
                .map(view -> view.cameraId() + " " + view.incident().incidentId())
                .collect(Collectors.toSet());
    }

    private static double score(View view, List<Panel> standing) {
        boolean isShown =
                labels(standing).contains(view.cameraId() + " " + view.incident().incidentId());
        return view.score() + (isShown ? SETTINGS.margin() : 0);
    }

    private static void assertStable(List<View> views, List<Panel> before, List<Panel> after) {
        Map<String, Integer> numbers = new HashMap<>();
        before.forEach(panel -> numbers.put(panel.deviceId(), panel.number()));
        assertThat(after).extracting(Panel::number).doesNotHaveDuplicates().isSorted();
        assertThat(after).extracting(Panel::deviceId).doesNotHaveDuplicates();
        assertThat(after)
                .allMatch(
                        panel ->
                                numbers.getOrDefault(panel.deviceId(), panel.number())
                                        == panel.number());
        Map<String, Double> scores = new TreeMap<>();
        views.forEach(
                view ->
                        scores.put(
                                view.cameraId() + " " + view.incident().incidentId(),
                                view.score()));
        double best =
                labels(after).stream()
                        .filter(label -> !labels(before).contains(label))
                        .mapToDouble(scores::get)
                        .max()
                        .orElse(Double.NEGATIVE_INFINITY);
        assertThat(labels(before))
                .filteredOn(label -> scores.containsKey(label) && !labels(after).contains(label))
                .allMatch(label -> best >= scores.get(label) + SETTINGS.margin());
    }

    private static Set<String> labels(List<Panel> panels) {
        return panels.stream()
                .map(panel -> panel.deviceId() + " " + panel.incidentId())
                .collect(Collectors.toSet());
    }

    private static Place around(Random random, double metres) {
        return from(
                CENTRE,
                metres * (2 * random.nextDouble() - 1),
                metres * (2 * random.nextDouble() - 1));
    }

    private void camera(String deviceId, Place place) {
        run.device(deviceId, Device.Kind.CAMERA, place);
    }

    private List<String> shown() {
        return run.walls.get(run.walls.size() - 1).panels().stream()
                .map(panel -> panel.number() + " " + panel.deviceId())
                .toList();
    }
}
