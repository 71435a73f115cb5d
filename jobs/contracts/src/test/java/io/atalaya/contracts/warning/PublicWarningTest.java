package io.atalaya.contracts.warning;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.schema.TopicSchema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PublicWarningTest {
    @Test
    void whatIsWrittenIsReadAgain() throws IOException, InvalidRecordException {
        for (String sample : TopicSchema.PUBLIC_WARNINGS.samples()) {
            PublicWarning warning = read(sample);
            assertThat(PublicWarning.CODEC.read(PublicWarning.CODEC.write(warning)))
                    .isEqualTo(warning);
            assertThat(WarningCodec.read(utf8(sample)).usable()).isEqualTo(List.of(warning));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"identifier\":\"AT-20260303-1\"|\"identifier\":\"AT 1\"|identifier",
                "\"Exercise\"|\"EXERCISE\"|status",
                "\"Update\"|\"Change\"|msgType",
                "\"scope\":\"Public\"|\"scope\":null|scope",
                "\"identifier\":\"AT-20260303-0\"|\"identifier\":\"A,B\"|references[0].identifier",
                "\"language\":\"es-MX\"|\"language\":null|infos[0].language",
                "\"Safety\"|\"Other things\"|infos[0].category[1]",
                "\"Immediate\"|\"Now\"|infos[0].urgency",
                "1772539260000|\"tonight\"|infos[0].expires",
                "[[19.1,-99.1],|[|infos[0].areas[0].polygons[0]",
                "[19.1,-99.1],|[19.1],|infos[0].areas[0].polygons[0][0]",
                "[19.1,-99.1],|[-99.1,19.1],|infos[0].areas[0].polygons[0][0][0]",
                "\"radiusKm\":5|\"radiusKm\":-1|infos[0].areas[0].circles[0].radiusKm",
            })
    void rejectsAndNamesTheField(String part, String instead, String field) throws IOException {
        String whole = TopicSchema.PUBLIC_WARNINGS.samples().get(0);
        assertThat(whole).contains(part);
        assertThatThrownBy(() -> read(whole.replace(part, instead)))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }

    private static PublicWarning read(String json) throws InvalidRecordException {
        return PublicWarning.CODEC.read(utf8(json));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
