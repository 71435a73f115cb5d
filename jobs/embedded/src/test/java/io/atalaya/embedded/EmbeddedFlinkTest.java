package io.atalaya.embedded;

import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedFlinkTest {
    @Test
    void namesTheTasksThatDoNotRun() {
        assertThat(
                        EmbeddedFlink.notRunning(
                                List.of(
                                        task("read (1/2)", ExecutionState.RUNNING),
                                        task("fuse (1/1)", ExecutionState.DEPLOYING))))
                .containsExactly("fuse (1/1) DEPLOYING");
    }

    private static AccessExecutionVertex task(String name, ExecutionState state) {
        return (AccessExecutionVertex)
                Proxy.newProxyInstance(
                        EmbeddedFlinkTest.class.getClassLoader(),
                        new Class<?>[] {AccessExecutionVertex.class},
                        (proxy, method, arguments) ->
                                method.getName().equals("getExecutionState") ? state : name);
    }
}
