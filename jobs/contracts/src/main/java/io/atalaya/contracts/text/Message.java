package io.atalaya.contracts.text;

import java.util.Arrays;
import java.util.List;

/**
 * A text by its code. It is rendered only where it is written or shown, because most scores are
 * never shown and a console may show the same code in its own way.
 */
public record Message(MessageCode code, List<Argument> arguments) implements Text {

    public Message {
        arguments = List.copyOf(arguments);
    }

    /**
     * @param arguments of the code's pattern: texts, strings and numbers
     */
    public static Message of(MessageCode code, Object... arguments) {
        Argument[] all = new Argument[arguments.length];
        Arrays.setAll(all, i -> argument(arguments[i]));
        return new Message(code, List.of(all));
    }

    private static Argument argument(Object value) {
        if (value instanceof Argument argument) {
            return argument;
        }
        if (value instanceof Double || value instanceof Float) {
            return new Argument.Quantity(((Number) value).doubleValue());
        }
        return value instanceof Number number
                ? new Argument.Count(number.longValue())
                : new Text.Word((String) value);
    }

    @Override
    public String es() {
        return Language.ES.render(this);
    }

    @Override
    public String en() {
        return Language.EN.render(this);
    }
}
