package io.atalaya.lab.demo;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.dispatch.exchange.AgencyLog;
import io.atalaya.dispatch.exchange.NationalReader;
import io.atalaya.dispatch.policy.PolicyReader;
import io.atalaya.simulator.dispatch.DispatchOptions;
import io.atalaya.simulator.dispatch.OtherAgency;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** That dispatch believes the simulated agency, but for what is repeated or changed on its way. */
class OtherAgencyMessagesTest {
    private static final long START = 1_772_560_800_000L;

    @Test
    void allButTheRepeatedAndTheChangedOneAreUsed() throws Exception {
        OtherAgency agency = new OtherAgency();
        Map<String, String> files = new TreeMap<>(PolicyReader.shippedFiles());
        files.put("exchange", agency.policy());
        NationalReader reader = new NationalReader(PolicyReader.read(files));
        AgencyLog log = new AgencyLog();
        List<String> rejected = new ArrayList<>();
        int outcomes = 0;
        int listings = 0;
        List<TopicRecord> records =
                new ArrayList<>(agency.records(DispatchOptions.defaults(1, START).withMinutes(60)));
        records.sort(Comparator.comparingLong(TopicRecord::timestamp));
        for (TopicRecord record : records) {
            try {
                NationalReader.Result result = reader.read(raw(record), any -> log);
                outcomes += result.outcomes().size();
                listings += result.listings().size();
            } catch (InvalidRecordException e) {
                rejected.add(e.field());
            }
        }

        assertThat(rejected).containsExactly("jws.jti", "jws");
        assertThat(outcomes).isGreaterThan(10);
        assertThat(listings).isGreaterThan(6);
    }

    private static RawRecord raw(TopicRecord record) {
        return new RawRecord(
                record.topic(),
                0,
                0,
                record.timestamp(),
                record.key().getBytes(UTF_8),
                record.value(),
                List.of());
    }
}
