package io.atalaya.videoanalytics.anomaly;

import io.atalaya.alert.Alert;
import io.atalaya.videoanalytics.track.ObjectKind;

import java.util.Locale;

/** One sentence of what is unusual for a dispatcher, who has not seen the picture yet. */
final class AnomalyHeadlines {
    /** Rarer than once in so many days is a guess. */
    private static final double MOST_DAYS = 90;

    private static final double CLEARLY = 1.25;

    private AnomalyHeadlines() {}

    /**
     * @param perDay how many as unusual a day brings
     */
    static Alert.Headline trajectory(ObjectKind thing, double perDay) {
        boolean person = thing == ObjectKind.PERSON;
        return new Alert.Headline(
                (person ? "Persona" : "Vehículo")
                        + " con un recorrido inusual ante esta cámara: uno así "
                        + oftenEs(perDay),
                (person ? "Person" : "Vehicle")
                        + " on a way that is unusual at this camera: one like it "
                        + oftenEn(perDay));
    }

    private static String oftenEs(double perDay) {
        double days = 1 / perDay;
        if (days < 1.5) {
            return "al día";
        }
        return days > MOST_DAYS
                ? String.format(Locale.ROOT, "en más de %.0f días", MOST_DAYS)
                : String.format(Locale.ROOT, "cada %.0f días", days);
    }

    private static String oftenEn(double perDay) {
        double days = 1 / perDay;
        if (days < 1.5) {
            return "a day";
        }
        return days > MOST_DAYS
                ? String.format(Locale.ROOT, "in more than %.0f days", MOST_DAYS)
                : String.format(Locale.ROOT, "in %.0f days", days);
    }

    /**
     * @param inView vehicles and people in view, in the mean of a span
     * @param usual what was expected at that hour
     */
    static Alert.Headline activity(double inView, double usual, boolean over) {
        String numbersEs =
                String.format(
                        Locale.ROOT,
                        ": unas %.1f personas y vehículos a la vista; lo habitual son %.1f",
                        inView,
                        Math.max(0, usual));
        String numbersEn =
                String.format(
                        Locale.ROOT,
                        ": about %.1f people and vehicles in view; usual are %.1f",
                        inView,
                        Math.max(0, usual));
        if (inView * CLEARLY < usual) {
            return said(over, "mucho menos movimiento", "much less going on", numbersEs, numbersEn);
        }
        return usual * CLEARLY < inView
                ? said(over, "mucho más movimiento", "much more going on", numbersEs, numbersEn)
                : said(over, "un movimiento inusual", "unusual activity", numbersEs, numbersEn);
    }

    private static Alert.Headline said(
            boolean over, String es, String en, String numbersEs, String numbersEn) {
        return new Alert.Headline(
                (over ? "Hubo " : "Hay ") + es + " para esta cámara y hora" + numbersEs,
                (over ? "There was " : "There is ") + en + " for this camera and hour" + numbersEn);
    }
}
