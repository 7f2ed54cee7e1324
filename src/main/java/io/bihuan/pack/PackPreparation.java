package io.bihuan.pack;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What a module has to write down for a pack before anybody can run it: the versions of its policies, its calendars. */
public interface PackPreparation {
    /**
     * Packs that come into force together.
     *
     * @param packs the versions that somebody activates
     * @param others the versions of all other packs in force
     * @param isPlanned whether they come into force later
     */
    record Activating(List<Pack> packs, Collection<Pack> others, Instant from, boolean isPlanned) {}

    /**
     * Writes in the transaction that activates: when it is committed, any node may use the packs at once. It may roll back, so nothing
     * is kept in mind. {@link PackInvalid} when a pack does not go together with the others.
     */
    void prepare(Activating activating);

    /**
     * The pack is in force: called on every node within seconds of its coming into force and beside every start, outside any
     * transaction, and possibly more than once. What was planned can be carried out here, and read in advance what will be asked for.
     */
    default void inForce(Pack pack) {}
}
