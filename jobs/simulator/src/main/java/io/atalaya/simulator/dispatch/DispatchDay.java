package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.simulator.RecordingWriter;
import io.atalaya.simulator.random.SeededRandom;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A simulated day of dispatch.
 *
 * @param records in order of arrival; devices come before the day
 * @param truth what really happened
 */
public record DispatchDay(List<TopicRecord> records, List<TrueIncident> truth) {
    /** The whole year, since 2022. */
    static final ZoneOffset LOCAL = ZoneOffset.ofHours(-6);

    private static final long DEVICES_BEFORE_MS = 600_000;

    /** Generates a day. The same options give the same records. */
    public static DispatchDay generate(DispatchOptions options) {
        SeededRandom random = new SeededRandom(options.seed());
        SourceRecords records = new SourceRecords();
        Towns towns = new Towns(options.seed(), options.start(), random.split());
        Buttons buttons = new Buttons(towns, options.buttons(), random.split());
        List<List<Device>> devices = List.of(towns.arches(), towns.cameras(), buttons.devices());
        devices.forEach(each -> records.register(each, options.start() - DEVICES_BEFORE_MS));
        new CentreRecords(options, towns, records, random.split()).add();
        new CallScenarios(options, towns, records, random.split()).add();
        new ButtonScenarios(options, buttons, records, random.split()).add();
        new CameraScenarios(options, towns, records, random.split()).add();
        new WarningScenarios(options, records).add();
        VehicleScenarios vehicles =
                new VehicleScenarios(
                        options, towns, records, random.split(), random.split(), random.split());
        vehicles.add();
        if (options.hasCovert()) {
            vehicles.addCovert();
        }
        return new DispatchDay(records.byArrival(), records.truth());
    }

    /** The same day with more records. */
    public DispatchDay with(List<TopicRecord> more) {
        return new DispatchDay(
                Stream.concat(records.stream(), more.stream())
                        .sorted(Comparator.comparingLong(TopicRecord::timestamp))
                        .toList(),
                truth);
    }

    /** Writes a recording for {@code scripts/replay}, and {@value TrueIncident#FILE}. */
    public void write(Path directory) throws IOException {
        try (RecordingWriter recording = new RecordingWriter(directory)) {
            for (TopicRecord each : records) {
                recording.write(each);
            }
        }
        TrueIncident.write(directory.resolve(TrueIncident.FILE), truth);
    }

    /** The local hour of a time. */
    static int hour(long time) {
        return Instant.ofEpochMilli(time).atOffset(LOCAL).getHour();
    }
}
