package io.atalaya.dispatch;

import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.exchange.ExchangeOperator;
import io.atalaya.dispatch.incident.IncidentInput;
import io.atalaya.dispatch.incident.IncidentOperator;
import io.atalaya.dispatch.outreach.OutreachInput;
import io.atalaya.dispatch.outreach.OutreachOperator;
import io.atalaya.dispatch.policy.PolicyRequestOperator;
import io.atalaya.dispatch.policy.PolicyUpdate;
import io.atalaya.dispatch.source.DeviceMessage;
import io.atalaya.dispatch.source.EvidenceOperator;
import io.atalaya.dispatch.source.SourceMessage;
import io.atalaya.dispatch.source.SupervisionOperator;
import io.atalaya.flink.job.JobGraph;
import io.atalaya.flink.parse.ParseOperator;
import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/**
 * The operator graph of the job.
 *
 * <pre>
 * device-events ─> parse ─> supervision (deviceId): repeats, tests, faults ───────┐
 * devices ───────> parse ────┘ (deviceId)                                         │
 *             └──> as evidence's reference ────┐                                  │
 * alerts, calls, public-warnings ─> parse ─> evidence (one subtask) ──────────────┤
 * national-inbound ─────────────────────────────┘ └─> hotlist                     │
 * dispatch-responses, site-presence, mutes, deliveries ─> parse ──────────────────┤
 * policy ─> policy requests ═> supervision, evidence, fusion                      │
 *              └─ accepted or rejected ─> policy-answers                          v
 *                                                       fusion (one subtask, one key)
 *                                                       ├─> incidents, dispatch-toluca,
 *                                                       │   dispatch-ecatepec, dispositions
 * drones ─> parse ─┐                                    v
 * devices, dispatch-responses, deliveries, policy ─> outreach (one subtask, one key)
 *                                                       └─> announcements, videowall, drone-tasks
 * incidents ─> exchange (one subtask) ─> national-exchange
 * supervision, evidence, fusion, outreach ─> decisions
 *
 * every operator: invalid records, internal errors ─> dead-letter
 *                                  internal errors ─> faults (deviceId) ─> alerts
 * </pre>
 */
public final class DispatchPipeline {
    private static final TypeInformation<OutreachInput> OUTREACH =
            BinaryTypeInfo.of(OutreachInput.class);

    private final JobGraph graph;
    private final DispatchSettings settings;

    private DispatchPipeline(JobGraph graph, DispatchSettings settings) {
        this.graph = graph;
        this.settings = settings;
    }

    /** Adds the operators and their outputs to a graph. */
    static void build(JobGraph graph, DispatchSettings settings) {
        new DispatchPipeline(graph, settings).build();
    }

    private void build() {
        var policies = policies();
        var supervised = supervision(deviceEvents(), policies);
        var evidence = evidence(messages().union(national(), references(policies)));
        var answers = answers();
        var incidents = incidents(supervised.union(evidence, answers, policies(policies)));
        var outreach = outreach(incidents, answers, policies);
        graph.output(Topics.INCIDENTS, "incidents", incidents);
        output(Topics.DISPATCH_TOLUCA, "queue of Toluca", incidents);
        output(Topics.DISPATCH_ECATEPEC, "queue of Ecatepec", incidents);
        output(Topics.DISPOSITIONS, "dispositions", incidents);
        graph.output(
                Topics.HOTLIST,
                "entries of other agencies",
                evidence.getSideOutput(EvidenceOperator.LISTINGS));
        graph.output(Topics.NATIONAL_EXCHANGE, "national exchange", exchange(incidents, policies));
        var decisions = IncidentOperator.output(Topics.DECISIONS);
        graph.output(
                Topics.DECISIONS,
                "decisions",
                incidents
                        .getSideOutput(decisions)
                        .union(
                                evidence.getSideOutput(decisions),
                                supervised.getSideOutput(decisions),
                                outreach.getSideOutput(OutreachOperator.output(Topics.DECISIONS))));
        graph.output(Topics.ANNOUNCEMENTS, "announcements", outreach);
        graph.output(
                Topics.VIDEOWALL,
                "walls",
                outreach.getSideOutput(OutreachOperator.output(Topics.VIDEOWALL)));
        graph.output(
                Topics.DRONE_TASKS,
                "drone tasks",
                outreach.getSideOutput(OutreachOperator.output(Topics.DRONE_TASKS)));
        graph.output(
                Topics.POLICY_ANSWERS,
                "policy answers",
                policies.getSideOutput(PolicyRequestOperator.ANSWERS));
    }

    private void output(
            String topic, String name, SingleOutputStreamOperator<RawRecord> incidents) {
        graph.output(topic, name, incidents.getSideOutput(IncidentOperator.output(topic)));
    }

