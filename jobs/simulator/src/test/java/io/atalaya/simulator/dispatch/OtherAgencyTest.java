package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.dispatch.NationalInbound;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** That dispatch believes it is tested with the campaign's worlds. */
class OtherAgencyTest {
    private static final DispatchOptions HOUR =
            DispatchOptions.defaults(1, 1_772_560_800_000L).withMinutes(60);

    @Test
    void sendsEveryKindOfMessageAndTheSameEachTime() throws Exception {
        List<TopicRecord> records = new OtherAgency().records(HOUR);
        TreeSet<String> kinds = new TreeSet<>();
        for (TopicRecord record : records) {
            assertThat(record.topic()).isEqualTo(Topics.NATIONAL_INBOUND);
            assertThat(record.key()).isEqualTo(OtherAgency.NAME);
            String jws = NationalInbound.CODEC.read(record.value()).jws();
            String content = new String(Base64.getUrlDecoder().decode(jws.split("\\.")[1]), UTF_8);
            kinds.add(content.replaceAll(".*\"type\":\"([A-Z]+)\".*", "$1"));
        }
        assertThat(kinds).containsExactly("HOTLIST", "INCIDENT", "RETRACTION");
        List<TopicRecord> again = new OtherAgency().records(HOUR);
        for (int i = 0; i < records.size(); i++) {
            assertThat(Arrays.equals(records.get(i).value(), again.get(i).value())).isTrue();
        }
        assertThat(new OtherAgency().policy()).isEqualTo(new OtherAgency().policy());
    }
}
