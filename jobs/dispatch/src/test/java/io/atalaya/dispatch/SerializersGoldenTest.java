package io.atalaya.dispatch;

import io.atalaya.contracts.dispatch.Call;
import io.atalaya.contracts.dispatch.CallCodec;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.warning.PublicWarning;
import io.atalaya.dispatch.device.DeviceState;
import io.atalaya.dispatch.device.DeviceSupervisor;
import io.atalaya.dispatch.device.Heard;
import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.evidence.SenderState;
import io.atalaya.dispatch.exchange.AgencyState;
import io.atalaya.dispatch.exchange.SharingState;
import io.atalaya.dispatch.fusion.IncidentEvent;
import io.atalaya.dispatch.incident.IncidentInput;
import io.atalaya.dispatch.incident.StoredFormsTest;
import io.atalaya.dispatch.outreach.OutreachSamples;
import io.atalaya.dispatch.policy.PolicyUpdate;
import io.atalaya.dispatch.source.DeviceMessage;
import io.atalaya.dispatch.source.SourceMessage;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.testutils.GoldenSerializers;
import io.atalaya.testutils.SerializerSample;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

class SerializersGoldenTest extends GoldenSerializers {
    private static final long TIME = 1_772_539_200_000L;

    /** Fixed, because the golden bytes must not change with the shipped policy. */
    private static final PolicyUpdate UPDATE =
            new PolicyUpdate(
                    Map.of("policy", "version: 1\n"), false, TIME, new RecordPosition(0, 7));

    private static final String WARNING =
            "{\"identifier\":\"W-1\",\"sender\":\"cires.org.mx\",\"sent\":%d,\"status\":\"Actual\",\"msgType\":\"Alert\","
                    + "\"scope\":\"Public\",\"infos\":[{\"language\":\"es-MX\",\"event\":\"Sismo\",\"category\":[\"Geo\"],\"urgency\":\"Immediate\","
                    + "\"severity\":\"Severe\",\"certainty\":\"Observed\"}]}";

    SerializersGoldenTest() throws InvalidRecordException {
        super("jobs/dispatch", all(), type -> type.getName().startsWith("io.atalaya.dispatch"));
    }

    /** The state formats in a savepoint. */
    static List<String> savepointFormats() throws InvalidRecordException {
        return Stream.concat(lines(all().stream()).stream(), StoredFormsTest.types().stream())
                .toList();
    }

