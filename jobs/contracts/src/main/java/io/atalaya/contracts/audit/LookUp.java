package io.atalaya.contracts.audit;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One message of topic {@code look-ups}: that a person looked something up. What was looked up is
 * only in the program's own record of it, of which this has the hash.
 *
 * @param lookUpId unique; a repeated one is the same look-up
 * @param time epoch ms
 * @param kind one of {@link #KINDS}, or a word of the program's own
 * @param operator who looked
 * @param roles which the operator had, possibly none
 * @param site at which the operator sat, or null
 * @param position of the operator at the site, or null
 * @param purpose which the operator gave, or null
 * @param caseNumber which the operator gave, or null
 * @param results how many records were found, or null
 * @param recordHash SHA-256 of the program's own record, in hexadecimal
 */
public record LookUp(
        String lookUpId,
        @EpochMillis long time,
        String kind,
        String operator,
        List<String> roles,
        String site,
        String position,
        String purpose,
        String caseNumber,
        Integer results,
        String recordHash) {
    public static final RecordCodec<LookUp> CODEC = new RecordCodec<>(LookUp.class, 64 * 1024);

    /** The kinds of look-ups; any other is an act at the same program, such as a login. */
    public static final Set<String> KINDS = Set.of("detail", "search", "history", "export");

    private static final int MAX_NAME = 128;
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    public LookUp {
        Field.text("lookUpId", lookUpId, 1, MAX_NAME);
        Field.time("time", time);
        Field.required("kind", kind);
        if (!KIND.matcher(kind).matches()) {
            throw Field.invalid(
                    "kind", kind, "1 to 64 small letters, digits and hyphens, a letter first");
        }
        Field.visible("operator", operator, MAX_NAME);
        roles = Field.texts("roles", roles, 16, 64);
        Field.visibleOrNull("site", site, MAX_NAME);
        Field.visibleOrNull("position", position, MAX_NAME);
        Field.textOrNull("purpose", purpose, 1, 1024);
        Field.textOrNull("caseNumber", caseNumber, 1, MAX_NAME);
        if (results != null) {
            Field.integer("results", results, 0, Integer.MAX_VALUE);
        }
        Hex.hash("recordHash", recordHash);
    }
}
