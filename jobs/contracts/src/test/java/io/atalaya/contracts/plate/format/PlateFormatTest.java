package io.atalaya.contracts.plate.format;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateRead;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static io.atalaya.contracts.plate.format.VendorMessages.ALPR_ALERT;
import static io.atalaya.contracts.plate.format.VendorMessages.ALPR_GROUP;
import static io.atalaya.contracts.plate.format.VendorMessages.ALPR_RESULTS;
import static io.atalaya.contracts.plate.format.VendorMessages.AXIS_EVENT_BRIDGED;
import static io.atalaya.contracts.plate.format.VendorMessages.AXIS_NEW;
import static io.atalaya.contracts.plate.format.VendorMessages.AXIS_UPDATE;
import static io.atalaya.contracts.plate.format.VendorMessages.NATIVE;
import static io.atalaya.contracts.plate.format.VendorMessages.ONVIF_EVENT;
import static io.atalaya.contracts.plate.format.VendorMessages.ONVIF_FRAME;
import static io.atalaya.contracts.plate.format.VendorMessages.ONVIF_JSON_EVENT;
import static io.atalaya.contracts.plate.format.VendorMessages.ONVIF_JSON_FRAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

class PlateFormatTest {
    private static final String KEY = "ARCO-1";

    static Stream<Arguments> whole() {
        return Stream.of(
                Arguments.of(
                        ALPR_GROUP,
                        "readId=AGENT1-7-1772539201500/1772539203000 device=ARCO-1 time=1772539200000 plate=LXF0019"
                                + " confidence=0.9150 candidates=LXF0019:0.9150,LXF0O19:0.7025 country=MX state=MEX"
                                + " make=NISSAN model=np300 frontier color=WHITE type=PICKUP vehicleConfidence=0.6000"
                                + " image=/9j/4AAQ supersedes=AGENT1-7-1772539200000"),
                Arguments.of(
                        AXIS_NEW,
                        "readId=car-501-2026-03-03/1772539200123/NEW device=ARCO-1 time=1772539200123 plate=LXF0019"
                                + " confidence=0.8750 country=MX state=JAL color=WHITE type=CAR image=/9j/BBBB"
                                + " imageRef=/local/lp_1.jpg supersedes=car-501-2026-03-03"),
                Arguments.of(
                        AXIS_UPDATE,
                        "readId=car-501-2026-03-03/1772539200623/UPDATE device=ARCO-1 time=1772539200623 plate=LXF0019"
                                + " confidence=0.8750 country=MX state=JAL color=WHITE type=CAR image=/9j/BBBB"
                                + " imageRef=/local/lp_1.jpg supersedes=car-501-2026-03-03"),
                Arguments.of(
                        ONVIF_FRAME,
                        "readId=cam1/7/LXF-00-19/1772539200000 device=ARCO-1 time=1772539200123 plate=LXF-00-19"
                                + " confidence=0.8500 country=MX state=MEX kmh=72.0000 type=TRUCK vehicleConfidence=0.7500"
                                + " imageRef=http://cam1/7.jpg"),
                Arguments.of(
                        ONVIF_EVENT,
                        "readId=v1/12/LXF0019/1772539200123 device=ARCO-1 time=1772539200123 plate=LXF0019"
                                + " confidence=0.8000 country=US kmh=36.0000 imageRef=http://cam1/12.jpg"),
                Arguments.of(
                        ONVIF_JSON_FRAME,
                        "readId=032e91c6/1772539200123 device=ARCO-1 time=1772539200123 plate=LXF0019"
                                + " confidence=0.8500 country=MX supersedes=032e91c6"),
                Arguments.of(
                        ONVIF_JSON_EVENT,
                        "readId=1/LXF0019/1772539200123 device=ARCO-1 time=1772539200123 plate=LXF0019"
                                + " confidence=0.9000 type=BUS vehicleConfidence=1.0000"),
                Arguments.of(
                        AXIS_EVENT_BRIDGED,
                        "readId=car-501-2026-03-03/1772539200123/UPDATE device=ARCO-1 time=1772539200123 plate=LXF0019"
                                + " confidence=1.0000 country=MX supersedes=car-501-2026-03-03"),
                Arguments.of(
                        NATIVE,
                        "readId=R1 device=ARCO-1 time=1772539200123 plate=LXF0019 confidence=0.9000"));
    }

