package io.atalaya.contracts.plate;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

import static org.assertj.core.api.Assertions.assertThat;

class PlateComparisonTest {
    /** A small alphabet with look-alikes, so that near pairs are common. */
    @Property(tries = 5_000)
    void agreesWithTheTextbookDistance(
            @ForAll
                    @CharRange(from = 'A', to = 'C')
                    @CharRange(from = '8', to = '8')
                    @StringLength(min = 1, max = 8)
                    String read,
            @ForAll
                    @CharRange(from = 'A', to = 'C')
                    @CharRange(from = '8', to = '8')
                    @StringLength(min = 1, max = 8)
                    String listed) {
        assertThat(PlateComparison.kind(CanonicalPlate.pack(read), CanonicalPlate.pack(listed)))
                .isEqualTo(slowly(read, listed));
    }

    private static MatchKind slowly(String read, String listed) {
        if (read.equals(listed)) {
            return MatchKind.EXACT;
        }
        if (Math.min(read.length(), listed.length()) < PlateComparison.MIN_FUZZY_LENGTH) {
            return MatchKind.NONE;
        }
        int distance = distance(read.replace('B', '8'), listed.replace('B', '8'));
        return distance == 0
                ? MatchKind.CONFUSABLE
                : distance == 1 ? MatchKind.FUZZY : MatchKind.NONE;
    }

    private static int distance(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.length() + b.length();
        }
        String restA = a.substring(1);
        String restB = b.substring(1);
        if (a.charAt(0) == b.charAt(0)) {
            return distance(restA, restB);
        }
        return 1
                + Math.min(
                        distance(restA, restB), Math.min(distance(restA, b), distance(a, restB)));
    }
}
