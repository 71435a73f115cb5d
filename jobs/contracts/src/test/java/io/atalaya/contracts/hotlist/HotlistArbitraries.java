package io.atalaya.contracts.hotlist;

import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.plate.PlateArbitraries;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.util.List;

/** Any hot-list entry that the contract allows, for property tests. */
public final class HotlistArbitraries {
    private HotlistArbitraries() {}

    static Arbitrary<Scope> scopes() {
        Arbitrary<List<String>> names = PlateArbitraries.text(1, 128).list().ofMaxSize(4);
        return Combinators.combine(names, names, Arbitraries.of(Compass.class).list().ofMaxSize(8))
                .as(Scope::new);
    }

    private static Arbitrary<String> patterns() {
        return Arbitraries.strings()
                .withChars("AB01?*-")
                .ofMinLength(3)
                .ofMaxLength(12)
                .filter(pattern -> PlatePattern.fault(pattern) == null);
    }

    private record Wanted(String plate, String pattern, String tagId) {}

    private static Arbitrary<Wanted> wanted() {
        Arbitrary<String> tag = PlateArbitraries.text(1, 128);
        return Arbitraries.oneOf(
                Combinators.combine(PlateArbitraries.plates(), tag.injectNull(0.5))
                        .as((plate, id) -> new Wanted(plate, null, id)),
                Combinators.combine(patterns(), tag.injectNull(0.5))
                        .as((pattern, id) -> new Wanted(null, pattern, id)),
                tag.map(id -> new Wanted(null, null, id)));
    }

    private record Validity(Long from, Long until) {}

    private static Arbitrary<Validity> validity() {
        return Combinators.combine(
                        PlateArbitraries.times().injectNull(0.3),
                        PlateArbitraries.times().injectNull(0.3))
                .as(
                        (a, b) ->
                                a != null && b != null
                                        ? new Validity(Math.min(a, b), Math.max(a, b))
                                        : new Validity(a, b));
    }

    private static boolean isVisible(String text) {
        return text.matches("(?s).*[^\\s\\p{Z}].*");
    }

    public static Arbitrary<HotlistEntry> entries() {
        Arbitrary<String> id = PlateArbitraries.text(1, 128);
        Arbitrary<List<String>> legal =
                Combinators.combine(id, id, PlateArbitraries.text(1, 64))
                        .as(List::of)
                        .filter(ground -> ground.stream().allMatch(HotlistArbitraries::isVisible));
        return Combinators.combine(
                        id,
                        wanted(),
                        legal,
                        id.injectNull(0.5),
                        Combinators.combine(Arbitraries.integers().between(0, 100), validity())
                                .as(java.util.Map::entry),
                        PlateArbitraries.vehicles().injectNull(0.5),
                        Combinators.combine(scopes(), Arbitraries.of(MatchMode.class))
                                .as(java.util.Map::entry),
                        Combinators.combine(
                                        Arbitraries.of(true, false),
                                        PlateArbitraries.text(1, 256).list().ofMaxSize(4))
                                .as(java.util.Map::entry))
                .as(
                        (entryId, wanted, ground, source, when, vehicle, where, secrecy) ->
                                new HotlistEntry(
                                        entryId,
                                        wanted.plate(),
                                        wanted.pattern(),
                                        wanted.tagId(),
                                        source == null ? null : "MX",
                                        source == null ? "" : "MEX",
                                        ground.get(2),
                                        ground.get(0),
                                        ground.get(1),
                                        source,
                                        when.getKey(),
                                        when.getValue().from(),
                                        when.getValue().until(),
                                        vehicle,
                                        where.getKey(),
                                        where.getValue(),
                                        secrecy.getKey(),
                                        secrecy.getValue()));
    }
}