    @ParameterizedTest
    @MethodSource("whole")
    void aMessageOfAnyFormatBecomesItsRead(String message, String read)
            throws InvalidRecordException {
        assertThat(reads(message)).extracting(ReadText::of).containsExactly(read);
    }

    @Test
    void oneMessageMayHoldSeveralPlatesAndPlacesWhereNoneWasRead() throws InvalidRecordException {
        assertThat(reads(ALPR_RESULTS))
                .extracting(ReadText::of)
                .containsExactly(
                        "readId=AGENT1-7-1772539201500 device=ARCO-1 time=1772539201500 plate=LXF0019"
                                + " confidence=0.9000 country=MX",
                        "readId=AGENT1-7-1772539201500/2 device=ARCO-1 time=1772539201500 plate=MUU5029"
                                + " confidence=0.8000 country=US state=US-TX");
    }

    @Test
    void anOnvifEventWithAListOfDataIsSeveralReads() throws InvalidRecordException {
        String one = ONVIF_JSON_EVENT.substring(ONVIF_JSON_EVENT.indexOf("\"Data\":") + 7);
        one = one.substring(0, one.lastIndexOf('}'));
        String two = one.replace("LXF0019", "MUU5029").replace("Bus", "Truck");
        assertThat(reads(ONVIF_JSON_EVENT.replace(one, "[" + one + "," + two + "]")))
                .extracting(ReadText::of)
                .containsExactly(
                        "readId=1/LXF0019/1772539200123 device=ARCO-1 time=1772539200123 plate=LXF0019"
                                + " confidence=0.9000 type=BUS vehicleConfidence=1.0000",
                        "readId=1/MUU5029/1772539200123 device=ARCO-1 time=1772539200123 plate=MUU5029"
                                + " confidence=0.9000 type=TRUCK vehicleConfidence=1.0000");
    }

    /** The event's speed cannot be assigned to one of several plates. */
    @Test
    void severalPlatesInOneOnvifEventAreSeveralReads() throws InvalidRecordException {
        String item =
                ONVIF_EVENT.substring(
                        ONVIF_EVENT.indexOf("<tt:ElementItem"),
                        ONVIF_EVENT.indexOf("</tt:ElementItem>") + 17);
        String second = item.replace("LXF0019", "MUU5029");
        assertThat(reads(ONVIF_EVENT.replace(item, item + second)))
                .extracting(ReadText::of)
                .containsExactly(
                        "readId=v1/12/LXF0019/1772539200123 device=ARCO-1 time=1772539200123 plate=LXF0019"
                                + " confidence=0.8000 country=US imageRef=http://cam1/12.jpg",
                        "readId=v1/12/MUU5029/1772539200123 device=ARCO-1 time=1772539200123 plate=MUU5029"
                                + " confidence=0.8000 country=US imageRef=http://cam1/12.jpg");
        assertThat(reads(ONVIF_EVENT.replace(item, item.replace("LXF0019", "----") + second)))
                .extracting(PlateRead::plate)
                .containsExactly("MUU5029");
        String simple = "<tt:SimpleItem Name=\"PlateNumber\" Value=\"%s\"/>";
        assertThat(
                        reads(
                                ONVIF_EVENT.replace(
                                        item,
                                        simple.formatted("LXF0019") + simple.formatted("MUU5029"))))
                .extracting(PlateRead::plate, PlateRead::speedKmh)
                .containsExactly(tuple("LXF0019", null), tuple("MUU5029", null));
    }

    @Test
    void aSmallNumberMayHaveAnExponent() throws InvalidRecordException {
        assertThat(reads(AXIS_NEW.replace("0.875", "1e-05")).get(0).confidence()).isEqualTo(1e-5);
    }

    @Test
    void anOnvifOffsetMayLackItsColon() throws InvalidRecordException {
        assertThat(reads(ONVIF_EVENT.replace("12:00:00.123Z", "20:00:00.123+0800")))
                .isEqualTo(reads(ONVIF_EVENT));
    }

