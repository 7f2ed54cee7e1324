package io.bihuan.wechat;

import java.io.ByteArrayInputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the XML of a callback: texts of elements by name, those below others as {@code Outer.Inner}. It knows no DTD and no entities. */
final class CallbackXml {
    private static final int DEEPEST = 6;
    private static final int MOST_ELEMENTS = 200;
    private static final XMLInputFactory FACTORY = factory();

    /** No XML of a callback. */
    static final class Unreadable extends Exception {
        Unreadable(String why) {
            super(why);
        }
    }

    private CallbackXml() {}

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("no other documents");
        });
        return factory;
    }

    static Map<String, String> read(byte[] xml) throws Unreadable {
        var fields = new LinkedHashMap<String, String>();
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml));
            try {
                read(reader, fields);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException | RuntimeException e) {
            throw new Unreadable("no readable XML");
        }
        return Collections.unmodifiableMap(fields);
    }

    private static void read(XMLStreamReader reader, Map<String, String> fields) throws XMLStreamException, Unreadable {
        var path = new String[DEEPEST];
        int depth = 0;
        int elements = 0;
        var text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (depth == DEEPEST || ++elements > MOST_ELEMENTS) {
                        throw new Unreadable("too many elements");
                    }
                    path[depth++] = reader.getLocalName();
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    if (depth > 1 && !text.isEmpty()) {
                        fields.putIfAbsent(
                                String.join(".", java.util.Arrays.copyOfRange(path, 1, depth)),
                                text.toString().replace("\0", ""));
                    }
                    text.setLength(0);
                    depth--;
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new Unreadable("declarations and entities");
                default -> {} // comments and instructions say nothing
            }
        }
    }
}
