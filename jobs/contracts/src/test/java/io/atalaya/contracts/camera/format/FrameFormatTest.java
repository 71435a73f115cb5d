package io.atalaya.contracts.camera.format;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.adapter.BoxUnits;
import io.atalaya.contracts.json.InvalidRecordException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Each format's message gives the frame that a person reads in it, or a fault. */
class FrameFormatTest {
    private static final byte[] KEY = "CAM-1".getBytes(StandardCharsets.UTF_8);
    private static final BoxUnits GRID = new BoxUnits(1920, 1080, 8192);
    private static final String AT = "CAM-1 2026-03-03T12:00:00.123Z ";

    private static List<String> read(String message) throws InvalidRecordException {
        return FrameText.of(frames(message, KEY, BoxUnits.DEFAULT));
    }

    private static List<CameraFrame> frames(String message, byte[] key, BoxUnits units)
            throws InvalidRecordException {
        return FrameFormat.AUTO.read(message.getBytes(StandardCharsets.UTF_8), key, units);
    }

    @Test
    void onvifIsTurnedTheRightWayUp() throws InvalidRecordException {
        assertThat(read(FrameMessages.ONVIF))
                .containsExactly(
                        AT
                                + "[12 Car 0.90 0.2500 0.2500 0.2000 0.5000 idle]"
                                + " [13 Human 0.50 0.0000 0.0000 0.0500 0.2000]"
                                + " gone:16 gone:3 gone:17",
                        "CAM-1 2026-03-03T12:00:00.523Z");
    }

    @Test
    void whatCanBeReadIsNoPageWhateverItHolds() throws InvalidRecordException {
        assertThat(
                        read(
                                "<!-- a --><Frame UtcTime='2026-03-03T12:00:00.123Z'>"
                                        + "<Extension><!-- b --><html/></Extension></Frame>"))
                .containsExactly(AT.strip());
    }

    @Test
    void onvifFramesOfOneMomentAreOne() throws InvalidRecordException {
        assertThat(read(FrameMessages.ONVIF_JSON))
                .containsExactly(
                        AT
                                + "[15 Human 0.80 0.2500 0.2500 0.2500 0.5000]"
                                + " [032e91c6 Vehicle 1.00 0.5000 0.2500 0.2500 0.5000]");
    }

