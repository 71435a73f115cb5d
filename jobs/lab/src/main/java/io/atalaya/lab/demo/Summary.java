package io.atalaya.lab.demo;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.lab.demo.DelayHistogram.Percentiles;
import io.atalaya.lab.evaluate.score.Figures;
import io.atalaya.lab.evaluate.score.Figures.FoundCounts;
import io.atalaya.lab.evaluate.score.Figures.TypeFigures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Results of a run.
 *
 * @param seconds duration of the traffic
 * @param sent records by topic
 * @param deadLetters records that the jobs rejected
 * @param alerts by type, action and last status
 * @param latency from a read's arrival to its alert at a consumer
 * @param latencyWhileLoading the same for reads during the bulk load
 * @param retrospective from an entry's arrival to the alert about a past read
 * @param changes from a single list change to its first alert
 * @param changesWhileLoading the same during the bulk load
 * @param unanswered changes without an alert
 * @param bulkEntries entries sent by the bulk load
 * @param figures comparison with the ground truth
 */
record Summary(
        double seconds,
        Map<String, Long> sent,
        long deadLetters,
        Map<String, Integer> alerts,
        Percentiles latency,
        Percentiles latencyWhileLoading,
        Percentiles retrospective,
        Percentiles changes,
        Percentiles changesWhileLoading,
        int unanswered,
        int bulkEntries,
        Figures figures) {

    private static final String RETROSPECTIVE = "retrospective ";

    /** The summary as text. */
    String text(Language language) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(language.of("── Resumen ─────────", "── Summary ─────────"));
        lines.add(
                language.format(
                        "Enviado en %.0f s: %s", "Sent in %.0f s: %s", seconds, counts(sent)));
        lines.add(
                language.format(
                        "Rechazado por el job (dead-letter): %d",
                        "Rejected by the job (dead-letter): %d", deadLetters));
        lines.add(language.of("Alertas, por último estado:", "Alerts, by last status:"));
        if (alerts.isEmpty()) {
            lines.add(language.of("  ninguna", "  none"));
        }
        alerts.forEach((kind, count) -> lines.add(String.format("  %6d  %s", count, kind)));

        lines.add(
                language.of(
                        "Latencia, de la llegada de la lectura a la alerta leída de Kafka:",
                        "Latency, from the read's arrival to the alert read from Kafka:"));
        lines.add(delays(language, language.of("en vivo", "live"), latency));
        if (bulkEntries > 0) {
            lines.add(
                    delays(
                            language,
                            language.of("  durante la carga", "  during the load"),
                            latencyWhileLoading));
        }
        lines.add(
                delays(language, language.of("retrospectivas*", "retrospective*"), retrospective));
        lines.add(
                language.of(
                        "  * de la llegada del alta en la lista",
                        "  * from the arrival of the list entry"));
        lines.add(
                language.of(
                        "Un alta en la lista, hasta su primera alerta (el vehículo pasa 0.1 a 0.4 s"
                                + " después del alta):",
                        "One change of the list, until its first alert (the vehicle passes 0.1 to 0.4 s"
                                + " after it):"));
        lines.add(delays(language, language.of("en calma", "in calm"), changes));
        if (bulkEntries > 0) {
            lines.add(
                    delays(
                            language,
                            language.format("carga de %,d", "load of %,d", bulkEntries),
                            changesWhileLoading));
        }
        if (unanswered > 0) {
            lines.add(language.format("  sin alerta: %d", "  without an alert: %d", unanswered));
        }
        truth(language, lines);
        return String.join("\n", lines);
    }

    private void truth(Language language, List<String> lines) {
        for (TypeFigures type : figures.types()) {
            // Types that do not occur in the city are omitted.
            if (type.alerts() + type.cancelled() + type.found().required() == 0
                    && !type.type().equals(AlertType.HOTLIST_MATCH.wireName())) {
                continue;
            }
            lines.add(
                    language.format(
                            "Lo que la verdad tenía y lo que se halló, %s:",
                            "What the truth held and what was found, %s:", type.type()));
            type.groups()
                    .forEach(
                            (group, found) -> {
                                if (found.required() > 0) {
                                    lines.add(found(language, group(language, group), found));
                                }
                            });
            lines.add(found(language, language.of("en total", "in all"), type.found()));
            if (type.falseAlerts() != null) {
                lines.add(
                        language.format(
                                "  alertas falsas: %d; revisiones sin motivo: %d",
                                "  false alerts: %d; needless reviews: %d",
                                type.falseAlerts(),
                                type.falseReviews()));
            }
            for (String missed : type.missed()) {
                lines.add(language.format("  no se halló: %s", "  missed: %s", missed));
            }
        }
    }

    private static String group(Language language, String group) {
        boolean past = group.startsWith(RETROSPECTIVE);
        String readClass = past ? group.substring(RETROSPECTIVE.length()) : group;
        String words =
                switch (readClass) {
                    case "exact" -> language.of("leídos exactamente", "read exactly");
                    case "look-alike" ->
                            language.of("caracteres parecidos", "look-alike characters");
                    case "one-edit" -> language.of("a una edición", "one edit away");
                    case "by-tag" -> language.of("sólo por su tag", "known by tag alone");
                    default -> readClass;
                };
        return past ? words + language.of(", antes del alta", ", before the entry") : words;
    }

    private static String found(Language language, String label, FoundCounts found) {
        String share =
                found.required() == 0
                        ? ""
                        : String.format("  (%.0f %%)", 100.0 * found.found() / found.required());
        return String.format("  %-40s %d / %d%s", label, found.found(), found.required(), share)
                + (found.reviewed() == 0
                        ? ""
                        : language.format(
                                ", %d de ellos para revisar",
                                ", %d of them for review", found.reviewed()));
    }

    private static String delays(Language language, String label, Percentiles p) {
        if (p.count() == 0) {
            return String.format("  %-20s ", label) + language.of("sin datos", "no samples");
        }
        return language.format(
                "  %-20s p50 %d ms, p95 %d ms, p99 %d ms, máx %d ms (n = %d)",
                "  %-20s p50 %d ms, p95 %d ms, p99 %d ms, max %d ms (n = %d)",
                label,
                p.p50(),
                p.p95(),
                p.p99(),
                p.max(),
                p.count());
    }

    private static String counts(Map<String, Long> byTopic) {
        List<String> parts = new ArrayList<>();
        byTopic.forEach((topic, count) -> parts.add(topic + " " + count));
        return String.join(", ", parts);
    }
}
