package io.atalaya.campaign;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.Alert.Status;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.topic.Topics;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class AlertLedgerTest {
    private static final String STOPPED =
            "{'alertId':'5f1c','revision':1,'status':'NEW','type':'stopped-vehicle',"
                    + "'time':1767268800123,'detectedAt':1767268801200,'action':'ALERT',"
                    + "'startedAt':1767268800123,'device':{'id':'CAM-1'},"
                    + "'subject':{'trackIds':['130']},'score':0.98,'priority':70,"
                    + "'headline':{'es':'Detenido','en':'Stopped'},"
                    + "'evidence':{'objects':1,'measures':[{'name':'standing','value':62.5}]},"
                    + "'covert':false}";

    private final List<Finding> findings = new ArrayList<>();
    private final AlertLedger ledger = new AlertLedger(findings::add);
    private Alert stopped;

    @BeforeEach
    void read() throws Exception {
        stopped = AlertCodec.read(bytes(STOPPED), 0);
    }

    @Test
    void acceptsAnAlertThatOpensUpdatesAndEnds() {
        ledger.add(stopped);
        ledger.add(stopped.as(Status.UPDATED, 2));
        ledger.add(stopped.ended(9).as(Status.ENDED, 5));
        ledger.requireAllOver();

        assertThat(findings).isEmpty();
        assertThat(ledger.count()).isEqualTo(3);
        assertThat(ledger.alerts()).isEqualTo(1);
    }

    @Test
    void reportsARevisionThatDoesNotRise() {
        ledger.add(stopped.as(Status.NEW, 2));
        ledger.add(stopped.as(Status.UPDATED, 2));
        ledger.add(stopped.as(Status.UPDATED, 2).withDetectedAt(9));

        assertThat(signatures())
                .containsExactly(
                        "REVISION stopped-vehicle: not rising",
                        "REVISION stopped-vehicle: repeated");
    }

    @Test
    void reportsACameraAlertThatStaysOpen() {
        ledger.add(stopped);
        ledger.requireAllOver();

        assertThat(signatures()).containsExactly("ALERT_LEFT_OPEN stopped-vehicle");
    }

    @Test
    void reportsTheSchemaViolation() {
        OutputSchema schema = new OutputSchema(Topics.ALERTS);

        assertThat(schema.faults(bytes(STOPPED))).isEmpty();
        assertThat(schema.faults(bytes(STOPPED.replace("'score':0.98", "'score':'NaN'"))))
                .isEqualTo("$.score type");
        assertThat(schema.faults(bytes(STOPPED.replace("'score':0.98", "'score':NaN"))))
                .startsWith("no JSON");
    }

    private List<String> signatures() {
        return findings.stream().map(Finding::signature).toList();
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
