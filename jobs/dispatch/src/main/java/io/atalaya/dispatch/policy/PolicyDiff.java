package io.atalaya.dispatch.policy;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The difference of two policies, rule by rule, for people. */
public final class PolicyDiff {
    private final List<String> lines = new ArrayList<>();

    private PolicyDiff() {}

    /**
     * One line for each difference; comments and layout do not differ.
     *
     * @param before contents of the files, by their names; both policies are valid
     */
    public static List<String> of(Map<String, String> before, Map<String, String> after) {
        PolicyDiff diff = new PolicyDiff();
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            diff.compare(name, tree(before.get(name)), tree(after.get(name)));
        }
        return diff.lines;
    }

    private static JsonNode tree(String text) {
        if (text == null) {
            return null;
        }
        try {
            return YamlFile.parse(text).tree();
        } catch (YamlFile.SyntaxException e) {
            throw new IllegalArgumentException("line " + e.line + ": " + e.getMessage(), e);
        }
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before == null) {
            lines.add(path + ": added: " + after);
        } else if (after == null) {
            lines.add(path + ": removed: " + before);
        } else if (before.isObject() && after.isObject()) {
            Set<String> fields = new LinkedHashSet<>();
            before.fieldNames().forEachRemaining(fields::add);
            after.fieldNames().forEachRemaining(fields::add);
            fields.forEach(
                    field -> compare(path + ": " + field, before.get(field), after.get(field)));
        } else if (before.isArray() && after.isArray()) {
            compareRules(path, before, after);
        } else if (!before.equals(after)) {
            lines.add(path + ": " + before + " -> " + after);
        }
    }

    /**
     * Pairs rules of one name, then equal ones, then the rest by their order. The order is compared
     * as well, because the first rule that holds applies.
     */
    private void compareRules(String path, JsonNode before, JsonNode after) {
        List<JsonNode> left = new ArrayList<>();
        before.forEach(left::add);
        JsonNode[] partners = new JsonNode[after.size()];
        for (int i = 0; i < partners.length; i++) {
            partners[i] = takeSame(after.get(i), left);
        }
        for (int i = 0; i < partners.length; i++) {
            if (partners[i] == null && !isNamed(after.get(i))) {
                partners[i] = takeUnnamed(left);
            }
        }
        left.forEach(rule -> compare(path + ": " + label(rule, before), rule, null));
        int last = -1;
        for (int i = 0; i < partners.length; i++) {
            String rule = path + ": " + label(after.get(i), after);
            compare(rule, partners[i], after.get(i));
            int place = indexOf(partners[i], before);
            if (partners[i] != null && place < last) {
                lines.add(rule + ": moved to place " + (i + 1));
            }
            last = Math.max(last, place);
        }
    }

    private static JsonNode takeSame(JsonNode rule, List<JsonNode> left) {
        for (int i = 0; i < left.size(); i++) {
            JsonNode other = left.get(i);
            if (isNamed(rule) ? rule.get("name").equals(other.get("name")) : rule.equals(other)) {
                return left.remove(i);
            }
        }
        return null;
    }

    private static JsonNode takeUnnamed(List<JsonNode> left) {
        for (int i = 0; i < left.size(); i++) {
            if (!isNamed(left.get(i))) {
                return left.remove(i);
            }
        }
        return null;
    }

    private static boolean isNamed(JsonNode rule) {
        return rule.path("name").isTextual();
    }

    /** The rule's name, or its place among the others. */
    private static String label(JsonNode rule, JsonNode rules) {
        return isNamed(rule)
                ? rule.get("name").textValue()
                : String.valueOf(indexOf(rule, rules) + 1);
    }

    private static int indexOf(JsonNode rule, JsonNode rules) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i) == rule) {
                return i;
            }
        }
        return -1;
    }
}
