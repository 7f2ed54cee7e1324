package io.bihuan.pack;

import java.util.Map;

/** One version of an industry's vocabulary and rules, complete and checked. A complaint is pinned to the id and version. */
public final class Pack {
    private final String id;
    private final int version;
    private final Label name;
    private final String hash;
    private final Map<Class<?>, Object> parts;

    Pack(String id, int version, Label name, String hash, Map<Class<?>, Object> parts) {
        this.id = id;
        this.version = version;
        this.name = name;
        this.hash = hash;
        this.parts = Map.copyOf(parts);
    }

    /** The same under another number. */
    Pack numbered(int number) {
        return new Pack(id, number, name, hash, parts);
    }

    public String id() {
        return id;
    }

    public int version() {
        return version;
    }

    public Label name() {
        return name;
    }

    /** SHA-256 of the pack's files in hexadecimal digits: equal for equal content only. */
    public String hash() {
        return hash;
    }

    /** The part of this type; {@link IllegalArgumentException} when no module registered it. */
    public <T> T part(Class<T> type) {
        var part = parts.get(type);
        if (part == null) {
            throw new IllegalArgumentException("No pack part of " + type + " in pack " + id);
        }
        return type.cast(part);
    }

    /** The same of a part that a pack need not have. */
    public <T> T part(Class<T> type, T otherwise) {
        var part = parts.get(type);
        return part == null ? otherwise : type.cast(part);
    }

    public Categories categories() {
        return part(Categories.class);
    }

    public FormFields form() {
        return part(FormFields.class);
    }

    public Departments departments() {
        return part(Departments.class);
    }

    public Remedies remedies() {
        return part(Remedies.class);
    }

    public Texts texts() {
        return part(Texts.class);
    }

    @Override
    public String toString() {
        return id + " version " + version;
    }
}
