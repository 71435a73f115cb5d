package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CloneEvidence;
import io.atalaya.contracts.alert.ConvoyEvidence;
import io.atalaya.contracts.alert.Evidence;
import io.atalaya.contracts.alert.HotlistEvidence;
import io.atalaya.contracts.alert.MismatchEvidence;
import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.contracts.text.Text;

import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.FULL_ENTRY;
import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static io.atalaya.hotlistmatch.SharedSamples.VEHICLE;

/** An alert with each kind of evidence. */
public final class AlertSamples {
    private static final List<String> READS = List.of("R-1", "R-2");
    private static final List<String> IMAGES = List.of("s3://plates/R-2.jpg");
    private static final List<ScoreContribution> PARTS =
            List.of(
                    new ScoreContribution(
                            "characters", 4.25, new Text.Translation("B por 8", "B for 8")),
                    new ScoreContribution(
                            "gap", 1.5, Message.of(MessageCode.GAP_CHANGES, 3, 2.5, 38.4)));
    private static final HotlistEvidence.Read READ =
            new HotlistEvidence.Read("R-2", "NKR-4B-16", 0.953, 3, Compass.SE, 71.4, VEHICLE, true);
    private static final HotlistEvidence.Tag TAG =
            new HotlistEvidence.Tag("T-1", "E2801160", "NKR4816", VEHICLE);

    private AlertSamples() {}

    public static List<Alert> ofEveryKind() {
        return List.of(
                hotlistMatch(TAG),
                alert(AlertType.CLONED_PLATE, clonedPlate(), null),
                alert(
                        AlertType.PLATE_TAG_MISMATCH,
                        new MismatchEvidence(READS, IMAGES, READ, TAG, PARTS),
                        null),
                alert(AlertType.CONVOY, convoy(), FULL_ENTRY));
    }

    static Alert hotlistMatch(HotlistEvidence.Tag tag) {
        HotlistEvidence evidence =
                new HotlistEvidence(
                        READS,
                        IMAGES,
                        READ,
                        new HotlistEvidence.Comparison(
                                "CONFUSABLE", "NKR4B16", "NKR4816", "    ^  "),
                        PARTS,
                        2,
                        List.of(
                                new HotlistEvidence.TrackRead(
                                        "R-0", "ARCO-2", NOON - 9, "NKR4816", 19.2, -99.6)),
                        true,
                        tag);
        return alert(AlertType.HOTLIST_MATCH, evidence, FULL_ENTRY);
    }

    private static CloneEvidence clonedPlate() {
        return new CloneEvidence(
                READS,
                IMAGES,
                List.of(
                        new CloneEvidence.Pair(
                                new CloneEvidence.Read(
                                        "R-1", "ARCO-1", 19.2, -99.6, NOON, "NKR4816", 0.9, VEHICLE,
                                        false),
                                new CloneEvidence.Read(
                                        "R-2",
                                        "ARCO-2",
                                        19.3,
                                        -99.5,
                                        NOON + 9_000,
                                        "NKR-48-16",
                                        0.8,
                                        null,
                                        false),
                                15.3,
                                9,
                                2_500)),
                3,
                PARTS);
    }

    private static ConvoyEvidence convoy() {
        return new ConvoyEvidence(
                READS,
                IMAGES,
                new ConvoyEvidence.Listed("MX-15-0001", "NKR4816"),
                "PUF719L",
                List.of(
                        new ConvoyEvidence.Arch(
                                "ARCO-1", 19.2, -99.6, "R-1", NOON, "R-2", NOON + 4_500, 4.5)),
                PARTS);
    }

    private static Alert alert(AlertType type, Evidence evidence, HotlistEntry entry) {
        return new Alert(
                new Alert.Identity("5f1c9a7be0d24c31", type),
                new Alert.Emission(3, NOON + 100, NOON + 200),
                new Alert.Lifecycle(Alert.Status.ENDED, NOON, NOON, NOON + 100),
                new Alert.Place("TOLUCA", new Alert.Device("ARCO-1", 19.25112, -99.60455)),
                new Alert.Subject("NKR-4B-16", "MX-15-0001", List.of()),
                new Alert.Assessment(
                        Alert.Action.REVIEW,
                        0.982,
                        80,
                        Message.of(
                                MessageCode.HOTLIST_MATCH,
                                new Text.Capitalized(Message.of(MessageCode.STOLEN_VEHICLE)),
                                "NKR4816",
                                "ARCO-1")),
                evidence,
                entry,
                new Alert.Disclosure(true, List.of("unidad-7")));
    }
}
