package io.atalaya.lab.demo;

import java.util.Map;

/** Translates the codes of lists and devices; a code without a translation stays as it is. */
final class CodeWords {
    private static final Map<String, String> REASONS =
            Map.of(
                    "STOLEN_VEHICLE", "vehículo robado",
                    "WANTED_PERSON", "persona buscada",
                    "MISSING_PERSON", "persona desaparecida",
                    "KIDNAPPING", "secuestro",
                    "CLONED_PLATE", "placa clonada",
                    "INTEREST", "de interés");

    private static final Map<String, String> COMPASS = Map.of("W", "O", "NW", "NO", "SW", "SO");

    private final boolean isSpanish;

    CodeWords(Language language) {
        this.isSpanish = language == Language.ES;
    }

    /** The reason why an entry is listed. */
    String reason(String code) {
        return isSpanish ? REASONS.getOrDefault(code, code) : code;
    }

    /** A compass point. */
    String heading(Enum<?> point) {
        return isSpanish ? COMPASS.getOrDefault(point.name(), point.name()) : point.name();
    }
}
