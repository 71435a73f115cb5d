package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.text.Text;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One summand of a score.
 *
 * @param name stable key, for example {@code characters}
 * @param logOdds natural logarithm of the likelihood ratio; positive favours the alert
 * @param text on the wire the fields {@code es} and {@code en}
 */
public record ScoreContribution(String name, double logOdds, @JsonIgnore Text text) {
    private static final double MAX_LOG_ODDS = 1e6;

    public ScoreContribution {
        Field.text("name", name, 1, AlertCodec.MAX_NAME);
        logOdds = Field.number("logOdds", logOdds, -MAX_LOG_ODDS, MAX_LOG_ODDS);
        AlertCodec.check("", text);
    }

    @JsonCreator
    static ScoreContribution of(
            @JsonProperty("name") String name,
            @JsonProperty(value = "logOdds", defaultValue = "0") double logOdds,
            @JsonProperty("es") String es,
            @JsonProperty("en") String en) {
        return new ScoreContribution(name, logOdds, new Text.Translation(es, en));
    }

    @JsonGetter
    String es() {
        return Field.textOrNull("es", text.es(), 0, AlertCodec.MAX_TEXT);
    }

    @JsonGetter
    String en() {
        return Field.textOrNull("en", text.en(), 0, AlertCodec.MAX_TEXT);
    }
}
