package io.atalaya.bridge.format;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.warning.WarningCodec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What is wrong with documents, by the published schemas and by what these cannot say. */
public final class Documents {
    private static final Path PAYLOADS = Path.of("../../../shared/data/payloads");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final JsonSchema PROFILE =
            factory().getSchema(SchemaLocation.of("classpath:schemas/eido-profile.schema.json"));

    /** Null where the published schemas are missing: then the others are all there is. */
    private static final JsonSchema PUBLISHED = arePublishedHere() ? published() : null;

    private static final Schema CAP = arePublishedHere() ? cap() : null;

    private Documents() {}

    private static JsonSchemaFactory factory() {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    }

    static boolean arePublishedHere() {
        boolean areHere = Files.isDirectory(PAYLOADS);
        if (!areHere) {
            System.out.println("no schemas at " + PAYLOADS.toAbsolutePath().normalize());
        }
        return areHere;
    }

    /** The schema of NENA's repository, without its two references to NIEM, which we do not use. */
    private static JsonSchema published() {
        try {
            JsonNode api =
                    new YAMLMapper()
                            .readTree(PAYLOADS.resolve("eido/openapi-021.1b.yaml").toFile());
            ObjectNode schema = JSON.createObjectNode();
            schema.put("$ref", "#/components/schemas/EmergencyIncidentDataObjectType");
            schema.set("components", api.get("components"));
            ObjectNode types = (ObjectNode) schema.at("/components/schemas");
            remove(types, "PersonInformationType", "ncPersonComponent");
            remove(types, "VehicleInformationType", "ncVehicleComponent");
            return factory().getSchema(schema);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void remove(ObjectNode types, String type, String property) {
        ((ObjectNode) types.at("/" + type + "/allOf/1/properties")).remove(property);
    }

    private static Schema cap() {
        try {
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(PAYLOADS.resolve("cap/CAP-v1.2.xsd").toFile());
        } catch (SAXException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By both schemas, the ids and the references. */
    public static List<String> eidoFaults(byte[] document) throws IOException {
        JsonNode eido = JSON.readTree(document);
        List<String> faults = new ArrayList<>();
        if (PUBLISHED != null) {
            PUBLISHED.validate(eido).forEach(each -> faults.add("published: " + each.getMessage()));
        }
        PROFILE.validate(eido).forEach(each -> faults.add("profile: " + each.getMessage()));
        List<String> ids = eido.findValuesAsText("$id");
        Set<String> known = new HashSet<>(ids);
        if (known.size() != ids.size()) {
            faults.add("an id twice: " + ids);
        }
        eido.findValuesAsText("$ref").stream()
                .filter(reference -> !known.contains(reference))
                .forEach(reference -> faults.add("no component " + reference));
        for (String location : eido.findValuesAsText("locationByValue")) {
            try {
                parse(location.getBytes(UTF_8));
            } catch (SAXException e) {
                faults.add(e.getMessage());
            }
        }
        return faults;
    }

    /**
     * By the schema, by section 3 of the standard, which the schema cannot express, and by our own
     * reader of other senders' warnings.
     */
    public static List<String> capFaults(byte[] document) throws IOException {
        List<String> faults = new ArrayList<>();
        Element alert;
        try {
            WarningCodec.read(document)
                    .usable()
                    .forEach(warning -> faults.addAll(warning.remarks()));
            Document parsed = parse(document);
            if (CAP != null) {
                CAP.newValidator().validate(new DOMSource(parsed));
            }
            alert = parsed.getDocumentElement();
        } catch (SAXException | InvalidRecordException e) {
            return List.of(e.getMessage());
        }
        for (String name : List.of("identifier", "sender")) {
            if (text(alert, name).matches(".*[\\s,<&].*") || text(alert, name).isEmpty()) {
                faults.add(name + ": " + text(alert, name));
            }
        }
        for (String name : List.of("sent", "onset", "expires")) {
            for (String time : texts(alert, name)) {
                if (!time.matches(".*T\\d\\d:\\d\\d:\\d\\d-06:00")) {
                    faults.add(name + ": " + time);
                }
            }
        }
        String type = text(alert, "msgType");
        boolean isFirst = type.equals("Alert");
        List<String> references = texts(alert, "references");
        if (isFirst != references.isEmpty()
                || !references.isEmpty()
                        && !references.get(0).matches("[^\\s,]+,[^\\s,]+,\\S+T\\S+-06:00")) {
            faults.add(type + " with references " + references);
        }
        if (text(alert, "scope").equals("Restricted") != !texts(alert, "restriction").isEmpty()) {
            faults.add("restriction");
        }
        if (!texts(alert, "language").equals(List.of("es-MX", "en"))) {
            faults.add("languages " + texts(alert, "language"));
        }
        for (String circle : texts(alert, "circle")) {
            if (!circle.matches("-?\\d{1,2}\\.\\d+,-?\\d{1,3}\\.\\d+ \\d+\\.\\d+")) {
                faults.add("circle " + circle);
            }
        }
        for (String name : List.of("event", "headline", "description", "areaDesc", "value")) {
            if (texts(alert, name).stream().anyMatch(String::isBlank)) {
                faults.add(name + " is blank");
            }
        }
        return faults;
    }

    static Document parse(byte[] document) throws SAXException, IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(document));
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(Element alert, String name) {
        List<String> texts = texts(alert, name);
        return texts.isEmpty() ? "" : texts.get(0);
    }

    static List<String> texts(Element alert, String name) {
        NodeList nodes = alert.getElementsByTagNameNS(CapFormat.NAMESPACE, name);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }
}