    private static List<SerializerSample<?>> all() throws InvalidRecordException {
        DeviceEvent press =
                DeviceEvent.CODEC.read(DispatchScenario.press("E-1", "PRESS", TIME).value());
        DeviceSupervisor.Result supervised =
                new DeviceSupervisor(TestPolicy.withPolygons(), Heard.NOTHING)
                        .onEvent(null, press, TIME, null);
        PublicWarning warning = PublicWarning.CODEC.read(utf8(WARNING.formatted(TIME)));
        Evidence evidence = evidence();
        SenderState sender =
                new SenderState(
                        List.of(new SenderState.Seen("W-1", TIME)),
                        List.of(new SenderState.Series(List.of("W-1"), TIME, false, evidence)));
        Call call = CallCodec.read(DispatchScenario.call("C-1", "30101", TIME).value());
        TopicRecord device = DispatchScenario.before(TIME).get(0);
        DeviceChange change =
                DeviceChange.read(
                        new RawRecord(
                                device.topic(),
                                1,
                                2,
                                TIME,
                                utf8(device.key()),
                                device.value(),
                                List.of()));
        List<SerializerSample<?>> samples = new ArrayList<>(OutreachSamples.all(change, UPDATE));
        samples.addAll(
                List.of(
                        SerializerSample.of(PolicyUpdate.class, UPDATE),
                        SerializerSample.of(DeviceState.class, supervised.state()),
                        SerializerSample.of(
                                IncidentInput.Waiting.class,
                                waiting(new IncidentInput.Found(evidence)),
                                waiting(new IncidentInput.Withdrawn(evidence)),
                                waiting(new IncidentInput.Retracted("alert:A-1", 2))),
                        SerializerSample.of(Heard.class, new Heard(TIME, 1, 2, -1)),
                        SerializerSample.of(SenderState.class, sender),
                        SerializerSample.of(
                                AgencyState.class,
                                new AgencyState(
                                        Map.of("M-1", TIME / 1000),
                                        Map.of("E-1", TIME / 1000),
                                        Map.of("I-1", new AgencyState.Report(TIME, TIME / 1000)))),
                        SerializerSample.of(
                                SharingState.class,
                                new SharingState(
                                        utf8("{}"),
                                        List.of("I-2"),
                                        TIME,
                                        Map.of(
                                                "c5.cdmx.example",
                                                new SharingState.LastMessage(TIME, "3f")))),
                        SerializerSample.of(
                                DeviceMessage.class,
                                new DeviceMessage.Happened(press, TIME, new RecordPosition(0, 1)),
                                new DeviceMessage.Registered(change)),
                        new SerializerSample<>(
                                SourceMessage.class,
                                Stream.of(
                                                new SourceMessage.OfCall(call),
                                                new SourceMessage.OfWarning(warning),
                                                new SourceMessage.OfNational(
                                                        new RawRecord(
                                                                Topics.NATIONAL_INBOUND,
                                                                0,
                                                                1,
                                                                TIME,
                                                                utf8("c5.cdmx.example"),
                                                                utf8("{}"),
                                                                List.of())),
                                                new SourceMessage.OfDevice(change),
                                                new SourceMessage.OfPolicy(UPDATE))
                                        .map(
                                                content ->
                                                        new SourceMessage(
                                                                TIME,
                                                                address(Topics.CALLS),
                                                                content))
                                        .toList()),
                        new SerializerSample<>(
                                IncidentInput.class,
                                contents(evidence).stream()
                                        .map(
                                                content ->
                                                        new IncidentInput(
                                                                TIME,
                                                                address(Topics.DEVICE_EVENTS),
                                                                content))
                                        .toList())));
        return samples;
    }

    private static IncidentInput.Waiting waiting(IncidentInput.OfEvidence content) {
        return new IncidentInput.Waiting(TIME, address(Topics.ALERTS), content);
    }

    private static Evidence evidence() {
        return new Evidence(
                new IncidentEvent(
                        "alert:A",
                        "stolen-vehicle",
                        IncidentEvent.Subject.VEHICLE,
                        TIME,
                        new Place(19.29, -99.65, 20),
                        Set.of("plate:NKR4816", "entry:E"),
                        false,
                        false,
                        "E [chief]"),
                TIME,
                Topics.ALERTS,
                "hotlist-match",
                new Evidence.AlertReference("A", "E", "daily", "NKR4816"),
                new Text.Translation("Vehículo robado", "Stolen vehicle"),
                new Evidence.Origin("ARCH-7", "TOLUCA", "Toluca", null, false),
                new Evidence.Weight(0.9, 80, false, 1, false),
                0,
                null,
                List.of("chief"));
    }

    private static List<IncidentInput.Content> contents(Evidence evidence)
            throws InvalidRecordException {
        DispatchResponse response =
                DispatchResponse.CODEC.read(
                        DispatchScenario.response("R", "I", 1, "{\"type\":\"ACCEPT\"}", TIME)
                                .value());
        return List.of(
                new IncidentInput.Found(evidence),
                new IncidentInput.Withdrawn(evidence.withdrawn()),
                new IncidentInput.Responded(response),
                new IncidentInput.Present(
                        SitePresence.CODEC.read(DispatchScenario.presence("TOLUCA", TIME).value())),
                new IncidentInput.Muted("M", null),
                new IncidentInput.Muted(
                        "M",
                        new Mute(
                                "M",
                                new Mute.Matcher(null, "crowd", null, null, null, null),
                                "jperez",
                                "feria",
                                "C-1",
                                TIME,
                                TIME + 1)),
                new IncidentInput.Delivered(
                        new Delivery("D", "cad", "I", 1, Delivery.Result.DELIVERED, null, TIME)),
                new IncidentInput.Governed(UPDATE));
    }

    private static RecordAddress address(String topic) {
        return new RecordAddress(topic, 0, 1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
