package io.atalaya.console.health;

import io.atalaya.console.Samples;
import io.atalaya.console.connection.Broker;
import io.atalaya.console.connection.Settings;
import io.atalaya.console.item.Items;
import io.atalaya.console.map.Devices;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.alert.MeasureKind;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.PolicyAnswer;
import io.atalaya.contracts.dispatch.PolicyRequest;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class BudgetsTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long MINUTE = 60_000;

    private final Budgets budgets = new Budgets();

    @Test
    void alertsSayWhichVersionIsAtWorkAndWhatItsBudgetIs() {
        budgets.alert(alert("a", "CAM-1", "1", 1.2, 10), NOW - 2);
        budgets.alert(alert("b", "CAM-2", "2", 0.6, 20), NOW - 1);

        Budgets.Model model = budgets.shown(NOW).models().get(0);
        assertThat(model.model()).isEqualTo("trajectory");
        assertThat(model.version()).isEqualTo("2");
        assertThat(model.at()).isEqualTo(NOW - 1);
        assertThat(model.set()).isEqualTo(1);
        // (1.2 · 10 + 0.6 · 20) / 30
        assertThat(model.realised()).isCloseTo(0.8, within(1e-9));
        assertThat(model.ofAll()).isFalse();
    }

    @Test
    void interruptionsOfAPositionAreThoseOfItsSiteToo() {
        interrupt("1", "security", 1, 75, false, NOW - 30 * MINUTE);
        interrupt("2", "security", 1, 75, false, NOW - 9 * MINUTE);
        interrupt("2", "security", 1, 75, false, NOW - 8 * MINUTE);
        interrupt("2", null, 2, 75, false, NOW - 7 * MINUTE);
        interrupt("3", "security", 1, 75, false, NOW);
        interrupt("4", "security", 1, 95, false, NOW);
        interrupt("5", "security", 1, 75, true, NOW);
        budgets.incident(assigned("6", "security", 1, 75, false, NOW), NOW, false);

        Budgets.Interruptions shown = budgets.shown(NOW).interruptions();
        assertThat(shown.most()).isEqualTo(Map.of("TOLUCA", 1, "TOLUCA · security", 3));
        assertThat(shown.set()).isNull();
        Map<String, Double> values = new HashMap<>();
        budgets.step(NOW + 2 * MINUTE, values);
        assertThat(values).isEqualTo(Map.of("interruptions.realised", 2.0));
    }

    @Test
    void theBudgetIsThatOfTheAcceptedPolicy() {
        budgets.policyAnswer(answer("policy-0-7", true));
        budgets.policy(policy("budget: {interruptions: 6, per: 5 min}"), "policy-0-7");
        assertThat(budgets.shown(NOW).interruptions())
                .isEqualTo(new Budgets.Interruptions(6, 5, Map.of()));

        budgets.policy(policy("budget: {interruptions: 9, per: 1 d}"), "policy-0-7");
        assertThat(budgets.shown(NOW).interruptions())
                .isEqualTo(new Budgets.Interruptions(9, 1440, Map.of()));

        budgets.policy(policy("budget: {interruptions: 0, per: 5 min}"), "policy-0-8");
        budgets.policyAnswer(answer("policy-0-8", false));
        assertThat(budgets.shown(NOW).interruptions().set()).isEqualTo(9);

        budgets.policy(null, "policy-0-9");
        budgets.policyAnswer(answer("policy-0-9", true));
        assertThat(budgets.shown(NOW).interruptions().set()).isNull();
    }

    @Test
    void metricsOfTheJobsAreReadAsFlinkNamesThem() throws Exception {
        String text =
                """
                # HELP flink_taskmanager_job_task_operator_pendingRecords pendingRecords
                flink_taskmanager_job_task_operator_fetch_latency_max{subtask_index="0",} -Inf
                flink_taskmanager_job_task_operator_pendingRecords{subtask_index="0",} 40.0
                flink_taskmanager_job_task_operator_pendingRecords{subtask_index="1",} 2.0
                flink_taskmanager_job_task_operator_arrivalToAlertMs{subtask_index="0",quantile="0.99",} 120.0
                flink_taskmanager_job_task_operator_arrivalToAlertMs{subtask_index="1",quantile="0.99",} 90.0
                flink_taskmanager_job_task_operator_activityBudget{subtask_index="0",} 1.0
                flink_taskmanager_job_task_operator_activityBudget{subtask_index="1",} 1.0
                flink_taskmanager_job_task_operator_activityRealised{subtask_index="0",} 2.0
                flink_taskmanager_job_task_operator_activityRealised{subtask_index="1",} 0.5
                flink_taskmanager_job_task_operator_activityCameraDays{subtask_index="0",} 10.0
                flink_taskmanager_job_task_operator_activityCameraDays{subtask_index="1",} 30.0
                flink_taskmanager_job_task_operator_trajectoryBudget{subtask_index="0",} 0.0
                flink_taskmanager_job_task_operator_numRecordsIn{subtask_index="0",} 7.0
                """;
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = text.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        Map<String, Object> nowhere = Map.of("bootstrap.servers", "localhost:9");
        Settings settings =
                new Settings(
                        nowhere,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Map.of(
                                "cameras",
                                "http://localhost:" + server.getAddress().getPort() + "/metrics"),
                        Set.of());
        try (Broker broker = new Broker(settings)) {
            Items items = new Items();
            Health health = new Health(settings, items, new Devices(items), broker, budgets);
            health.lag(Map.of("alerts", 9L));
            health.lag(Map.of("alerts", 3L));
            health.step();

            Map<String, List<Double>> series = health.series(0, Long.MAX_VALUE).series();
            assertThat(series)
                    .containsEntry("lag.cameras", List.of(42.0))
                    .containsEntry("lag.alerts", List.of(9.0))
                    .containsEntry("latencyMsP99.cameras", List.of(120.0))
                    .containsEntry("budget.scene-activity.set", List.of(1.0))
                    // (2 · 10 + 0.5 · 30) / 40
                    .containsEntry("budget.scene-activity.realised", List.of(0.875))
                    .doesNotContainKeys("budget.trajectory.set", "job.cameras.numRecordsIn");
        } finally {
            server.stop(0);
        }
    }

    private void interrupt(
            String id, String position, int epoch, int priority, boolean covert, long at) {
        budgets.incident(assigned(id, position, epoch, priority, covert, at), at, true);
    }

    private static Incident assigned(
            String id, String position, int epoch, int priority, boolean covert, long at) {
        Incident of =
                Samples.incident(
                        id,
                        at,
                        Incident.Kind.PLACE,
                        "robbery",
                        Incident.Status.OPEN,
                        priority,
                        "TOLUCA",
                        null,
                        List.of(),
                        List.of(),
                        covert,
                        List.of());
        Incident.Assignment assignment =
                new Incident.Assignment(
                        "TOLUCA", position, epoch, Incident.Assignment.State.SENT, null, null);
        return new Incident(
                of.incidentId(),
                of.revision(),
                of.kind(),
                of.type(),
                null,
                of.status(),
                of.openedAt(),
                of.updatedAt(),
                null,
                of.place(),
                of.route(),
                null,
                of.site(),
                assignment,
                List.of(),
                of.priority(),
                of.priorityParts(),
                of.headline(),
                of.events(),
                of.links(),
                of.candidates(),
                of.notes(),
                null,
                null,
                of.covert(),
                of.notified());
    }

    private static Alert alert(String id, String device, String version, double rate, double days) {
        Alert plain =
                Samples.camera(
                        id, AlertType.UNUSUAL_TRAJECTORY, NOW, device, 30, Alert.Action.REVIEW);
        return new Alert(
                plain.identity(),
                plain.emission(),
                plain.lifecycle(),
                plain.place(),
                plain.subject(),
                plain.assessment(),
                new CameraEvidence(
                        null,
                        null,
                        1,
                        List.of(),
                        List.of(
                                MeasureKind.ALERTS_A_DAY_SO_FAR.of(rate, 1.0),
                                MeasureKind.DAYS_SO_FAR.of(days)),
                        new CameraEvidence.Model("trajectory", version)),
                null,
                plain.disclosure());
    }

    private static PolicyRequest policy(String storms) {
        return new PolicyRequest("1", Map.of("storms", storms), "ana", null, NOW);
    }

    private static PolicyAnswer answer(String request, boolean isAccepted) {
        return new PolicyAnswer(
                "1",
                isAccepted ? PolicyAnswer.Answer.ACCEPTED : PolicyAnswer.Answer.REJECTED,
                isAccepted ? List.of() : List.of("/budget: 0"),
                request,
                NOW);
    }
}
