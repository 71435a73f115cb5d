package io.atalaya.simulator;

import io.atalaya.contracts.device.Device;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.HashSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class RoadsTest {

    @Property(tries = 20)
    void archesAreWithinTheStateAndConnected(@ForAll @IntRange(min = 50, max = 400) int arches) {
        Roads roads = Roads.build(arches);
        assertThat(roads.arches()).hasSize(arches);
        for (Device arch : roads.arches()) {
            assertThat(arch.latitude()).isBetween(18.3, 20.3);
            assertThat(arch.longitude()).isBetween(-100.7, -98.5);
            assertThat(arch.lanes()).isBetween(2, 6);
            assertThat(arch.site()).isIn("TOLUCA", "ECATEPEC");
        }
        Set<Integer> reached = new HashSet<>(Set.of(0));
        for (int before = 0; before != reached.size(); ) {
            before = reached.size();
            for (Roads.Stretch stretch : roads.stretches()) {
                if (reached.contains(stretch.from())) {
                    reached.add(stretch.to());
                }
            }
        }
        assertThat(reached).hasSize(arches);
        for (Roads.Stretch stretch : roads.stretches()) {
            assertThat(stretch.km()).isGreaterThan(roads.straightKm(stretch.from(), stretch.to()));
            assertThat(stretch.lane() + stretch.lanes())
                    .isLessThanOrEqualTo(Math.max(2, roads.arch(stretch.to()).lanes()));
        }
    }
}
