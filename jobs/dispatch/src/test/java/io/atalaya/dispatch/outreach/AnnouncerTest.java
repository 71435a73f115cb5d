package io.atalaya.dispatch.outreach;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.Announcement.Purpose;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.warning.PublicWarning.Severity;
import io.atalaya.contracts.warning.PublicWarning.Urgency;
import io.atalaya.dispatch.TestPolicy;
import io.atalaya.dispatch.incident.IncidentSummary;
import io.atalaya.dispatch.policy.Policy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static io.atalaya.dispatch.outreach.OutreachRun.CENTRE;
import static io.atalaya.dispatch.outreach.OutreachRun.HOUR;
import static io.atalaya.dispatch.outreach.OutreachRun.MINUTE;
import static io.atalaya.dispatch.outreach.OutreachRun.NOON;
import static io.atalaya.dispatch.outreach.OutreachRun.from;
import static io.atalaya.dispatch.outreach.OutreachRun.in;
import static io.atalaya.dispatch.outreach.OutreachRun.stateWide;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Which loudspeaker plays what, and until when. */
class AnnouncerTest {
    private static final Policy POLICY = TestPolicy.withPolygons();

    private final OutreachRun run = new OutreachRun(POLICY);

    @Test
    void loudspeakersNearTheIncidentPlayOnceUntilItEnds() {
        run.device("NEAR", Device.Kind.SPEAKER, from(CENTRE, 310, 0));
        run.device("FAR", Device.Kind.SPEAKER, from(CENTRE, 330, 0));
        run.device("CAM", Device.Kind.CAMERA, CENTRE);
        IncidentSummary leak = run.at("I", "civil-protection", 60, CENTRE);
        run.add(run.unaccepted(leak));
        assertThat(run.announcements).isEmpty();
        run.add(leak);
        run.add(leak);
        assertThat(run.announcements)
                .extracting(Announcement::deviceId, Announcement::purpose)
                .containsExactly(tuple("NEAR", Purpose.PLAY));
        run.add(run.over(leak, false));
        assertThat(run.announcements)
                .last()
                .satisfies(
                        last -> {
                            assertThat(last.purpose()).isEqualTo(Purpose.WITHDRAWN);
                            assertThat(last.reason()).isEqualTo("incident-ended");
                            assertThat(last.revision())
                                    .isGreaterThan(run.announcements.get(0).revision());
                        });
        assertThat(run.playing()).isEmpty();
    }

    @Test
    void aLoudspeakerThatAppearsPlaysAndOneThatLeavesStops() {
        IncidentSummary leak = run.at("I", "civil-protection", 60, CENTRE);
        run.add(leak);
        run.device("S", Device.Kind.SPEAKER, CENTRE);
        run.device("S", Device.Kind.SPEAKER, from(CENTRE, 0, 100));
        assertThat(purposes()).containsExactly("PLAY S");
        run.device("S", Device.Kind.SPEAKER, from(CENTRE, 0, 5_000));
        run.device("S", Device.Kind.SPEAKER, from(CENTRE, 0, 100));
        run.remove("S");
        assertThat(purposes()).containsExactly("PLAY S", "WITHDRAWN S", "PLAY S", "WITHDRAWN S");
        assertThat(run.announcements.get(1).reason()).isEqualTo("out-of-reach");
    }

    @Test
    void aWarningToTheWholeStateSoundsEverywhereAtAnyHour() {
        run.now = NOON + 13 * HOUR;
        run.device("A", Device.Kind.SPEAKER, CENTRE);
        run.device("B", Device.Kind.SPEAKER, null);
        IncidentSummary quake = run.warning("I", "seismic-warning", stateWide(false));
        run.add(run.until(run.unaccepted(quake), run.now + MINUTE));
        assertThat(purposes()).containsExactly("PLAY A", "PLAY B");
        assertThat(run.announcements)
                .extracting(Announcement::expiresAt)
                .containsOnly(run.now + MINUTE);
        assertThat(run.decisions).isEmpty();
    }

    @Test
    void aDrillSaysSoAndDoesNotPlayTheRealClip() {
        run.device("S", Device.Kind.SPEAKER, CENTRE);
        run.add(run.warning("I", "seismic-warning", stateWide(true)));
        Announcement drill = run.announcements.get(0);
        assertThat(drill.exercise()).isTrue();
        assertThat(drill.text()).startsWith("Simulacro");
        assertThat(drill.clip()).isNull();
    }

