package io.atalaya.ops.hotlist;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.Scope;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class EntryDiffTest {
    private static final Origin OURS = new Origin("A", "S");

    @Property
    void makesTheListAsWantedAndLeavesEverybodyElseAlone(
            @ForAll("liveEntries") Map<String, HotlistEntry> live,
            @ForAll("ourEntries") Map<String, HotlistEntry> wanted) {
        EntryDiff diff = EntryDiff.between(live(live), wanted, entry -> false, OURS);
        Map<String, HotlistEntry> after = apply(diff, live);

        Map<String, HotlistEntry> possible = new HashMap<>(wanted);
        diff.foreign().forEach(entry -> possible.remove(entry.entryId()));
        assertThat(owned(after)).isEqualTo(possible);
        assertThat(others(after)).isEqualTo(others(live));
        assertThat(diff.foreign())
                .allSatisfy(entry -> assertThat(others(live)).containsKey(entry.entryId()));

        EntryDiff again = EntryDiff.between(live(after), wanted, entry -> false, OURS);
        assertThat(again.size()).isZero();
        assertThat(again.unchanged()).isEqualTo(possible.size());
    }

    @Property
    void whatWasRejectedStaysInForce(
            @ForAll("liveEntries") Map<String, HotlistEntry> live,
            @ForAll("ourEntries") Map<String, HotlistEntry> wanted,
            @ForAll("ids") Set<String> rejected) {
        wanted.keySet().removeAll(rejected);
        Map<String, HotlistEntry> after =
                apply(
                        EntryDiff.between(
                                live(live),
                                wanted,
                                entry -> rejected.contains(entry.entryId()),
                                OURS),
                        live);
        rejected.forEach(id -> assertThat(after.get(id)).isEqualTo(live.get(id)));
    }

    @Example
    void aListThatLosesMoreThanHalfLooksTruncated() {
        assertThat(removing(10, 20).isProbablyTruncated()).isFalse();
        assertThat(removing(11, 20).isProbablyTruncated()).isTrue();
        assertThat(removing(6, 11).isProbablyTruncated()).isTrue();
        assertThat(removing(5, 11).isProbablyTruncated()).isFalse();
        assertThat(removing(10, 10).isProbablyTruncated()).isFalse();
    }

    @Example
    void anEntryWhoseNewestRecordIsDamagedIsPublishedAgain() {
        HotlistEntry same = entry("E1", "A", "S", 1);
        LiveHotlist live = new LiveHotlist(Map.of("E1", same), Set.of("E1"), 1);
        EntryDiff diff = EntryDiff.between(live, Map.of("E1", same), entry -> false, OURS);
        assertThat(diff.changed()).containsExactly(same);
        assertThat(diff.unchanged()).isZero();
    }

    private static LiveHotlist live(Map<String, HotlistEntry> entries) {
        return new LiveHotlist(entries, Set.of(), 0);
    }

    @Provide
    Arbitrary<Map<String, HotlistEntry>> liveEntries() {
        return byId(
                Combinators.combine(
                                id(),
                                Arbitraries.of("A", "B"),
                                Arbitraries.of("S", "T", null),
                                Arbitraries.integers().between(0, 2))
                        .as(EntryDiffTest::entry));
    }

    @Provide
    Arbitrary<Map<String, HotlistEntry>> ourEntries() {
        return byId(
                Combinators.combine(id(), Arbitraries.integers().between(0, 2))
                        .as((id, priority) -> entry(id, "A", "S", priority)));
    }

    @Provide
    Arbitrary<Set<String>> ids() {
        return id().set().ofMaxSize(5);
    }

    private static Arbitrary<String> id() {
        return Arbitraries.integers().between(1, 15).map(i -> "E" + i);
    }

    private static Arbitrary<Map<String, HotlistEntry>> byId(Arbitrary<HotlistEntry> entries) {
        return entries.list().ofMaxSize(20).map(EntryDiffTest::byId);
    }

    private static Map<String, HotlistEntry> byId(List<HotlistEntry> entries) {
        Map<String, HotlistEntry> map = new HashMap<>();
        entries.forEach(entry -> map.put(entry.entryId(), entry));
        return map;
    }

    private static EntryDiff removing(int removed, int live) {
        Map<String, HotlistEntry> all =
                byId(IntStream.range(0, live).mapToObj(i -> entry("E" + i, "A", "S", 1)).toList());
        Map<String, HotlistEntry> wanted = new HashMap<>(all);
        IntStream.range(0, removed).forEach(i -> wanted.remove("E" + i));
        return EntryDiff.between(live(all), wanted, entry -> false, OURS);
    }

    private static Map<String, HotlistEntry> apply(EntryDiff diff, Map<String, HotlistEntry> live) {
        Map<String, HotlistEntry> after = new HashMap<>(live);
        diff.removed().forEach(entry -> after.remove(entry.entryId()));
        diff.added().forEach(entry -> after.put(entry.entryId(), entry));
        diff.changed().forEach(entry -> after.put(entry.entryId(), entry));
        return after;
    }

    private static Map<String, HotlistEntry> owned(Map<String, HotlistEntry> entries) {
        Map<String, HotlistEntry> owned = new HashMap<>(entries);
        owned.values().removeIf(entry -> !OURS.isOriginOf(entry));
        return owned;
    }

    private static Map<String, HotlistEntry> others(Map<String, HotlistEntry> entries) {
        Map<String, HotlistEntry> others = new HashMap<>(entries);
        others.values().removeIf(OURS::isOriginOf);
        return others;
    }

    private static HotlistEntry entry(String id, String agency, String source, int priority) {
        return new HotlistEntry(
                id,
                "ABC123",
                null,
                null,
                null,
                null,
                "INTEREST",
                "C1",
                agency,
                source,
                priority,
                null,
                null,
                null,
                Scope.EVERYWHERE,
                MatchMode.FUZZY,
                false,
                List.of());
    }
}
