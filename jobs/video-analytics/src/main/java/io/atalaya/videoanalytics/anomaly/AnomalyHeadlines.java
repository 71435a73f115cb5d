package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.videoanalytics.track.ObjectClass;

import java.util.Locale;

/** One sentence per anomaly for a dispatcher who has not seen the image yet. */
final class AnomalyHeadlines {
    /** Rates below once in this many days are a guess. */
    private static final double MAX_DAYS = 90;

    private static final double CLEARLY = 1.25;

    private AnomalyHeadlines() {}

    /**
     * @param perDay rate of trajectories at least as unusual, per day
     */
    static Alert.Headline trajectory(ObjectClass objectClass, double perDay) {
        boolean person = objectClass == ObjectClass.PERSON;
        return new Alert.Headline(
                (person ? "Persona" : "Vehículo")
                        + " con un recorrido inusual ante esta cámara: uno así "
                        + oftenEs(perDay),
                (person ? "Person" : "Vehicle")
                        + " on a way that is unusual at this camera: one like it "
                        + oftenEn(perDay));
    }

    /** Mean interval between two such trajectories, in days, with a bound for the rarest. */
    private static double days(double perDay) {
        return 1 / Math.max(perDay, 0.5 / MAX_DAYS);
    }

    private static String oftenEs(double perDay) {
        double days = days(perDay);
        if (days < 1.5) {
            return "al día";
        }
        return days > MAX_DAYS
                ? String.format(Locale.ROOT, "en más de %.0f días", MAX_DAYS)
                : String.format(Locale.ROOT, "cada %.0f días", days);
    }

    private static String oftenEn(double perDay) {
        double days = days(perDay);
        if (days < 1.5) {
            return "a day";
        }
        return days > MAX_DAYS
                ? String.format(Locale.ROOT, "in more than %.0f days", MAX_DAYS)
                : String.format(Locale.ROOT, "in %.0f days", days);
    }

    /**
     * @param objectClass vehicles or people
     * @param inView mean number in view during an interval
     * @param typical number expected at that hour
     */
    static Alert.Headline activity(
            ObjectClass objectClass, double inView, double typical, boolean over) {
        boolean people = objectClass == ObjectClass.PERSON;
        return new Alert.Headline(
                String.format(
                        Locale.ROOT,
                        "%s %s para esta cámara y hora: unos %.1f %s a la vista; lo habitual son %.1f",
                        over ? "Hubo" : "Hay",
                        changeEs(people, inView, typical),
                        inView,
                        people ? "peatones" : "vehículos",
                        typical),
                String.format(
                        Locale.ROOT,
                        "There %s %s for this camera and hour: about %.1f %s in view; usual are %.1f",
                        over ? "was" : "is",
                        changeEn(people, inView, typical),
                        inView,
                        people ? "people" : "vehicles",
                        typical));
    }

    private static String changeEs(boolean people, double inView, double typical) {
        if (inView * CLEARLY < typical) {
            return people ? "mucha menos gente" : "mucho menos tráfico";
        }
        if (typical * CLEARLY < inView) {
            return people ? "mucha más gente" : "mucho más tráfico";
        }
        return people ? "un movimiento inusual de gente" : "un tráfico inusual";
    }

    private static String changeEn(boolean people, double inView, double typical) {
        String traffic = people ? "foot traffic" : "traffic";
        if (inView * CLEARLY < typical) {
            return "much less " + traffic;
        }
        return (typical * CLEARLY < inView ? "much more " : "unusual ") + traffic;
    }
}
