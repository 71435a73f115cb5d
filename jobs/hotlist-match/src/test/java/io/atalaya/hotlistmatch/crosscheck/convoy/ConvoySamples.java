package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.AlertSamples;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyCase.ConvoyKey;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoyCase.EmittedConvoy;
import io.atalaya.hotlistmatch.event.AssignedTag;
import io.atalaya.hotlistmatch.event.DeviceVehicleRead;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.ListedPassages;
import io.atalaya.hotlistmatch.event.ReadOrigin;
import io.atalaya.hotlistmatch.event.VehicleRead;
import io.atalaya.hotlistmatch.event.VehicleTag;
import io.atalaya.testutils.SerializerSample;

import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;

/** Samples for the serializers of convoys. */
public final class ConvoySamples {
    private static final VehicleRead READ =
            new VehicleRead("R-1", "R-1", "PUF-719-L", NOON, NOON + 400, Compass.NW);
    private static final VehicleRead REVISION =
            new VehicleRead("Ñ-2", "R-1", "PUF-719-I", NOON, NOON + 900, null);
    private static final VehicleRead END =
            new VehicleRead("R-1", "R-1", null, NOON, NOON + 900, null);
    private static final AssignedTag STAY =
            new AssignedTag("T-1", new VehicleTag("E2801160", "NKR-48-16"), 1, NOON + 2_500);
    private static final AssignedTag LEFT = new AssignedTag("T-1", null, 300, NOON + 2_500);
    private static final VehicleRead TAG = VehicleRead.assignment("R-1", NOON, STAY);
    private static final VehicleRead UNTAGGED = VehicleRead.assignment("R-1", NOON, LEFT);
    private static final ReadOrigin LISTED =
            new ReadOrigin("ARCO-1", false, new RecordPosition(2, 300));
    private static final ReadOrigin TAG_READ = new ReadOrigin("A", true, RecordPosition.UNKNOWN);
    private static final ListedPassage FULL =
            new ListedPassage(
                    "MX-15-0001",
                    "ARCO-1/R-9",
                    true,
                    false,
                    41,
                    "NKR4816",
                    List.of("NKR4816", "NKR-48-16"),
                    "ARCO-1",
                    "R-10",
                    NOON,
                    NOON + 300,
                    NOON + 500,
                    Compass.SE,
                    0.982,
                    "s3://plates/R-10.jpg",
                    List.of("E2801160", "REP771"),
                    true,
                    List.of("unidad-7"),
                    LISTED);
    private static final ListedPassage BARE =
            new ListedPassage(
                    "E", "A/1", false, true, 0, "", List.of(), "A", "1", NOON, NOON, NOON, null,
                    0.05, null, List.of(), false, List.of(), TAG_READ);
    private static final NearbyRead NOT_RETRACTED =
            NearbyRead.of(READ, NearbyRead.NOT_RETRACTED, List.of());
    private static final NearbyRead RETRACTION = NearbyRead.of(REVISION, NOON + 60_000, List.of());

    private static final NearbyRead CARRIES =
            NearbyRead.of(READ, NearbyRead.NOT_RETRACTED, List.of(STAY));

    private ConvoySamples() {}

    public static List<SerializerSample<?>> samples() {
        ConvoyKey key = new ConvoyKey(41, 77, "ARCO-1/R-9", NOON, NOON + 500, "ARCO-3", NOON + 700);
        CrossCheckFinding emitted =
                new CrossCheckFinding(
                        AlertSamples.ofEveryKind().get(3),
                        List.of("PUF719L"),
                        List.of(),
                        NOON,
                        LISTED);
        ConvoyCase convoys =
                new ConvoyCase(
                        List.of(
                                new PassageNeighbourhood(
                                        FULL, 12, List.of(NOT_RETRACTED, RETRACTION, CARRIES)),
                                new PassageNeighbourhood(BARE, 0, List.of())),
                        List.of(new EmittedConvoy(key, NOON + 9, emitted)));
        return List.of(
                SerializerSample.of(AssignedTag.class, STAY, LEFT),
                SerializerSample.of(VehicleRead.class, READ, REVISION, END, TAG, UNTAGGED),
                SerializerSample.of(
                        DeviceVehicleRead.class,
                        new DeviceVehicleRead("ARCO-1", TAG, new RecordPosition(1, 2_000))),
                SerializerSample.of(ListedPassage.class, FULL, BARE),
                SerializerSample.of(
                        ListedPassages.class,
                        new ListedPassages(List.of(FULL, BARE)),
                        ListedPassages.NONE),
                SerializerSample.of(NearbyRead.class, NOT_RETRACTED, RETRACTION, CARRIES),
                SerializerSample.of(
                        ConvoyEvent.class,
                        new ConvoyEvent.NeighbourhoodFound(
                                FULL, 12, List.of(NOT_RETRACTED, RETRACTION, CARRIES)),
                        new ConvoyEvent.ReadJoined("MX-15-0001", "ARCO-1/R-9", CARRIES, LISTED)),
                SerializerSample.of(ConvoyCase.class, convoys, ConvoyCase.EMPTY));
    }
}