    /** An area that is not known exactly excludes no one, and a fail-over moves no area. */
    @Test
    void aWarningOfAnUnknownAreaSoundsEverywhereWhicheverSiteHandlesIt() {
        run.device("S", Device.Kind.SPEAKER, CENTRE);
        IncidentSummary storm =
                run.warning("I", "public-warning", in(Urgency.EXPECTED, Severity.SEVERE));
        run.add(run.handledBy(storm, "ECATEPEC"));
        run.add(storm);
        run.add(run.handledBy(storm, "ECATEPEC"));
        assertThat(purposes()).containsExactly("PLAY S");
    }

    @Test
    void aDrillSoundsAtNightOnlyIfThePolicyGivesItThePriority() {
        run.device("S", Device.Kind.SPEAKER, CENTRE);
        run.now = NOON + 12 * HOUR;
        IncidentSummary drill =
                run.until(run.warning("I", "seismic-warning", stateWide(true)), NOON + 24 * HOUR);
        run.add(drill);
        assertThat(run.announcements).isEmpty();
        run.outreach.policy(TestPolicy.with("priorities", "never: 90", "never: 60"), run.now);
        run.tick();
        assertThat(purposes()).containsExactly("PLAY S");
    }

    @Test
    void whatOneIncidentBecomesPartOfPlaysOn() {
        run.device("S", Device.Kind.SPEAKER, CENTRE);
        IncidentSummary part = run.at("P", "civil-protection", 60, CENTRE);
        IncidentSummary whole = run.at("W", "civil-protection", 60, from(CENTRE, 50, 0));
        run.add(run.unaccepted(whole));
        run.add(part);
        String played = run.announcements.get(0).announcementId();
        run.add(run.replaced(part, "W"));
        run.add(whole);
        run.add(run.over(whole, false));
        assertThat(purposes()).containsExactly("PLAY S", "WITHDRAWN S");
        assertThat(run.announcements).extracting(Announcement::announcementId).containsOnly(played);
    }

    @Test
    void whereBothPlayOnlyThePartStopsAndASplitTakesItBack() {
        run.device("BOTH", Device.Kind.SPEAKER, from(CENTRE, 150, 0));
        run.device("SOUTH", Device.Kind.SPEAKER, from(CENTRE, -300, 0));
        IncidentSummary part = run.at("P", "civil-protection", 60, CENTRE);
        IncidentSummary whole = run.at("W", "civil-protection", 60, from(CENTRE, 310, 0));
        run.add(whole);
        run.add(part);
        run.add(run.replaced(part, "W"));
        run.add(run.at("W", "civil-protection", 70, CENTRE));
        assertThat(purposes().subList(3, purposes().size()))
                .as("no text again")
                .containsExactlyInAnyOrder(
                        "UPDATE SOUTH", "WITHDRAWN BOTH", "UPDATE BOTH", "UPDATE SOUTH");
        run.add(part);
        assertThat(run.announcements.stream().map(Announcement::announcementId).distinct())
                .as("one for each incident and loudspeaker")
                .hasSize(3);
        run.add(run.over(whole, false));
        assertThat(run.announcements)
                .filteredOn(
                        each ->
                                each.revision()
                                        == run.announcements
                                                .get(run.announcements.size() - 1)
                                                .revision())
                .extracting(each -> each.purpose() + " " + each.deviceId())
                .containsExactly("WITHDRAWN BOTH");
    }

    /** A warning that is held is said once, and announced when the hours end. */
    @ParameterizedTest
    @CsvSource({
        "EXPECTED, SEVERE, true",
        "IMMEDIATE, MODERATE, false",
        "FUTURE, EXTREME, false",
    })
    void quietHoursNeverHoldWhatIsImmediateOrExtreme(
            Urgency urgency, Severity severity, boolean isHeld) {
        run.device("S", Device.Kind.SPEAKER, CENTRE);
        run.now = NOON + 12 * HOUR;
        IncidentSummary storm =
                run.until(
                        run.warning("I", "public-warning", in(urgency, severity, "Toluca")),
                        NOON + 24 * HOUR);
        run.add(storm);
        run.add(storm);
        run.tick();
        assertThat(run.announcements).hasSize(isHeld ? 0 : 1);
        assertThat(run.decisions)
                .extracting(Decision::kind)
                .hasSize(isHeld ? 1 : 0)
                .allMatch(kind -> kind == Decision.Kind.HELD);
        run.now = NOON + 19 * HOUR;
        run.tick();
        run.tick();
        assertThat(purposes()).containsExactly("PLAY S");
    }

