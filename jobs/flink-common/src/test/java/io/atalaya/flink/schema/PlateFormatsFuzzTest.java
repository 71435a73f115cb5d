package io.atalaya.flink.schema;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.format.PlateFormat;
import io.atalaya.contracts.plate.format.VendorMessages;
import io.atalaya.contracts.schema.Payloads;
import io.atalaya.fuzzing.FuzzTarget;
import io.atalaya.fuzzing.FuzzTest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Every format of plate reads; the native one through format detection. */
class PlateFormatsFuzzTest extends FuzzTest {
    private static final byte[] KEY = "ARCH-1".getBytes(StandardCharsets.UTF_8);

    @Override
    public List<FuzzTarget<?>> targets() {
        return List.of(
                target("plates-native", PlateFormat.AUTO, "native"),
                target("plates-openalpr", PlateFormat.OPENALPR, "alpr", "openalpr"),
                target("plates-axis", PlateFormat.AXIS, "axis", "axis"),
                target(
                        "plates-onvif",
                        PlateFormat.ONVIF,
                        "onvif",
                        "onvif/vendor-samples",
                        "onvif/core-spec-event-samples"));
    }

    private static FuzzTarget<List<PlateRead>> target(
            String name, PlateFormat format, String messages, String... payloads) {
        return new FuzzTarget<>(
                name,
                message -> format.read(message, KEY),
                InvalidRecordException.class,
                reads -> {
                    for (PlateRead read : reads) {
                        TopicCodec.PLATE_READS.verify(read);
                    }
                },
                () -> {
                    List<byte[]> seeds = new ArrayList<>(Payloads.in(payloads));
                    VendorMessages.all().entrySet().stream()
                            .filter(message -> message.getKey().startsWith(messages))
                            .map(message -> message.getValue().getBytes(StandardCharsets.UTF_8))
                            .forEach(seeds::add);
                    if (format == PlateFormat.AUTO) {
                        seeds.addAll(TopicCodec.PLATE_READS.target().seeds().call());
                    }
                    return seeds;
                });
    }
}
