package io.bihuan.industry;

import io.bihuan.pack.BusinessLine;
import io.bihuan.pack.Label;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Switches industries on: what a release only offers comes into force with the first line that runs it. */
@Component
public class BusinessLines {
    private final Packs packs;
    private final InstantSource time;

    BusinessLines(Packs packs, InstantSource time) {
        this.packs = packs;
        this.time = time;
    }

    @Transactional
    public BusinessLine open(String code, Label name, String pack, Actor by) {
        bringIntoForce(pack, by, name.zh());
        return packs.open(code, name, pack, by);
    }

    /** Gives a line another name or pack; complaints that are there keep theirs. */
    @Transactional
    public BusinessLine change(String code, Label name, String pack, Actor by) {
        bringIntoForce(pack, by, name.zh());
        return packs.change(code, name, pack);
    }

    private void bringIntoForce(String pack, Actor by, String reason) {
        if (packs.present(pack).isEmpty()) {
            packs.newest().stream()
                    .filter(version -> version.pack().equals(pack))
                    .findFirst()
                    .ifPresent(version -> packs.activate(pack, version.version(), time.instant(), by, reason));
        }
    }
}
