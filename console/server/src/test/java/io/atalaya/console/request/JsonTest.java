package io.atalaya.console.request;

import io.atalaya.console.item.Act;
import io.atalaya.console.queue.Mutes;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What a program hears whose request cannot be read. */
class JsonTest {
    private record Request(List<Act> acts, String note, Mutes.Matcher matcher) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"acts": [{}]}                    | acts[0].revision | missing; expected a whole number
                    {"acts": [{"revision": "abc"}]}   | acts[0].revision | is abc; expected a whole number
                    {"acts": [{"revision": 1e30}]}    | acts[0].revision | is out of range; expected a whole number
                    {"acts": {}}                      | acts             | is an object; expected a list
                    {"acts": 5}                       | acts             | is a number; expected a list
                    {"acts": 1.5}                     | acts             | is a number; expected a list
                    {"acts": true}                    | acts             | is a boolean; expected a list
                    {"acts": [3]}                     | acts[0]          | is a number; expected an object
                    {"acts": [false]}                 | acts[0]          | is a boolean; expected an object
                    {"note": ["x"]}                   | note             | is a list; expected a text
                    [1]                               | body             | is a list; expected an object
                    {"matcher": {"area": [1]}}        | matcher.area     | west, south, east, north
                    """)
    void fieldValueAndExpectationAreNamed(String json, String field, String detail) {
        Problem.Body body = read(json);
        assertThat(body.field()).isEqualTo(field);
        assertThat(body.detail()).isEqualTo(detail);
        assertThat(body.code()).isEqualTo("invalid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"acts": [{"revision": 1, "type": "SHOOT"}]} | acts[0].type | is SHOOT; expected one of [ACKNOWLEDGE
                    {"acts": tru}                                | body         | is no JSON
                    """)
    void soItIsWhereMoreIsSaid(String json, String field, String detail) {
        Problem.Body body = read(json);
        assertThat(body.field()).isEqualTo(field);
        assertThat(body.detail()).startsWith(detail);
    }

    private static Problem.Body read(String json) {
        Throwable cause = catchThrowable(() -> Json.MAPPER.readValue(json, Request.class));
        assertThat(cause).isInstanceOf(JacksonException.class);
        return Json.problem(cause).body();
    }
}
