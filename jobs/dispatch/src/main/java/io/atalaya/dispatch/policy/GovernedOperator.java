package io.atalaya.dispatch.policy;

import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;

/**
 * An operator that works by the rules of the policy in force, and remembers a requested one.
 *
 * @param <OUT> type of its main output
 */
public abstract class GovernedOperator<OUT> extends BulkheadOperator<OUT> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(GovernedOperator.class);

    private static final MapStateDescriptor<String, PolicyUpdate> POLICY =
            new MapStateDescriptor<>("policy", Types.STRING, BinaryTypeInfo.of(PolicyUpdate.class));

    private static final String REQUESTED = "requested";

    private final Map<String, String> policyOfSettings;

    private transient BroadcastState<String, PolicyUpdate> requestedPolicy;

    /**
     * @param policyOfSettings files of the policy that is in force until another is requested
     */
    protected GovernedOperator(
            BulkheadSettings bulkhead,
            boolean isKeyedByDevice,
            Map<String, String> policyOfSettings) {
        super(bulkhead, isKeyedByDevice);
        this.policyOfSettings = policyOfSettings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        requestedPolicy = context.getOperatorStateStore().getBroadcastState(POLICY);
    }

    @Override
    public void open() throws Exception {
        super.open();
        Policy policy = PolicyUpdate.inForce(requestedPolicy.get(REQUESTED), policyOfSettings);
        LOG.debug("{} works by policy {}", name(), policy.version());
        govern(policy);
    }

    /** Applies a policy from now on. */
    protected abstract void govern(Policy policy) throws Exception;

    protected final void govern(PolicyUpdate update) throws Exception {
        govern(update.read());
        requestedPolicy.put(REQUESTED, update);
    }
}
