package io.atalaya.ops.hotlist;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A column of a CSV list: the contract field it fills, and its accepted headers. */
enum Column {
    ENTRY_ID("entryId", "id", "folio", "id_registro"),
    PLATE("plate", "placa", "placas", "matricula"),
    PATTERN("pattern", "patron"),
    TAG_ID("tagId", "tag", "epc", "id_tag", "etiqueta"),
    COUNTRY("country", "pais"),
    STATE("state", "estado", "entidad"),
    REASON("reason", "motivo"),
    CASE_NUMBER(
            "caseNumber",
            "carpeta",
            "numero_caso",
            "numero_de_caso",
            "carpeta_investigacion",
            "carpeta_de_investigacion",
            "expediente"),
    AGENCY("agency", "dependencia", "agencia"),
    SOURCE("source", "fuente", "origen"),
    PRIORITY("priority", "prioridad"),
    VALID_FROM("validFrom", "vigencia_desde", "vigente_desde"),
    VALID_UNTIL("validUntil", "vigencia", "vigencia_hasta", "vigente_hasta"),
    MAKE("vehicle.make", "make", "marca"),
    MODEL("vehicle.model", "model", "modelo", "submarca"),
    COLOR("vehicle.color", "color"),
    TYPE("vehicle.type", "type", "tipo"),
    SITES("scope.sites", "sites", "sitios"),
    DEVICES("scope.devices", "devices", "dispositivos", "equipos"),
    DIRECTIONS("scope.directions", "directions", "direcciones", "sentidos"),
    MATCH("match", "coincidencia"),
    COVERT("covert", "encubierto", "reservado"),
    NOTIFY("notify", "avisar", "notificar", "avisar_a");

    private static final Map<String, Column> BY_NAME = byName();

    private final String field;
    private final List<String> aliases;

    Column(String field, String... aliases) {
        this.field = field;
        this.aliases = List.of(aliases);
    }

    /** The contract field, dotted if nested. */
    String field() {
        return field;
    }

    /** The column of a header, ignoring case, accents and separators; null if unknown. */
    static Column of(String header) {
        return BY_NAME.get(plain(header));
    }

    private static Map<String, Column> byName() {
        Map<String, Column> columns = new HashMap<>();
        for (Column column : values()) {
            columns.put(plain(column.field), column);
            column.aliases.forEach(alias -> columns.put(plain(alias), column));
        }
        return columns;
    }

    private static String plain(String header) {
        return Normalizer.normalize(header, Normalizer.Form.NFD)
                .replaceAll("[^\\p{Alnum}]", "")
                .toLowerCase(Locale.ROOT);
    }
}