    @Test
    void aTimeMayHaveBlanksAroundIt() throws InvalidRecordException {
        assertThat(read("<Frame UtcTime=' 2026-03-03T12:00:00.123Z '/>"))
                .containsExactly(AT.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-03T12:00:00,123Z", "2026-03-03 12:00:00.123"})
    void aTimeMayHaveACommaOrABlankInIt(String time) throws InvalidRecordException {
        assertThat(read("<Frame UtcTime='" + time + "'/>")).containsExactly(AT.strip());
    }

    @Test
    void onvifJsonMayKeepPrefixesAndLeaveAttributesUnmarked() throws InvalidRecordException {
        List<String> asSent = read(FrameMessages.ONVIF_JSON);
        assertThat(read(FrameMessages.ONVIF_JSON.replaceAll("\"(?=[A-Z][A-Za-z]*\":)", "\"tt:")))
                .isEqualTo(asSent);
        assertThat(read(FrameMessages.ONVIF_JSON.replace("\"@", "\""))).isEqualTo(asSent);
    }

    @Test
    void onvifClassesBeyondItsListAreInAnExtension() throws InvalidRecordException {
        String other =
                "<tt:Type>Other</tt:Type><tt:Likelihood>0.5</tt:Likelihood></tt:ClassCandidate>"
                        + "<tt:Extension><tt:OtherTypes><tt:Type>Bag</tt:Type>"
                        + "<tt:Likelihood>.75</tt:Likelihood></tt:OtherTypes></tt:Extension>";
        assertThat(
                        read(
                                FrameMessages.ONVIF.replaceFirst(
                                        "<tt:Type>Human.*?</tt:ClassCandidate>", other)))
                .first()
                .asString()
                .contains("[13 Bag 0.75 ");
    }

    @Test
    void tenThousandOnvifObjectsAreAFrame() throws InvalidRecordException {
        StringBuilder xml = new StringBuilder("<Frame UtcTime='2026-03-03T12:00:00Z'>");
        for (int i = 0; i < 10_000; i++) {
            xml.append("<Object ObjectId='").append(i).append("'><Appearance><Shape>");
            xml.append("<BoundingBox left='0' top='1' right='1' bottom='0'/>");
            xml.append("<CenterOfGravity x='0.5' y='0.5'/></Shape>");
            xml.append("<Class><Type Likelihood='1'>Human</Type></Class></Appearance></Object>");
        }
        assertThat(frames(xml.append("</Frame>").toString(), KEY, BoxUnits.DEFAULT))
                .singleElement()
                .satisfies(frame -> assertThat(frame.objects()).hasSize(10_000));
    }

    @Test
    void anOnvifGridIsReadOnlyWhereItIsSet() throws InvalidRecordException {
        assertThat(FrameText.of(frames(FrameMessages.ONVIF_GRID, KEY, GRID)))
                .containsExactly(
                        "CAM-1 2026-03-03T12:00:00Z"
                                + " [0 Unknown 1.00 0.2500 0.1250 0.2500 0.8750]"
                                + " [0/2 Unknown 1.00 0.0000 0.0000 0.5000 0.5000]");
        assertThatThrownBy(() -> read(FrameMessages.ONVIF_GRID))
                .hasMessage(
                        "Frame.Object.Appearance.Shape.BoundingBox.left: got \"2048\", expected -1 to 1,"
                                + " for the frame has no Transformation; a camera that counts pixels or a"
                                + " grid must say so there");
        assertThat(FrameText.of(frames(FrameMessages.ONVIF, KEY, GRID)))
                .isEqualTo(read(FrameMessages.ONVIF));
    }

    @Test
    void deepStreamsObjectIsAPartOfAFrame() throws InvalidRecordException {
        String seen = "partial [31 Vehicle 0.75 0.2500 0.5000 0.2500 0.2500]";
        assertThat(read(FrameMessages.DEEPSTREAM_FULL)).containsExactly(AT + seen);
        assertThat(FrameText.of(frames(FrameMessages.DEEPSTREAM_FULL, null, BoxUnits.DEFAULT)))
                .containsExactly("CAMERA_7 2026-03-03T12:00:00.123Z " + seen);
        assertThat(
                        FrameText.of(
                                frames(
                                        FrameMessages.DEEPSTREAM_FULL,
                                        KEY,
                                        new BoxUnits(960, 1080, 0))))
                .containsExactly(AT + "partial [31 Vehicle 0.75 0.5000 0.5000 0.5000 0.2500]");
    }

    @Test
    void deepStreamsSensorMayBeANumber() throws InvalidRecordException {
        for (String message :
                List.of(
                        FrameMessages.DEEPSTREAM_FULL.replace("\"CAMERA_7\"", "7"),
                        FrameMessages.DEEPSTREAM_MINIMAL.replace("\"sensor-0\"", "7"))) {
            assertThat(frames(message, null, BoxUnits.DEFAULT))
                    .singleElement()
                    .satisfies(frame -> assertThat(frame.deviceId()).isEqualTo("7"));
        }
    }

    @Test
    void fullObjectsMayBeAList() throws InvalidRecordException {
        assertThat(
                        read(
                                FrameMessages.DEEPSTREAM_FULL
                                        .replace("\"object\":{", "\"objects\":[{")
                                        .replace("\"coordinate\":{\"x\":0.0}}", "\"a\":0}]")))
                .containsExactly(AT + "[31 Vehicle 0.75 0.2500 0.5000 0.2500 0.2500]");
    }

    @Test
    void deepStreamsLinesAreAFrame() throws InvalidRecordException {
        assertThat(read(FrameMessages.DEEPSTREAM_MINIMAL))
                .containsExactly(
                        AT
                                + "#1440 [-95 Vehicle 1.00 0.2500 0.5000 0.2500 0.2500]"
                                + " [7 Person 1.00 0.0000 0.0000 0.1000 0.1000]"
                                + " [9 Unknown 0.25 0.0000 0.0000 0.0100 0.0100]");
    }

    @Test
    void metropolisIsAFrameWithoutEmptyBoxes() throws InvalidRecordException {
        assertThat(read(FrameMessages.METROPOLIS))
                .containsExactly(AT + "#6666 [3 Pallet 1.00 0.5000 0.5000 0.1000 0.1000]");
    }

    @Test
    void whatMetropolisConcludesIsNoFrame() throws InvalidRecordException {
        assertThat(read(FrameMessages.METROPOLIS_TRIPWIRE)).isEmpty();
        assertThat(read("{\"alerts\":[{\"sensorId\":\"Camera\",\"objects\":[]}]}")).isEmpty();
    }

    @Test
    void axisDescribesItsScene() throws InvalidRecordException {
        String id = "8e653185-8e54-4dca-8af1-9f7202aca120";
        assertThat(read(FrameMessages.AXIS))
                .containsExactly(AT + "[" + id + " Human 0.70 0.2500 0.5000 0.2500 0.2500]");
        assertThat(read(FrameMessages.AXIS_EMPTY)).containsExactly(AT.strip());
        String beta = AT + "[t1 Unknown 1.00 0.2500 0.5000 0.2500 0.2500] gone:t0";
        assertThat(read(FrameMessages.AXIS_BETA)).containsExactly(beta);
        assertThat(read(FrameMessages.AXIS_RECORDED)).containsExactly(beta);
        assertThat(read(FrameMessages.AXIS_EVENT)).isEmpty();
    }

    @Test
    void noFrameIsLostForWhatItNeedNotHave() throws InvalidRecordException {
        String certain = "Human 1.00 0.2500 0.5000 0.2500 0.2500]";
        assertThat(read(FrameMessages.AXIS.replace("0.7,", "70,")))
                .singleElement()
                .asString()
                .endsWith(certain);
        assertThat(read(FrameMessages.AXIS.replace("\"Human\"", '"' + "H".repeat(65) + '"')))
                .singleElement()
                .asString()
                .contains(" Unknown 0.70 ");
        assertThat(
                        read(
                                FrameMessages.ONVIF
                                        .replace("\"0.8\"", "\"80\"")
                                        .replace("\"0.9\"", "\"high\"")))
                .first()
                .asString()
                .contains("[12 Vehicle 1.00 ");
        assertThat(
                        read(
                                FrameMessages.DEEPSTREAM_MINIMAL.replaceFirst(
                                        "\"id\" *: *[^,]*,", "\"id\":{},")))
                .singleElement()
                .asString()
                .startsWith(AT + "[-95 ");
        assertThat(read(FrameMessages.NATIVE.replace(":5,", ":4294967296,")))
                .containsExactly(
                        "CAM-9 2026-03-03T12:00:00.123Z [1 Car 1.00 0.1000 0.2000 0.3000 0.4000]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":[{}]}", "[0.5]", "true", "\"high\"", "1e999", "null", "LONG"})
    void aConfidenceOrTypeOfAnyWrongKindIsLeftOut(String wrong) throws InvalidRecordException {
        String value = wrong.replace("LONG", '"' + "9".repeat(300) + '"');
        String certain = " 1.00 0.2500 0.5000 0.2500 0.2500]";
        assertThat(read(FrameMessages.DEEPSTREAM_FULL.replace("0.75", value)))
                .containsExactly(AT + "partial [31 Vehicle" + certain);
        assertThat(
                        read(
                                FrameMessages.METROPOLIS
                                        .replace(
                                                "\"confidence\":0,",
                                                "\"confidence\":" + value + ",")
                                        .replace("\"Person\"", value)))
                .containsExactly(AT + "#6666 [3 Pallet 1.00 0.5000 0.5000 0.1000 0.1000]");
        assertThat(
                        read(
                                FrameMessages.AXIS
                                        .replace("0.7,", value + ',')
                                        .replace("\"Human\"", "[true]")))
                .singleElement()
                .asString()
                .endsWith("Unknown" + certain);
    }

    @Test
    void nativeSaysItsDeviceItself() throws InvalidRecordException {
        assertThat(read(FrameMessages.NATIVE))
                .containsExactly(
                        "CAM-9 2026-03-03T12:00:00.123Z #5 [1 Car 1.00 0.1000 0.2000 0.3000 0.4000]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "<Frame><Object/></Frame>=>Frame.UtcTime: got nothing, expected a value: the field is required",
                "<Frame UtcTime='03/03/2026'/>=>Frame.UtcTime: got \"03/03/2026\", expected a UTC time",
                "<Frame UtcTime='2026-03-03T12:00:00Z'><Object><Appearance><Shape><BoundingBox left='0' top='1' right='1' bottom='0'/></Shape></Appearance></Object></Frame>=>Frame.Object.ObjectId: got nothing, expected the object's id",
                "<Frame UtcTime='2026-03-03T12:00:00Z'><Object ObjectId='1'><Appearance><Shape><BoundingBox left='0' top='1' right='x' bottom='0'/></Shape></Appearance></Object></Frame>=>Frame.Object.Appearance.Shape.BoundingBox.right: got \"x\", expected a number",
                "<Frame UtcTime='2026-03-03T12:00:00Z'><Object ObjectId='1'><Appearance><Shape><BoundingBox left='0' top='1' bottom='0'/></Shape></Appearance></Object></Frame>=>Frame.Object.Appearance.Shape.BoundingBox.right: got nothing, expected a number",
                "<Frame UtcTime='2026-03-03T12:00:00Z'><Object ObjectId='1'><Appearance><Shape><BoundingBox left='0.5' top='1' right='0' bottom='0'/></Shape></Appearance></Object></Frame>=>Frame.Object.Appearance.Shape.BoundingBox.right: got \"0\", expected more than left, 0.5",
                "<Frame UtcTime='2026-03-03T12:00:00Z'><Transformation><Scale x='0.1' y='1'/></Transformation><Object ObjectId='1'><Appearance><Shape><BoundingBox left='0' top='1' right='30' bottom='0'/></Shape></Appearance></Object></Frame>=>Frame.Object.Appearance.Shape.BoundingBox.right: got 30, which the Transformation makes 3.0, expected what it makes -1 to 1",
                "<Frame UtcTime='2026-03-03T12:00:00Z'><Transformation><Scale x='a' y='1'/></Transformation><Object ObjectId='1'><Appearance><Shape><BoundingBox left='0' top='1' right='1' bottom='0'/></Shape></Appearance></Object></Frame>=>Frame.Transformation.Scale.x: got \"a\", expected a number",
                "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Frame UtcTime='&e;'/>=>value: got ",
                "<html/>=>value: got an HTML page, without a title, expected an ONVIF message",
                "<Html5/>=>value: got an element <Html5>, expected an ONVIF message",
                "{\"@timestamp\":\"2026-03-03T12:00:00Z\",\"sensorId\":\"s\"}=>objects: got nothing, expected the objects of a frame, or object in the full schema",
                "{\"@timestamp\":\"2026-03-03T12:00:00\",\"sensorId\":\"s\",\"objects\":[]}=>@timestamp: got \"2026-03-03T12:00:00\", expected epoch milliseconds or ISO-8601 with an offset",
                "{\"sensorId\":\"s\",\"objects\":[]}=>@timestamp: got nothing",
                "{\"@timestamp\":1,\"objects\":[\"1|2|3\"]}=>objects[0]: got \"1|2|3\", expected id|left|top|right|bottom|type",
                "{\"@timestamp\":1,\"objects\":[\"1|0|0|4|4|Car\",\"2|0|0|x|4|Car\"]}=>objects[1] right: got \"x\", expected a number of pixels",
                "{\"@timestamp\":1,\"objects\":[\"|0|0|4|4|Car\"]}=>objects[0] id: got \"\", expected the object's id",
                "{\"@timestamp\":1,\"objects\":[\"1|9|0|4|4|Car\"]}=>objects[0] right: got 4.0, expected not less than the left side",
                "{\"@timestamp\":1,\"objects\":[\"1|0|0|4|2160|Car\"]}=>objects[0] bottom: got 2160.0, expected 0 to 1080, the height that is set for DeepStream's frames",
                "{\"sensor\":{},\"@timestamp\":1,\"object\":{\"id\":\"1\",\"bbox\":{\"topleftx\":1,\"toplefty\":1,\"bottomrightx\":3840}}}=>object.bbox.bottomrightx: got 3840.0, expected 0 to 1920, the width",
                "{\"sensor\":{},\"@timestamp\":1,\"object\":{\"id\":\"1\",\"bbox\":{\"topleftx\":1,\"toplefty\":1,\"bottomrightx\":38}}}=>object.bbox.bottomrighty: got nothing",
                "{\"sensorId\":\"\",\"@timestamp\":1,\"objects\":[{\"id\":\"1\",\"bbox\":{\"left\":1,\"top\":1,\"width\":2,\"height\":2}}]}=>objects[0].bbox.topleftx: got nothing, expected a value",
                "{\"sensorId\":\"s\",\"timestamp\":1,\"objects\":[{\"id\":\"1\",\"bbox\":{\"leftX\":5,\"topY\":1,\"rightX\":4,\"bottomY\":2}}]}=>objects[0].bbox.rightX: got 4.0, expected not less than the left side",
                "{\"sensorId\":\"s\",\"timestamp\":1,\"objects\":[{\"bbox\":{\"leftX\":1,\"topY\":1,\"rightX\":4,\"bottomY\":2}}]}=>objects[0].id: got nothing, expected the object's id",
                "{\"channel_id\":1,\"detections\":[]}=>timestamp: got nothing",
                "{\"channel_id\":1,\"timestamp\":\"2026-03-03T12:00:00\"}=>timestamp: got \"2026-03-03T12:00:00\", expected epoch milliseconds or ISO-8601 with an offset",
                "{\"channel_id\":1,\"timestamp\":1,\"detections\":[{\"object_track_id\":\"a\"}]}=>detections[0].bounding_box: got nothing",
                "{\"channel_id\":1,\"timestamp\":1,\"detections\":[{\"object_track_id\":\"a\",\"bounding_box\":{\"left\":0.1,\"right\":540,\"top\":0.1,\"bottom\":0.2}}]}=>detections[0].bounding_box.right: got \"540\", expected a number from -0.5 to 1.5",
                "{\"channel_id\":1,\"timestamp\":1,\"detections\":[{\"bounding_box\":{\"left\":0.1,\"right\":0.2,\"top\":0.1,\"bottom\":0.2}}]}=>detections[0].track_id: got nothing, expected the object's id",
                "{\"frame\":{\"timestamp\":1,\"observations\":[{\"track_id\":\"a\",\"bounding_box\":{\"left\":0.3,\"right\":0.2,\"top\":0.1,\"bottom\":0.2}}]}}=>frame.observations[0].bounding_box.right: got 0.2, expected not less than left, 0.3",
                "{\"payload\":{}}=>frame: got nothing, expected a scene description",
                "{\"time\":1}=>deviceId: got nothing",
            })
    void saysWhatIsWrong(String message, String reason) {
        assertThatThrownBy(() -> read(message))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(reason)
                .hasMessageContaining("expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {FrameMessages.ONVIF_JSON, FrameMessages.AXIS, FrameMessages.AXIS_BETA})
    void whatDoesNotSayWhereItIsFromNeedsAKey(String message) {
        assertThatThrownBy(() -> frames(message, null, BoxUnits.DEFAULT))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith("key: got nothing, expected the camera's deviceId");
    }

    @Test
    void aSetFormatRejectsTheOthers() {
        byte[] message = FrameMessages.NATIVE.getBytes(StandardCharsets.UTF_8);
        for (FrameFormat format :
                List.of(FrameFormat.ONVIF, FrameFormat.DEEPSTREAM, FrameFormat.AXIS)) {
            assertThatThrownBy(() -> format.read(message, KEY, BoxUnits.DEFAULT))
                    .as(format.name())
                    .isInstanceOf(InvalidRecordException.class);
        }
    }

    @Test
    void depthAndNumberOfElementsAreBounded() {
        assertThatThrownBy(() -> read("<Frame>".repeat(70) + "</Frame>".repeat(70)))
                .hasMessageStartingWith("value: got elements nested deeper than 64");
        assertThatThrownBy(() -> read("<Frame>" + "<Object/>".repeat(150_001) + "</Frame>"))
                .hasMessageStartingWith("value: got more than 150000 elements");
    }

    @Test
    void unitsOutOfRangeAreNamedTogether() {
        assertThatThrownBy(() -> new BoxUnits(0, 70_000, -1))
                .hasMessage(
                        "units of boxes: frameWidth: got 0, expected 1 to 65535; frameHeight: got"
                                + " 70000, expected 1 to 65535; onvifGrid: got -1, expected 0 to 65535");
    }
}
