package io.atalaya.campaign;

import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.hotlistmatch.score.Thresholds;
import io.atalaya.testutils.CapturedLog;

import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The short form of the campaign, and what it rests on. */
class CampaignOperatorTest {
    private static final int WORLDS = 8;
    private static final Pattern PLATE = Pattern.compile("\"plate\":\"([A-Z0-9-]{5,})\"");

    @TempDir private Path directory;

    @Test
    void smallWorldsHaveNoFindings() throws Exception {
        List<String> log = new ArrayList<>();
        Campaign campaign = new Campaign(directory, Duration.ZERO, log::add);
        Worlds worlds = new Worlds(List.of(), null, true);
        try (CapturedLog lines = new CapturedLog("io.atalaya", Level.DEBUG)) {
            for (long seed = 1; seed <= WORLDS; seed++) {
                World world = worlds.of(seed);
                campaign.run(seed, world);
                Set<String> unlisted = unlistedPlates(world);
                assertThat(lines.lines(Level.INFO))
                        .noneMatch(line -> unlisted.stream().anyMatch(line::contains));
            }
            assertThat(lines.lines(Level.DEBUG)).anyMatch(line -> line.contains(" opened: type "));
        }

        assertThat(campaign.hasFindings()).as("%s\n%s", campaign.summary(), log).isFalse();
        assertThat(campaign.figures().isBroad()).as(campaign.summary()).isTrue();
    }

    /** The plates of reads that no entry lists; shorter texts are parts of other words. */
    private static Set<String> unlistedPlates(World world) {
        Set<String> plates = plates(world, Topics.PLATE_READS);
        plates.removeAll(plates(world, Topics.HOTLIST));
        return plates;
    }

    private static Set<String> plates(World world, String topic) {
        return world.records().stream()
                .filter(record -> record.topic().equals(topic) && record.value() != null)
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .flatMap(value -> PLATE.matcher(value).results())
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(HashSet::new));
    }

    @Test
    void sameSeedGivesSameWorld() throws Exception {
        for (long seed = 1; seed <= WORLDS; seed++) {
            World one = new Worlds(List.of(), null, true).of(seed);
            World other = new Worlds(List.of(), null, true).of(seed);

            assertThat(other.plan()).isEqualTo(one.plan());
            assertThat(other.name()).isEqualTo(one.name());
            assertThat(texts(other)).isEqualTo(texts(one));
        }
    }

    /** A kind of change that nothing can show, or whose values are always drawn wrong, is none. */
    @Test
    void everyMutationChangesRecords() throws Exception {
        List<List<TopicRecord>> worlds = new ArrayList<>();
        for (long seed = 1; seed <= WORLDS; seed++) {
            worlds.add(new Worlds(List.of(), null, true).of(seed).records());
        }
        Occurrences occurrences = new Occurrences();
        for (int i = 0; i < 18 * WORLDS && !occurrences.missing().isEmpty(); i++) {
            for (TopicRecord record :
                    Mutator.mutate(worlds.get(i % WORLDS), new Random(i), new ArrayList<>())) {
                if (record.headers().containsKey(Mutator.HEADER)) {
                    occurrences.given(record.headers().get(Mutator.HEADER));
                }
            }
        }

        assertThat(occurrences.missing()).as("%s", occurrences).isEmpty();
    }

    @Test
    void reproducesAFindingFromItsRecording() throws Exception {
        World world = new Worlds(List.of(), null, true).of(1);
        Finding finding = new Finding(Finding.Kind.NOT_FINITE, "here", "a detail", "CAM-1");
        FoundRecording.write(world, finding, directory);

        World again = FoundRecording.read(directory);

        assertThat(again.plan()).isEqualTo(world.plan());
        assertThat(texts(again)).containsExactlyInAnyOrderElementsOf(texts(world));
    }

    @Test
    void identifiesAnExceptionByTheProjectsLine() {
        assertThatThrownBy(() -> Thresholds.parse("high"))
                .satisfies(
                        thrown ->
                                assertThat(
                                                Finding.of(
                                                                new IllegalStateException(
                                                                        "in a step", thrown),
                                                                "CAM-1")
                                                        .signature())
                                        .startsWith("EXCEPTION ")
                                        .contains("(Thresholds.java:"));
    }

    private static List<String> texts(World world) {
        return world.records().stream()
                .map(
                        record ->
                                record.topic()
                                        + record.timestamp()
                                        + record.key()
                                        + (record.value() == null
                                                ? null
                                                : new String(
                                                        record.value(),
                                                        StandardCharsets.ISO_8859_1)))
                .toList();
    }
}
