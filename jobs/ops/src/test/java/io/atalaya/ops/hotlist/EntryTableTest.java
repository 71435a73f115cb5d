package io.atalaya.ops.hotlist;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class EntryTableTest {
    private static final ZoneId MEXICO = ZoneId.of("America/Mexico_City");

    @Test
    void showsTheEndOfADayAsTheDayThatWasLoaded(@TempDir Path directory) throws Exception {
        Path list =
                Files.writeString(
                        directory.resolve("list.csv"),
                        "placa,motivo,carpeta,vigencia_hasta\nABC123,INTEREST,1,31/12/2026\n");
        HotlistFile file = HotlistFile.read(list, new Origin("A", "s"), MEXICO, 0);
        StringWriter text = new StringWriter();
        new EntryTable(new PrintWriter(text), MEXICO).print(List.copyOf(file.entries().values()));
        assertThat(text.toString()).contains(" 2026-12-31T23:59:59.999-06:00");
    }
}
