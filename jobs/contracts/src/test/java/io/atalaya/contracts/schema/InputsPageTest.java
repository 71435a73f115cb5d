package io.atalaya.contracts.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Integrators build their messages by the table of docs/inputs.md. */
class InputsPageTest {
    private static final Path PAGE = Path.of("../../docs/inputs.md");

    /** Topic, key, what a record says, required fields, readers. */
    private static final Pattern ROW =
            Pattern.compile("\\| \\[`([a-z-]+)`]\\(#[^|]*\\|[^|]*\\|[^|]*\\|([^|]*)\\|[^|]*\\|");

    private static final Pattern CODE = Pattern.compile("`(\\w+)`");

    @Test
    void namesTheRequiredFieldsOfTheSchemas() throws Exception {
        List<MatchResult> rows = ROW.matcher(Files.readString(PAGE)).results().toList();
        assertThat(rows).hasSize(7);
        for (MatchResult row : rows) {
            assertThat(CODE.matcher(row.group(2)).results().map(field -> field.group(1)))
                    .as(row.group(1))
                    .containsExactlyElementsOf(required(row.group(1)));
        }
    }

    /** The {@code else} is of records that are not withdrawn. */
    private static List<String> required(String topic) throws Exception {
        JsonNode schema =
                new ObjectMapper()
                        .readTree(
                                InputsPageTest.class.getResourceAsStream(
                                        "/schemas/" + topic + ".schema.json"));
        List<String> required = new ArrayList<>();
        Stream.of(schema.path("required"), schema.path("else").path("required"))
                .forEach(names -> names.forEach(name -> required.add(name.asText())));
        return required;
    }
}
