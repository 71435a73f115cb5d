package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.alert.HotlistEvidence.Part;
import io.atalaya.contracts.json.Field;

import java.util.List;
import java.util.Locale;

/**
 * What a piece of evidence does to a score. Its words are put together only if they are shown: most
 * cars that are weighed never are.
 *
 * @param es format of the words, with {@code values}
 */
record ConvoyContribution(String name, double logOdds, String es, String en, List<Object> values) {
    ConvoyContribution {
        logOdds = Field.finite(name, logOdds);
    }

    Part part() {
        return new Part(name, logOdds, text(es), text(en));
    }

    private String text(String format) {
        return String.format(Locale.ROOT, format, values.toArray());
    }
}
