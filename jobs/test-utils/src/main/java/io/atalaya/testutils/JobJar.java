package io.atalaya.testutils;

import io.atalaya.flink.job.JobDefinition;
import io.atalaya.flink.job.JobMain;

import java.io.IOException;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar of a job for {@code flink run}. */
public final class JobJar {
    private static final List<String> PROVIDED =
            List.of(
                    "ai/",
                    "org/apache/flink/api/",
                    "org/apache/flink/runtime/",
                    "org/rocksdb/",
                    "org/slf4j/");

    private JobJar() {}

    /**
     * Checks that it has the job and the connector, but nothing that the cluster provides.
     *
     * @param required further entries that it must have
     * @param excluded beginnings of further entries that it must not have
     */
    public static void check(JobDefinition<?> job, List<String> required, List<String> excluded)
            throws IOException {
        try (JarFile jar = new JarFile("target/" + job.name() + ".jar")) {
            assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS))
                    .isEqualTo(JobMain.class.getName());
            List<String> entries = jar.stream().map(ZipEntry::getName).toList();
            assertThat(entries)
                    .contains(
                            classFile(JobMain.class.getName()),
                            classFile(job.getClass().getName()),
                            "META-INF/services/" + JobDefinition.class.getName(),
                            classFile("org.apache.flink.connector.kafka.source.KafkaSource"),
                            classFile("org.apache.kafka.clients.consumer.KafkaConsumer"))
                    .containsAll(required);
            assertThat(entries).noneMatch(name -> PROVIDED.stream().anyMatch(name::startsWith));
            assertThat(entries).noneMatch(name -> excluded.stream().anyMatch(name::startsWith));
        }
    }

    private static String classFile(String name) {
        return name.replace('.', '/') + ".class";
    }
}
