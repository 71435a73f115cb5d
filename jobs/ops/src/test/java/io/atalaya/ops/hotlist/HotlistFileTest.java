package io.atalaya.ops.hotlist;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.plate.Compass;
import io.atalaya.ops.hotlist.RejectedLine.EntryIdentity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Iterator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HotlistFileTest {
    private static final Origin ORIGIN = new Origin("FGJEM", "robados");

    private static final ZoneId MEXICO = ZoneId.of("America/Mexico_City");

    private static final long NOW = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();

    @TempDir private Path directory;

    @Test
    void passesOverAByteOrderMarkAndSaysWhichColumnsItIgnores() throws Exception {
        HotlistFile file =
                read(
                        "\uFEFFplaca,motivo,Número de caso,vigencia_hsta\n",
                        "ABC123,INTEREST,CI-1,1\n");
        assertThat(file.entries()).hasSize(1);
        assertThat(file.remarks())
                .containsExactly("Column \"vigencia_hsta\" is not known and is ignored.");
    }

    @Test
    void fillsEveryFieldFromItsColumn() throws Exception {
        HotlistFile file =
                read(
                        "id,Placa,Patrón,motivo,Número_caso,País,estado,prioridad,vigencia_desde,"
                                + "vigencia_hasta,marca,modelo,color,tipo,sitios,dispositivos,"
                                + "direcciones,coincidencia,encubierto,avisar,agencia\n",
                        "E1,ABC-123-A,,STOLEN_VEHICLE,CI-1,MX,MEX,90,2026-01-01T00:00:00-06:00,"
                                + "1800000000000,Nissan,Versa,rojo,sedan,A;B,ARCH-1,N; 90,exact,"
                                + "sí,mesa-1; mesa-2,otra\n");
        assertThat(file.remarks()).isEmpty();
        HotlistEntry entry = file.entries().get("E1");
        assertThat(entry.plate()).isEqualTo("ABC-123-A");
        assertThat(entry.pattern()).isNull();
        assertThat(entry.caseNumber()).isEqualTo("CI-1");
        assertThat(entry.agency()).isEqualTo("FGJEM");
        assertThat(entry.source()).isEqualTo("robados");
        assertThat(entry.priority()).isEqualTo(90);
        assertThat(entry.validFrom()).isEqualTo(1_767_247_200_000L);
        assertThat(entry.validUntil()).isEqualTo(1_800_000_000_000L);
        assertThat(entry.vehicle().make()).isEqualTo("Nissan");
        assertThat(entry.vehicle().type()).isEqualTo("sedan");
        assertThat(entry.scope().sites()).containsExactly("A", "B");
        assertThat(entry.scope().devices()).containsExactly("ARCH-1");
        assertThat(entry.scope().directions()).containsExactly(Compass.N, Compass.E);
        assertThat(entry.match()).isEqualTo(MatchMode.EXACT);
        assertThat(entry.covert()).isTrue();
        assertThat(entry.notified()).containsExactly("mesa-1", "mesa-2");
    }

    @Test
    void knowsReasonsInSpanishAndSaysWhichWordsItDoesNotKnow() throws Exception {
        HotlistFile file =
                read(
                        "placa,motivo,carpeta,marca,color,tipo,estado,encubierto,avisar\n",
                        "ABC111,Robado,CI-1,VW,Rojo,Sedán,Edo. Méx.,no,\n",
                        "ABC112,Adeudo,CI-2,Acme,tornasol,camioneta,Texas,sí,\"mesa-1, mesa-2\"\n",
                        "ABC113,adeudo,CI-3,,tornasol,,,sí,\n");
        assertThat(file.rejected()).isEmpty();
        assertThat(file.entries().values())
                .extracting(HotlistEntry::reason)
                .containsExactly("STOLEN_VEHICLE", "Adeudo", "adeudo");
        assertThat(file.entries().values())
                .extracting(entry -> entry.notified().size())
                .containsExactly(0, 2, 0);
        assertThat(file.remarks())
                .containsExactly(
                        "Warning: reason \"Adeudo\" is not known and stays as it is (1 entry, the first in line 3).",
                        "Warning: state \"Texas\" is not known and stays as it is (1 entry, the first in line 3).",
                        "Warning: vehicle.make \"Acme\" is not known and stays as it is (1 entry, the first in line 3).",
                        "Warning: vehicle.color \"tornasol\" is not known and stays as it is (2 entries, the first in line 3).",
                        "Warning: reason \"adeudo\" is not known and stays as it is (1 entry, the first in line 4).",
                        "Warning: covert, but notify names no recipient of a match (1 entry, the first in line 4).");
    }

    @Test
    void reportsTheLineFieldValueAndExpectationOfWhatItRejects() throws Exception {
        HotlistFile file =
                read(
                        "placa,motivo,carpeta,prioridad,color\n",
                        "ABC123,STOLEN_VEHICLE,CI-1,50,\"rojo\ny negro\"\n",
                        "\n",
                        "ABC124,,CI-2,50,\n",
                        "ABC125,STOLEN_VEHICLE,CI-3,alta,\n",
                        "ABC126,STOLEN_VEHICLE,CI-4,101,\n",
                        "ABC127,STOLEN_VEHICLE\n",
                        "ABC128,STOLEN_VEHICLE,CI-5,,\"a\nb\"\n",
                        "ABC129,STOLEN_VEHICLE,,,");
        assertThat(file.entries().values())
                .extracting(HotlistEntry::plate)
                .containsExactly("ABC123", "ABC128");
        assertThat(file.lines().values()).containsExactly(2L, 9L);
        assertThat(file.rejected())
                .extracting(r -> r.line() + " " + r.reason())
                .containsExactly(
                        "5 reason: got nothing, expected a value: the field is required",
                        "6 priority: got \"alta\", expected a whole number from 0 to 100",
                        "7 priority: got \"101\", expected a whole number from 0 to 100",
                        "8 value: got 2 columns, expected 5 columns as in the header",
                        "11 caseNumber: got nothing, expected a value: the field is required");
    }

    @Test
    void aPlateKeepsItsIdHoweverItIsSpacedAndWhateverElseChanges() throws Exception {
        HotlistFile one = read("placa,motivo,carpeta\n", "ABC-123,STOLEN_VEHICLE,CI-1\n");
        HotlistFile two = read("carpeta,placa,motivo,color\n", "CI-1,abc 123,KIDNAPPING,azul\n");
        HotlistFile rejected =
                read("placa,motivo,carpeta,prioridad\n", "ABC 123,STOLEN_VEHICLE,CI-1,x\n");
        HotlistFile otherCase = read("placa,motivo,carpeta\n", "ABC-123,STOLEN_VEHICLE,CI-2\n");
        assertThat(one.entries()).hasSize(1);
        assertThat(two.entries().keySet()).isEqualTo(one.entries().keySet());
        assertThat(rejected.meantByRejected()).accepts(one.entries().values().iterator().next());
        assertThat(otherCase.entries().keySet()).isNotEqualTo(one.entries().keySet());
    }

    @Test
    void takesALineTwiceButNotTwoVersionsOfOneEntry() throws Exception {
        HotlistFile file =
                read(
                        "placa,motivo,carpeta\n",
                        "ABC123,STOLEN_VEHICLE,CI-1\n",
                        "ABC123,STOLEN_VEHICLE,CI-1\n",
                        "ABC123,KIDNAPPING,CI-1\n");
        assertThat(file.entries()).hasSize(1);
        assertThat(file.rejected())
                .singleElement()
                .satisfies(
                        r -> {
                            assertThat(r.line()).isEqualTo(4);
                            assertThat(r.reason())
                                    .startsWith("entryId: got ")
                                    .contains("line 2 has the same id");
                        });
    }

    @Test
    void readsJsonLinesAndRejectsTheBrokenOnes() throws Exception {
        HotlistFile file =
                read(
                        "{\"entryId\":\"E1\",\"plate\":\"ABC123\",\"reason\":\"INTEREST\",\"caseNumber\":\"C1\",\"agency\":\"x\"}\n",
                        "\n",
                        "{\"entryId\":\"E2\",\"plate\":\"ABC1\n",
                        "{\"entryId\":\"E3\",\"pattern\":\"A*\",\"reason\":\"INTEREST\",\"caseNumber\":\"C3\"}\n",
                        "{\"tagId\":\"T1\",\"reason\":\"INTEREST\",\"caseNumber\":\"C4\"}");
        assertThat(file.entries().values())
                .extracting(HotlistEntry::agency)
                .containsExactly("FGJEM", "FGJEM");
        assertThat(file.lines().values()).containsExactly(1L, 5L);
        Iterator<RejectedLine> rejected = file.rejected().iterator();
        assertThat(rejected.next())
                .satisfies(
                        r -> {
                            assertThat(r.line()).isEqualTo(3);
                            assertThat(r.reason()).contains("broken JSON");
                            assertThat(r.meant())
                                    .isEqualTo(new EntryIdentity("E2", null, null, null));
                        });
        assertThat(rejected.next())
                .isEqualTo(
                        new RejectedLine(
                                4,
                                "pattern: got \"A*\", expected at least 3 letters or digits in a"
                                        + " pattern",
                                new EntryIdentity("E3", null, "A*", null)));
        assertThat(rejected).isExhausted();
    }

    @Test
    void readsAnArrayOverManyLinesWithBracketsInsideStrings() throws Exception {
        HotlistFile file =
                read(
                        "[\n {\"entryId\":\"E}1\\\"]\",\"plate\":\"ABC123\",\n  \"reason\":\"INTEREST\",\"caseNumber\":\"C\\\\\"},\n",
                        " {\"entryId\":\"E2\",\"plate\":\"ABC124\",\"reason\":\"INTEREST\",\"caseNumber\":\"C2\",\"scope\":{\"sites\":[\"é\"]}}\n]\n");
        assertThat(file.rejected()).isEmpty();
        assertThat(file.entries()).containsOnlyKeys("E}1\"]", "E2");
        assertThat(file.lines().values()).containsExactly(2L, 4L);
        assertThat(read(" [ ]").entries()).isEmpty();
    }

    @Test
    void aFileThatIsCutOffOrNoListIsRejectedAsAWhole() {
        assertRejected("[{\"entryId\":\"E1\"},", "line 1: the file is cut off, expected an object");
        assertRejected("[{\"entryId\":\"E1", "line 1: the file is cut off, expected the rest");
        assertRejected("[{} {}]", "line 1: got \"{\", expected , or ]");
        assertRejected("[1]", "line 1: got \"1\", expected an object");
        assertRejected("[] x", "line 1: got \"x\", expected nothing after the array");
        assertRejected("", "is empty, expected CSV or JSON");
        assertRejected("a;b;c\n1;2;3\n", "header: got a, b, c; expected a column plate");
        assertRejected("placa,matrícula\n", "header \"matrícula\": a second column for plate");
        assertRejected("a\u001b[31m,b\n", "header: got a\\u001b[31m, b; expected");
        assertRejected("name,".repeat(10_000) + "\n", "… (");
        assertRejected(
                "placa,motivo\n\"A\n1\",B\nABC123,\"STOLEN",
                ": the row behind line 3: a value in quotes has no closing quote");
        assertThatThrownBy(() -> readAs(StandardCharsets.ISO_8859_1, "placa,motivo\nABC,ñ\n"))
                .hasMessageEndingWith("is not UTF-8: save it as UTF-8");
        assertThatThrownBy(
                        () -> HotlistFile.read(directory.resolve("none.csv"), ORIGIN, MEXICO, NOW))
                .isInstanceOf(HotlistFileException.class)
                .hasMessageEndingWith("none.csv does not exist");
    }

    @Test
    void aRejectedLineKeepsTheEntryOfItsPlateAlsoWithoutAnId() throws Exception {
        HotlistEntry live =
                read("placa,motivo,carpeta\n", "ABC-123,X,1\n")
                        .entries()
                        .values()
                        .iterator()
                        .next();
        HotlistFile noCase = read("placa,motivo,carpeta\n", "abc 123,X,\n");
        assertThat(noCase.meantByRejected()).accepts(live);
        assertThat(noCase.hasUnparsed()).isFalse();
        HotlistFile other = read("placa,motivo,carpeta\n", "ABC124,X,\n");
        assertThat(other.meantByRejected()).rejects(live);
        HotlistFile untold = read("placa,motivo,carpeta\n", "ABC-123,X\n", "---,X,1\n");
        assertThat(untold.rejected()).extracting(RejectedLine::meant).containsExactly(null, null);
        assertThat(untold.hasUnparsed()).isTrue();
    }

    @Test
    void aRejectedLineKeepsTheEntryOfItsPatternHoweverItIsSpelt() throws Exception {
        HotlistEntry live =
                read("patron,motivo,carpeta\n", "ABC-1*,X,1\n")
                        .entries()
                        .values()
                        .iterator()
                        .next();
        HotlistFile rejected = read("patron,motivo,carpeta,prioridad\n", "abc 1*,X,1,200\n");
        assertThat(rejected.meantByRejected()).accepts(live);
        HotlistFile other = read("patron,motivo,carpeta,prioridad\n", "ABC2*,X,1,200\n");
        assertThat(other.meantByRejected()).rejects(live);
    }

    @Test
    void aPlateWithWildcardsIsNoPlate() throws Exception {
        HotlistFile file = read("placa,motivo,carpeta\n", "ABC*,X,1\n");
        assertThat(file.entries()).isEmpty();
        assertThat(file.rejected().get(0).reason())
                .isEqualTo(
                        "plate: got \"ABC*\", expected no wildcards in a plate: they belong in"
                                + " pattern");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-03,2026-03-03T06:00:00Z,2026-03-04T05:59:59.999Z",
        "3/3/2026,2026-03-03T06:00:00Z,2026-03-04T05:59:59.999Z",
        "20260303,2026-03-03T06:00:00Z,2026-03-04T05:59:59.999Z",
        "31/12/9999,9999-12-31T06:00:00Z,9999-12-31T23:59:59.999Z",
        "1772517600000,2026-03-03T06:00:00Z,2026-03-03T06:00:00Z",
        "253402300799999,9999-12-31T23:59:59.999Z,9999-12-31T23:59:59.999Z",
        "03/03/2026 12:30,2026-03-03T18:30:00Z,2026-03-03T18:30:00Z",
        "2026-03-03 12:30:05,2026-03-03T18:30:05Z,2026-03-03T18:30:05Z",
        "2026-03-03T12:30:05,2026-03-03T18:30:05Z,2026-03-03T18:30:05Z",
        "2026-03-03T12:30:05Z,2026-03-03T12:30:05Z,2026-03-03T12:30:05Z",
    })
    void readsDatesInTheListsZoneAndSemicolonsAndTabs(String text, Instant from, Instant until)
            throws Exception {
        for (String delimiter : new String[] {";", "\t", ","}) {
            String row = "\"ABC,;123\",X,1,N;E," + text + "," + text + "\n";
            String header = "\n placa,motivo,carpeta,sentidos,vigencia_desde,vigencia\n";
            HotlistFile file =
                    read(
                            header.replace(",", delimiter),
                            row.replace("N;E", "\"N;E\"")
                                    .replace(",", delimiter)
                                    .replace("ABC" + delimiter, "ABC"));
            assertThat(file.rejected()).isEmpty();
            HotlistEntry entry = file.entries().values().iterator().next();
            assertThat(entry.scope().directions()).containsExactly(Compass.N, Compass.E);
            assertThat(Instant.ofEpochMilli(entry.validFrom())).isEqualTo(from);
            assertThat(Instant.ofEpochMilli(entry.validUntil())).isEqualTo(until);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "31/02/2026",
                "2026-13-01",
                "mañana",
                "03/03/26",
                "2026-03-03 25:00",
                "20261331",
                // Of a spreadsheet, seconds, a day and time, and no time at all.
                "46387",
                "1798700400",
                "202612312359",
                "20261231235959",
                "0",
                "-1",
            })
    void rejectsOtherDates(String text) throws Exception {
        HotlistFile file = read("placa,motivo,carpeta,vigencia\n", "ABC123,X,1," + text + "\n");
        assertThat(file.rejected())
                .singleElement()
                .satisfies(
                        r -> {
                            assertThat(r.reason())
                                    .startsWith("vigencia: got \"" + text + "\", expected a da");
                            assertThat(r.meant().plate()).isEqualTo("ABC123");
                        });
    }

    @Test
    void saysWhatIsWrongWithADateInTheWordsOfTheFile() throws Exception {
        HotlistFile file =
                read(
                        "placa,motivo,carpeta,Vigencia_Desde,vigencia_hasta\n",
                        "ABC123,X,1,,31/02/2026\n",
                        "ABC124,X,2,,46022\n",
                        "ABC125,X,3,31-12-2026,\n",
                        "ABC126,X,4,1/1/1969,\n");
        String noDay = "a day of the calendar (and a time of the day), years 1970 to 9999";
        String forms =
                "a date such as 31/12/2026, 2026-12-31 or 20261231, a time such as 31/12/2026 18:30"
                        + " or 2026-12-31T18:30 (with or without an offset), or epoch ms from 2001"
                        + " on";
        assertThat(file.rejected())
                .extracting(RejectedLine::reason)
                .containsExactly(
                        "vigencia_hasta: got \"31/02/2026\", expected " + noDay,
                        "vigencia_hasta: got \"46022\", expected "
                                + forms
                                + "; this is a spreadsheet's serial number of a day",
                        "Vigencia_Desde: got \"31-12-2026\", expected " + forms,
                        "Vigencia_Desde: got \"1/1/1969\", expected " + noDay);
    }

    @Test
    void warnsOfEntriesThatAreOver() throws Exception {
        HotlistFile file =
                read(
                        "placa,motivo,carpeta,vigencia\n",
                        "ABC123,INTEREST,1,28/02/2026\n",
                        "ABC124,INTEREST,2,27/02/2026\n",
                        "ABC125,INTEREST,3,2026-02-01\n",
                        "ABC126,INTEREST,4,\n");
        assertThat(file.entries()).hasSize(4);
        assertThat(file.remarks())
                .containsExactly(
                        "Warning: validUntil is past, so that nothing matches (2 entries, the first in"
                                + " line 3).");
    }

    private void assertRejected(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(HotlistFileException.class)
                .hasMessageContaining(message);
    }

    private HotlistFile read(String... text) throws Exception {
        return readAs(StandardCharsets.UTF_8, String.join("", text));
    }

    private HotlistFile readAs(Charset charset, String text)
            throws IOException, HotlistFileException {
        Path file = directory.resolve("list");
        Files.write(file, text.getBytes(charset));
        return HotlistFile.read(file, ORIGIN, MEXICO, NOW);
    }
}
