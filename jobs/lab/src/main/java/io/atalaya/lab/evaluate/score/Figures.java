package io.atalaya.lab.evaluate.score;

import java.util.List;
import java.util.Map;

/**
 * How alerts compare with the truth.
 *
 * @param types of which the truth holds something, or the alerts do
 * @param unjudged alerts of types that the truth says nothing about, by type
 */
public record Figures(List<TypeFigures> types, Map<String, Integer> unjudged) {

    /**
     * What was found of some expected things.
     *
     * @param alerted required ones found by an ALERT
     * @param reviewed required ones found by REVIEWs only
     * @param optional things that need not be found, and {@code optionalFound} that were
     */
    public record Found(int required, int alerted, int reviewed, int optional, int optionalFound) {
        public int found() {
            return alerted + reviewed;
        }

        public int missed() {
            return required - found();
        }

        /** 0..1, or null without anything required. */
        public Double recall() {
            return required == 0 ? null : (double) found() / required;
        }
    }

    /**
     * One type of alert.
     *
     * @param alerts that were not cancelled, of either action
     * @param cancelled alerts
     * @param found over all groups
     * @param rightAlerts with action ALERT about something required
     * @param rightReviews the same with action REVIEW
     * @param falseAlerts with action ALERT about nothing in the truth; null where it cannot tell
     * @param falseReviews the same with action REVIEW
     * @param strayReads reads of right alerts that belong to nothing in the truth
     * @param twice things that more than one alert is about
     * @param delays of the first alert about each thing found
     * @param delayClock from when the delays count
     * @param groups of {@code found}, in a fixed order; empty where the type has none
     * @param missed descriptions
     * @param falseOnes descriptions
     */
    public record TypeFigures(
            String type,
            int alerts,
            int cancelled,
            Found found,
            int rightAlerts,
            int rightReviews,
            Integer falseAlerts,
            Integer falseReviews,
            int strayReads,
            int twice,
            Delays delays,
            String delayClock,
            Map<String, Found> groups,
            Map<String, Delays> groupDelays,
            List<String> missed,
            List<String> falseOnes) {

        /** Share of right ones among the judged ALERTs, or null without any. */
        public Double precision() {
            return falseAlerts == null ? null : share(rightAlerts, falseAlerts);
        }

        /** The same for ALERTs and REVIEWs together. */
        public Double precisionWithReviews() {
            return falseAlerts == null
                    ? null
                    : share(rightAlerts + rightReviews, falseAlerts + falseReviews);
        }

        private static Double share(int right, int wrong) {
            return right + wrong == 0 ? null : (double) right / (right + wrong);
        }
    }
}
