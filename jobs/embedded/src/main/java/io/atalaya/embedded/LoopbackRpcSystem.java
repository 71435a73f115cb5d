package io.atalaya.embedded;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rpc.AddressResolution;
import org.apache.flink.runtime.rpc.RpcSystem;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Flink's RPC, bound to the loopback interface. It is needed because MiniCluster has no setting for
 * the address of its metric query service and binds it to every interface.
 */
final class LoopbackRpcSystem implements RpcSystem {
    private final RpcSystem system;
    private final String loopback;

    LoopbackRpcSystem(RpcSystem system, String loopback) {
        this.system = system;
        this.loopback = loopback;
    }

    @Override
    public RpcServiceBuilder localServiceBuilder(Configuration configuration) {
        return system.localServiceBuilder(configuration);
    }

    @Override
    public RpcServiceBuilder remoteServiceBuilder(
            Configuration configuration, String externalAddress, String externalPortRange) {
        return system.remoteServiceBuilder(configuration, externalAddress, externalPortRange)
                .withBindAddress(loopback);
    }

    @Override
    public String getRpcUrl(
            String hostname,
            int port,
            String endpointName,
            AddressResolution addressResolution,
            Configuration configuration)
            throws UnknownHostException {
        return system.getRpcUrl(hostname, port, endpointName, addressResolution, configuration);
    }

    @Override
    public InetSocketAddress getInetSocketAddressFromRpcUrl(String url) throws Exception {
        return system.getInetSocketAddressFromRpcUrl(url);
    }

    @Override
    public long getMaximumMessageSizeInBytes(Configuration configuration) {
        return system.getMaximumMessageSizeInBytes(configuration);
    }

    @Override
    public void close() {
        system.close();
    }
}
