package io.atalaya.campaign;

import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.json.InvalidRecordException;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class IncidentLedgerTest {
    private final List<Finding> findings = new ArrayList<>();
    private final IncidentLedger ledger = new IncidentLedger(findings::add);

    @Test
    void reportsASecondSiteThatMayAccept() throws Exception {
        ledger.add("TOLUCA", new DispatchMessage(Purpose.ASSIGN, 1, "split", at("OPEN", 1)));
        ledger.add(at("ON_SCENE", 2));
        ledger.requireConsistent(2);

        assertThat(findings).extracting(Finding::signature).containsExactly("TWO_OWNERS ON_SCENE");
    }

    @Test
    void acceptsThatAnotherSiteHasWhatWasClosedAtTheFirst() throws Exception {
        ledger.add("TOLUCA", new DispatchMessage(Purpose.ASSIGN, 1, "split", at("OPEN", 1)));
        ledger.add("TOLUCA", new DispatchMessage(Purpose.UPDATE, 1, "closed", at("CLOSED", 2)));
        ledger.add(at("ON_SCENE", 3));
        ledger.requireConsistent(3);

        assertThat(findings).isEmpty();
    }

    @Test
    void acceptsThatItWasWithdrawnFromTheOtherSite() throws Exception {
        ledger.add("TOLUCA", new DispatchMessage(Purpose.ASSIGN, 1, "split", at("OPEN", 1)));
        ledger.add("TOLUCA", new DispatchMessage(Purpose.WITHDRAWN, 1, null, at("ON_SCENE", 2)));
        ledger.add(at("ON_SCENE", 2));
        ledger.requireConsistent(2);

        assertThat(findings).isEmpty();
    }

    private static Incident at(String status, long revision) throws InvalidRecordException {
        String json =
                """
                {"incidentId": "5f1c", "revision": %d, "kind": "PLACE", "type": "security",
                 "status": "%s", "openedAt": 1, "updatedAt": 1, "site": "TOLUCA", "priority": 50,
                 "assignment": {"site": "ECATEPEC", "epoch": 1, "state": "ON_SCENE",
                                "acceptedBy": "op-1"},
                 "events": [{"eventId": "C-1", "topic": "calls", "type": "security", "time": 1}]}"""
                        .formatted(revision, status);
        return Incident.CODEC.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
