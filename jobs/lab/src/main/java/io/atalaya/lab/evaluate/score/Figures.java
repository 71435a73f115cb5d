package io.atalaya.lab.evaluate.score;

import io.atalaya.lab.evaluate.page.Page;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Alerts compared with the ground truth.
 *
 * @param types types that occur in the ground truth or in the alerts
 * @param unjudged alerts of types that the ground truth does not cover, by type
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Figures(List<TypeFigures> types, @JsonIgnore Map<String, Integer> unjudged) {
    private record UncoveredType(String type, int alerts) {}

    @JsonProperty("unjudged")
    List<UncoveredType> unjudgedAsList() {
        return unjudged.entrySet().stream()
                .map(each -> new UncoveredType(each.getKey(), each.getValue()))
                .toList();
    }

    /**
     * Result over some expected items.
     *
     * @param alerted required items found by an ALERT
     * @param reviewed required items found by REVIEWs only
     * @param optional items that may alert; {@code optionalFound} were found
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonPropertyOrder({"required", "found"})
    public record FoundCounts(
            int required,
            @JsonProperty("foundByAlert") int alerted,
            @JsonProperty("foundByReview") int reviewed,
            int optional,
            int optionalFound) {
        @JsonProperty
        public int found() {
            return alerted + reviewed;
        }

        @JsonProperty
        public int missed() {
            return required - found();
        }

        /** 0..1, or null if nothing is required. */
        @JsonProperty
        public Double recall() {
            return required == 0 ? null : (double) found() / required;
        }

        FoundCounts plus(FoundCounts other) {
            return new FoundCounts(
                    required + other.required,
                    alerted + other.alerted,
                    reviewed + other.reviewed,
                    optional + other.optional,
                    optionalFound + other.optionalFound);
        }
    }

    /**
     * Delays in milliseconds, by nearest rank. Exact and possibly negative if a device's clock is
     * ahead, which a bucket histogram cannot represent.
     *
     * @param count number of samples; without samples the others are 0
     */
    public record Delays(int count, long p50, long p95, long max) {
        /** Computes the delays of samples. */
        public static Delays of(List<Long> samples) {
            long[] sorted = samples.stream().mapToLong(Long::longValue).sorted().toArray();
            return new Delays(
                    sorted.length, rank(sorted, 0.50), rank(sorted, 0.95), rank(sorted, 1.0));
        }

        /** One of the delays as text; a hyphen without samples. */
        public static String seconds(Delays delays, ToLongFunction<Delays> millis, String pattern) {
            return delays == null || delays.count == 0
                    ? "-"
                    : Page.formatted(pattern, millis.applyAsLong(delays) / 1000.0);
        }

        private static long rank(long[] sorted, double share) {
            return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
        }
    }

    /**
     * One type of alert.
     *
     * @param alerts alerts not cancelled, of either action
     * @param cancelled cancelled alerts
     * @param takenBack those of them that had interrupted a person as an ALERT before
     * @param found over all groups
     * @param rightAlerts ALERTs about a required item
     * @param rightReviews REVIEWs about a required item
     * @param falseAlerts ALERTs about no item of the ground truth; null if that cannot be decided
     * @param falseReviews REVIEWs about no item of the ground truth
     * @param strayReads reads of right alerts that belong to no expected item
     * @param twice items with more than one alert of the same content
     * @param delays of the first alert about each required item found
     * @param delayClock start of the delays, in words; null if it is not known
     * @param groups {@code found} by group, in a fixed order; empty if the type has no groups
     * @param missed descriptions
     * @param falseOnes descriptions
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record TypeFigures(
            String type,
            int alerts,
            int cancelled,
            int takenBack,
            @JsonUnwrapped FoundCounts found,
            int rightAlerts,
            int rightReviews,
            Integer falseAlerts,
            Integer falseReviews,
            int strayReads,
            @JsonProperty("alertedTwice") int twice,
            @JsonProperty("delayMs") Delays delays,
            @JsonProperty("delayFrom") String delayClock,
            @JsonIgnore Map<String, FoundCounts> groups,
            @JsonIgnore Map<String, Delays> groupDelays,
            @JsonProperty("missedOnes") List<String> missed,
            List<String> falseOnes) {
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        private record Group(String group, @JsonUnwrapped FoundCounts found, Delays delayMs) {}

        @JsonProperty("groups")
        List<Group> groupsAsList() {
            return groups.entrySet().stream()
                    .map(
                            each ->
                                    new Group(
                                            each.getKey(),
                                            each.getValue(),
                                            groupDelays.get(each.getKey())))
                    .toList();
        }

        /** Share of right ones among the right and false ALERTs, or null without any. */
        @JsonProperty
        public Double precision() {
            return falseAlerts == null ? null : share(rightAlerts, falseAlerts);
        }

        /** The same for ALERTs and REVIEWs together. */
        @JsonProperty
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
