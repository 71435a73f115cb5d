package io.atalaya.contracts.onvif;

import io.atalaya.contracts.json.InvalidRecordException;

import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads the XML of ONVIF messages and of public warnings. It rejects document types, so that no
 * entity is expanded or fetched, and bounds the depth and the number of elements.
 */
public final class OnvifXml {
    static final int MAX_DEPTH = 64;
    static final int MAX_ELEMENTS = 150_000;

    /** The JDK's own reader, because another one on the class path may have other defaults. */
    private static final XMLInputFactory FACTORY = factory();

    private OnvifXml() {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        // Senders leave prefixes undeclared, as the specification's own examples do.
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /**
     * Reads a whole message of at most {@code maxBytes} bytes and returns its outermost element.
     */
    public static OnvifElement read(byte[] message, int maxBytes) throws InvalidRecordException {
        if (message.length > maxBytes) {
            throw InvalidRecordException.fault(
                    "value", message.length + " bytes", "at most " + maxBytes + " bytes");
        }
        XMLStreamReader in = null;
        try {
            in = FACTORY.createXMLStreamReader(new StringReader(XmlText.decode(message)));
            return tree(in);
        } catch (XMLStreamException e) {
            throw broken(e.getMessage());
        } catch (RuntimeException e) {
            // The JDK's reader reports some input faults, such as its own bounds, as unchecked
            // exceptions.
            throw broken(String.valueOf(e.getMessage()));
        } finally {
            close(in);
        }
    }

    private static OnvifElement tree(XMLStreamReader in)
            throws XMLStreamException, InvalidRecordException {
        OnvifElement root = null;
        int elements = 0;
        Deque<Open> open = new ArrayDeque<>();
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.size() == MAX_DEPTH || ++elements > MAX_ELEMENTS) {
                        throw InvalidRecordException.fault(
                                "value",
                                open.size() == MAX_DEPTH
                                        ? "elements nested deeper than " + MAX_DEPTH
                                        : "more than " + MAX_ELEMENTS + " elements",
                                "a message within the bounds");
                    }
                    OnvifElement element =
                            open.isEmpty()
                                    ? new OnvifElement(null, in.getLocalName())
                                    : open.peek().element().add(in.getLocalName());
                    for (int i = 0; i < in.getAttributeCount(); i++) {
                        element.attribute(in.getAttributeLocalName(i), in.getAttributeValue(i));
                    }
                    root = root == null ? element : root;
                    open.push(new Open(element, new StringBuilder()));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!open.isEmpty()) {
                        open.peek().text().append(in.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    Open closed = open.pop();
                    closed.element().text(closed.text().toString().strip());
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw InvalidRecordException.fault(
                                "value",
                                "a document type or an entity of its own",
                                "XML without DOCTYPE");
                default -> {
                    // Comments and processing instructions carry no data.
                }
            }
        }
        return root;
    }

    private record Open(OnvifElement element, StringBuilder text) {}

    private static InvalidRecordException broken(String what) {
        return InvalidRecordException.fault(
                "value", "broken XML (" + oneLine(what) + ")", "well-formed XML");
    }

    /** Joins the two lines of the reader's messages: the location, and the fault. */
    private static String oneLine(String what) {
        return what.replace("\nMessage: ", " ")
                .replace("ParseError at [row,col]:", "at row, column ");
    }

    private static void close(XMLStreamReader in) {
        if (in != null) {
            try {
                in.close();
            } catch (XMLStreamException e) {
                throw new IllegalStateException("closing a reader over a string", e);
            }
        }
    }
}