    private SingleOutputStreamOperator<PolicyUpdate> policies() {
        return graph.add(
                        "policy-requests",
                        "policy requests: accepted or rejected",
                        graph.whole(Topics.POLICY_REQUESTS, "policy"),
                        new PolicyRequestOperator(
                                settings.bulkhead(),
                                settings.policy(),
                                !settings.keyFile().isEmpty()),
                        BinaryTypeInfo.of(PolicyUpdate.class))
                .setParallelism(1)
                .setBufferTimeout(JobGraph.AT_ONCE);
    }

    private DataStream<DeviceMessage> deviceEvents() {
        return graph.add(
                "parse-device-events",
                "parse events",
                graph.reads(Topics.DEVICE_EVENTS, "device events"),
                ParseOperator.ofDevices(
                        settings.bulkhead(),
                        DispatchParsers.deviceEvents(settings.maxBehind().toMillis())),
                BinaryTypeInfo.of(DeviceMessage.class));
    }

    private DataStream<SourceMessage> messages() {
        // The topic's sink has the topic's name as uid.
        DataStream<SourceMessage> alerts =
                parse(
                        "parse-alerts",
                        "parse alerts",
                        graph.reads(Topics.ALERTS, "alerts-of-jobs", "alerts of all jobs"),
                        ParseOperator.of(settings.bulkhead(), DispatchParsers.alerts()),
                        SourceMessage.class);
        DataStream<SourceMessage> calls =
                parse(
                        "parse-calls",
                        "parse calls",
                        graph.reads(Topics.CALLS, "calls"),
                        ParseOperator.of(
                                settings.bulkhead(),
                                DispatchParsers.calls(settings.maxBehind().toMillis())),
                        SourceMessage.class);
        return alerts.union(
                calls,
                parse(
                        "parse-public-warnings",
                        "parse warnings",
                        graph.reads(Topics.PUBLIC_WARNINGS, "public warnings"),
                        ParseOperator.ofFeeds(settings.bulkhead(), DispatchParsers.warnings()),
                        SourceMessage.class));
    }

    private DataStream<SourceMessage> national() {
        return reference(
                "national-messages",
                "messages of other agencies",
                graph.reads(Topics.NATIONAL_INBOUND, "national inbound")
                        .map(DispatchParsers::national, BinaryTypeInfo.of(SourceMessage.class)));
    }

    /** By what messages are read. */
    private DataStream<SourceMessage> references(DataStream<PolicyUpdate> policies) {
        return reference(
                        "device-references",
                        "devices as references",
                        graph.devices()
                                .map(
                                        DispatchParsers::reference,
                                        BinaryTypeInfo.of(SourceMessage.class)))
                .union(
                        reference(
                                "policy-references",
                                "policies as references",
                                policies.map(
                                        DispatchParsers::reference,
                                        BinaryTypeInfo.of(SourceMessage.class))));
    }

    private static <T> DataStream<T> reference(
            String uid, String name, SingleOutputStreamOperator<T> mapped) {
        return mapped.uid(uid).name(name).setParallelism(1).setBufferTimeout(JobGraph.AT_ONCE);
    }

    private SingleOutputStreamOperator<IncidentInput> evidence(DataStream<SourceMessage> messages) {
        return one(
                graph.add(
                        "evidence",
                        "evidence: alerts, calls, warnings, agencies",
                        messages,
                        new EvidenceOperator(
                                settings.bulkhead(), settings.policy(), DispatchJob.NAME),
                        BinaryTypeInfo.of(IncidentInput.class)));
    }

    private SingleOutputStreamOperator<IncidentInput> supervision(
            DataStream<DeviceMessage> events, DataStream<PolicyUpdate> policies) {
        DataStream<DeviceMessage> registrations =
                reference(
                        "device-registrations",
                        "devices for supervision",
                        graph.devices()
                                .map(
                                        DeviceMessage.Registered::new,
                                        BinaryTypeInfo.of(DeviceMessage.class)));
        return graph.add(
                        "supervision",
                        "supervision: buttons, zones, doors",
                        events.union(registrations).keyBy(DeviceMessage::deviceId, Types.STRING),
                        policies,
                        new SupervisionOperator(
                                settings.bulkhead(), settings.policy(), DispatchJob.NAME),
                        BinaryTypeInfo.of(IncidentInput.class))
                .setBufferTimeout(JobGraph.AT_ONCE);
    }

