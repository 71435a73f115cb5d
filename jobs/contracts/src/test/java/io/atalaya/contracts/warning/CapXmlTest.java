package io.atalaya.contracts.warning;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.warning.PublicWarning.Area;
import io.atalaya.contracts.warning.PublicWarning.Category;
import io.atalaya.contracts.warning.PublicWarning.Certainty;
import io.atalaya.contracts.warning.PublicWarning.Circle;
import io.atalaya.contracts.warning.PublicWarning.Info;
import io.atalaya.contracts.warning.PublicWarning.MessageType;
import io.atalaya.contracts.warning.PublicWarning.NamedValue;
import io.atalaya.contracts.warning.PublicWarning.Point;
import io.atalaya.contracts.warning.PublicWarning.Reference;
import io.atalaya.contracts.warning.PublicWarning.ResponseType;
import io.atalaya.contracts.warning.PublicWarning.Scope;
import io.atalaya.contracts.warning.PublicWarning.Severity;
import io.atalaya.contracts.warning.PublicWarning.Status;
import io.atalaya.contracts.warning.PublicWarning.Urgency;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class CapXmlTest {
    private static final Path SAMPLES = Path.of("../../../shared/data/payloads/cap");

    private static final String WHOLE = sample("alert-1.2.xml");

    @Test
    void readsEveryElement() throws InvalidRecordException {
        assertThat(read(WHOLE).rejected()).isEmpty();
        assertThat(read(WHOLE).usable())
                .containsExactly(
                        new PublicWarning(
                                "AT-20260303-1",
                                "alertas@example.mx",
                                time("2026-03-03T18:00:00Z"),
                                Status.EXERCISE,
                                MessageType.UPDATE,
                                Scope.PUBLIC,
                                null,
                                null,
                                null,
                                "Simulacro nacional",
                                List.of(
                                        new Reference(
                                                "alertas@example.mx",
                                                "AT-20260303-0",
                                                time("2026-03-03T17:59:00Z"))),
                                List.of(
                                        new Info(
                                                "en-US",
                                                List.of(Category.MET, Category.SAFETY),
                                                "Inundación",
                                                List.of(ResponseType.EVACUATE),
                                                Urgency.EXPECTED,
                                                Severity.MODERATE,
                                                Certainty.LIKELY,
                                                List.of(new NamedValue("SAME", "FFW")),
                                                time("2026-03-03T18:05:00Z"),
                                                time("2026-03-03T19:00:00Z"),
                                                time("2026-03-04T00:00:00Z"),
                                                "Centro de alertas",
                                                "Aviso & recomendaciones",
                                                "Nivel < 2 m",
                                                "Suba a un lugar alto",
                                                "https://example.mx/1",
                                                "contacto@example.mx",
                                                List.of(new NamedValue("rio", "Lerma")),
                                                List.of(
                                                        new Area(
                                                                "Ribera",
                                                                List.of(
                                                                        List.of(
                                                                                new Point(
                                                                                        19.1,
                                                                                        -99.7),
                                                                                new Point(
                                                                                        19.1,
                                                                                        -99.6),
                                                                                new Point(
                                                                                        19.2,
                                                                                        -99.6))),
                                                                List.of(
                                                                        new Circle(
                                                                                19.3, -99.65, 2.5)),
                                                                List.of(
                                                                        new NamedValue(
                                                                                "INEGI", "15106")),
                                                                false)))),
                                List.of()));
    }

    /** The event and the alert about it differ in the time of sending only. */
    @Test
    void readsTheEntriesOfAFeed() throws InvalidRecordException {
        List<PublicWarning> warnings = read(sample("feed-1.1.xml")).usable();
        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0).identifier()).isEqualTo(warnings.get(1).identifier());
        assertThat(warnings.get(0).reference()).isNotEqualTo(warnings.get(1).reference());
        assertThat(warnings.get(0).remarks())
                .containsExactly("feed.entry.content.alert.info.expires: not after sent");
        assertThat(warnings.get(1).infos().get(0).expires())
                .isEqualTo(warnings.get(1).sent() + 60_000);
        assertThat(warnings.get(1).remarks()).isEmpty();
    }

    @Test
    void anUnusableEntryOfAFeedCostsNoOther() throws InvalidRecordException {
        WarningCodec.Warnings warnings =
                read(sample("feed-1.1.xml").replaceFirst(">Actual<", ">Real<"));
        assertThat(warnings.usable()).hasSize(1);
        assertThat(warnings.rejected()).hasSize(1);
        assertThat(warnings.rejected().get(0).getMessage())
                .startsWith("feed.entry.content.alert.status: got \"Real\", expected one of [");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<cap:sent>2026-03-03T12:00:00-06:00|<cap:sent>2026-03-03T12:00:00|alert.sent",
                "cap:identifier>|cap:id>|alert.identifier",
                "cap:sender>|cap:from>|alert.sender",
                ">Exercise<|><|alert.status",
                ">Exercise<|>exercise<|alert.status",
                ">Update<|>Change<|alert.msgType",
                ">Public<|>All<|alert.scope",
                "cap:event>|cap:happening>|alert.infos[0].event",
            })
    void rejectsAWarningWhoseMeaningIsUnclear(String part, String instead, String field) {
        assertThat(WHOLE).contains(part);
        assertThatThrownBy(() -> read(WHOLE.replace(part, instead)))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AT-20260303-1|AT 2026,1|identifier: AT 2026,1 has blanks or separators",
                "AT-20260303-0,|AT-20260303-0|references: alertas@example.mx,AT-20260303-02026-03-03T11:59:00-06:00 is no sender,identifier,sent",
                "cap:references>|cap:refs>|references: none in a message of type Update",
                ">Met<|>Rain<|info.category: Rain is unknown",
                ">Evacuate<|>Run<|info.responseType: Run is unknown",
                ">Expected<|>Soon<|info.urgency: Soon counts as Unknown",
                ">Moderate<|><|info.severity: nothing counts as Unknown",
                ">Likely<|>Very Likely<|info.certainty: Very Likely counts as Unknown",
                "2026-03-03T18:00:00-06:00|tonight|info.expires: left out, tonight is no time with an offset",
                "2026-03-03T18:00:00-06:00|2026-03-03T11:00:00-06:00|info.expires: not after sent",
                ">SAME<|><|info.eventCode: left out, it has no valueName",
            })
    void keepsAWarningWithARemark(String part, String instead, String remark)
            throws InvalidRecordException {
        assertThat(WHOLE).contains(part);
        PublicWarning warning = read(WHOLE.replace(part, instead)).usable().get(0);
        assertThat(warning.remarks()).contains("alert." + remark);
        assertThat(warning.infos()).hasSize(1);
        assertThat(warning.infos().get(0).areas().get(0).extentUnknown()).isFalse();
        assertThat(PublicWarning.CODEC.read(PublicWarning.CODEC.write(warning))).isEqualTo(warning);
    }

    /** As strftime writes it; {@code sent} is accepted with it, too. */
    @Test
    void anOffsetMayHaveNoColon() throws InvalidRecordException {
        String bare = WHOLE.replaceAll("([+-]\\d\\d):(\\d\\d)<", "$1$2<");
        assertThat(bare).contains("T12:00:00-0600<", "AT-20260303-0,2026-03-03T11:59:00-0600<");
        assertThat(read(bare)).isEqualTo(read(WHOLE));
    }

    @Test
    void itsOwnIdsAreTheSameInReferences() throws InvalidRecordException {
        String first = "SASMEX MX,AT $1 0,2026-03-03T11:59:00-06:00";
        String others = "b,B,2026-03-03T11:58:00-06:00 SASMEX MX,C,2026-03-03T11:57:00-06:00";
        String xml =
                WHOLE.replaceFirst(">alertas@example.mx<", ">SASMEX MX<")
                        .replaceAll(
                                "(references>)[^<]+",
                                "$1" + Matcher.quoteReplacement(first + " no " + others));
        PublicWarning warning = read(xml).usable().get(0);
        assertThat(warning.sender()).isEqualTo("SASMEX_MX");
        assertThat(warning.references())
                .containsExactly(
                        new Reference("SASMEX_MX", "AT_$1_0", time("2026-03-03T17:59:00Z")),
                        new Reference("b", "B", time("2026-03-03T17:58:00Z")),
                        new Reference("SASMEX_MX", "C", time("2026-03-03T17:57:00Z")));
        assertThat(warning.remarks())
                .containsExactly(
                        "alert.sender: SASMEX MX has blanks or separators",
                        "alert.references: no is no sender,identifier,sent");
    }

    @Test
    void anUnreadableLanguageIsUndetermined() throws InvalidRecordException {
        String foreign = WHOLE.replace("<cap:category>Met", "<language>ñ</language><category>Met");
        foreign = foreign.replace("Met</cap:category>", "Met</category>");
        assertThat(read(foreign).usable().get(0).infos().get(0).language()).isEqualTo("und");
    }

    /** What is left of the area is less than the sender meant, so that it must exclude no place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "19.1,-99.7</cap|19.1,-99.8</cap|polygon: left out, it is not closed",
                "19.2,-99.6 19.1|19.1|polygon: left out, 3 pairs",
                "19.2,-99.6|-99.6,19.2|polygon: left out, -99.6,19.2 is no latitude,longitude",
                "19.2,-99.6|19.2,-181|polygon: left out, 19.2,-181 is no latitude,longitude",
                "19.2,-99.6|NaN,-99.6|polygon: left out, NaN,-99.6 is no latitude,longitude",
                "19.2,-99.6|19.2|polygon: left out, 19.2 is no latitude,longitude",
                "19.3,-99.65 2.5|19.3,-99.65|circle: left out, 19.3,-99.65 is no latitude,longitude radius",
                "19.3,-99.65 2.5|19.3,-99.65 -1|circle: left out, 19.3,-99.65 -1 is no latitude,longitude radius",
                "19.3,-99.65 2.5|91,-99.65 1|circle: left out, 91,-99.65 1 is no latitude,longitude radius",
                ">INEGI<|><|geocode: left out, it has no valueName",
            })
    void anAreaWithAnUnusablePartHasAnUnknownExtent(String part, String instead, String remark)
            throws InvalidRecordException {
        assertThat(WHOLE).contains(part);
        PublicWarning warning = read(WHOLE.replace(part, instead)).usable().get(0);
        assertThat(warning.remarks()).containsExactly("alert.info.area." + remark);
        Area area = warning.infos().get(0).areas().get(0);
        assertThat(area.extentUnknown()).isTrue();
        assertThat(area.polygons().size() + area.circles().size() + area.geocodes().size())
                .isEqualTo(2);
    }

    @Test
    void longTextsAndRemarksAreCut() throws InvalidRecordException {
        String polygons = "<cap:polygon>0,0</cap:polygon>".repeat(1_000);
        String xml =
                WHOLE.replace("Suba", "🚗".repeat(20_000))
                        .replace("<cap:polygon>", polygons + "<cap:polygon>");
        PublicWarning warning = read(xml).usable().get(0);
        assertThat(warning.infos().get(0).instruction())
                .isEqualTo("🚗".repeat(PublicWarning.MAX_LONG_TEXT));
        assertThat(warning.remarks()).hasSize(PublicWarning.MAX_REMARKS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<feed/>",
                "<!DOCTYPE alert [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><alert>&e;</alert>",
                "<alert>",
                "<html><title>Login</title></html>"
            })
    void rejectsWhatHoldsNoAlert(String xml) {
        assertThatThrownBy(() -> read(xml))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith("value: got ");
    }

    @Test
    void theNumberOfAlertsIsBounded() {
        String alerts = "<alert/>".repeat(CapXml.MAX_ALERTS + 1);
        assertThatThrownBy(() -> read("<feed>" + alerts + "</feed>"))
                .hasMessage("value: got 101 alerts in feed, expected 1 to 100 CAP alerts");
    }

    /** The samples of OASIS and of the Mexican seismic alert system. */
    @ParameterizedTest
    @CsvSource({
        "cap_amber_alert_example.xml,2,",
        "sasmex_alert_format.xml,1,",
        "sasmex_event_format.xml,1,feed.entry.content.alert.info.expires: not after sent",
        "sasmex_update_format.xml,1,",
    })
    void readsTheMakersSamples(String file, int infos, String remark) throws Exception {
        Path path = SAMPLES.resolve(file);
        assumeTrue(Files.isReadable(path), () -> "no sample at " + path.toAbsolutePath());
        List<PublicWarning> warnings = WarningCodec.read(Files.readAllBytes(path)).usable();
        assertThat(warnings).hasSize(1);
        PublicWarning warning = warnings.get(0);
        assertThat(warning.infos()).hasSize(infos);
        assertThat(warning.remarks()).isEqualTo(remark == null ? List.of() : List.of(remark));
        assertThat(PublicWarning.CODEC.read(PublicWarning.CODEC.write(warning))).isEqualTo(warning);
    }

    private static long time(String text) {
        return Instant.parse(text).toEpochMilli();
    }

    private static WarningCodec.Warnings read(String xml) throws InvalidRecordException {
        return WarningCodec.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String sample(String name) {
        try (InputStream in = CapXmlTest.class.getResourceAsStream("/samples/cap/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
