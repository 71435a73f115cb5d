package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.hotlistmatch.LastRevisions;
import io.atalaya.hotlistmatch.event.EntryEvent;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static io.atalaya.hotlistmatch.alerting.CaseListener.RULES;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An entry's alerts are a function of its facts: consumers end with the same alerts for any order
 * of facts, any repetition, and any emission in between.
 */
class AlertOrderTest {
    /** After every deadline has passed. */
    private static final long END = CaseStory.START + Duration.ofDays(2).toMillis();

    @Provide
    Arbitrary<CaseStory> stories() {
        return CaseStory.any();
    }

    /** All facts first, then one derivation. */
    private static Map<String, Alert> atOnce(CaseStory story) {
        CaseListener listener = new CaseListener();
        story.registrations().forEach(listener::take);
        story.listFacts().forEach(listener::take);
        story.findings().forEach(listener::take);
        listener.evaluate(END);
        return listener.held();
    }

    /**
     * The alerts are equal, with one exception: an alert that was emitted early, for what is no
     * match once all is known, ends cancelled in one run and is absent in the other.
     */
    @Property(tries = 1_000)
    void whateverTheOrderAndWhateverWasSentInBetween(
            @ForAll("stories") CaseStory story, @ForAll Random random) {
        Map<String, Alert> expected = atOnce(story);
        CaseListener listener = new CaseListener();
        long watermark = Long.MIN_VALUE;
        for (Object fact : shuffled(story, random)) {
            listener.take(fact);
            if (random.nextBoolean()) {
                watermark = Math.max(watermark, CaseStory.START + 1_000L * (random.nextInt(3_000)));
            }
            if (random.nextBoolean()) {
                listener.evaluate(watermark);
            }
        }
        listener.evaluate(END);
        expected.forEach(
                (id, alert) ->
                        assertThat(LastRevisions.said(listener.held().get(id)))
                                .isEqualTo(LastRevisions.said(alert)));
        listener.held()
                .forEach(
                        (id, alert) -> {
                            if (!expected.containsKey(id)) {
                                assertThat(alert.status()).isEqualTo(Alert.Status.CANCELLED);
                            }
                        });
    }

    /**
     * A recovered job does not know the messages that it sent after its snapshot, and processes the
     * facts since then in another order. Its own last messages have the highest revisions.
     */
    @Property(tries = 1_000)
    void aRecoveryLeavesTheSameContents(@ForAll("stories") CaseStory story, @ForAll Random random) {
        CaseListener listener = new CaseListener();
        List<Object> facts = shuffled(story, random);
        int covered = random.nextInt(facts.size() + 1);
        facts.subList(0, covered).forEach(listener::take);
        listener.evaluate(CaseStory.START);
        CaseListener.Snapshot snapshot = listener.snapshot();
        int processed = covered + random.nextInt(facts.size() - covered + 1);
        takeSome(facts.subList(covered, processed), listener, random);
        listener.recover(snapshot, latest(facts.subList(0, processed)) + 1_000);
        takeSome(reordered(facts.subList(covered, facts.size()), random), listener, random);
        listener.evaluate(END);
        atOnce(story)
                .forEach(
                        (id, alert) ->
                                assertThat(LastRevisions.said(listener.held().get(id)))
                                        .isEqualTo(LastRevisions.said(alert)));
    }

    private static long latest(List<Object> facts) {
        return facts.stream().mapToLong(AlertOrderTest::arrival).max().orElse(0);
    }

    /** Takes facts, with an evaluation after some of them. */
    private static void takeSome(List<Object> facts, CaseListener listener, Random random) {
        for (Object fact : facts) {
            listener.take(fact);
            if (random.nextBoolean()) {
                listener.evaluate(CaseStory.START);
            }
        }
    }

    /** Each fact is emitted as it arrives, in the order of arrival. */
    @Property(tries = 500)
    void anEndIsNeverCancelled(@ForAll("stories") CaseStory story) {
        List<Object> facts = new ArrayList<>(story.findings());
        facts.addAll(story.registrations());
        facts.addAll(story.listFacts());
        facts.sort(Comparator.comparingLong(AlertOrderTest::arrival));
        CaseListener listener = new CaseListener();
        for (Object fact : facts) {
            listener.evaluate(arrival(fact) - 1);
            Map<String, Alert> before = Map.copyOf(listener.held());
            listener.take(fact);
            listener.evaluate(arrival(fact) - 1);
            before.forEach(
                    (id, alert) -> {
                        if (alert.status() == Alert.Status.ENDED) {
                            assertThat(listener.held().get(id).status())
                                    .isIn(Alert.Status.ENDED, Alert.Status.CANCELLED);
                        }
                    });
        }
    }

    /**
     * Compares with an independent definition of which passages match: by the reads that are not
     * retracted.
     */
    @Property(tries = 500)
    void onlyAPassageThatDoesNotStandIsCancelled(@ForAll("stories") CaseStory story) {
        Set<String> standing = story.passagesThatStand(RULES.thresholds());
        CaseListener listener = new CaseListener();
        story.registrations().forEach(listener::take);
        story.listFacts().forEach(listener::take);
        story.findings().forEach(listener::take);
        listener.evaluate(END);
        Set<String> emitted = new HashSet<>();
        for (Alert alert : listener.held().values()) {
            if (alert.status() != Alert.Status.CANCELLED) {
                emitted.addAll(alert.evidence().reads());
            }
        }
        assertThat(emitted.stream().map(read -> read.replaceAll("\\..*", "")).collect(toSet()))
                .isEqualTo(standing);
    }

    private static long arrival(Object fact) {
        if (fact instanceof CaseStory.Registered device) {
            return device.registration().inForceFrom();
        }
        if (fact instanceof EntryEvent.VersionStarted started) {
            return started.version().inForceFrom();
        }
        if (fact instanceof EntryEvent.VersionEnded ended) {
            return ended.inForceTo();
        }
        return ((EntryEvent.ReadMatched) fact).event().causedAt();
    }

    /** All facts in any order, some of them twice. */
    private static List<Object> shuffled(CaseStory story, Random random) {
        List<Object> facts = new ArrayList<>(story.findings());
        story.findings().stream().filter(fact -> random.nextInt(4) == 0).forEach(facts::add);
        facts.addAll(story.registrations());
        facts.addAll(story.listFacts());
        return reordered(facts, random);
    }

    /** The facts in any order; those about the list keep theirs. */
    private static List<Object> reordered(List<Object> facts, Random random) {
        List<Object> all = new ArrayList<>(facts);
        all.removeIf(AlertOrderTest::isAboutList);
        Collections.shuffle(all, random);
        int at = 0;
        for (Object fact : facts.stream().filter(AlertOrderTest::isAboutList).toList()) {
            at += random.nextInt(all.size() - at + 1);
            all.add(at++, fact);
        }
        return all;
    }

    private static boolean isAboutList(Object fact) {
        return fact instanceof EntryEvent.VersionStarted || fact instanceof EntryEvent.VersionEnded;
    }
}