    @Test
    void anAlertOfTheAgentIsTheReadOfItsGroup() throws InvalidRecordException {
        assertThat(reads(ALPR_ALERT)).isEqualTo(reads(ALPR_GROUP));
    }

    /** The preview and the final group are of one vehicle, although their best images differ. */
    @Test
    void messagesAboutOneVehicleSupersedeTheSame() throws InvalidRecordException {
        PlateRead preview = reads(ALPR_GROUP.replace("1772539203000", "1772539201000")).get(0);
        PlateRead last = reads(ALPR_GROUP).get(0);
        assertThat(preview.supersedes()).isEqualTo(last.supersedes());
        assertThat(preview.readId()).isNotEqualTo(last.readId());
        assertThat(reads(AXIS_NEW).get(0).supersedes())
                .isEqualTo(reads(AXIS_UPDATE).get(0).supersedes());
    }

    /** The agent names a group by its first image, which may show several vehicles. */
    @Test
    void vehiclesFirstSeenInOneImageAreSeveral() throws InvalidRecordException {
        String first =
                ALPR_GROUP.replace(
                        "\"is_preview\"",
                        "\"uuids\":[\"AGENT1-7-1772539201500\",\"AGENT1-7-1772539200000\"],"
                                + "\"plate_indexes\":[1,0],\"is_preview\"");
        String second =
                first.replace("[1,0]", "[0,2]").replace("\"plate_index\":0", "\"plate_index\":1");
        assertThat(reads(first)).isEqualTo(reads(ALPR_GROUP));
        assertThat(reads(second))
                .extracting(PlateRead::readId, PlateRead::supersedes)
                // The ids of the images' own reads of the vehicle.
                .containsExactly(
                        tuple(
                                "AGENT1-7-1772539201500/1/1772539203000",
                                "AGENT1-7-1772539200000/2"));
    }

    @Test
    void platesOfOneImageAreSeveralWhereNoneHasAnIndex() throws InvalidRecordException {
        String without = ALPR_RESULTS.replaceAll(",\"plate_index\":.", "");
        assertThat(reads(without)).isEqualTo(reads(ALPR_RESULTS)).hasSize(2);
    }

    static Stream<Arguments> wrongExtras() {
        return Stream.of(
                Arguments.of(ALPR_GROUP, "\"confidence\":60.0", "\"confidence\":100.001"),
                Arguments.of(ALPR_GROUP, "\"color\":[", "\"color\":7,\"colors\":["),
                Arguments.of(ALPR_GROUP, "\"plate\":\"LXF0O19\"", "\"plate\":null"),
                Arguments.of(ALPR_GROUP, "70.25", "-1"),
                Arguments.of(
                        ALPR_GROUP,
                        "\"best_region_confidence\":88.0",
                        "\"best_region_confidence\":\"-\""),
                Arguments.of(ALPR_GROUP, "\"best_region\":\"mx-mex\"", "\"best_region\":52"),
                Arguments.of(ALPR_GROUP, "\"country\":\"mx\"", "\"country\":[]"),
                Arguments.of(ALPR_GROUP, "\"plate_index\":0", "\"plate_index\":-1"),
                Arguments.of(AXIS_NEW, "{\"type\":\"CAR\",\"color\":\"WHITE\"}", "\"\""),
                Arguments.of(AXIS_NEW, "{\"SerialNumber\":\"ACCC8E000001\"}", "[]"),
                Arguments.of(AXIS_NEW, "[\"/local/lp_1.jpg\"]", "\"/local/lp_1.jpg\""),
                Arguments.of(AXIS_NEW, "[{\"ImageType\":", "[null,{\"ImageType\":"),
                Arguments.of(AXIS_NEW, "\"plateCountry\":\"MEX\"", "\"plateCountry\":484"));
    }

