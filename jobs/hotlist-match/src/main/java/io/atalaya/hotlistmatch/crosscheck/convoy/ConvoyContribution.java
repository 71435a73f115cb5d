package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.json.Field;

import java.util.List;
import java.util.Locale;

/**
 * The contribution of one piece of evidence to a score. Its texts are formatted on demand, because
 * most scored vehicles never raise an alert.
 *
 * @param logOdds added to the score
 * @param es Spanish format string for {@code values}
 * @param en English format string for {@code values}
 */
record ConvoyContribution(String name, double logOdds, String es, String en, List<Object> values) {
    ConvoyContribution {
        logOdds = Field.finite(name, logOdds);
    }

    ScoreContribution part() {
        return new ScoreContribution(name, logOdds, text(es), text(en));
    }

    private String text(String format) {
        return String.format(Locale.ROOT, format, values.toArray());
    }
}
