package io.atalaya.ops.cluster;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.AlertType;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static io.atalaya.ops.cluster.StartedCluster.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends vehicles and visits of yards, each of which must cause one alert, and compares the alerts
 * of both jobs with them.
 */
final class ExpectedAlerts implements AutoCloseable {
    private static final int VEHICLES_PER_SECOND = 10;

    private final ListedTraffic traffic;
    private final WatchedYards yards;
    private final AlertLog alerts;

    /**
     * @param vehicles see {@link ListedTraffic#list}
     */
    ExpectedAlerts(String bootstrapServers, int vehicles) {
        traffic = new ListedTraffic(bootstrapServers);
        traffic.list(vehicles);
        yards = new WatchedYards(bootstrapServers);
        alerts = new AlertLog(bootstrapServers);
    }

    ListedTraffic traffic() {
        return traffic;
    }

    AlertLog alerts() {
        return alerts;
    }

    /** Lets vehicles pass and people visit the yards until {@link #requireOneEach}. */
    void begin() {
        traffic.drive(VEHICLES_PER_SECOND);
        yards.visit();
    }

    /** Waits until both jobs have alerted on input from now on. */
    void awaitNext() throws Exception {
        long now = System.currentTimeMillis();
        await("an alert about a vehicle", () -> !vehiclesSince(now).isEmpty());
        await("an alert about a visit", () -> !visitsSince(now).isEmpty());
    }

    /** Ends the input and requires one alert for each vehicle and each visit, and no other. */
    void requireOneEach() throws Exception {
        traffic.rest();
        yards.rest();
        traffic.requireAllSent();
        yards.requireAllSent();
        await(
                "an alert for each vehicle",
                () -> alerts.entries().containsAll(traffic.sentEntries()));
        await("the end of each visit", () -> ended().containsAll(yards.visits().keySet()));
        // Duplicates would arrive about now.
        Thread.sleep(2_000);
        oneAlertForEachVehicle();
        oneAlertForEachVisit();
        nothingElseButSilence();
        assertThat(alerts.deadLetters()).isZero();
    }

    /** Requires that no alert has been written twice in the same revision. */
    void requireNoneTwice() {
        assertThat(Stream.concat(alerts.seen().stream(), alerts.ofCameras().stream()))
                .extracting(AlertLog.Seen::message)
                .doesNotHaveDuplicates();
    }

    /** Returns the longest waits for alerts on input since that time. */
    String longestWaits(long since) {
        return String.format(
                "vehicle %4.1f s, visit %4.1f s",
                vehiclesSince(since).get(0) / 1000.0, visitsSince(since).get(0) / 1000.0);
    }

    /**
     * Returns the delays of the alerts about vehicles that passed since that time, longest first,
     * ms.
     */
    private List<Long> vehiclesSince(long time) {
        return waits(
                alerts.seen(), seen -> traffic.passedAt(seen.alert().subject().entryId()), time);
    }

    private List<Long> visitsSince(long time) {
        Map<String, WatchedYards.Visit> visits = yards.visits();
        return waits(intrusions(), seen -> visits.get(visitor(seen.alert())).from(), time);
    }

    private static List<Long> waits(
            List<AlertLog.Seen> seen, ToLongFunction<AlertLog.Seen> cause, long since) {
        Map<String, AlertLog.Seen> first = new HashMap<>();
        seen.forEach(each -> first.putIfAbsent(each.alert().alertId(), each));
        return first.values().stream()
                .filter(each -> cause.applyAsLong(each) >= since)
                .map(each -> each.at() - cause.applyAsLong(each))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private List<AlertLog.Seen> intrusions() {
        return alerts.ofCameras().stream()
                .filter(seen -> seen.alert().type() == AlertType.ZONE_INTRUSION)
                .toList();
    }

    private static String visitor(Alert alert) {
        return alert.subject().trackIds().get(0);
    }

    private Set<String> ended() {
        return intrusions().stream()
                .filter(seen -> seen.alert().status() == Alert.Status.ENDED)
                .map(seen -> visitor(seen.alert()))
                .collect(Collectors.toSet());
    }

    private void oneAlertForEachVehicle() throws IOException {
        Map<String, Alert> last = last(alerts.seen());
        assertThat(last.values())
                .extracting(alert -> alert.subject().entryId())
                .containsExactlyInAnyOrderElementsOf(traffic.sentEntries());
        assertThat(last.values())
                .allSatisfy(
                        alert -> {
                            assertThat(alert.type()).isEqualTo(AlertType.HOTLIST_MATCH);
                            assertThat(alert.status()).isNotEqualTo(Alert.Status.CANCELLED);
                            assertThat(alert.assessment().action()).isEqualTo(Alert.Action.ALERT);
                            assertThat(alert.hotlistEvidence().reads())
                                    .containsExactly(alert.subject().entryId().replace("E-", "R-"));
                            assertThat(alert.hotlistEvidence().count()).isEqualTo(1);
                        });
    }

    private void oneAlertForEachVisit() throws IOException {
        Map<String, WatchedYards.Visit> visits = yards.visits();
        Map<String, Alert> last = last(intrusions());
        assertThat(last.values())
                .extracting(ExpectedAlerts::visitor)
                .containsExactlyInAnyOrderElementsOf(visits.keySet());
        assertThat(last.values())
                .allSatisfy(
                        alert -> {
                            WatchedYards.Visit visit = visits.get(visitor(alert));
                            assertThat(alert.status()).isEqualTo(Alert.Status.ENDED);
                            assertThat(alert.deviceId()).isEqualTo(visit.camera());
                            assertThat(alert.lifecycle().startedAt()).isEqualTo(visit.from());
                            assertThat(alert.lifecycle().endedAt()).isEqualTo(visit.to());
                        });
    }

    /**
     * Cameras appear silent while the broker is unreachable for long; these alerts are the only
     * other ones, and they are closed.
     */
    private void nothingElseButSilence() throws IOException {
        assertThat(last(alerts.ofCameras()).values())
                .filteredOn(alert -> alert.type() != AlertType.ZONE_INTRUSION)
                .allSatisfy(
                        alert -> {
                            assertThat(alert.type()).isEqualTo(AlertType.CAMERA_SILENT);
                            assertThat(alert.status())
                                    .isIn(Alert.Status.ENDED, Alert.Status.CANCELLED);
                        });
    }

    /** Returns the highest revision of each alert, by alertId, as a consumer would keep it. */
    private static Map<String, Alert> last(List<AlertLog.Seen> seen) throws IOException {
        Map<String, String> messages = new HashMap<>();
        Map<String, Alert> last = new HashMap<>();
        for (AlertLog.Seen each : seen) {
            Alert alert = each.alert();
            String says = new String(AlertCodec.write(alert.withDetectedAt(0)), UTF_8);
            assertThat(messages.getOrDefault(each.message(), says))
                    .as("a message that comes again says the same")
                    .isEqualTo(says);
            messages.put(each.message(), says);
            last.merge(alert.alertId(), alert, (a, b) -> b.revision() >= a.revision() ? b : a);
        }
        return last;
    }

    /** Ends the cameras; vehicles can still pass. */
    void closeYards() {
        traffic.rest();
        yards.close();
    }

    @Override
    public void close() {
        yards.close();
        traffic.close();
        alerts.close();
    }
}
