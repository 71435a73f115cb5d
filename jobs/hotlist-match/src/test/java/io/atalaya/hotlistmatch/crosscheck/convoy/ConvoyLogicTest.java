package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.ConvoyEvidence;
import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyLogic.Convoy;
import io.atalaya.hotlistmatch.event.ListedPassage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.COMPANION;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.RULES;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.estimate;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.near;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.neighbourhood;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.passage;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ConvoyLogicTest {
    private static final String CHANCE = "MFR5712";

    private final ConvoyLogic logic = new ConvoyLogic(RULES);
    private final ConvoyComposer composer = new ConvoyComposer(RULES);

    @Test
    void aSteadyGapIsAConvoyAndADriftingOneIsNot() {
        assertThat(score(estimate(8, 9, 7))).isGreaterThan(0.8);
        assertThat(score(estimate(-8, -9, -7))).isGreaterThan(0.8);
        // A red light between the two.
        assertThat(score(estimate(8, 25, 26))).isBetween(0.3, 0.9);
        assertThat(score(estimate(-45, 0, 45))).isLessThan(0.05);
        assertThat(score(estimate(8, 45, -20))).isLessThan(0.05);
    }

    @Test
    void eachSharedArchMakesItLikelier() {
        double three = score(estimate(20, 32, 21));
        double four = score(estimate(20, 32, 21, 30));
        double five = score(estimate(20, 32, 21, 30, 22));

        assertThat(three).isLessThan(four);
        assertThat(four).isLessThan(five);
    }

    @Test
    void twoArchesAreNoConvoy() {
        assertThat(logic.derive(estimate(8, 9))).isEmpty();
    }

    @Test
    void theSameArchAgainIsNoOther() {
        ConvoyCase facts =
                estimate(8, 9)
                        .with(near(passage("A", 960), Drive.companion("A", COMPANION, 968)))
                        .with(near(passage("B", 1_200), Drive.companion("B", COMPANION, 1_209)));

        assertThat(logic.derive(facts)).isEmpty();
    }

    @Test
    void aStopOfMoreThanAnHourEndsTheCompany() {
        ConvoyCase facts =
                estimate(8, 9)
                        .with(near(passage("C", 4_100), Drive.companion("C", COMPANION, 4_108)));

        assertThat(logic.derive(facts)).isEmpty();
    }

    /**
     * Dense traffic, 0.4 vehicles a second in that direction, of which most take the same route,
     * needs more evidence.
     */
    @Test
    void denseTrafficThatGoesTheSameWayMakesItUnlikelier() {
        ConvoyCase dense = ConvoyCase.EMPTY;
        for (int i = 0; i < 3; i++) {
            List<NearbyRead> vehicleReads = new ArrayList<>();
            vehicleReads.add(with(i, COMPANION, 8 + i));
            for (int other = 0; other < 30; other++) {
                int apart = (other * 7 + i * (other % 5) * 9) % 90 - 45;
                vehicleReads.add(with(i, "MFR57" + (10 + other), apart));
            }
            dense =
                    dense.with(
                            new ConvoyEvent.NeighbourhoodFound(neighbourhood(i), 40, vehicleReads));
        }

        Convoy estimate = of(COMPANION, dense);
        assertThat(part("gap", estimate).logOdds())
                .isLessThan(part("gap", of(COMPANION, estimate(8, 9, 10))).logOdds() - 1.5);
        assertThat(part("drift", estimate).logOdds())
                .isLessThan(part("drift", of(COMPANION, estimate(8, 9, 10))).logOdds() - 0.5);
    }

    @Test
    void companionsBearEachOtherOut() {
        ConvoyCase alone = estimate(8, 20, 19);
        ConvoyCase two =
                alone.with(near(neighbourhood(0), with(0, "MEE3996", 16)))
                        .with(near(neighbourhood(1), with(1, "MEE3996", 27)))
                        .with(near(neighbourhood(2), with(2, "MEE3996", 26)));

        assertThat(logic.derive(two)).hasSize(2);
        assertThat(of(COMPANION, two).estimate().posterior())
                .isGreaterThan(of(COMPANION, alone).estimate().posterior() + 0.1);
    }

    /** A vehicle whose gap drifts is not a companion, even beside a true one. */
    @Test
    void aDriftingVehicleIsNoCompanion() {
        ConvoyCase facts = estimate(8, 9, 7);
        int[] drift = {-45, 5, 48};
        for (int i = 0; i < drift.length; i++) {
            facts = facts.with(near(neighbourhood(i), with(i, CHANCE, drift[i])));
        }

        assertThat(of(CHANCE, facts).estimate().posterior()).isLessThan(0.1);
        assertThat(of(COMPANION, facts).estimate().posterior()).isGreaterThan(0.7);
    }

    @Test
    void anArchInBetweenWithoutTheVehicleSpeaksAgainstIt() {
        ConvoyCase with = estimate(8, 9, 7, 8);
        ConvoyCase without =
                ConvoyCase.EMPTY
                        .with(near(neighbourhood(0), with(0, COMPANION, 8)))
                        .with(near(neighbourhood(1)))
                        .with(near(neighbourhood(2), with(2, COMPANION, 7)))
                        .with(near(neighbourhood(3), with(3, COMPANION, 8)));

        assertThat(score(without)).isLessThan(score(with));
        assertThat(part("unseen", of(COMPANION, without)).logOdds())
                .isCloseTo(Math.log(0.2), within(1e-9));
    }

    /**
     * Chance vehicles accompany a part of a long drive, whereas companions mostly stay for all of
     * it.
     */
    @Test
    void joiningLateOrLeavingEarlyLowersTheProbability() {
        ConvoyCase whole = estimate(8, 9, 7);
        ConvoyCase joins = whole.with(near(passage("Z", -240)));
        ConvoyCase left = joins.with(near(neighbourhood(3))).with(near(neighbourhood(4)));

        assertThat(part("parted", of(COMPANION, joins)).logOdds())
                .isCloseTo(Math.log(0.15), within(1e-9));
        assertThat(score(joins)).isLessThan(score(whole));
        assertThat(part("parted", of(COMPANION, left)).logOdds())
                .isCloseTo(2 * Math.log(0.15), within(1e-9));
    }

    /**
     * The companion may still follow: the last device counts only after the listed vehicle passes
     * the next one.
     */
    @Test
    void oneArchFurtherSaysNothingYet() {
        ConvoyCase facts = estimate(8, 9, 7);

        assertThat(of(COMPANION, facts.with(near(neighbourhood(3)))).estimate())
                .isEqualTo(of(COMPANION, facts).estimate());
    }

    @Test
    void aMisreadCompanionIsTheSame() {
        ConvoyCase facts =
                ConvoyCase.EMPTY
                        .with(near(neighbourhood(0), with(0, "PUF719L", 8)))
                        .with(near(neighbourhood(1), with(1, "PUF71BL", 9)))
                        .with(near(neighbourhood(2), with(2, "PUF-719-L", 7)));

        List<Convoy> convoys = logic.derive(facts);
        assertThat(convoys).hasSize(1);
        assertThat(crossCheckFinding(convoys.get(0)).derivedAlert().subject().plate())
                .isEqualTo("PUF719L");
    }

    /**
     * A company's vehicles have consecutive plates: if both are read at the devices, neither is a
     * misread of the other.
     */
    @Test
    void neighbouringPlatesAreTwoCompanions() {
        ConvoyCase facts = ConvoyCase.EMPTY;
        for (int i = 0; i < 3; i++) {
            facts =
                    facts.with(
                            near(neighbourhood(i), with(i, "MNK7038", 6), with(i, "MNK7039", 14)));
        }

        assertThat(
                        logic.derive(facts).stream()
                                .map(
                                        each ->
                                                crossCheckFinding(each)
                                                        .derivedAlert()
                                                        .subject()
                                                        .plate()))
                .containsExactlyInAnyOrder("MNK7038", "MNK7039");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NKR4816", "NKR48I6", "NKR481G", "NKR481"})
    void theListedVehicleIsNoCompanyOfItsOwn(String text) {
        ConvoyCase facts = ConvoyCase.EMPTY;
        for (int i = 0; i < 3; i++) {
            facts = facts.with(near(neighbourhood(i), with(i, text, 2)));
        }

        assertThat(logic.derive(facts)).isEmpty();
    }

    @Test
    void uncertainPassagesOfTheListedVehicleWeighLess() {
        ConvoyCase sure = estimate(8, 9, 7);
        ConvoyCase unsure =
                estimate(8, 9).with(near(passage("C", 480, 0.3), with(2, COMPANION, 7)));

        assertThat(score(unsure)).isCloseTo(score(sure) * 0.3 / 0.99, within(0.02));
    }

    /** Uncertain passages may be another vehicle's, so they must not weaken the certain ones. */
    @Test
    void anUncertainPassageBesideSureOnesIsLeftOut() {
        ConvoyCase facts = estimate(8, 9, 7).with(near(passage("D", 720, 0.1)));

        assertThat(score(facts)).isEqualTo(score(estimate(8, 9, 7)));
    }

    @Test
    void aWithdrawnReadTakesTheArchAway() {
        ConvoyCase facts = estimate(8, 9, 7);
        NearbyRead retracted =
                NearbyRead.of(Drive.vehicleRead("B", COMPANION, 249), Drive.at(900), List.of());
        String passageId = neighbourhood(1).passageId();
        ConvoyCase less =
                facts.with(
                        new ConvoyEvent.ReadJoined(
                                Drive.ENTRY, passageId, retracted, neighbourhood(1).read()));

        Convoy before = logic.derive(facts).get(0);
        Convoy after = logic.derive(less).get(0);
        assertThat(after.estimate()).isNull();
        assertThat(after.key()).isEqualTo(before.key());
        assertThat(after.causedAt()).isEqualTo(Drive.at(900));
    }

    @Test
    void aListedPassageThatFellTakesTheArchAway() {
        ConvoyCase facts = estimate(8, 9, 7);
        ListedPassage fallen = Drive.inactive(neighbourhood(1));

        Convoy after = logic.derive(facts.with(near(fallen))).get(0);
        assertThat(after.estimate()).isNull();
    }

    /** Identity, score and texts depend on the set of facts alone, not on their order. */
    @Test
    void theOrderOfFactsChangesNothing() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<ConvoyEvent> facts = randomFacts(random);
            List<Convoy> expected = logic.derive(folded(facts));
            List<ConvoyEvent> twice = new ArrayList<>(facts);
            twice.addAll(facts);
            Collections.shuffle(twice, random);

            assertThat(logic.derive(folded(twice))).isEqualTo(expected);
        }
    }

    @Test
    void theAlertSaysWhoWithWhomAndWhere() {
        Alert alert = crossCheckFinding(of(COMPANION, estimate(8, 9, -7))).derivedAlert();
        ConvoyEvidence evidence = (ConvoyEvidence) alert.evidence();

        assertThat(alert.subject().plate()).isEqualTo(COMPANION);
        assertThat(alert.subject().entryId()).isEqualTo(Drive.ENTRY);
        assertThat(alert.deviceId()).isEqualTo("C");
        assertThat(alert.lifecycle().deviceTime()).isEqualTo(Drive.at(0));
        assertThat(alert.assessment().headline().en())
                .isEqualTo("PUF719L travels with NKR4816: at 3 arches, 7–9 s apart");
        assertThat(evidence.listed().plate()).isEqualTo(Drive.LISTED);
        assertThat(evidence.arches())
                .extracting(ConvoyEvidence.Arch::device, ConvoyEvidence.Arch::gapSeconds)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("A", 8.0),
                        org.assertj.core.groups.Tuple.tuple("B", 9.0),
                        org.assertj.core.groups.Tuple.tuple("C", -7.0));
        assertThat(evidence.reads()).hasSize(6).endsWith("C-PUF719L-C-473", "L-C-480");
        double sum = evidence.parts().stream().mapToDouble(ScoreContribution::logOdds).sum();
        assertThat(1 / (1 + Math.exp(-sum))).isCloseTo(alert.assessment().score(), within(1e-9));
    }

    @Test
    void companyOfACovertEntryIsCovert() {
        ConvoyCase facts = ConvoyCase.EMPTY;
        for (int i = 0; i < 3; i++) {
            ListedPassage secret = passage(Drive.ENTRY, Drive.name(i), 240.0 * i, 0.99, true);
            facts = facts.with(near(secret, with(i, COMPANION, 8)));
        }

        CrossCheckFinding crossCheckFinding = crossCheckFinding(of(COMPANION, facts));
        assertThat(crossCheckFinding.derivedAlert().disclosure().isCovert()).isTrue();
        assertThat(crossCheckFinding.derivedAlert().disclosure().notified())
                .containsExactly("unit-1");
        assertThat(crossCheckFinding.plates()).contains(COMPANION, Drive.LISTED);
    }

    private static List<ConvoyEvent> randomFacts(Random random) {
        List<ConvoyEvent> facts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ListedPassage passage =
                    passage(Drive.name(i), 240.0 * i, 0.2 + 0.8 * random.nextDouble());
            facts.add(near(passage));
            if (random.nextInt(5) == 0) {
                facts.add(near(Drive.inactive(passage)));
            }
            for (String plate : List.of(COMPANION, "PUF719T", CHANCE)) {
                if (random.nextInt(4) > 0) {
                    NearbyRead vehicleRead = with(i, plate, random.nextInt(30));
                    facts.add(
                            new ConvoyEvent.ReadJoined(
                                    Drive.ENTRY, passage.passageId(), vehicleRead, passage.read()));
                    if (random.nextInt(6) == 0) {
                        facts.add(
                                new ConvoyEvent.ReadJoined(
                                        Drive.ENTRY,
                                        passage.passageId(),
                                        new NearbyRead(
                                                vehicleRead.readId(),
                                                vehicleRead.plate(),
                                                vehicleRead.deviceTime(),
                                                vehicleRead.arrivalTime(),
                                                vehicleRead.arrivalTime() + 60_000,
                                                List.of()),
                                        passage.read()));
                    }
                }
            }
        }
        return facts;
    }

    /**
     * Adds each passage before its reads, and its next emission after it, which is the order in
     * which one device emits them.
     */
    private static ConvoyCase folded(List<ConvoyEvent> facts) {
        List<ConvoyEvent> ordered = new ArrayList<>(facts);
        ordered.sort(Comparator.comparingInt(ConvoyLogicTest::rank));
        return ConvoyCase.EMPTY.with(ordered.toArray(new ConvoyEvent[0]));
    }

    private static int rank(ConvoyEvent fact) {
        return fact instanceof ConvoyEvent.NeighbourhoodFound near
                ? near.listed().isActive() ? 0 : 1
                : 2;
    }

    private double score(ConvoyCase facts) {
        return of(COMPANION, facts).estimate().posterior();
    }

    private Convoy of(String plate, ConvoyCase facts) {
        return logic.derive(facts).stream()
                .filter(each -> each.estimate() != null)
                .filter(
                        each ->
                                crossCheckFinding(each)
                                        .derivedAlert()
                                        .subject()
                                        .plate()
                                        .equals(plate))
                .findAny()
                .orElseThrow();
    }

    private CrossCheckFinding crossCheckFinding(Convoy convoy) {
        return composer.compose(convoy, Alert.Action.ALERT);
    }

    private static ScoreContribution part(String name, Convoy convoy) {
        return convoy.estimate().contributions().stream()
                .filter(part -> part.name().equals(name))
                .findAny()
                .orElseThrow();
    }
}
