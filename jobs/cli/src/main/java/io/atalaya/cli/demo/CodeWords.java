package io.atalaya.cli.demo;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The codes of lists and cameras in the words of a language; what has no word stays a code. */
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

    private static final Map<String, String> LOOKS =
            Map.ofEntries(
                    Map.entry("WHITE", "blanco"),
                    Map.entry("BLACK", "negro"),
                    Map.entry("GRAY", "gris"),
                    Map.entry("GREY", "gris"),
                    Map.entry("SILVER", "plata"),
                    Map.entry("RED", "rojo"),
                    Map.entry("BLUE", "azul"),
                    Map.entry("GREEN", "verde"),
                    Map.entry("YELLOW", "amarillo"),
                    Map.entry("ORANGE", "naranja"),
                    Map.entry("BROWN", "café"),
                    Map.entry("BEIGE", "beige"),
                    Map.entry("GOLD", "dorado"),
                    Map.entry("PURPLE", "morado"),
                    Map.entry("PINK", "rosa"),
                    Map.entry("SEDAN", "sedán"),
                    Map.entry("HATCHBACK", "hatchback"),
                    Map.entry("COUPE", "cupé"),
                    Map.entry("WAGON", "vagoneta"),
                    Map.entry("SUV", "SUV"),
                    Map.entry("PICKUP", "pickup"),
                    Map.entry("VAN", "van"),
                    Map.entry("TRUCK", "camión de carga"),
                    Map.entry("BUS", "autobús"),
                    Map.entry("MOTORCYCLE", "motocicleta"));

    private static final Pattern WORD = Pattern.compile("\\b[A-Z]{3,}\\b");

    private final boolean spanish;

    CodeWords(Language language) {
        this.spanish = language == Language.ES;
    }

    /** Why an entry is on the list. */
    String reason(String code) {
        return spanish ? REASONS.getOrDefault(code, code) : code;
    }

    /** A compass point. */
    String heading(Enum<?> point) {
        return spanish ? COMPASS.getOrDefault(point.name(), point.name()) : point.name();
    }

    /** A sentence about a colour or a type, with their codes in words. */
    String looks(String sentence) {
        return spanish ? WORD.matcher(sentence).replaceAll(CodeWords::word) : sentence;
    }

    private static String word(MatchResult code) {
        return LOOKS.getOrDefault(code.group(), code.group());
    }
}
