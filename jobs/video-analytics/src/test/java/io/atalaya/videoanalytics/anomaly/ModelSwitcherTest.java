package io.atalaya.videoanalytics.anomaly;

import io.atalaya.inference.InvalidModelException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The project's own networks under several versions, replaced while they are served. */
class ModelSwitcherTest {
    private static final ModelKind KIND = ModelKind.TRAJECTORY;

    @TempDir private Path directory;

    private ServedModels open() {
        new ModelDirectory(directory).copy("trajectory", "2").copy("trajectory", "3");
        return new ModelSwitcher.Factory(
                        List.of(new ModelLocation(KIND, "1", "")), directory.toString())
                .open();
    }

    @Test
    void aVersionRunsBesideTheActiveOneAndTakesItsPlace() {
        try (ServedModels servedModels = open()) {
            assertThat(servedModels.active(KIND).version()).isEqualTo("1");
            assertThat(servedModels.shadow(KIND)).isNull();

            servedModels.choose(new ModelRequestResult.Versions(KIND, null, "2"));
            servedModels.settle();
            assertThat(servedModels.active(KIND).version()).isEqualTo("1");
            assertThat(servedModels.shadow(KIND).version()).isEqualTo("2");
            List<float[]> rows = List.of(new float[KIND.inputs()]);
            assertThat(servedModels.shadow(KIND).run(rows).get(0))
                    .isEqualTo(servedModels.active(KIND).run(rows).get(0));

            servedModels.choose(new ModelRequestResult.Versions(KIND, "2", null));
            servedModels.settle();
            assertThat(servedModels.active(KIND).version()).isEqualTo("2");
            assertThat(servedModels.shadow(KIND)).isNull();
            assertThat(servedModels.switches()).isEqualTo(2);
            assertThat(servedModels.active(KIND).run(rows)).hasSize(1);
        }
    }

    @Test
    void nothingChangesBeforeItsTime() {
        try (ServedModels servedModels = open()) {
            ServedModels.Model before = servedModels.active(KIND);
            servedModels.choose(new ModelRequestResult.Versions(KIND, "2", null));
            assertThat(servedModels.active(KIND)).isSameAs(before);
        }
    }

    @Test
    void ofSeveralRequestsTheLastCounts() {
        try (ServedModels servedModels = open()) {
            servedModels.choose(new ModelRequestResult.Versions(KIND, "2", null));
            servedModels.choose(new ModelRequestResult.Versions(KIND, "3", "2"));
            servedModels.settle();

            assertThat(servedModels.active(KIND).version()).isEqualTo("3");
            assertThat(servedModels.shadow(KIND).version()).isEqualTo("2");
        }
    }

    @Test
    void whatCannotBeHadLeavesTheOthersInPlace() {
        try (ServedModels servedModels = open()) {
            servedModels.choose(new ModelRequestResult.Versions(KIND, "2", "gone"));
            servedModels.settle();
            assertThat(servedModels.active(KIND).version()).isEqualTo("1");
            assertThat(servedModels.failures()).isEqualTo(1);

            servedModels.choose(
                    new ModelRequestResult.Versions(ModelKind.SCENE_ACTIVITY, "1", null));
            servedModels.settle();
            assertThat(servedModels.failures()).as("a kind that is not asked").isEqualTo(1);
        }
    }

    @Test
    void aShadowThatDoesNotWorkIsLetGo() {
        try (ServedModels servedModels = open()) {
            servedModels.choose(new ModelRequestResult.Versions(KIND, "2", "3"));
            servedModels.settle();
            servedModels.dropShadow(KIND, new IllegalStateException("it threw"));

            assertThat(servedModels.active(KIND).version()).isEqualTo("2");
            assertThat(servedModels.shadow(KIND)).isNull();
            assertThat(servedModels.failures()).isEqualTo(1);
        }
    }

    @Test
    void aVersionThatDoesNotWorkLeavesThePlaceToThatOfTheSettings() {
        try (ServedModels servedModels = open()) {
            RuntimeException reason = new IllegalStateException("it threw");
            assertThat(servedModels.fallBack(KIND, reason)).as("from itself").isFalse();
            servedModels.choose(new ModelRequestResult.Versions(KIND, "2", "3"));
            servedModels.settle();

            assertThat(servedModels.fallBack(KIND, reason)).isTrue();
            assertThat(servedModels.active(KIND).version()).isEqualTo("1");
            assertThat(servedModels.shadow(KIND)).isNull();
            assertThat(servedModels.failures()).isEqualTo(1);
        }
    }

    @Test
    void startsWithNothingThatIsNotThere() {
        ModelSwitcher.Factory absent =
                new ModelSwitcher.Factory(List.of(new ModelLocation(KIND, "9", "")), "");
        assertThatThrownBy(absent::open).isInstanceOf(InvalidModelException.class);
    }
}
