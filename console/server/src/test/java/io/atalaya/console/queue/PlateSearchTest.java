package io.atalaya.console.queue;

import io.atalaya.console.Samples;
import io.atalaya.console.item.Items;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.dispatch.Incident;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A search compares no plate that who searches may not see: however long a comparison takes, its
 * time says nothing of hidden plates.
 */
@Tag("attack")
class PlateSearchTest {
    private static final long NOW = System.currentTimeMillis() - 60_000;

    private final Set<String> compared = new TreeSet<>();
    private final Items items = new Items();
    private final Views views = new Views(items, new Mutes(items), this::recording);

    /** The pattern of a search, which notes the plates that it is asked about. */
    private Predicate<String> recording(String plate) {
        PlatePattern pattern = new PlatePattern(plate);
        return each -> {
            compared.add(each);
            return pattern.fits(each);
        };
    }

    @BeforeEach
    void fill() {
        items.caughtUp();
        incident("open-toluca", "AAA0001", "TOLUCA", false, List.of());
        incident("open-ecatepec", "AAA0002", "ECATEPEC", false, List.of());
        incident("covert", "ZZZ0001", "TOLUCA", true, List.of("unit-1"));
        incident("limited", "ZZZ0002", "TOLUCA", false, List.of("unit-1"));
        incident("of-no-one", "ZZZ0003", "TOLUCA", true, List.of());
    }

    private void incident(
            String id, String plate, String site, boolean covert, List<String> notified) {
        items.incident(
                Samples.incident(
                        id,
                        NOW,
                        Incident.Kind.VEHICLE,
                        "interest",
                        Incident.Status.OPEN,
                        80,
                        site,
                        plate,
                        List.of(),
                        List.of(),
                        covert,
                        notified),
                NOW);
    }

    private Set<String> comparedFor(String plate, Set<String> groups, String site, Role... roles) {
        compared.clear();
        LinkedMultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        parameters.add("plate", plate);
        Viewer viewer = new Viewer("ana", "Ana", Set.of(roles), groups, Viewer.sitesOf(site), null);
        Views.Page found = views.page(viewer, Views.Filter.of(parameters), null, 100);
        assertThat(found.items()).allSatisfy(item -> assertThat(viewer.sees(item)).isTrue());
        return Set.copyOf(compared);
    }

    @Test
    void comparesOnlyWhatTheViewerMaySee() {
        for (String plate : List.of("*", "ZZZ*", "*0001", "ZZZ0001", "*".repeat(31) + "§")) {
            assertThat(comparedFor(plate, Set.of(), null, Role.SUPERVISOR))
                    .as("a stranger, %s", plate)
                    .containsExactlyInAnyOrder("AAA0001", "AAA0002");
            assertThat(comparedFor(plate, Set.of(), "TOLUCA", Role.DISPATCHER))
                    .as("a stranger of one site, %s", plate)
                    .containsExactly("AAA0001");
            assertThat(comparedFor(plate, Set.of("unit-1"), null, Role.ANALYST, Role.SUPERVISOR))
                    .as("an analyst of the group, %s", plate)
                    .containsExactlyInAnyOrder("AAA0001", "AAA0002");
            assertThat(comparedFor(plate, Set.of("unit-1"), "TOLUCA", Role.DISPATCHER))
                    .as("one of the group, %s", plate)
                    .containsExactlyInAnyOrder("AAA0001", "ZZZ0001", "ZZZ0002");
        }
    }
}
