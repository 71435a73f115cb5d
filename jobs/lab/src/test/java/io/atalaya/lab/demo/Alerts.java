package io.atalaya.lab.demo;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.HotlistEvidence;
import io.atalaya.contracts.alert.HotlistEvidence.Comparison;
import io.atalaya.contracts.alert.HotlistEvidence.Read;
import io.atalaya.contracts.alert.HotlistEvidence.TrackRead;
import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.hotlist.Scope;
import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.text.Text;

import java.util.List;

/** Builds alerts for the tests of this package: entry E1 with plate PTS648D, seen at ARCO-044. */
record Alerts(
        String alertId,
        int revision,
        Alert.Status status,
        Alert.Action action,
        String entryId,
        List<String> reads,
        Comparison comparison,
        List<TrackRead> track,
        boolean retrospective,
        boolean covert) {
    /** 2026-03-03T14:00:00 in Mexico City. */
    static final long TIME = 1_772_568_000_000L;

    static Alerts alert(String alertId) {
        return new Alerts(
                alertId,
                1,
                Alert.Status.NEW,
                Alert.Action.ALERT,
                "E1",
                List.of("R1"),
                new Comparison("EXACT", "PTS648D", "PTS648D", "       "),
                List.of(),
                false,
                false);
    }

    Alerts revision(int value, Alert.Status then) {
        return new Alerts(
                alertId,
                value,
                then,
                action,
                entryId,
                reads,
                comparison,
                track,
                retrospective,
                covert);
    }

    Alerts review() {
        return new Alerts(
                alertId,
                revision,
                status,
                Alert.Action.REVIEW,
                entryId,
                reads,
                comparison,
                track,
                retrospective,
                covert);
    }

    Alerts about(String entry, String... readIds) {
        return new Alerts(
                alertId,
                revision,
                status,
                action,
                entry,
                List.of(readIds),
                comparison,
                track,
                retrospective,
                covert);
    }

    Alerts compared(String read, String listed, String differs) {
        return compared("FUZZY", read, listed, differs);
    }

    Alerts compared(String kind, String read, String listed, String differs) {
        return new Alerts(
                alertId,
                revision,
                status,
                action,
                entryId,
                reads,
                new Comparison(kind, read, listed, differs),
                track,
                retrospective,
                covert);
    }

    Alerts tracked(TrackRead... trackReads) {
        return new Alerts(
                alertId,
                revision,
                status,
                action,
                entryId,
                reads,
                comparison,
                List.of(trackReads),
                retrospective,
                covert);
    }

    Alerts ofThePast() {
        return new Alerts(
                alertId, revision, status, action, entryId, reads, comparison, track, true, covert);
    }

    Alerts secret() {
        return new Alerts(
                alertId,
                revision,
                status,
                action,
                entryId,
                reads,
                comparison,
                track,
                retrospective,
                true);
    }

    Alert build() {
        List<String> notified = covert ? List.of("unidad-7") : List.of();
        HotlistEntry entry =
                new HotlistEntry(
                        entryId,
                        "PTS648D",
                        null,
                        null,
                        "MX",
                        "MIC",
                        "STOLEN_VEHICLE",
                        "FGJ/1/2026",
                        "FGJEM",
                        "robados",
                        80,
                        null,
                        null,
                        null,
                        Scope.EVERYWHERE,
                        MatchMode.FUZZY,
                        covert,
                        notified);
        return new Alert(
                new Alert.Identity(alertId, AlertType.HOTLIST_MATCH),
                new Alert.Emission(revision, TIME + 100, TIME + 20),
                new Alert.Lifecycle(
                        status, TIME, TIME, status == Alert.Status.ENDED ? TIME + 100 : null),
                new Alert.Place("ECATEPEC", new Alert.Device("ARCO-044", 19.6, -99.05)),
                new Alert.Subject("PTS648D", entryId, List.of()),
                new Alert.Assessment(
                        action,
                        0.934,
                        80,
                        new Text.Translation(
                                "Vehículo robado: PTS648D", "Stolen vehicle: PTS648D")),
                new HotlistEvidence(
                        reads,
                        List.of(),
                        new Read("R1", "PT5648D", 0.89, 2, Compass.N, 71.4, null, false),
                        comparison,
                        List.of(
                                new ScoreContribution(
                                        "characters",
                                        2.31,
                                        new Text.Translation("se confunden", "look alike")),
                                new ScoreContribution(
                                        "make",
                                        -1.5,
                                        new Text.Translation("marca distinta", "make differs"))),
                        1,
                        track,
                        retrospective,
                        null),
                entry,
                new Alert.Disclosure(covert, notified));
    }
}