    @Test
    void quietHoursAreThoseInWhichPeopleHear() {
        run.device("S", Device.Kind.SPEAKER, CENTRE);
        run.now = NOON + 10 * HOUR - MINUTE;
        run.outreach.present(run.now + 20 * MINUTE);
        run.outreach.incident(
                run.until(
                        run.warning(
                                "I",
                                "public-warning",
                                in(Urgency.EXPECTED, Severity.SEVERE, "Toluca")),
                        NOON + 24 * HOUR));
        assertThat(run.announcements).isEmpty();
        assertThat(run.decisions).extracting(Decision::kind).containsExactly(Decision.Kind.HELD);
    }

    @Test
    void nothingPlaysPastItsEndAndThatIsSaidOnce() {
        run.device("S", Device.Kind.SPEAKER, CENTRE);
        IncidentSummary storm =
                run.warning("I", "public-warning", in(Urgency.EXPECTED, Severity.SEVERE));
        run.now = NOON + HOUR;
        run.add(storm);
        run.add(storm);
        assertThat(run.announcements).isEmpty();
        assertThat(run.decisions)
                .extracting(Decision::kind, Decision::reason)
                .containsExactly(tuple(Decision.Kind.EXPIRED, "expired"));
    }

    @Test
    void anUpdateChangesOnlyWhatChanged() {
        run.device("S", Device.Kind.SPEAKER, CENTRE);
        IncidentSummary storm =
                run.warning("I", "public-warning", in(Urgency.EXPECTED, Severity.SEVERE));
        run.add(storm);
        run.add(run.until(storm, NOON + 2 * HOUR));
        run.add(run.warning("I", "seismic-warning", in(Urgency.EXPECTED, Severity.SEVERE)));
        assertThat(purposes()).containsExactly("PLAY S", "UPDATE S", "PLAY S");
        assertThat(run.announcements)
                .extracting(Announcement::announcementId)
                .containsOnly(run.announcements.get(0).announcementId());
        run.now = NOON + 3 * HOUR;
        run.add(run.over(storm, true));
        assertThat(run.announcements).as("it has stopped by itself").hasSize(3);
    }

    @Test
    void aCovertIncidentIsNeverAnnounced() {
        run.device("S", Device.Kind.SPEAKER, CENTRE);
        IncidentSummary leak = run.at("I", "civil-protection", 60, CENTRE);
        run.add(run.covert(leak));
        assertThat(run.announcements).isEmpty();
        run.add(leak);
        run.add(run.covert(leak));
        assertThat(run.playing()).isEmpty();
        assertThat(run.announcements).last().extracting("reason").isEqualTo("not-announced");
    }

    @Test
    void aRestartWithAnotherPolicyAppliesToWhatPlays() {
        run.device("S", Device.Kind.SPEAKER, CENTRE);
        run.add(run.at("I", "civil-protection", 60, CENTRE));
        run.outreach.restored(POLICY);
        run.tick();
        assertThat(purposes()).containsExactly("PLAY S");
        run.outreach.restored(
                TestPolicy.with("announcements", "[civil-protection]", "[road-hazard]"));
        run.tick();
        assertThat(purposes()).containsExactly("PLAY S", "WITHDRAWN S");
    }

    @Test
    void aPlaceThatIsTooUncertainIsAnnouncedNowhere() {
        run.device("S", Device.Kind.SPEAKER, CENTRE);
        run.add(run.at("I", "civil-protection", 60, new Place(19.29, -99.65, 10_000)));
        assertThat(run.announcements).isEmpty();
    }

