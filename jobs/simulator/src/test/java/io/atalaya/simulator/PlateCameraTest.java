package io.atalaya.simulator;

import io.atalaya.simulator.PlateCamera.Reading;
import io.atalaya.simulator.random.SeededRandom;
import io.atalaya.simulator.truth.ReadClass;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class PlateCameraTest {

    @Property(tries = 200)
    void misreadHasTheReportedClass(
            @ForAll long seed, @ForAll @LongRange(min = 0, max = 1_000_000) long number) {
        Fleet fleet = new Fleet(1, 0);
        String plate = fleet.vehicle(number).plate();
        PlateCamera camera =
                new PlateCamera(new SeededRandom(seed), fleet, Roadside.demonstration());
        for (ReadClass wanted : new ReadClass[] {ReadClass.ONE_EDIT, ReadClass.WORSE}) {
            Reading reading = camera.misread(plate, wanted);
            assertThat(ReadClass.of(plate, reading.text())).isEqualTo(wanted);
            assertThat(reading.readClass()).isEqualTo(wanted);
        }
        assertThat(camera.misread(plate, ReadClass.LOOK_ALIKE).text()).isNotEqualTo(plate);
    }

    @Test
    void misreadsHaveLowerConfidenceAndOftenTheTrueAlternative() {
        Fleet fleet = new Fleet(1, 0);
        PlateCamera camera = new PlateCamera(new SeededRandom(5), fleet, Roadside.demonstration());
        int wrong = 0;
        int objectsOf = 0;
        double right = 0;
        double worse = 0;
        for (int i = 0; i < 5_000; i++) {
            String plate = fleet.vehicle(i).plate();
            right += camera.reading(plate, plate).confidence();
            Reading reading = camera.misread(plate, ReadClass.ONE_EDIT);
            worse += reading.confidence();
            wrong++;
            if (reading.candidates().stream().anyMatch(c -> c.plate().equals(plate))) {
                objectsOf++;
            }
        }
        assertThat(objectsOf / (double) wrong).isCloseTo(0.6, within(0.03));
        assertThat(right - worse).isGreaterThan(0.15 * 5_000);
    }

    @Test
    void classifiesReads() {
        assertThat(ReadClass.of("LXF0019", "LXF0019")).isEqualTo(ReadClass.EXACT);
        assertThat(ReadClass.of("PTS648D", "PT5648D")).isEqualTo(ReadClass.LOOK_ALIKE);
        assertThat(ReadClass.of("PTS648D", "PTS6480")).isEqualTo(ReadClass.LOOK_ALIKE);
        assertThat(ReadClass.of("PTS648D", "PTX648D")).isEqualTo(ReadClass.ONE_EDIT);
        assertThat(ReadClass.of("PTS648D", "PTS64D")).isEqualTo(ReadClass.ONE_EDIT);
        assertThat(ReadClass.of("PTS648D", "PTS6484D")).isEqualTo(ReadClass.ONE_EDIT);
        assertThat(ReadClass.of("PTS648D", "PTX684D")).isEqualTo(ReadClass.WORSE);
    }
}
