package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.TagAssignment;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The assignment of a tag is a function of what was read: a receiver of any key of the passage (a
 * text, the registered plate or the tag) ends with the same assignments, for any order of the
 * topics and any watermark.
 */
class TagPairingOrderTest {
    @Provide
    Arbitrary<List<PassageStory>> passages() {
        return PassageStory.any().list().ofMinSize(1).ofMaxSize(6);
    }

    @Property(tries = 5_000)
    void whateverIsReadFirst(@ForAll("passages") List<PassageStory> passages, @ForAll long seed)
            throws Exception {
        Ear expected = new Ear();
        ArchRun.inOrder(passages, expected);
        Ear actual = new Ear();
        ArchRun.anyhow(passages, new Random(seed), actual);
        assertThat(actual.knownMatches()).isEqualTo(expected.knownMatches());
    }

    private static final class Ear implements ArchRun.Listener {
        /** By key, passage and tag: the last assignment and the last retraction. */
        private final Map<String, TagAssignment> assigned = new TreeMap<>();

        private final Map<String, Retraction> retracted = new TreeMap<>();

        @Override
        public void evaluate(PassageEvent event, long[] keys) {
            for (long key : keys) {
                String at = key + " " + event.passageId() + " " + event.readKey();
                if (event instanceof TagAssignment tag) {
                    assigned.merge(
                            at,
                            tag,
                            (a, b) -> b.assignmentSequence() > a.assignmentSequence() ? b : a);
                } else if (event instanceof Retraction end && end.assignmentSequence() > 0) {
                    retracted.merge(
                            at,
                            end,
                            (a, b) -> b.assignmentSequence() > a.assignmentSequence() ? b : a);
                }
            }
        }

        Map<String, String> knownMatches() {
            Map<String, String> knownMatches = new TreeMap<>();
            assigned.forEach(
                    (at, tag) -> {
                        Retraction end = retracted.get(at);
                        if (end == null || !end.ends(tag)) {
                            knownMatches.put(at, tag.plateReadId() + " since " + tag.causedAt());
                        } else if (end.causedAt() > tag.causedAt() && isOwn(at, tag)) {
                            knownMatches.put(
                                    at, "from " + tag.causedAt() + " to " + end.causedAt());
                        }
                    });
            return knownMatches;
        }

        /** Only receivers of the tag's own key need its earlier assignments. */
        private static boolean isOwn(String at, TagAssignment tag) {
            return at.startsWith(TagKey.of(tag.tag().tagId()) + " ");
        }
    }
}
