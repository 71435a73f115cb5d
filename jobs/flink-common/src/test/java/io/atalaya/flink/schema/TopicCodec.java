package io.atalaya.flink.schema;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Call;
import io.atalaya.contracts.dispatch.CallCodec;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Drone;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.dispatch.NationalContent;
import io.atalaya.contracts.dispatch.NationalMessage;
import io.atalaya.contracts.dispatch.PolicyAnswer;
import io.atalaya.contracts.dispatch.PolicyRequest;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.model.ModelControl;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.rfid.RfidReadCodec;
import io.atalaya.contracts.schema.TopicSchema;
import io.atalaya.contracts.warning.PublicWarning;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.fuzzing.FuzzTarget;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The codec, schema and serializer of one topic's records.
 *
 * @param binary null where the type is on no edge and in no state
 */
public record TopicCodec<T>(
        TopicSchema schema,
        FuzzTarget.Reader<T> reader,
        Function<T, byte[]> writer,
        RecordSerializer<T> binary) {
    private static final double ROUNDED = 1e-6;

    /** Serializers keep boxes as floats, confidences in six decimals, and no images. */
    private static final RecursiveComparisonConfiguration AS_KEPT =
            RecursiveComparisonConfiguration.builder()
                    .withEqualsForType(
                            (a, b) -> Math.abs(a - b) <= ROUNDED * Math.max(1, Math.abs(b)),
                            Double.class)
                    .withIgnoredFields("plateImage")
                    .build();

    /** JSON does not say that an image was too large. */
    private static final RecursiveComparisonConfiguration AS_WRITTEN =
            RecursiveComparisonConfiguration.builder()
                    .withEqualsForFields(
                            (read, written) ->
                                    Objects.equals(read, written)
                                            || read == null
                                                    && PlateRead.IMAGE_TOO_LARGE.equals(written),
                            "plateImage")
                    .build();

    public static final TopicCodec<PlateRead> PLATE_READS =
            new TopicCodec<>(
                    TopicSchema.PLATE_READS,
                    PlateReadCodec::read,
                    PlateReadCodec::write,
                    RecordSerializer.of(PlateRead.class));

    public static final TopicCodec<CameraFrame> CAMERA_FRAMES =
            new TopicCodec<>(
                    TopicSchema.CAMERA_FRAMES,
                    CameraFrameCodec::read,
                    CameraFrameCodec::write,
                    RecordSerializer.of(CameraFrame.class));

    static final TopicCodec<RfidRead> RFID_READS =
            new TopicCodec<>(
                    TopicSchema.RFID_READS,
                    RfidReadCodec::read,
                    RfidReadCodec::write,
                    RecordSerializer.of(RfidRead.class));

    static final TopicCodec<HotlistEntry> HOTLIST =
            new TopicCodec<>(
                    TopicSchema.HOTLIST,
                    HotlistEntryCodec::read,
                    HotlistEntryCodec::write,
                    RecordSerializer.of(HotlistEntry.class));

    static final TopicCodec<Device> DEVICES =
            new TopicCodec<>(
                    TopicSchema.DEVICES,
                    Device.CODEC::read,
                    Device.CODEC::write,
                    RecordSerializer.of(Device.class));

    static final TopicCodec<Disposition> DISPOSITIONS =
            new TopicCodec<>(
                    TopicSchema.DISPOSITIONS,
                    Disposition.CODEC::read,
                    Disposition.CODEC::write,
                    null);

    static final TopicCodec<ModelControl> MODEL_CONTROL =
            new TopicCodec<>(
                    TopicSchema.MODEL_CONTROL,
                    ModelControl.CODEC::read,
                    ModelControl.CODEC::write,
                    null);

    static final TopicCodec<ModelAnswer> MODEL_ANSWERS =
            new TopicCodec<>(
                    TopicSchema.MODEL_ANSWERS,
                    ModelAnswer.CODEC::read,
                    ModelAnswer.CODEC::write,
                    null);

    static final TopicCodec<DeviceEvent> DEVICE_EVENTS =
            new TopicCodec<>(
                    TopicSchema.DEVICE_EVENTS,
                    DeviceEvent.CODEC::read,
                    DeviceEvent.CODEC::write,
                    null);

    static final TopicCodec<Call> CALLS =
            new TopicCodec<>(TopicSchema.CALLS, CallCodec::read, CallCodec::write, null);

    static final TopicCodec<Drone> DRONES =
            new TopicCodec<>(TopicSchema.DRONES, Drone.CODEC::read, Drone.CODEC::write, null);

    static final TopicCodec<PublicWarning> PUBLIC_WARNINGS =
            new TopicCodec<>(
                    TopicSchema.PUBLIC_WARNINGS,
                    PublicWarning.CODEC::read,
                    PublicWarning.CODEC::write,
                    null);

    static final TopicCodec<DispatchResponse> DISPATCH_RESPONSES =
            new TopicCodec<>(
                    TopicSchema.DISPATCH_RESPONSES,
                    DispatchResponse.CODEC::read,
                    DispatchResponse.CODEC::write,
                    null);

    static final TopicCodec<SitePresence> SITE_PRESENCE =
            new TopicCodec<>(
                    TopicSchema.SITE_PRESENCE,
                    SitePresence.CODEC::read,
                    SitePresence.CODEC::write,
                    null);

    static final TopicCodec<Delivery> DELIVERIES =
            new TopicCodec<>(
                    TopicSchema.DELIVERIES, Delivery.CODEC::read, Delivery.CODEC::write, null);

    static final TopicCodec<Mute> MUTES =
            new TopicCodec<>(TopicSchema.MUTES, Mute.CODEC::read, Mute.CODEC::write, null);

    static final TopicCodec<PolicyRequest> POLICY =
            new TopicCodec<>(
                    TopicSchema.POLICY,
                    PolicyRequest.CODEC::read,
                    PolicyRequest.CODEC::write,
                    null);

    static final TopicCodec<PolicyAnswer> POLICY_ANSWERS =
            new TopicCodec<>(
                    TopicSchema.POLICY_ANSWERS,
                    PolicyAnswer.CODEC::read,
                    PolicyAnswer.CODEC::write,
                    null);

    static final TopicCodec<Alert> ALERTS =
            new TopicCodec<>(
                    TopicSchema.ALERTS,
                    message -> AlertCodec.read(message, 0),
                    AlertCodec::write,
                    RecordSerializer.of(Alert.class));

    static final TopicCodec<Incident> INCIDENTS =
            new TopicCodec<>(
                    TopicSchema.INCIDENTS, Incident.CODEC::read, Incident.CODEC::write, null);

    static final TopicCodec<DispatchMessage> DISPATCH =
            new TopicCodec<>(
                    TopicSchema.DISPATCH,
                    DispatchMessage.CODEC::read,
                    DispatchMessage.CODEC::write,
                    null);

    static final TopicCodec<NationalMessage> NATIONAL_EXCHANGE =
            new TopicCodec<>(
                    TopicSchema.NATIONAL_EXCHANGE,
                    NationalMessage.CODEC::read,
                    NationalMessage.CODEC::write,
                    null);

    static final TopicCodec<NationalContent> NATIONAL_CONTENT =
            new TopicCodec<>(
                    TopicSchema.NATIONAL_CONTENT,
                    NationalContent.CODEC::read,
                    NationalContent.CODEC::write,
                    null);

    static final TopicCodec<Decision> DECISIONS =
            new TopicCodec<>(
                    TopicSchema.DECISIONS, Decision.CODEC::read, Decision.CODEC::write, null);

    /** Checks that the record is valid by the schema, and equal after codec and serializer. */
    public void verify(T value) throws Exception {
        byte[] json = writer.apply(value);
        assertThat(schema.faults(new String(json, StandardCharsets.UTF_8))).isEmpty();
        T read = reader.read(json);
        if (!read.equals(value)) {
            assertThat(read)
                    .as("read again from JSON")
                    .usingRecursiveComparison(AS_WRITTEN)
                    .isEqualTo(value);
        }
        if (binary != null) {
            DataOutputSerializer out = new DataOutputSerializer(512);
            binary.write(value, out);
            DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
            T again = binary.read(in);
            if (!again.equals(value)) {
                assertThat(again)
                        .as("read again from the binary form")
                        .usingRecursiveComparison(AS_KEPT)
                        .isEqualTo(value);
            }
            assertThat(in.available()).as("bytes left of the binary form").isZero();
        }
    }

    /** The topic's own messages. */
    public FuzzTarget<T> target() {
        return new FuzzTarget<>(
                schema.topic(), reader, InvalidRecordException.class, this::verify, this::seeds);
    }

    private List<byte[]> seeds() throws Exception {
        return schema.samples().stream()
                .map(sample -> sample.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
