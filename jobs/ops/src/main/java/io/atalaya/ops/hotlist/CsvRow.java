package io.atalaya.ops.hotlist;

import io.atalaya.contracts.json.JsonOut;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Converts a CSV row to the contract's JSON. A value of the wrong type stays text, so that the
 * codec rejects it with its own message.
 */
final class CsvRow {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

    private static final Set<String> YES = Set.of("true", "1", "si", "sí", "yes");
    private static final Set<String> NO = Set.of("false", "0", "no");

    private final Map<Column, String> values;
    private final Map<Column, Long> times;

    private CsvRow(Map<Column, String> values, Map<Column, Long> times) {
        this.values = values;
        this.times = times;
    }

    /**
     * @param times of the columns whose text is one, epoch ms
     */
    static byte[] json(Map<Column, String> values, Map<Column, Long> times) {
        return JsonOut.object(new CsvRow(values, times)::write);
    }

    private void write(JsonOut out) throws IOException {
        text(Column.ENTRY_ID, "entryId", out);
        text(Column.PLATE, "plate", out);
        text(Column.PATTERN, "pattern", out);
        text(Column.TAG_ID, "tagId", out);
        text(Column.COUNTRY, "country", out);
        text(Column.STATE, "state", out);
        text(Column.REASON, "reason", out);
        text(Column.CASE_NUMBER, "caseNumber", out);
        number(Column.PRIORITY, "priority", out);
        time(Column.VALID_FROM, "validFrom", out);
        time(Column.VALID_UNTIL, "validUntil", out);
        if (hasAny(Column.MAKE, Column.MODEL, Column.COLOR, Column.TYPE)) {
            out.object("vehicle", this, CsvRow::vehicle);
        }
        if (hasAny(Column.SITES, Column.DEVICES, Column.DIRECTIONS)) {
            out.object("scope", this, CsvRow::scope);
        }
        String match = values.get(Column.MATCH);
        out.string("match", match == null ? null : match.toUpperCase(Locale.ROOT));
        covert(out);
        out.strings("notify", list(Column.NOTIFY));
    }

    private static void vehicle(CsvRow row, JsonOut out) throws IOException {
        row.text(Column.MAKE, "make", out);
        row.text(Column.MODEL, "model", out);
        row.text(Column.COLOR, "color", out);
        row.text(Column.TYPE, "type", out);
    }

    private static void scope(CsvRow row, JsonOut out) throws IOException {
        out.strings("sites", row.list(Column.SITES));
        out.strings("devices", row.list(Column.DEVICES));
        out.strings("directions", row.list(Column.DIRECTIONS));
    }

    private void covert(JsonOut out) throws IOException {
        String value = values.get(Column.COVERT);
        if (value == null) {
            return;
        }
        String plain = value.toLowerCase(Locale.ROOT);
        if (YES.contains(plain) || NO.contains(plain)) {
            out.bool("covert", YES.contains(plain));
        } else {
            out.string("covert", value);
        }
    }

    private void text(Column column, String field, JsonOut out) throws IOException {
        out.string(field, values.get(column));
    }

    private void number(Column column, String field, JsonOut out) throws IOException {
        String value = values.get(column);
        if (value != null && WHOLE.matcher(value).matches()) {
            out.number(field, Long.parseLong(value));
        } else {
            out.string(field, value);
        }
    }

    private void time(Column column, String field, JsonOut out) throws IOException {
        Long time = times.get(column);
        if (time == null) {
            text(column, field, out);
        } else {
            out.number(field, time);
        }
    }

    private List<String> list(Column column) {
        String value = values.get(column);
        return value == null
                ? List.of()
                : Arrays.stream(value.split("[;,]"))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }

    private boolean hasAny(Column... columns) {
        return Arrays.stream(columns).anyMatch(values::containsKey);
    }
}