    /**
     * Loudspeakers and incidents in any order end alike, and as a person would say without any
     * history: each loudspeaker plays the incidents that are open and near, or warn its place.
     */
    @Property(tries = 150)
    void anyOrderEndsAlike(@ForAll long seed) {
        Random random = new Random(seed);
        OutreachRun facts = new OutreachRun(POLICY);
        Map<String, Place> speakers = new TreeMap<>();
        Map<String, IncidentSummary> last = new TreeMap<>();
        List<List<Runnable>> histories = new ArrayList<>();
        OutreachRun[] target = new OutreachRun[1];
        for (int i = 0; i < 8; i++) {
            String deviceId = "S" + i;
            List<Runnable> history = new ArrayList<>();
            for (int step = 0; step <= random.nextInt(3); step++) {
                Place place = random.nextInt(5) == 0 ? null : around(random, 900);
                speakers.put(deviceId, place);
                history.add(() -> target[0].device(deviceId, Device.Kind.SPEAKER, place));
            }
            histories.add(history);
        }
        for (int i = 0; i < 6; i++) {
            String incidentId = "I" + i;
            List<Runnable> history = new ArrayList<>();
            for (int step = 0; step <= random.nextInt(4); step++) {
                IncidentSummary incident = any(facts, incidentId, random);
                last.put(incidentId, incident);
                history.add(() -> target[0].add(incident));
            }
            histories.add(history);
        }
        OutreachRun first = play(target, histories, random);
        OutreachRun second = play(target, histories, random);

        assertThat(first.playing()).isEqualTo(second.playing());
        assertThat(first.playing().keySet()).isEqualTo(expected(speakers, last));
        assertThat(first.announcements)
                .allMatch(each -> each.expiresAt() > NOON && each.type().length() > 0);
    }

    /** Each history in its order, all of them mixed. */
    private static OutreachRun play(
            OutreachRun[] target, List<List<Runnable>> histories, Random random) {
        OutreachRun run = new OutreachRun(POLICY);
        target[0] = run;
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < histories.size(); i++) {
            turns.addAll(Collections.nCopies(histories.get(i).size(), i));
        }
        Collections.shuffle(turns, random);
        int[] next = new int[histories.size()];
        turns.forEach(turn -> histories.get(turn).get(next[turn]++).run());
        return run;
    }

    private static IncidentSummary any(OutreachRun run, String incidentId, Random random) {
        IncidentSummary incident =
                switch (random.nextInt(5)) {
                    case 0 -> run.warning(incidentId, "seismic-warning", stateWide(false));
                    case 1 ->
                            run.warning(
                                    incidentId,
                                    "public-warning",
                                    in(
                                            Urgency.EXPECTED,
                                            Severity.SEVERE,
                                            random.nextBoolean() ? "Toluca" : "Lerma"));
                    case 2 -> run.at(incidentId, "crash", 75, around(random, 300));
                    default -> run.at(incidentId, "civil-protection", 60, around(random, 300));
                };
        return switch (random.nextInt(6)) {
            case 0 -> run.over(incident, false);
            case 1 -> run.covert(incident);
            case 2 -> run.unaccepted(incident);
            case 3 -> incident.warning() == null ? incident : run.until(incident, NOON - 1);
            default -> incident;
        };
    }

    private static Place around(Random random, double metres) {
        return from(
                CENTRE,
                metres * (2 * random.nextDouble() - 1),
                metres * (2 * random.nextDouble() - 1));
    }

    /** By the plain words of the policy, without any index or history. */
    private static Set<String> expected(
            Map<String, Place> speakers, Map<String, IncidentSummary> incidents) {
        Set<String> expected = new TreeSet<>();
        for (Map.Entry<String, Place> speaker : speakers.entrySet()) {
            for (IncidentSummary incident : incidents.values()) {
                boolean isOpen = !incident.isOver() && !incident.isCovert();
                boolean isStateWide = incident.warning() != null && incident.warning().stateWide();
                boolean isAllowed = incident.isAccepted() || isStateWide || isSeismic(incident);
                boolean isValid = incident.expiresAt() == null || incident.expiresAt() > NOON;
                if (isOpen
                        && isAllowed
                        && isValid
                        && isHeard(speaker.getValue(), incident, isStateWide)) {
                    expected.add(speaker.getKey() + " " + incident.incidentId());
                }
            }
        }
        return expected;
    }

    private static boolean isSeismic(IncidentSummary incident) {
        return incident.type().equals("seismic-warning");
    }

    /** All the places are in Toluca. */
    private static boolean isHeard(Place speaker, IncidentSummary incident, boolean isStateWide) {
        if (isStateWide) {
            return true;
        }
        if (incident.warning() != null) {
            return speaker != null && incident.warning().municipalities().contains("Toluca");
        }
        return speaker != null
                && incident.type().equals("civil-protection")
                && speaker.metresTo(incident.place()) <= 320;
    }

    private List<String> purposes() {
        return run.announcements.stream()
                .map(each -> each.purpose() + " " + each.deviceId())
                .toList();
    }
}
