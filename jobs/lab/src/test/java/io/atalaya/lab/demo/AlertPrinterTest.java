package io.atalaya.lab.demo;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CloneEvidence;
import io.atalaya.contracts.alert.ConvoyEvidence;
import io.atalaya.contracts.alert.Evidence;
import io.atalaya.contracts.alert.HotlistEvidence.Read;
import io.atalaya.contracts.alert.HotlistEvidence.Tag;
import io.atalaya.contracts.alert.HotlistEvidence.TrackRead;
import io.atalaya.contracts.alert.MismatchEvidence;
import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.text.Text;

import org.junit.jupiter.api.Test;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class AlertPrinterTest {
    private static final Device ARCH =
            new Device(
                    "ARCO-044",
                    Device.Kind.ARCH,
                    "ECATEPEC",
                    "Ecatepec de Morelos",
                    19.6,
                    -99.05,
                    0.0,
                    4,
                    null,
                    "America/Mexico_City");

    private static AlertPrinter printer(Language language, AnsiColor ink) {
        return new AlertPrinter(language, ink, ZoneId.of("UTC"), Map.of("ARCO-044", ARCH));
    }

    @Test
    void printsWhatWhereHowSureAndWhy() {
        Alert alert = Alerts.alert("0123456789").compared("PT5648D", "PTS648D", "  ^    ").build();
        assertThat(printer(Language.EN, AnsiColor.PLAIN).whole(alert))
                .isEqualTo(
                        """
                        14:00:00 ALERT  Stolen vehicle: PTS648D  #01234567
                          read    PT5648D   confidence 0.89
                          listed  PTS648D   STOLEN_VEHICLE · FGJ/1/2026 · priority 80
                                    ^
                          where   ARCO-044, Ecatepec de Morelos (ECATEPEC), lane 2, heading N, 71 km/h
                          score   0.93: look alike (+2.3); make differs (-1.5)""");
        assertThat(printer(Language.ES, AnsiColor.PLAIN).whole(alert))
                .contains("ALERTA Vehículo robado", "leída", "listada", "carril 2", "se confunden")
                .contains("vehículo robado · FGJ/1/2026")
                .doesNotContain("STOLEN_VEHICLE");
    }

    @Test
    void marksTheCharactersThatDiffer() {
        Alert alert = Alerts.alert("a").compared("PT5648D", "PT_648D", "  ^    ").build();
        for (Language language : Language.values()) {
            List<String> lines =
                    Arrays.asList(printer(language, AnsiColor.PLAIN).whole(alert).split("\n"));
            int at = lines.get(1).indexOf("PT5648D") + 2;
            assertThat(lines.get(1).charAt(at)).isEqualTo('5');
            assertThat(lines.get(2).charAt(at)).isEqualTo('_');
            assertThat(lines.get(3).indexOf('^')).isEqualTo(at);
        }
    }

    @Test
    void equalPlatesHaveNoMarks() {
        Alert alert = Alerts.alert("a").compared("PT5648D", "PT5648D", "       ").build();
        assertThat(printer(Language.EN, AnsiColor.PLAIN).whole(alert)).doesNotContain("^", "also");
    }

    @Test
    void marksTheReadTextOfAMatchByAlternative() {
        assertThat(printer(Language.EN, AnsiColor.PLAIN).whole(Alerts.alert("a").build()))
                .contains(
                        """
                          read    PT5648D   confidence 0.89
                          listed  PTS648D   STOLEN_VEHICLE · FGJ/1/2026 · priority 80
                                    ^
                          also    PTS648D, an alternative of the read
                        """);
    }

    @Test
    void namesHomoglyphsThatScoreAsEqual() {
        Alert alert = Alerts.alert("a").compared("EXACT", "PT5648D", "PTS648D", "  ^    ").build();
        assertThat(printer(Language.EN, AnsiColor.PLAIN).whole(alert))
                .contains("\n            ^   equal but for look-alikes 5/S\n");
        assertThat(printer(Language.ES, AnsiColor.PLAIN).whole(alert))
                .contains("^   iguales salvo por 5/S, que se confunden");
    }

    @Test
    void codesAreWordsInSpanish() {
        CodeWords es = new CodeWords(Language.ES);
        assertThat(es.heading(Compass.NW)).isEqualTo("NO");
        assertThat(es.heading(Compass.E)).isEqualTo("E");
        assertThat(new CodeWords(Language.EN).heading(Compass.NW)).isEqualTo("NW");
    }

    @Test
    void covertAndRetrospectiveAlertsSaySo() {
        String text =
                printer(Language.EN, AnsiColor.PLAIN)
                        .whole(Alerts.alert("a").ofThePast().secret().build());
        assertThat(text).contains("[retrospective]", "[covert, only unidad-7]");
        assertThat(printer(Language.EN, AnsiColor.PLAIN).whole(Alerts.alert("a").build()))
                .doesNotContain("[");
    }

    @Test
    void printsATrackFromTheSecondReadOn() {
        TrackRead before =
                new TrackRead("R0", "ARCO-041", Alerts.TIME - 60_000, "PTS648D", null, null);
        TrackRead now = new TrackRead("R1", "ARCO-044", Alerts.TIME, "PTS648D", null, null);
        AlertPrinter printer = printer(Language.EN, AnsiColor.PLAIN);
        assertThat(printer.whole(Alerts.alert("a").tracked(before, now).build()))
                .as("an unknown device's time is the fallback zone's")
                .contains("track   19:59:00 ARCO-041 → 14:00:00 ARCO-044");
        assertThat(printer.whole(Alerts.alert("a").tracked(now).build())).doesNotContain("track");
    }

    @Test
    void printsAChangeInOneLine() {
        AlertPrinter printer = printer(Language.EN, AnsiColor.PLAIN);
        Alerts alert = Alerts.alert("abc");
        assertThat(printer.change(alert.revision(2, Alert.Status.CANCELLED).build()))
                .isEqualTo("14:00:00   └ cancelled: it was wrong  PTS648D @ ARCO-044  (#abc)");
        assertThat(printer.change(alert.revision(2, Alert.Status.UPDATED).build()))
                .contains("updated", "score 0.93");
        assertThat(printer.change(alert.revision(2, Alert.Status.ENDED).build()))
                .contains("ended")
                .doesNotContain("\n");
    }

    @Test
    void printsColoursOnlyIfRequested() {
        Alert review = Alerts.alert("a").review().build();
        assertThat(printer(Language.EN, AnsiColor.PLAIN).whole(review)).doesNotContain("\u001b");
        assertThat(printer(Language.EN, AnsiColor.COLOR).whole(review))
                .contains("\u001b[33mREVIEW");
    }

    @Test
    void printsBothVehiclesOfAClone() {
        CloneEvidence evidence =
                new CloneEvidence(
                        List.of("R0", "R1"),
                        List.of(),
                        List.of(
                                new CloneEvidence.Pair(
                                        clone("R0", "ARCO-041", -136_000, "TOYOTA"),
                                        clone("R1", "ARCO-044", 0, "NISSAN"),
                                        15.71,
                                        136,
                                        1_382.4)),
                        4,
                        List.of(
                                new ScoreContribution(
                                        "travel",
                                        1.5,
                                        new Text.Translation("no se puede", "cannot be"))));
        String text =
                printer(Language.EN, AnsiColor.PLAIN).whole(anomaly(evidence, "Cloned plate"));
        assertThat(text)
                .isEqualTo(
                        """
                        14:00:00 ALERT  Cloned plate  #a
                          seen    19:57:44 ARCO-041  PTS648D  confidence 0.94  toyota white
                                  14:00:00 ARCO-044  PTS648D  confidence 0.94  nissan white
                                  15.7 km in 136 s: more than 1,382 km/h
                                  and 3 pairs more
                          where   ARCO-044, Ecatepec de Morelos (ECATEPEC)
                          score   0.93: cannot be (+1.5)""");
    }

    @Test
    void printsPlateAndTagOfAMismatch() {
        MismatchEvidence evidence =
                new MismatchEvidence(
                        List.of("R1", "T1"),
                        List.of(),
                        new Read("R1", "PTS648D", 0.94, 2, null, null, null, false),
                        new Tag(
                                "T1",
                                "REP01",
                                "LUZ0155",
                                new Vehicle("KIA", null, null, null, null)),
                        List.of());
        assertThat(printer(Language.ES, AnsiColor.PLAIN).whole(anomaly(evidence, "La placa")))
                .contains("leída   PTS648D   confianza 0.94", "tag     LUZ0155   REP01  kia");
    }

    @Test
    void printsTheArchesOfAConvoy() {
        ConvoyEvidence evidence =
                new ConvoyEvidence(
                        List.of("R1", "R2"),
                        List.of(),
                        new ConvoyEvidence.Listed("E1", "LUZ0155"),
                        "PTS648D",
                        List.of(
                                new ConvoyEvidence.Arch(
                                        "ARCO-044",
                                        null,
                                        null,
                                        "R1",
                                        Alerts.TIME,
                                        "R2",
                                        Alerts.TIME + 12_000,
                                        12)),
                        List.of());
        assertThat(printer(Language.EN, AnsiColor.PLAIN).whole(anomaly(evidence, "Convoy")))
                .contains("with    LUZ0155   E1", "arches  14:00:00 ARCO-044  +12 s");
    }

    private static CloneEvidence.Read clone(String readId, String device, long after, String make) {
        return new CloneEvidence.Read(
                readId,
                device,
                null,
                null,
                Alerts.TIME + after,
                "PTS648D",
                0.94,
                new Vehicle(make, null, "WHITE", null, 0.9),
                false);
    }

    private static Alert anomaly(Evidence evidence, String headline) {
        AlertType type =
                Arrays.stream(AlertType.values())
                        .filter(each -> each.evidence().isInstance(evidence))
                        .findAny()
                        .orElseThrow();
        return new Alert(
                new Alert.Identity("a", type),
                new Alert.Emission(1, Alerts.TIME + 100, Alerts.TIME + 20),
                new Alert.Lifecycle(Alert.Status.NEW, Alerts.TIME, Alerts.TIME, null),
                new Alert.Place("ECATEPEC", new Alert.Device("ARCO-044", 19.6, -99.05)),
                new Alert.Subject("PTS648D", null, List.of()),
                new Alert.Assessment(
                        Alert.Action.ALERT, 0.934, 70, new Text.Translation(headline, headline)),
                evidence,
                null,
                Alert.Disclosure.EVERYONE);
    }
}
