package io.atalaya.contracts.json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HtmlPageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!DOCTYPE html><html><head><title> Log in </title>|\"Log in\"",
                "\ufeff  <HTML><TITLE lang='en'>404 Not Found</TITLE>|\"404 Not Found\"",
                "<?xml version='1.0'?><!-- a --><!-- b --><!DOCTYPE html PUBLIC 'x'><html/>|without a title",
                "<html|without a title"
            })
    void aPageIsRecognisedByItsTitle(String page, String title) {
        byte[] message = page.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> JsonIn.object(message, 1_000))
                .hasMessage("value: got an HTML page, " + title + ", expected a JSON object");
    }

    @Test
    void aPageIsRecognisedByItsTitleThoughItIsNoUtf8() {
        byte[] message = "<html><title>Sesi\u00f3n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> JsonIn.object(message, 1_000))
                .hasMessage("value: got an HTML page, \"Sesi\ufffdn\", expected a JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<", "{\"a\":\"<html>\"}", "<htmlx/>", "<A><html/></A>", "html"})
    void nothingElseIsAPage(String message) {
        assertThatCode(
                        () ->
                                HtmlPage.reject(
                                        message.getBytes(StandardCharsets.UTF_8), "anything else"))
                .doesNotThrowAnyException();
    }
}
