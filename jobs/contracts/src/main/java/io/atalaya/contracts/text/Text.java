package io.atalaya.contracts.text;

/** A text for people, in Spanish and in English. */
public sealed interface Text extends Argument
        permits Message, Text.Translation, Text.Word, Text.Capitalized {

    String es();

    String en();

    /**
     * A text whose words are known in both languages, as it is read from a topic.
     *
     * @param es or null
     * @param en or null
     */
    record Translation(String es, String en) implements Text {}

    /** A name or a code, which is the same in both languages. */
    record Word(String text) implements Text {
        @Override
        public String es() {
            return text;
        }

        @Override
        public String en() {
            return text;
        }
    }

    /** A text that begins a sentence. */
    record Capitalized(Text text) implements Text {
        @Override
        public String es() {
            return capital(text.es());
        }

        @Override
        public String en() {
            return capital(text.en());
        }

        private static String capital(String text) {
            return Character.toUpperCase(text.charAt(0)) + text.substring(1);
        }
    }
}
