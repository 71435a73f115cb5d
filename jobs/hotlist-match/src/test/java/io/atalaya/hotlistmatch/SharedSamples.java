package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.device.Zone;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.testutils.SerializerSample;

import java.util.List;
import java.util.Map;

/** Samples for the shared serializers, which this job's state uses. */
public final class SharedSamples {
    /** 2026-03-03T12:00:00Z. */
    public static final long NOON = 1_772_539_200_000L;

    /** The default filter adds megabytes of zeros to every checkpoint. */
    static final Map<String, String> SMALL_PREFILTER = Map.of("prefilter.capacity", "4096");

    public static final Vehicle VEHICLE = new Vehicle("NISSAN", "Tsuru", "WHITE", "CAR", 0.75);

    /** Every field set. */
    public static final HotlistEntry FULL_ENTRY =
            new HotlistEntry(
                    "MX-15-0001",
                    "NKR-48-16",
                    null,
                    "E2801160",
                    "MX",
                    "MEX",
                    "STOLEN_VEHICLE",
                    "TOL/FRV/123/2026",
                    "FGJEM",
                    "robados",
                    80,
                    NOON,
                    NOON + 1,
                    VEHICLE,
                    new Scope(
                            List.of("TOLUCA"),
                            List.of("ARCO-1", "ARCO-2"),
                            List.of(Compass.N, Compass.NW)),
                    MatchMode.CONFUSABLE,
                    true,
                    List.of("unidad-7"));

    /** Every optional field is absent, and the text has characters beyond ASCII. */
    public static final HotlistEntry BARE_ENTRY =
            new HotlistEntry(
                    "Ñ-2",
                    null,
                    "AB?12*",
                    null,
                    null,
                    null,
                    "INTEREST",
                    "2",
                    "Fiscalía",
                    null,
                    0,
                    null,
                    null,
                    null,
                    Scope.EVERYWHERE,
                    MatchMode.FUZZY,
                    false,
                    List.of());

    public static final PlateRead FULL_READ =
            new PlateRead(
                    "R-2",
                    "ARCO-1",
                    3,
                    NOON,
                    "NKR-4B-16",
                    0.953,
                    List.of(new Candidate("NKR-48-16", 0.4), new Candidate("NKR-43-16", 0.1)),
                    "MX",
                    "MEX",
                    Compass.SE,
                    71.4,
                    VEHICLE,
                    null,
                    "s3://plates/R-2.jpg",
                    "R-1",
                    false);

    public static final PlateRead WITHDRAWAL =
            new PlateRead(
                    "R-2", "ARCO-1", null, NOON, null, 0, List.of(), null, null, null, null, null,
                    null, null, null, true);

    private static final Device ARCH =
            new Device(
                    "ARCO-1",
                    Device.Kind.ARCH,
                    "TOLUCA",
                    "Metepec",
                    19.25112,
                    -99.60455,
                    45.0,
                    4,
                    25.0,
                    "America/Mexico_City");
    private static final Device BUTTON =
            new Device("B-1", Device.Kind.BUTTON, null, null, null, null, null, null, null, null);

    private static final Device CAMERA =
            new Device(
                    "CAM-1",
                    Device.Kind.CAMERA,
                    "TOLUCA",
                    null,
                    null,
                    null,
                    null,
                    null,
                    2.0,
                    null,
                    List.of(
                            new Zone(
                                    "patio",
                                    Zone.Kind.RESTRICTED,
                                    List.of(
                                            new Zone.Point(0, 0.5f),
                                            new Zone.Point(0.25f, 0.5f),
                                            new Zone.Point(0.25f, 1))),
                            new Zone(
                                    "reja",
                                    Zone.Kind.LINE,
                                    List.of(new Zone.Point(0, 0), new Zone.Point(1, 0.75f)))));

    private static final RawRecord RECORD =
            new RawRecord(
                    "plate-reads",
                    2,
                    77,
                    NOON,
                    new byte[] {1, -1},
                    new byte[] {'{'},
                    List.of(
                            new RawRecord.RawHeader("trace", new byte[] {9}),
                            new RawRecord.RawHeader("empty", null)));

    private SharedSamples() {}

    static List<SerializerSample<?>> samples() {
        return List.of(
                SerializerSample.of(
                        Vehicle.class, VEHICLE, new Vehicle(null, null, null, null, null)),
                SerializerSample.of(HotlistEntry.class, FULL_ENTRY, BARE_ENTRY),
                SerializerSample.of(PlateRead.class, FULL_READ, WITHDRAWAL),
                SerializerSample.of(Device.class, ARCH, BUTTON, CAMERA),
                SerializerSample.of(
                        DeviceChange.class,
                        new DeviceChange("CAM-1", CAMERA, NOON, new RecordPosition(0, 81_234)),
                        new DeviceChange("B-1", null, NOON)),
                SerializerSample.of(
                        DeviceHistory.class,
                        new DeviceHistory(
                                List.of(
                                        new DeviceHistory.Registration(NOON, ARCH),
                                        new DeviceHistory.Registration(NOON + 1, CAMERA),
                                        new DeviceHistory.Registration(NOON + 2, null)))),
                SerializerSample.of(
                        RawRecord.class,
                        RECORD,
                        new RawRecord("hotlist", 0, 0, NOON, null, null, List.of())),
                SerializerSample.of(
                        DeadLetter.class,
                        DeadLetter.invalid(RECORD, "plate", "plate: got '', expected a plate")),
                new SerializerSample<>(Alert.class, AlertSamples.ofEveryKind()));
    }
}
