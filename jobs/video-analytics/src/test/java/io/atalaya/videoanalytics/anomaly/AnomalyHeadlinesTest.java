package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.text.Text;
import io.atalaya.videoanalytics.track.ObjectClass;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Headlines of unusual activity for a dispatcher. */
class AnomalyHeadlinesTest {
    @Test
    void aStreetThatEmptiesOfVehiclesIsSaidToBeThat() {
        Text headline = AnomalyHeadlines.activity(ObjectClass.VEHICLE, 0.04, 3.25, false);

        assertThat(headline.en())
                .isEqualTo(
                        "There is much less traffic for this camera and hour: about 0.0 vehicles in"
                                + " view; typically 3.3");
        assertThat(headline.es())
                .isEqualTo(
                        "Hay mucho menos tráfico para esta cámara y hora: unos 0.0 vehículos a la"
                                + " vista; lo típico son 3.3");
    }

    @Test
    void peopleAreNoTraffic() {
        Text headline = AnomalyHeadlines.activity(ObjectClass.PERSON, 9, 2, true);

        assertThat(headline.en()).startsWith("There was much more foot traffic").contains("people");
        assertThat(headline.es()).startsWith("Hubo mucha más gente").contains("peatones");
    }

    @Test
    void aTypicalCountHasAnotherHeadline() {
        assertThat(AnomalyHeadlines.activity(ObjectClass.VEHICLE, 2.2, 2, false).en())
                .startsWith("There is unusual traffic");
        assertThat(AnomalyHeadlines.activity(ObjectClass.PERSON, 2.2, 2, false).es())
                .startsWith("Hay un movimiento inusual de gente");
    }
}
