package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.hotlistmatch.TestRecords;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class PassageLogicTest {
    private static final long START = 1_767_268_800_000L;
    private static final long SECOND_LATER_MS = 10_000;
    private static final String DEVICE = "ARCH-7";

    /** An event with the texts under which it is emitted. */
    private record Sent(PassageEvent event, List<Long> plates) {}

    /**
     * A message that revises a read, withdraws one, or does neither. ReadIds are few, so that
     * messages collide.
     */
    private record Message(int id, Integer supersedes, boolean withdrawn, String plate) {
        PlateRead read() {
            return PassageLogicTest.read(
                    "R" + id,
                    plate,
                    List.of(),
                    supersedes == null ? null : "R" + supersedes,
                    withdrawn);
        }
    }

    @Provide
    Arbitrary<List<Message>> messages() {
        Arbitrary<Integer> ids = Arbitraries.integers().between(1, 6);
        return Combinators.combine(
                        ids,
                        ids.injectNull(0.5),
                        Arbitraries.of(false, false, false, true),
                        Arbitraries.of("LXF0019", "LXF0018"))
                .as(Message::new)
                .map(m -> m.withdrawn() ? new Message(m.id(), m.supersedes(), true, null) : m)
                .list()
                .ofMaxSize(12);
    }

    private static List<Sent> sent(List<PlateRead> reads) throws Exception {
        PassageLogic logic =
                new PassageLogic(
                        Duration.ofHours(1),
                        2048,
                        new TagPairing(Duration.ofMillis(1500)),
                        PassageSamples.PLAUSIBILITY);
        DeviceReads device = new DeviceReads(undo -> {});
        List<Sent> sent = new ArrayList<>();
        Set<PlateRead> came = new HashSet<>();
        for (PlateRead read : reads) {
            boolean first = came.add(read);
            long arrival = START + came.size() + (first ? 0 : SECOND_LATER_MS);
            logic.process(
                    new EnrichedRead(PassageEvent.key(DEVICE, read.readId()), arrival, false, read),
                    arrival,
                    device,
                    (event, plates) ->
                            sent.add(new Sent(event, Arrays.stream(plates).boxed().toList())));
        }
        return sent;
    }

    @Property(tries = 2_000)
    void secondDeliveriesChangeNothing(
            @ForAll("messages") List<Message> messages, @ForAll Random random) throws Exception {
        List<PlateRead> once = messages.stream().map(Message::read).distinct().toList();
        List<PlateRead> some = new ArrayList<>();
        for (int i = 0; i < once.size(); i++) {
            some.add(once.get(i));
            while (random.nextInt(3) == 0) {
                some.add(once.get(random.nextInt(i + 1)));
            }
        }
        assertThat(sent(some)).isEqualTo(sent(once));
    }

    /** A read counts unless it was retracted; an emitted read is retracted once. */
    @Property(tries = 2_000)
    void whatIsLeftIsWhatNothingTookBack(@ForAll("messages") List<Message> messages)
            throws Exception {
        Set<String> came = new HashSet<>();
        Set<String> cancelled = new HashSet<>();
        Map<String, String> roots = new LinkedHashMap<>();
        List<String> expectedReads = new ArrayList<>();
        List<String> expectedEnds = new ArrayList<>();
        for (Message message : messages) {
            String id = "R" + message.id();
            String target = message.supersedes() != null ? "R" + message.supersedes() : id;
            if (message.withdrawn()) {
                if (cancelled.add(target) && came.contains(target)) {
                    expectedEnds.add(target);
                }
            } else if (came.add(id)) {
                String root = target.equals(id) ? id : roots.getOrDefault(target, target);
                roots.put(id, root);
                if (!target.equals(id)) {
                    if (cancelled.add(target) && came.contains(target)) {
                        expectedEnds.add(target);
                    }
                    for (String other : chain(root, roots)) {
                        if (!other.equals(id) && cancelled.add(other)) {
                            expectedEnds.add(other);
                        }
                    }
                }
                if (!cancelled.contains(id)) {
                    expectedReads.add(id);
                }
            }
        }
        List<String> reads = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        for (Sent sent : sent(messages.stream().map(Message::read).toList())) {
            String id = sent.event().readKey().substring(DEVICE.length() + 1);
            (sent.event() instanceof Retraction ? ends : reads).add(id);
        }
        assertThat(reads).isEqualTo(expectedReads);
        assertThat(ends).isEqualTo(expectedEnds);
    }

    /** The first read of a passage, if it arrived, and its revisions. */
    private static List<String> chain(String root, Map<String, String> roots) {
        List<String> chain = new ArrayList<>();
        if (roots.containsKey(root)) {
            chain.add(root);
        }
        roots.forEach(
                (id, its) -> {
                    if (its.equals(root) && !id.equals(root)) {
                        chain.add(id);
                    }
                });
        return chain;
    }

    /** Some vendors send an id of the vehicle instead, so the first read's id never arrives. */
    @Test
    void ofReadsThatReviseTheSameTheLastCounts() throws Exception {
        List<Sent> sent =
                sent(
                        List.of(
                                read("R1", "LXF0019", List.of(), "car-5", false),
                                read("R2", "LXF0018", List.of(), "car-5", false),
                                read("R3", "LXF001A", List.of(), "car-5", false),
                                read("R2", "LXF0018", List.of(), "car-5", false)));
        assertThat(sent)
                .allSatisfy(s -> assertThat(s.event().passageId()).isEqualTo("ARCH-7/car-5"));
        assertThat(sent.stream().filter(s -> s.event() instanceof Retraction).map(Sent::plates))
                .containsExactly(plates("LXF0019"), plates("LXF0018"));
        assertThat(sent.stream().filter(s -> s.event() instanceof EnrichedRead)).hasSize(3);
    }

    @Test
    void aRevisionGoesOnInThePassageOfTheFirstRead() throws Exception {
        List<Sent> sent =
                sent(
                        List.of(
                                read("R1", "LXF0019", List.of(), null, false),
                                read("R2", "LXF0018", List.of(), "R1", false),
                                read("R3", "LXF001A", List.of(), "R2", false),
                                read("R4", null, List.of(), "R3", true)));
        assertThat(sent).allSatisfy(s -> assertThat(s.event().passageId()).isEqualTo("ARCH-7/R1"));
        assertThat(sent.stream().filter(s -> s.event() instanceof Retraction).map(Sent::plates))
                .as("an end goes where its read went")
                .containsExactly(plates("LXF0019"), plates("LXF0018"), plates("LXF001A"));
    }

    @Test
    void aWithdrawalThatComesFirstSilencesItsRead() throws Exception {
        assertThat(
                        sent(
                                List.of(
                                        read("R1", null, List.of(), null, true),
                                        read("R1", "LXF0019", List.of(), null, false))))
                .isEmpty();
    }

    @Test
    void aReadThatNamesItselfAsRevisedIsARead() throws Exception {
        assertThat(sent(List.of(read("R1", "LXF0019", List.of(), "R1", false)))).hasSize(1);
    }

    @Test
    void theSureAlternativesGoAlongOnceEach() throws Exception {
        List<Candidate> candidates =
                List.of(
                        new Candidate("LXF-0019", 0.9),
                        new Candidate("LXF0018", 0.3),
                        new Candidate("LXFO018", 0.3),
                        new Candidate("LXF0017", 0.05));
        assertThat(sent(List.of(read("R1", "LXF0019", candidates, null, false))))
                .extracting(Sent::plates)
                .containsExactly(plates("LXF0019", "LXF0018"));
    }

    private static List<Long> plates(String... texts) {
        return Arrays.stream(texts).map(CanonicalPlate::pack).toList();
    }

    private static PlateRead read(
            String id,
            String plate,
            List<Candidate> candidates,
            String supersedes,
            boolean withdrawn) {
        return TestRecords.read(
                DEVICE, 1, id, START, plate, 0.9, candidates, "MX", null, supersedes, withdrawn);
    }
}
