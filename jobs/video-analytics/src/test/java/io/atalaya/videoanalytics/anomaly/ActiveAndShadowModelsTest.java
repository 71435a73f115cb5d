package io.atalaya.videoanalytics.anomaly;

import io.atalaya.inference.InvalidModelException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The project's own networks under several versions, changed while they serve. */
class ActiveAndShadowModelsTest {
    private static final ModelKind KIND = ModelKind.TRAJECTORY;

    @TempDir private Path directory;

    private ServedModels open() {
        new ModelDirectory(directory).copy("trajectory", "2").copy("trajectory", "3");
        return new SharedServedModels(
                        List.of(new StoredModelFactory(KIND, "1", "")), directory.toString())
                .open();
    }

    @Test
    void aVersionRunsBesideTheActiveOneAndTakesItsPlace() {
        try (ServedModels networks = open()) {
            assertThat(networks.active(KIND).version()).isEqualTo("1");
            assertThat(networks.shadow(KIND)).isNull();

            networks.choose(new ModelVersions(KIND, null, "2"));
            networks.settle();
            assertThat(networks.active(KIND).version()).isEqualTo("1");
            assertThat(networks.shadow(KIND).version()).isEqualTo("2");
            List<float[]> rows = List.of(new float[KIND.inputs()]);
            assertThat(networks.shadow(KIND).run(rows).get(0))
                    .isEqualTo(networks.active(KIND).run(rows).get(0));

            networks.choose(new ModelVersions(KIND, "2", null));
            networks.settle();
            assertThat(networks.active(KIND).version()).isEqualTo("2");
            assertThat(networks.shadow(KIND)).isNull();
            assertThat(networks.switches()).isEqualTo(2);
            assertThat(networks.active(KIND).run(rows)).hasSize(1);
        }
    }

    @Test
    void nothingChangesBeforeItsTime() {
        try (ServedModels networks = open()) {
            ServedModel before = networks.active(KIND);
            networks.choose(new ModelVersions(KIND, "2", null));
            assertThat(networks.active(KIND)).isSameAs(before);
        }
    }

    @Test
    void ofSeveralRequestsTheLastCounts() {
        try (ServedModels networks = open()) {
            networks.choose(new ModelVersions(KIND, "2", null));
            networks.choose(new ModelVersions(KIND, "3", "2"));
            networks.settle();

            assertThat(networks.active(KIND).version()).isEqualTo("3");
            assertThat(networks.shadow(KIND).version()).isEqualTo("2");
        }
    }

    @Test
    void whatCannotBeHadLeavesTheOthersInPlace() {
        try (ServedModels networks = open()) {
            networks.choose(new ModelVersions(KIND, "2", "gone"));
            networks.settle();
            assertThat(networks.active(KIND).version()).isEqualTo("1");
            assertThat(networks.failures()).isEqualTo(1);

            networks.choose(new ModelVersions(ModelKind.SCENE_ACTIVITY, "1", null));
            networks.settle();
            assertThat(networks.failures()).as("a kind that is not asked").isEqualTo(1);
        }
    }

    @Test
    void aShadowThatDoesNotWorkIsLetGo() {
        try (ServedModels networks = open()) {
            networks.choose(new ModelVersions(KIND, "2", "3"));
            networks.settle();
            networks.dropShadow(KIND, new IllegalStateException("it threw"));

            assertThat(networks.active(KIND).version()).isEqualTo("2");
            assertThat(networks.shadow(KIND)).isNull();
            assertThat(networks.failures()).isEqualTo(1);
        }
    }

    @Test
    void aVersionThatDoesNotWorkLeavesThePlaceToThatOfTheSettings() {
        try (ServedModels networks = open()) {
            RuntimeException reason = new IllegalStateException("it threw");
            assertThat(networks.fallBack(KIND, reason)).as("from itself").isFalse();
            networks.choose(new ModelVersions(KIND, "2", "3"));
            networks.settle();

            assertThat(networks.fallBack(KIND, reason)).isTrue();
            assertThat(networks.active(KIND).version()).isEqualTo("1");
            assertThat(networks.shadow(KIND)).isNull();
            assertThat(networks.failures()).isEqualTo(1);
        }
    }

    @Test
    void startsWithNothingThatIsNotThere() {
        SharedServedModels absent =
                new SharedServedModels(List.of(new StoredModelFactory(KIND, "9", "")), "");
        assertThatThrownBy(absent::open).isInstanceOf(InvalidModelException.class);
    }
}
