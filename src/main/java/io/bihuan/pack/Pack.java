package io.bihuan.pack;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One version of an industry's vocabulary and rules, complete and checked. A complaint is pinned to the id and version. */
public final class Pack {
    private final String id;
    private final int version;
    private final String edition;
    private final Label name;
    private final @Nullable LocalDate effectiveFrom;
    private final @Nullable LocalDate effectiveTo;
    private final String hash;
    private final boolean isAbstract;
    private final Map<Class<?>, Object> parts;

    Pack(
            String id,
            int version,
            String edition,
            Label name,
            @Nullable LocalDate effectiveFrom,
            @Nullable LocalDate effectiveTo,
            String hash,
            boolean isAbstract,
            Map<Class<?>, Object> parts) {
        this.id = id;
        this.version = version;
        this.edition = edition;
        this.name = name;
        this.effectiveFrom = effectiveFrom;
        this.effectiveTo = effectiveTo;
        this.hash = hash;
        this.isAbstract = isAbstract;
        this.parts = Map.copyOf(parts);
    }

    /** The same under another number. */
    Pack numbered(int number) {
        return new Pack(id, number, edition, name, effectiveFrom, effectiveTo, hash, isAbstract, parts);
    }

    public String id() {
        return id;
    }

    /** Given by the installation, from 1 on. */
    public int version() {
        return version;
    }

    /** The mark that the author gave it. */
    public String edition() {
        return edition;
    }

    /** The first day on which it may be run; null: any. */
    public @Nullable LocalDate effectiveFrom() {
        return effectiveFrom;
    }

    /** The last day on which it may be run; null: any. */
    public @Nullable LocalDate effectiveTo() {
        return effectiveTo;
    }

    /** Whether it only serves to be extended by others: no business line can run it. */
    public boolean isAbstract() {
        return isAbstract;
    }

    public Label name() {
        return name;
    }

    /** SHA-256 of the pack's files, those of what it extends among them, in hexadecimal digits: equal for equal content only. */
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
