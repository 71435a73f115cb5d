package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.lab.evaluate.hotlist.BaselineRule.ListedEntry;
import io.atalaya.lab.evaluate.score.OneEdit;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class BaselineRuleTest {

    @Property(tries = 2_000)
    void oneEditIsTheTextbookDistance(
            @ForAll("plates") String one, @ForAll("plates") String other) {
        String a = canonical(one);
        String b = canonical(other);
        assertThat(OneEdit.isWithin(CanonicalPlate.pack(one), CanonicalPlate.pack(other)))
                .isEqualTo(distance(a, b) <= 1);
    }

    @Property(tries = 300)
    void indexFindsTheSameAsComparingWithEveryEntry(
            @ForAll("lists") List<String> list, @ForAll("plates") String read) {
        List<ListedEntry> versions = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            versions.add(new ListedEntry(entry("E" + i, list.get(i)), 0));
        }
        for (BaselineRule rule : BaselineRule.values()) {
            int most = rule == BaselineRule.EQUALITY ? 0 : 1;
            List<String> expected =
                    versions.stream()
                            .filter(
                                    v ->
                                            distance(
                                                            CanonicalPlate.text(v.plate()),
                                                            canonical(read))
                                                    <= most)
                            .map(ListedEntry::entryId)
                            .toList();
            List<String> found = new ArrayList<>();
            rule.index(versions)
                    .near(CanonicalPlate.pack(read), version -> found.add(version.entryId()));
            assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Provide
    Arbitrary<String> plates() {
        // Only four characters, so that near plates, repeated characters and look-alikes are
        // common.
        return Arbitraries.strings().withChars('A', 'B', 'O', '0').ofMinLength(1).ofMaxLength(6);
    }

    @Provide
    Arbitrary<List<String>> lists() {
        return plates().list().ofMaxSize(20);
    }

    private static String canonical(String plate) {
        return CanonicalPlate.text(CanonicalPlate.pack(plate));
    }

    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                } else {
                    int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                    d[i][j] =
                            Math.min(
                                    d[i - 1][j - 1] + same, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }

    private static HotlistEntry entry(String id, String plate) {
        return new HotlistEntry(
                id,
                plate,
                null,
                null,
                "MX",
                null,
                "STOLEN_VEHICLE",
                "C/1",
                "FGJEM",
                "s",
                80,
                null,
                null,
                null,
                Scope.EVERYWHERE,
                MatchMode.FUZZY,
                false,
                List.of());
    }
}
