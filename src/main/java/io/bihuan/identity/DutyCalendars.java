package io.bihuan.identity;

import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.util.List;

/** The calendars in whose working time somebody may be on duty; the module that knows them provides it. */
@FunctionalInterface
public interface DutyCalendars {
    List<Option> options(Texts t);
}