    private DataStream<IncidentInput> answers() {
        return parse(
                        "parse-dispatch-responses",
                        "parse responses",
                        graph.reads(Topics.DISPATCH_RESPONSES, "dispatch responses"),
                        ParseOperator.of(settings.bulkhead(), DispatchParsers.responses()),
                        IncidentInput.class)
                .union(
                        parse(
                                "parse-site-presence",
                                "parse presence",
                                graph.reads(Topics.SITE_PRESENCE, "site presence"),
                                ParseOperator.of(settings.bulkhead(), DispatchParsers.presences()),
                                IncidentInput.class),
                        parse(
                                "parse-deliveries",
                                "parse deliveries",
                                graph.reads(Topics.DELIVERIES, "deliveries"),
                                ParseOperator.of(settings.bulkhead(), DispatchParsers.deliveries()),
                                IncidentInput.class),
                        one(
                                parse(
                                        "parse-mutes",
                                        "parse mutes",
                                        graph.whole(Topics.MUTES, "mutes"),
                                        ParseOperator.of(
                                                settings.bulkhead(), DispatchParsers.mutes()),
                                        IncidentInput.class)));
    }

    private DataStream<IncidentInput> policies(DataStream<PolicyUpdate> policies) {
        return reference(
                "policy-inputs",
                "policies for incidents",
                policies.map(DispatchParsers::input, BinaryTypeInfo.of(IncidentInput.class)));
    }

    private SingleOutputStreamOperator<RawRecord> incidents(DataStream<IncidentInput> inputs) {
        return one(
                graph.add(
                        "fusion",
                        "fusion: incidents, routing, deadlines",
                        inputs.keyBy(input -> IncidentOperator.KEY, Types.STRING),
                        new IncidentOperator(
                                settings.bulkhead(),
                                settings.policy(),
                                settings.clockRunsWhenIdle(),
                                DispatchJob.NAME),
                        BinaryTypeInfo.of(RawRecord.class)));
    }

    private SingleOutputStreamOperator<RawRecord> exchange(
            DataStream<RawRecord> incidents, DataStream<PolicyUpdate> policies) {
        return one(
                graph.add(
                        "exchange",
                        "exchange: what other agencies learn",
                        incidents.connect(policies),
                        new ExchangeOperator(
                                settings.bulkhead(),
                                settings.policy(),
                                settings.keyFile(),
                                settings.clockRunsWhenIdle(),
                                DispatchJob.NAME),
                        BinaryTypeInfo.of(RawRecord.class)));
    }

    /** Behind an exchange, so that its work is not on the way of an incident to a site. */
    private SingleOutputStreamOperator<RawRecord> outreach(
            SingleOutputStreamOperator<RawRecord> incidents,
            DataStream<IncidentInput> answers,
            DataStream<PolicyUpdate> policies) {
        DataStream<OutreachInput> inputs =
                reference(
                                "incident-summaries",
                                "incidents for outreach",
                                incidents
                                        .getSideOutput(IncidentOperator.SUMMARIES)
                                        .map(DispatchParsers::outreach, OUTREACH))
                        .union(
                                reference(
                                        "outreach-answers",
                                        "answers for outreach",
                                        answers.flatMap(DispatchParsers::outreach, OUTREACH)),
                                reference(
                                        "outreach-devices",
                                        "devices for outreach",
                                        graph.devices().map(DispatchParsers::outreach, OUTREACH)),
                                reference(
                                        "outreach-policies",
                                        "policies for outreach",
                                        policies.map(DispatchParsers::outreach, OUTREACH)),
                                parse(
                                        "parse-drones",
                                        "parse drones",
                                        graph.reads(Topics.DRONES, "drones"),
                                        ParseOperator.of(
                                                settings.bulkhead(), DispatchParsers.drones()),
                                        OutreachInput.class));
        return one(
                graph.add(
                        "outreach",
                        "outreach: announcements, walls, drones",
                        inputs.keyBy(input -> OutreachOperator.KEY, Types.STRING),
                        new OutreachOperator(
                                settings.bulkhead(),
                                settings.policy(),
                                settings.clockRunsWhenIdle(),
                                DispatchJob.NAME),
                        BinaryTypeInfo.of(RawRecord.class)));
    }

    /** Adds a step with little input. */
    private <I, O> SingleOutputStreamOperator<O> parse(
            String uid,
            String name,
            DataStream<I> input,
            OneInputStreamOperator<I, O> operator,
            Class<O> type) {
        return graph.add(uid, name, input, operator, BinaryTypeInfo.of(type))
                .setBufferTimeout(JobGraph.AT_ONCE);
    }

    private static <T> SingleOutputStreamOperator<T> one(SingleOutputStreamOperator<T> operator) {
        return operator.setParallelism(1).setBufferTimeout(JobGraph.AT_ONCE);
    }
}
