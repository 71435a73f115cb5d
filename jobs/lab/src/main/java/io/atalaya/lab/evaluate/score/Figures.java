package io.atalaya.lab.evaluate.score;

import java.util.List;
import java.util.Map;

/**
 * Alerts compared with the ground truth.
 *
 * @param types types that occur in the ground truth or in the alerts
 * @param unjudged alerts of types that the ground truth does not cover, by type
 */
public record Figures(List<TypeFigures> types, Map<String, Integer> unjudged) {

    /**
     * Result over some expected items.
     *
     * @param alerted required items found by an ALERT
     * @param reviewed required items found by REVIEWs only
     * @param optional items that may alert; {@code optionalFound} were found
     */
    public record Found(int required, int alerted, int reviewed, int optional, int optionalFound) {
        public int found() {
            return alerted + reviewed;
        }

        public int missed() {
            return required - found();
        }

        /** 0..1, or null if nothing is required. */
        public Double recall() {
            return required == 0 ? null : (double) found() / required;
        }
    }

    /**
     * One type of alert.
     *
     * @param alerts alerts not cancelled, of either action
     * @param cancelled cancelled alerts
     * @param found over all groups
     * @param rightAlerts ALERTs about a required item
     * @param rightReviews REVIEWs about a required item
     * @param falseAlerts ALERTs about no item of the ground truth; null if that cannot be decided
     * @param falseReviews REVIEWs about no item of the ground truth
     * @param strayReads reads of right alerts that belong to no expected item
     * @param twice items with more than one alert of the same content
     * @param delays of the first alert about each required item found
     * @param delayClock start of the delays, in words
     * @param groups {@code found} by group, in a fixed order; empty if the type has no groups
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

        /** Share of right ones among the right and false ALERTs, or null without any. */
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