    /** The read is useful without its optional values. */
    @ParameterizedTest
    @MethodSource("wrongExtras")
    void whatAReadMayHaveIsLeftOutWhereItIsWrong(String message, String what, String with)
            throws InvalidRecordException {
        assertThat(message).contains(what);
        assertThat(reads(message.replace(what, with)))
                .extracting(PlateRead::plate, PlateRead::deviceTime, PlateRead::confidence)
                .isEqualTo(
                        reads(message).stream()
                                .map(
                                        read ->
                                                tuple(
                                                        read.plate(),
                                                        read.deviceTime(),
                                                        read.confidence()))
                                .toList());
    }

    @Test
    void anEmptyItemIsAsGoodAsNone() throws InvalidRecordException {
        assertThat(reads(AXIS_EVENT_BRIDGED.replace("\"1772539200123\"", "\"\"")))
                .extracting(PlateRead::deviceTime)
                .containsExactly(1772539200500L);
        assertThat(
                        reads(
                                "<Message UtcTime='2026-03-03T12:00:00Z'><Data><SimpleItem Name='PlateNumber' Value=''/>"
                                        + "<SimpleItem Name='LicensePlate' Value='LXF0019'/></Data></Message>"))
                .extracting(PlateRead::plate)
                .containsExactly("LXF0019");
    }

    /** A camera restarts its vehicle numbers when it starts. */
    @Test
    void theVehicleOfThatNumberOnAnotherDayIsAnotherVehicle() throws InvalidRecordException {
        String nextDay = AXIS_NEW.replace("1772539200123", "1772625600123");
        assertThat(reads(nextDay).get(0).supersedes())
                .isNotEqualTo(reads(AXIS_NEW).get(0).supersedes());
    }

    /** Frames come many times a second: only the first one gives a read, the others repeat it. */
    @Test
    void onvifFramesOfOneVehicleRepeatOneRead() throws InvalidRecordException {
        String next = ONVIF_FRAME.replace("12:00:00.123", "12:00:00.223");
        assertThat(reads(next).get(0).readId()).isEqualTo(reads(ONVIF_FRAME).get(0).readId());
        String later = ONVIF_FRAME.replace("12:00:00.123", "12:00:10.123");
        assertThat(reads(later).get(0).readId()).isNotEqualTo(reads(ONVIF_FRAME).get(0).readId());
    }

