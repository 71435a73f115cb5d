package io.atalaya.videoanalytics.episode;

import io.atalaya.contracts.alert.Alert;

import java.util.Locale;

/** One sentence per episode for a dispatcher who has not seen the image yet. */
final class Headlines {
    private Headlines() {}

    static Alert.Headline of(EpisodeUpdate update) {
        double value = update.value();
        boolean over = update.ended();
        return switch (update.type()) {
            case STOPPED_VEHICLE ->
                    update.objects() > 1
                            ? said(
                                    "Vehículo detenido %s, con %d en total",
                                    "Vehicle stopped %s, %d in all",
                                    timeEs(value, over),
                                    timeEn(value),
                                    update.objects())
                            : said(
                                    "Vehículo detenido %s donde nadie se detiene tanto",
                                    "Vehicle stopped %s where none stops for that long",
                                    timeEs(value, over),
                                    timeEn(value));
            case WRONG_WAY ->
                    said(
                            over
                                    ? "Un vehículo circuló en sentido contrario"
                                    : "Vehículo en sentido contrario",
                            over ? "A vehicle drove the wrong way" : "Vehicle going the wrong way");
            case SPEEDING ->
                    said(
                            "Vehículo a %.1f veces la velocidad usual del lugar y la hora",
                            "Vehicle at %.1f times the usual speed of place and hour", value);
            case CRAWLING ->
                    said(
                            "Vehículo a %.0f %% de la velocidad usual, con la vía libre",
                            "Vehicle at %.0f %% of the usual speed on a free road", 100 * value);
            case LOITERING ->
                    said(
                            "Persona que permanece en el lugar %s",
                            "Person staying about %s", timeEs(value, over), timeEn(value));
            case CROWD ->
                    said(
                            "Concentración de unas %.0f personas; lo habitual son menos de %.0f",
                            "About %.0f people gathered; usual are fewer than %.0f",
                            value,
                            update.limit());
            case CONGESTION ->
                    said(
                            "Congestión: unos %.0f vehículos muy por debajo de la velocidad usual",
                            "Congestion: about %.0f vehicles far below the usual speed", value);
            case ABANDONED_OBJECT ->
                    said(
                            "Objeto abandonado %s" + companyEs(update),
                            "Object left behind %s" + companyEn(update),
                            timeEs(value, over),
                            timeEn(value));
            case ZONE_INTRUSION ->
                    said("Intrusión en la zona %s", "Intrusion into zone %s", update.zoneId());
            case LINE_CROSSING -> said("Cruce de la línea %s", "Line %s crossed", update.zoneId());
            case CAMERA_SILENT ->
                    said(
                            over ? "La cámara calló %s" : "La cámara no transmite %s",
                            over ? "The camera was silent %s" : "The camera sends nothing %s",
                            timeEs(value, over),
                            timeEn(value));
            case CAMERA_FROZEN ->
                    said(
                            over ? "La imagen se congeló %s" : "Imagen congelada %s",
                            over ? "The picture froze %s" : "Picture frozen %s",
                            timeEs(value, over),
                            timeEn(value));
            case CAMERA_MOVED ->
                    update.more() > 0
                            ? said(
                                    "Cámara tapada o ciega: nada a la vista %s",
                                    "Camera covered or blind: nothing in view %s",
                                    timeEs(value, over),
                                    timeEn(value))
                            : said(
                                    over
                                            ? "La cámara fue movida; ya aprendió la nueva escena"
                                            : "La cámara fue movida: la escena ya no es la suya",
                                    over
                                            ? "The camera was moved; it has learned its new scene"
                                            : "Camera moved: the scene is not its own any more");
            case STREAM_INCONSISTENT ->
                    update.more() == 1
                            ? said(
                                    "Datos de la cámara inservibles: su reloj no avanza",
                                    "Unusable camera data: its clock does not go forward")
                            : update.more() == 2
                                    ? said(
                                            "Datos de la cámara inservibles: recuadros fuera de la imagen",
                                            "Unusable camera data: boxes outside of the picture")
                                    : said(
                                            "Datos de la cámara inservibles: identificadores reutilizados",
                                            "Unusable camera data: ids used again for other things");
            default -> throw new IllegalArgumentException(update.type() + " is found by no rule");
        };
    }

    /**
     * The number is the unattended time. A person who finds an abandoned object often stands beside
     * it afterwards.
     */
    private static String companyEs(EpisodeUpdate update) {
        if (update.more() > 0) {
            return ", nadie a su lado";
        }
        return update.ended() ? "" : ", ahora con alguien a su lado";
    }

    private static String companyEn(EpisodeUpdate update) {
        if (update.more() > 0) {
            return ", nobody with it";
        }
        return update.ended() ? "" : ", somebody with it now";
    }

    private static Alert.Headline said(String es, String en) {
        return new Alert.Headline(es, en);
    }

    private static Alert.Headline said(String es, String en, double... values) {
        Object[] boxed = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return new Alert.Headline(
                String.format(Locale.ROOT, es, boxed), String.format(Locale.ROOT, en, boxed));
    }

    private static Alert.Headline said(String es, String en, String value) {
        return new Alert.Headline(String.format(es, value), String.format(en, value));
    }

    private static Alert.Headline said(String es, String en, String valueEs, String valueEn) {
        return new Alert.Headline(String.format(es, valueEs), String.format(en, valueEn));
    }

    private static Alert.Headline said(
            String es, String en, String valueEs, String valueEn, int count) {
        return new Alert.Headline(
                String.format(es, valueEs, count), String.format(en, valueEn, count));
    }

    /** Duration phrase for an episode that lasts, or lasted. */
    private static String timeEs(double seconds, boolean over) {
        return (over ? "durante " : "desde hace ") + time(seconds);
    }

    private static String timeEn(double seconds) {
        return "for " + time(seconds);
    }

    /** Rounded to seconds below 100 s, minutes below 100 min, and hours above. */
    private static String time(double seconds) {
        if (seconds < 100) {
            return Math.round(seconds) + " s";
        }
        return seconds < 6_000
                ? Math.round(seconds / 60) + " min"
                : Math.round(seconds / 3_600) + " h";
    }
}
