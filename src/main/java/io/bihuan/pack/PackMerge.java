package io.bihuan.pack;

import io.bihuan.pack.Written.Items;
import io.bihuan.pack.Written.Keys;
import io.bihuan.pack.Written.Pair;
import io.bihuan.pack.Written.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How what a pack states goes over what it extends. Every value keeps the place where it is written. */
final class PackMerge {
    private PackMerge() {}

    /**
     * Mappings merge key by key, lists whose items have an identity by that, all else is replaced. Own items come first and
     * those of the base keep their order, with what the own item of the same identity says put into them.
     */
    static Written merge(Written own, Written base) {
        if (own instanceof Keys ownKeys && base instanceof Keys baseKeys) {
            return merge(ownKeys, baseKeys);
        }
        if (own instanceof Items ownItems && base instanceof Items baseItems && haveIdentities(ownItems, baseItems)) {
            return merge(ownItems, baseItems);
        }
        return own;
    }

    /** What can be said in several ways, each with keys of its own: half of one and half of another is none. */
    private static final Set<String> WHOLE = Set.of("source", "value");

    private static Keys merge(Keys own, Keys base) {
        var stated = new HashMap<String, Written>();
        for (var pair : base.all()) {
            if (pair.key() instanceof Scalar key) {
                stated.putIfAbsent(key.value(), pair.value());
            }
        }
        var merged = new ArrayList<Pair>(own.all().size() + base.all().size());
        var taken = new HashSet<String>();
        for (var pair : own.all()) {
            var isMerged = pair.key() instanceof Scalar key && taken.add(key.value()) && !WHOLE.contains(key.value());
            var below = isMerged ? stated.get(((Scalar) pair.key()).value()) : null;
            merged.add(below == null ? pair : new Pair(pair.key(), merge(pair.value(), below)));
        }
        for (var pair : base.all()) {
            if (!(pair.key() instanceof Scalar key) || !taken.contains(key.value())) {
                merged.add(pair);
            }
        }
        return new Keys(own.position(), merged);
    }

    private static boolean haveIdentities(Items own, Items base) {
        return !base.all().isEmpty()
                && base.all().stream().allMatch(item -> Written.identity(item) != null)
                && own.all().stream().anyMatch(item -> Written.identity(item) != null);
    }

    private static Items merge(Items own, Items base) {
        var inBase = new HashSet<String>();
        base.all().forEach(item -> inBase.add(String.valueOf(Written.identity(item))));
        var merged = new ArrayList<Written>(own.all().size() + base.all().size());
        var over = new HashMap<String, Written>();
        for (var item : own.all()) {
            var identity = Written.identity(item);
            if (identity == null || !inBase.contains(identity) || over.putIfAbsent(identity, item) != null) {
                merged.add(item);
            }
        }
        for (var item : base.all()) {
            var ownItem = over.remove(String.valueOf(Written.identity(item)));
            merged.add(ownItem == null ? item : merge(ownItem, item));
        }
        return new Items(own.position(), merged);
    }

    /** The part without the items of these identities, at whatever depth they stand. */
    static Written without(Written part, Set<String> dropped) {
        return switch (part) {
            case Keys keys -> {
                List<Pair> left = new ArrayList<>(keys.all().size());
                keys.all().forEach(pair -> left.add(new Pair(pair.key(), without(pair.value(), dropped))));
                yield new Keys(keys.position(), left);
            }
            case Items items -> {
                List<Written> left = new ArrayList<>(items.all().size());
                for (var item : items.all()) {
                    if (!dropped.contains(String.valueOf(Written.identity(item)))) {
                        left.add(without(item, dropped));
                    }
                }
                yield new Items(items.position(), left);
            }
            case Scalar scalar -> scalar;
        };
    }

    /** All identities of a part. */
    static Set<String> identities(Written part) {
        var found = new TreeSet<String>();
        identities(part, found);
        return found;
    }

    private static void identities(Written part, Set<String> found) {
        switch (part) {
            case Keys keys -> keys.all().forEach(pair -> identities(pair.value(), found));
            case Items items ->
                items.all().forEach(item -> {
                    var identity = Written.identity(item);
                    if (identity != null) {
                        found.add(identity);
                    }
                    identities(item, found);
                });
            case Scalar scalar -> {} // has nothing inside
        }
    }

    /** The parts of a pack over those of its base, by name. */
    static Map<String, Written> merge(Map<String, Written> own, Map<String, Written> base) {
        var merged = new HashMap<>(base);
        own.forEach((name, part) -> merged.merge(name, part, (below, above) -> merge(above, below)));
        return merged;
    }
}
