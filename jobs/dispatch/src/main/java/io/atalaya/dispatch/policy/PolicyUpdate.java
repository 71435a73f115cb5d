package io.atalaya.dispatch.policy;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;

/**
 * A policy that is in force from now on.
 *
 * @param files its valid files, by their names
 * @param isOfSettings whether it is the one of the job's settings, which a restart may change
 * @param arrivalTime of the request, epoch ms
 * @param position of the request
 */
public record PolicyUpdate(
        Map<String, String> files, boolean isOfSettings, long arrivalTime, RecordPosition position)
        implements Traceable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyUpdate.class);

    @Override
    public Origin origin() {
        return Origin.described(
                null, position.in(Topics.POLICY_REQUESTS), "policy " + files.keySet());
    }

    /**
     * The policy in force.
     *
     * @param requested the last accepted one, or null
     * @param ofSettings files of the policy until one is requested
     */
    public static Policy inForce(PolicyUpdate requested, Map<String, String> ofSettings)
            throws PolicyReader.InvalidPolicyException {
        if (requested != null && !requested.isOfSettings) {
            try {
                return PolicyReader.read(requested.files);
            } catch (PolicyReader.InvalidPolicyException e) {
                LOG.error(
                        "the policy of {} is invalid in this version of the job, so that of the"
                                + " settings is in force: {}",
                        requested.position.in(Topics.POLICY_REQUESTS),
                        e.getMessage());
            }
        }
        return PolicyReader.read(ofSettings);
    }

    /** The policy, which was valid when it was requested. */
    public Policy read() {
        try {
            return PolicyReader.read(files);
        } catch (PolicyReader.InvalidPolicyException e) {
            throw new IllegalStateException("a policy that was valid", e);
        }
    }
}
