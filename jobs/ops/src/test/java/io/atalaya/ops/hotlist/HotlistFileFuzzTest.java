package io.atalaya.ops.hotlist;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.fuzzing.FuzzTarget;
import io.atalaya.fuzzing.FuzzTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Fuzzes the list files of agencies. */
class HotlistFileFuzzTest extends FuzzTest {
    private static final Origin ORIGIN = new Origin("FGJEM", "robados");
    private static final ZoneId ZONE = ZoneId.of("America/Mexico_City");

    /**
     * Large, because a line of two bytes is written as a message of the topic and read by its
     * codec.
     */
    private static final int HEAP_PER_BYTE = 20_000;

    private final Path file = file();

    @Override
    public List<FuzzTarget<?>> targets() {
        return List.of(
                target(
                        "list-csv",
                        """
                        id,Placa,Patrón,motivo,Número_caso,País,estado,prioridad,vigencia_desde,vigencia_hasta,marca,modelo
                        E1,ABC-123-A,,STOLEN_VEHICLE,CI-1,MX,MEX,90,2026-01-01T00:00:00-06:00,1800000000000,Nissan,Versa
                        """,
                        """
                        placa;motivo;carpeta;color;tipo;sitios;direcciones;coincidencia;encubierto;avisar
                        ABC111;Robado;CI-1;Rojo;Sedán;A;N;exact;no;
                        "ABC112
                        ";Adeudo;CI-2;"a ""b""\";;"A,B";"N, 90";;sí;"mesa-1, mesa-2"
                        """,
                        "tag\tcaso\tcarpeta\tmotivo\tvigencia\tvigencia_desde\nE2\tx\tCI-1\tINTEREST\t31/12/2026\t1/1/2026 09:00\n",
                        "plate,reason,caseNumber,validFrom\nAB1,INTEREST,C,2026-01-01 00:00\nAB2,INTEREST,C,2026-01-01\n"),
                target(
                        "list-json",
                        """
                        [{"plate": "ABC123", "reason": "INTEREST", "caseNumber": "CI-1", "scope": {"sites": ["a"]}},
                         {"entryId": "E2", "pattern": "ABC*", "reason": "STOLEN_VEHICLE", "caseNumber": "CI-2"}]
                        """,
                        """
                        {"plate":"ABC123","reason":"INTEREST","caseNumber":"CI-1","validUntil":"2026-03-03T12:00:00Z"}
                        {"tagId":"E200","reason":"INTEREST","caseNumber":"CI-\\"2","vehicle":{"make":"VW"},"covert":true,"notify":["m"]}
                        """));
    }

    private FuzzTarget<HotlistFile> target(String name, String... seeds) {
        return new FuzzTarget<>(
                name,
                input -> {
                    Files.write(file, input);
                    return HotlistFile.read(file, ORIGIN, ZONE, 0);
                },
                HotlistFileException.class,
                HotlistFileFuzzTest::requireSameEntries,
                () -> Stream.of(seeds).map(seed -> seed.getBytes(StandardCharsets.UTF_8)).toList(),
                HEAP_PER_BYTE);
    }

    private static void requireSameEntries(HotlistFile list) throws Exception {
        Predicate<HotlistEntry> meant = list.meantByRejected();
        assertThat(list.lines().keySet()).isEqualTo(list.entries().keySet());
        for (Map.Entry<String, HotlistEntry> entry : list.entries().entrySet()) {
            assertThat(HotlistEntryCodec.read(HotlistEntryCodec.write(entry.getValue())))
                    .isEqualTo(entry.getValue());
            assertThat(entry.getValue().entryId()).isEqualTo(entry.getKey());
            meant.test(entry.getValue());
        }
    }

    private static Path file() {
        try {
            Path file = Files.createTempFile("list", ".txt");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