    @Test
    void withoutAKeyTheMessageSaysWhichCameraItIs() throws InvalidRecordException {
        assertThat(PlateFormat.AUTO.read(utf8(ALPR_GROUP), null).get(0).deviceId())
                .isEqualTo("AGENT1-7");
        assertThat(PlateFormat.AUTO.read(utf8(AXIS_NEW), null).get(0).deviceId())
                .isEqualTo("ACCC8E000001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data_type\":\"heartbeat\",\"timestamp\":1}",
                "{\"data_type\":\"vehicle\",\"best_uuid\":\"A\"}",
                "{\"data_type\":\"alpr_results\",\"results\":[]}",
                "{\"data_type\":\"alpr_group\",\"best_plate_number\":\"\"}",
                "{\"packetCounter\":\"8\",\"datetime\":\"20260303 060000123\"}",
                "{\"carID\":\"5\",\"carState\":\"lost\",\"plateText\":\"LXF0019\"}",
                "{\"carID\":\"5\",\"carState\":\"new\",\"plateText\":\"\"}",
                "{\"carID\":\"5\",\"carState\":\"new\",\"plateText\":\"----\"}",
                "<tt:MetadataStream/>",
                "\ufeff<Frame UtcTime='...'><Object><Appearance><LicensePlateInfo><PlateNumber/></LicensePlateInfo></Appearance></Object></Frame>",
                "{\"topic\":\"onvif:Device/axis:IO/Port\",\"timestamp\":1,\"message\":{\"data\":{\"state\":\"0\"}}}",
                "{\"SensorData\":{\"@UtcTime\":\"2026-01-01T00:00:00Z\",\"Value\":1}}",
                "<Message PropertyOperation='Deleted' UtcTime='2026-01-01T00:00:00Z'><Data><SimpleItem Name='PlateNumber' Value='A1'/></Data></Message>",
                "<Message UtcTime='2026-01-01T00:00:00Z'><Data><SimpleItem Name='carID' Value='4'/>"
                        + "<SimpleItem Name='lpText' Value='A1'/><SimpleItem Name='isDetected' Value='0'/></Data></Message>",
            })
    void aGoodMessageWithoutAPlateIsNoFault(String message) throws InvalidRecordException {
        assertThat(reads(message)).isEmpty();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                broken(
                        ALPR_GROUP,
                        "91.5,\"best_r",
                        "915,\"best_r",
                        "best_confidence",
                        "915",
                        "from 0.0 to 100.0"),
                broken(
                        ALPR_GROUP,
                        "\"alpr_group\"",
                        "\"alpr_grupo\"",
                        "data_type",
                        "alpr_grupo",
                        "alpr_results"),
                broken(ALPR_GROUP, "\"data_type\"", "\"type\"", "data_type", "nothing", "required"),
                broken(
                        ALPR_GROUP,
                        "epoch_start\":1772539200000",
                        "epoch_start\":\"soon\"",
                        "epoch_start",
                        "soon",
                        "epoch"),
                broken(
                        ALPR_GROUP,
                        "\"epoch_start\"",
                        "\"x\"",
                        "epoch_start",
                        "nothing",
                        "required"),
                broken(
                        ALPR_GROUP,
                        "number\":\"LXF0019\"",
                        "number\":\"LXF0019LXF0019\"",
                        "best_plate_number",
                        "LXF0019LXF0019",
                        "1 to 12 letters"),
                broken(
                        ALPR_GROUP,
                        "\"best_plate_number\":\"LXF0019\",",
                        "\"best_plate_number\":null,\"best_plate\":null,",
                        "best_plate",
                        "second value",
                        "once"),
                broken(
                        ALPR_ALERT,
                        "\"best_confidence\":91.5,",
                        "\"best_confidence\":\"high\",",
                        "group.best_confidence",
                        "high",
                        "100.0"),
                broken(
                        ALPR_RESULTS,
                        "\"confidence\":90.0,",
                        "",
                        "results[0].confidence",
                        "nothing",
                        "required"),
                broken(
                        AXIS_NEW,
                        "\"new\"",
                        "\"parked\"",
                        "carState",
                        "parked",
                        "new, update or lost"),
                broken(AXIS_NEW, "0.875", "87.5", "plateConfidence", "87.5", "0 to 1"),
                broken(
                        AXIS_NEW,
                        "\"plateText\":\"LXF0019\",",
                        "",
                        "plateText",
                        "nothing",
                        "required"),
                broken(
                        AXIS_NEW,
                        "\"capture_timestamp\":\"1772539200123\",",
                        "",
                        "datetime",
                        "20260303 060000123",
                        "capture_timestamp beside it"),
                broken(
                        AXIS_NEW,
                        "\"1772539200123\"",
                        "\"noon\"",
                        "capture_timestamp",
                        "noon",
                        "milliseconds"),
                broken(AXIS_NEW, "\"carID\":\"501\",", "", "carID", "nothing", "required"),
                // Otherwise all vehicles of a camera would be one.
                broken(AXIS_NEW, "\"501\"", "\"\"", "carID", "\"\"", "number of the vehicle"),
                broken(
                        AXIS_EVENT_BRIDGED,
                        "\"501\"",
                        "\"\"",
                        "message.carID",
                        "\"\"",
                        "number of the vehicle"),
                broken(
                        ONVIF_FRAME,
                        "2026-03-03T12:00:00.123",
                        "03/03/2026",
                        "MetadataStream.VideoAnalytics.Frame.UtcTime",
                        "03/03/2026",
                        "UTC time"),
                broken(
                        ONVIF_FRAME,
                        "Likelihood=\"0.85\"",
                        "Likelihood=\"85\"",
                        "MetadataStream.VideoAnalytics.Frame.Object.Appearance.LicensePlateInfo.PlateNumber.Likelihood",
                        "85",
                        "0 to 1"),
                broken(ONVIF_FRAME, "</tt:Frame>", "", "value", "broken XML", "well-formed"),
                broken(
                        ONVIF_FRAME,
                        "tt:MetadataStream",
                        "tt:Capabilities",
                        "value",
                        "Capabilities",
                        "ONVIF message"),
                broken(
                        ONVIF_EVENT,
                        " UtcTime=\"2026-03-03T12:00:00.123Z\"",
                        "",
                        "NotificationMessage.Message.Message.UtcTime",
                        "nothing",
                        "required"),
                broken(
                        ONVIF_JSON_EVENT,
                        "\"LXF0019\"",
                        "\"LXF0019LXF0019\"",
                        "Data.LicensePlateInfo.LicensePlateInfo.PlateNumber",
                        "LXF0019LXF0019",
                        "1 to 12"),
                broken(
                        AXIS_EVENT_BRIDGED,
                        "update",
                        "parked",
                        "message.carState",
                        "parked",
                        "new, update or lost"),
                Arguments.of(
                        "<html><head><title>502 Bad Gateway</title></head></html>",
                        "value",
                        "an HTML page, \"502 Bad Gateway\"",
                        "an ONVIF message"),
                broken(AXIS_NEW, "\"LXF0019\"", "\"ÑÑÑ\"", "plateText", "ÑÑÑ", "1 to 12"));
    }

    private static Arguments broken(
            String message, String what, String with, String field, String got, String expected) {
        assertThat(message).contains(what);
        return Arguments.of(message.replace(what, with), field, got, expected);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenMessageIsRejectedInWordsOfItsOwnFormat(
            String message, String field, String got, String expected) {
        InvalidRecordException rejection = rejection(message);
        assertThat(rejection.field()).isEqualTo(field);
        assertThat(rejection).hasMessageContaining(got).hasMessageContaining(expected);
    }

    @Test
    void oneBadPlateRejectsTheWholeMessage() {
        assertThat(rejection(ALPR_RESULTS.replace("MUU5029", "MUU5029MUU5029")).field())
                .isEqualTo("results[2].plate");
    }

    @Test
    void onvifNeedsTheKey() {
        InvalidRecordException rejection =
                catchThrowableOfType(
                        InvalidRecordException.class,
                        () -> PlateFormat.ONVIF.read(utf8(ONVIF_FRAME), null));
        assertThat(rejection.field()).isEqualTo("key");
        assertThat(rejection).hasMessageContaining("deviceId");
    }

    @Test
    void aKeyThatIsNoIdIsRejected() {
        byte[] key = {(byte) 0xff, 7};
        InvalidRecordException rejection =
                catchThrowableOfType(
                        InvalidRecordException.class,
                        () -> PlateFormat.AXIS.read(utf8(AXIS_NEW), key));
        assertThat(rejection.field()).isEqualTo("key");
    }

    @Test
    void theNativeFormatDoesNotLookAtTheKey() throws InvalidRecordException {
        assertThat(PlateFormat.AUTO.read(utf8(NATIVE), new byte[] {(byte) 0xff})).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = PlateFormat.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void aFixedFormatRejectsEveryOther(PlateFormat fixed) throws InvalidRecordException {
        Map<PlateFormat, String> messages =
                Map.of(
                        PlateFormat.NATIVE, NATIVE,
                        PlateFormat.OPENALPR, ALPR_GROUP,
                        PlateFormat.AXIS, AXIS_NEW,
                        PlateFormat.ONVIF, ONVIF_FRAME);
        for (Map.Entry<PlateFormat, String> sent : messages.entrySet()) {
            byte[] message = utf8(sent.getValue());
            if (sent.getKey() == fixed) {
                assertThat(fixed.read(message, utf8(KEY))).hasSize(1);
            } else {
                assertThat(
                                catchThrowableOfType(
                                        InvalidRecordException.class,
                                        () -> fixed.read(message, utf8(KEY))))
                        .as("%s as %s", sent.getKey(), fixed)
                        .isNotNull();
            }
        }
    }

    private static List<PlateRead> reads(String message) throws InvalidRecordException {
        return PlateFormat.AUTO.read(utf8(message), utf8(KEY));
    }

    private static InvalidRecordException rejection(String message) {
        return catchThrowableOfType(InvalidRecordException.class, () -> reads(message));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
