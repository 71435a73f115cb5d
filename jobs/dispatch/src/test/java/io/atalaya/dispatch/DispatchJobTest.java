package io.atalaya.dispatch;

import io.atalaya.dispatch.metrics.DispatchMetrics;
import io.atalaya.testutils.JobChecks;

class DispatchJobTest extends JobChecks {
    DispatchJobTest() {
        super(
                new DispatchJob(),
                DispatchMetrics.class,
                """
                Sink Committer: announcements = announcements: Committer
                Sink Committer: dead-letter = dead letters: Committer
                Sink Committer: decisions = decisions: Committer
                Sink Committer: dispatch-ecatepec = queue of Ecatepec: Committer
                Sink Committer: dispatch-toluca = queue of Toluca: Committer
                Sink Committer: dispositions = dispositions: Committer
                Sink Committer: drone-tasks = drone tasks: Committer
                Sink Committer: faults-alerts = faults: alerts: Committer
                Sink Committer: hotlist = entries of other agencies: Committer
                Sink Committer: incidents = incidents: Committer
                Sink Committer: national-exchange = national exchange: Committer
                Sink Committer: policy-answers = policy answers: Committer
                Sink Committer: videowall = walls: Committer
                alerts-of-jobs = Source: alerts of all jobs
                announcements = announcements: Writer
                calls = Source: calls
                dead-letter = dead letters: Writer
                decisions = decisions: Writer
                deliveries = Source: deliveries
                device-events = Source: device events
                device-references = devices as references
                device-registrations = devices for supervision
                devices = Source: devices
                dispatch-ecatepec = queue of Ecatepec: Writer
                dispatch-responses = Source: dispatch responses
                dispatch-toluca = queue of Toluca: Writer
                dispositions = dispositions: Writer
                drone-tasks = drone tasks: Writer
                drones = Source: drones
                evidence = evidence: alerts, calls, warnings, agencies
                evidence-dead-letters = evidence: alerts, calls, warnings, agencies: dead letters
                exchange = exchange: what other agencies learn
                exchange-dead-letters = exchange: what other agencies learn: dead letters
                faults = faults: alerts about failures
                faults-alert-records = faults: alerts as records
                faults-alert-records-dead-letters = faults: alerts as records: dead letters
                faults-alerts = faults: alerts: Writer
                faults-savepoint-fence = faults: savepoint fence
                fusion = fusion: incidents, routing, deadlines
                fusion-dead-letters = fusion: incidents, routing, deadlines: dead letters
                hotlist = entries of other agencies: Writer
                incident-summaries = incidents for outreach
                incidents = incidents: Writer
                mutes = Source: mutes
                national-exchange = national exchange: Writer
                national-inbound = Source: national inbound
                national-messages = messages of other agencies
                outreach = outreach: announcements, walls, drones
                outreach-answers = answers for outreach
                outreach-dead-letters = outreach: announcements, walls, drones: dead letters
                outreach-devices = devices for outreach
                outreach-policies = policies for outreach
                parse-alerts = parse alerts
                parse-alerts-dead-letters = parse alerts: dead letters
                parse-calls = parse calls
                parse-calls-dead-letters = parse calls: dead letters
                parse-deliveries = parse deliveries
                parse-deliveries-dead-letters = parse deliveries: dead letters
                parse-device-events = parse events
                parse-device-events-dead-letters = parse events: dead letters
                parse-devices = parse devices
                parse-devices-dead-letters = parse devices: dead letters
                parse-dispatch-responses = parse responses
                parse-dispatch-responses-dead-letters = parse responses: dead letters
                parse-drones = parse drones
                parse-drones-dead-letters = parse drones: dead letters
                parse-mutes = parse mutes
                parse-mutes-dead-letters = parse mutes: dead letters
                parse-public-warnings = parse warnings
                parse-public-warnings-dead-letters = parse warnings: dead letters
                parse-site-presence = parse presence
                parse-site-presence-dead-letters = parse presence: dead letters
                policy = Source: policy
                policy-answers = policy answers: Writer
                policy-inputs = policies for incidents
                policy-references = policies as references
                policy-requests = policy requests: accepted or rejected
                policy-requests-dead-letters = policy requests: accepted or rejected: dead letters
                public-warnings = Source: public warnings
                site-presence = Source: site presence
                supervision = supervision: buttons, zones, doors
                supervision-dead-letters = supervision: buttons, zones, doors: dead letters
                videowall = walls: Writer
                """);
    }
}
