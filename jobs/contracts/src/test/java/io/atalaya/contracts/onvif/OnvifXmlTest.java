package io.atalaya.contracts.onvif;

import io.atalaya.contracts.json.InvalidRecordException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class OnvifXmlTest {
    private static final int MAX_BYTES = 1 << 20;

    @Test
    void readsElementsAttributesAndTextWithoutPrefixes() throws InvalidRecordException {
        OnvifElement root =
                read("<tt:A x='1'><!-- c --><tt:B> b <![CDATA[<c>]]>&amp; </tt:B><B/></tt:A>");
        assertThat(root.name()).isEqualTo("A");
        assertThat(root.attribute("x")).isEqualTo("1");
        assertThat(root.child("B").text()).isEqualTo("b <c>&");
        assertThat(root.children()).hasSize(2);
        assertThat(root.child("B").path()).isEqualTo("A.B");
    }

    @Test
    void readsTheEncodingThatTheMessageDeclares() throws InvalidRecordException {
        String text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><A>ñ</A>";
        byte[] utf16 = text.getBytes(StandardCharsets.UTF_16);
        assertThat(OnvifXml.read(utf16, MAX_BYTES).text()).isEqualTo("ñ");
        byte[] latin = text.replace("UTF-16", "ISO-8859-1").getBytes(Charset.forName("ISO-8859-1"));
        assertThat(OnvifXml.read(latin, MAX_BYTES).text()).isEqualTo("ñ");
    }

    @ParameterizedTest
    @CsvSource({"windows-1252,Š", "GB2312,京", "GBK,京", "GB18030,京"})
    void readsTheEncodingsOfOlderCameras(String encoding, String text) throws Exception {
        byte[] xml =
                ("<?xml version='1.0' encoding='" + encoding + "'?><A>" + text + "</A>")
                        .getBytes(encoding);
        assertThat(OnvifXml.read(xml, MAX_BYTES).text()).isEqualTo(text);
    }

    /**
     * The parser quotes the whole version, and each control character would take six characters.
     */
    @Test
    void theMessageOfAFaultIsBounded() {
        String version = "\r".repeat(100_000);
        InvalidRecordException fault =
                catchThrowableOfType(
                        InvalidRecordException.class,
                        () -> read("<?xml version='" + version + "'?><A/>"));
        assertThat(fault.getMessage())
                .contains("XML version \"\\u000a\\u000a")
                .endsWith("characters), expected well-formed XML")
                .hasSizeLessThan(4_000);
    }

    /** More line breaks than the bytes that are searched for a declaration. */
    @Test
    void blanksMayStandAround() throws InvalidRecordException {
        String text = "\r\n \t" + "\n".repeat(200) + "<?xml version='1.0' encoding='%s'?><A>ñ</A>";
        for (Charset charset :
                new Charset[] {
                    StandardCharsets.UTF_8, StandardCharsets.UTF_16, StandardCharsets.ISO_8859_1
                }) {
            byte[] message = text.formatted(charset.name()).getBytes(charset);
            assertThat(OnvifXml.read(message, MAX_BYTES).text()).isEqualTo("ñ");
        }
        assertThat(read("<A>ñ</A>\r\n\0").text()).isEqualTo("ñ");
        assertThat(read("\ufeff\n<?xml version='1.0'?><A>ñ</A>").text()).isEqualTo("ñ");
    }

    @Test
    void bytesOfNoSuchEncodingAreRejected() {
        byte[] broken = {'<', 'A', '>', (byte) 0xff, '<', '/', 'A', '>'};
        assertThat(
                        catchThrowableOfType(
                                InvalidRecordException.class,
                                () -> OnvifXml.read(broken, MAX_BYTES)))
                .hasMessageContaining("not UTF-8");
        assertThat(rejection("<?xml version='1.0' encoding='EBCDIC-CP-US'?><A/>"))
                .hasMessageContaining("EBCDIC")
                .hasMessageContaining("UTF-16");
    }

    @Test
    void nothingIsFetched(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "PLATE1");
        for (String declaration :
                new String[] {
                    "<!ENTITY e SYSTEM \"" + secret.toUri() + "\">",
                    "<!ENTITY e PUBLIC \"p\" \"" + secret.toUri() + "\">",
                    "<!ENTITY % p SYSTEM \"" + secret.toUri() + "\"> %p;",
                }) {
            InvalidRecordException rejection =
                    rejection("<!DOCTYPE A [" + declaration + "]><A>&e;</A>");
            assertThat(rejection.field()).isEqualTo("value");
            assertThat(rejection.getMessage()).doesNotContain("PLATE1");
        }
        assertThat(rejection("<!DOCTYPE A SYSTEM \"" + secret.toUri() + "\"><A/>"))
                .hasMessageContaining("without DOCTYPE");
    }

    @Test
    @Timeout(10)
    void noEntityIsExpanded() {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE A [<!ENTITY a0 \"lol\">");
        for (int i = 1; i < 40; i++) {
            laughs.append("<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1));
        }
        assertThat(rejection(laughs + "]><A>&a39;</A>")).hasMessageContaining("without DOCTYPE");
        assertThat(rejection("<A>&a39;</A>")).hasMessageContaining("broken XML");
    }

    @Test
    void depthAndNumberAreBounded() throws InvalidRecordException {
        int depth = OnvifXml.MAX_DEPTH;
        read("<a>".repeat(depth) + "</a>".repeat(depth));
        assertThat(rejection("<a>".repeat(depth + 1) + "</a>".repeat(depth + 1)))
                .hasMessageContaining("deeper than 64");
        assertThat(rejection("<a>" + "<b/>".repeat(OnvifXml.MAX_ELEMENTS) + "</a>"))
                .hasMessageContaining("elements");
        assertThat(rejection("<a>" + " ".repeat(MAX_BYTES) + "</a>")).hasMessageContaining("bytes");
    }

    @Test
    void whatIsBrokenIsSaidWithItsPlace() {
        assertThat(rejection("<A>\n<B></A>"))
                .hasMessageContaining("broken XML")
                .hasMessageContaining("2")
                .hasMessageContaining("well-formed XML");
        assertThat(rejection("<A/><A/>")).hasMessageContaining("broken XML");
        assertThat(rejection("<A")).hasMessageContaining("broken XML");
    }

    private static OnvifElement read(String xml) throws InvalidRecordException {
        return OnvifXml.read(xml.getBytes(StandardCharsets.UTF_8), MAX_BYTES);
    }

    private static InvalidRecordException rejection(String xml) {
        return catchThrowableOfType(InvalidRecordException.class, () -> read(xml));
    }
}
