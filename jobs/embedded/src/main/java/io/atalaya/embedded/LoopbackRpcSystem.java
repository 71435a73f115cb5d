package io.atalaya.embedded;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.rpc.AddressResolution;
import org.apache.flink.runtime.rpc.RpcSystem;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Flink's RPC, bound to the loopback interface. It is needed because MiniCluster has no setting for
 * the address of its metric query service and binds it to every interface.
 *
 * <p>The clusters of a JVM share the classes of the RPC, because Flink loads them by a class loader
 * of their own: thousands, which each cluster would load and compile again.
 */
final class LoopbackRpcSystem implements RpcSystem {
    private static TemporaryDirectory directory;
    private static RpcSystem system;
    private static int users;

    private final String loopback;

    private LoopbackRpcSystem(String loopback) {
        this.loopback = loopback;
    }

    /** To be closed once. */
    static LoopbackRpcSystem open(String loopback) {
        synchronized (LoopbackRpcSystem.class) {
            if (users == 0) {
                directory = TemporaryDirectory.create("atalaya-flink-");
                Configuration own = new Configuration();
                own.set(CoreOptions.TMP_DIRS, directory.path().toString());
                system = RpcSystem.load(own);
            }
            users++;
        }
        return new LoopbackRpcSystem(loopback);
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
        synchronized (LoopbackRpcSystem.class) {
            users--;
            if (users == 0) {
                system.close();
                directory.close();
            }
        }
    }
}
